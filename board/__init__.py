"""The web: the public idea board. Pages read, they change nothing."""

from board.app import create_board

__all__ = ["create_board"]
