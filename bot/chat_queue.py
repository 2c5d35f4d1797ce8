"""What one chat still has to receive, in order."""

import asyncio
from collections import deque
from collections.abc import Set
from dataclasses import dataclass, field

from cocreation.ideas.ids import OutboxId
from cocreation.ideas.messages import Priority, Results, Show
from storage.outbox import OutboxRow


@dataclass(slots=True)
class ChatQueue:
    """Replies before pushes; an older state of a message gives way to a newer one."""

    rows: deque[OutboxRow] = field(default_factory=deque)
    in_flight: OutboxRow | None = None
    is_withdrawn: bool = False
    """Whether what is under way should not be, so that it is not tried again."""
    not_before: float = 0.0
    """On the event loop's clock, which nobody sets."""
    has_news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, row: OutboxRow) -> list[OutboxRow]:
        """Queue a row, replies before pushes; returns the undelivered ones that it replaces."""
        replaced = [old for old in self.rows if old is not self.in_flight and _replaces(row, old)]
        for old in replaced:
            self.rows.remove(old)
        place = len(self.rows)
        while place and self._overtakes(row, self.rows[place - 1]):
            place -= 1
        self.rows.insert(place, row)
        self.has_news.set()
        return replaced

    def is_next(self, row: OutboxRow) -> bool:
        return bool(self.rows) and self.rows[0] is row

    def begin(self, row: OutboxRow) -> None:
        """It is under way from now on."""
        self.in_flight, self.is_withdrawn = row, False

    def forget(self, some: Set[OutboxId]) -> int:
        """Take out those rows that are not under way; how many they were."""
        gone = [row for row in self.rows if row.id in some and row is not self.in_flight]
        for row in gone:
            self.rows.remove(row)
        self.is_withdrawn |= self.in_flight is not None and self.in_flight.id in some
        self.has_news.set()
        return len(gone)

    def _overtakes(self, row: OutboxRow, other: OutboxRow) -> bool:
        if row.priority is Priority.PUSH or other.priority is not Priority.PUSH or other is self.in_flight:
            return False
        return row.slot is None or row.slot != other.slot


def _replaces(new: OutboxRow, old: OutboxRow) -> bool:
    """Whether nobody needs `old` once `new` is there: an edit of the same message, or a reply that could
    not be sent so far."""
    if isinstance(new.post, Results):
        # Who types on no longer waits for what was found so far.
        return isinstance(old.post, Results)
    if new.slot is None or new.slot != old.slot or not isinstance(new.post, Show):
        return False
    if not isinstance(old.post, Show) or old.post.at != new.post.at:
        return False
    return old.attempts > 0 or not old.post.is_new
