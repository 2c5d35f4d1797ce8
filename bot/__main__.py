"""`python -m bot`."""

from bot.cli import main

# The process that finds themes imports this module again.
if __name__ == "__main__":
    main()
