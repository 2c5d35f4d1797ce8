"""Files that appear complete or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cocreation.services.read_table import TableError


@contextmanager
def complete_file(target: Path) -> Iterator[Path]:
    """A file to write beside `target`; it takes its place when the block ends without an exception.

    Raises TableError where the disk refuses.
    """
    unfinished = target.with_name(f".{target.name}.part")
    try:
        yield unfinished
        unfinished.replace(target)
    except OSError as error:
        raise TableError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        unfinished.unlink(missing_ok=True)
