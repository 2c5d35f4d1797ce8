"""The chat: Telegram in, Telegram out. One file per journey."""
