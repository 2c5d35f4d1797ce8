"""Which posts have arrived, noted beside the database before the next commit says so for good."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from cocreation.ideas.ids import MessageId, OutboxId
from storage.media_store import for_owner

ENDING = "-sent"


class SentLog:
    """An append-only file. A note is with the system at once: a process that is killed leaves it behind, and
    only a power cut loses what no commit has confirmed yet.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ENDING)
        self._handle: int | None = None

    @contextmanager
    def opened(self) -> Iterator[Sequence[tuple[OutboxId, MessageId | None]]]:
        """Gives what an earlier process noted and never confirmed."""
        self._handle = for_owner(str(self._path), os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            yield list(self._notes())
        finally:
            os.close(self._handle)
            self._handle = None

    def note(self, row: OutboxId, message: MessageId | None) -> None:
        """The post has arrived, as this message."""
        if self._handle is not None:
            # On a full disk the commit waits for room; taking the post for unsent would send it again.
            with suppress(OSError):
                os.write(self._handle, f"{row} {message or 0}\n".encode())

    def clear(self) -> None:
        """All of it is committed."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)

    def _notes(self) -> Iterator[tuple[OutboxId, MessageId | None]]:
        for line in self._path.read_text(encoding="ascii", errors="replace").splitlines(keepends=True):
            row, _, message = line.partition(" ")
            # The last line may have been cut off while it was written.
            if line.endswith("\n") and row.isdecimal() and message.strip().isdecimal():
                yield OutboxId(int(row)), MessageId(int(message)) if int(message) else None
