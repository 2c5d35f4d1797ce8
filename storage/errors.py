"""What can be wrong with the database, in words for the administrator."""

import sqlite3
from collections.abc import Iterator, Set
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

READING_FAULTS = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
    }
)
"""Faults of the disk or of a neighbour, not of the statement: https://www.sqlite.org/rescode.html"""
WRITING_FAULTS = READING_FAULTS | {sqlite3.SQLITE_READONLY}
"""A disk that failed may be mounted read-only; where nobody should write, writing is a mistake instead."""
_PRIMARY = 0xFF


class StorageError(Exception):
    """The database cannot be used; the text says why and what to do, in one line."""


class StorageUnavailable(StorageError):  # noqa: N818 - a state that passes, not a fault of the caller
    """The database cannot be used right now (disk full, locked, unreadable); the same may work later."""


@contextmanager
def passing_faults(codes: Set[int]) -> Iterator[None]:
    """Turn the driver's faults with these codes into StorageUnavailable; leave the others as they are."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        if code is None or code & _PRIMARY not in codes:
            raise
        raise StorageUnavailable(f"the database cannot be used now: {error.orig}") from error
