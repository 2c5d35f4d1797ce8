"""What stops a start, in one line that says what to do."""


class StartError(Exception):
    """The program cannot run as it is set up; the text is for the administrator."""
