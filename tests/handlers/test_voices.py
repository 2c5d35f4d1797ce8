"""Who spoke an idea learns what was typed, and is not woken by it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, Language, OutboxId
from cocreation.ideas.messages import Show
from cocreation.ideas.notice import AT_FIRST, Frequency, Wishes
from cocreation.ideas.town import Town
from handlers.voices import tell_author
from storage.engine import SqlStorage

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
LATE = datetime(2026, 6, 10, 21, tzinfo=UTC)
"""23:00 on the town's clock."""
NL = Language("nl")
TOWN = Town("Tienen", (NL,), ZoneInfo("Europe/Brussels"), ChatId(-5), frozenset(), NL, None)


@pytest.mark.parametrize(
    ("wishes", "now", "sounds"),
    [
        (AT_FIRST, NOON, True),
        (AT_FIRST, LATE, False),
        (Wishes(quiet=None), LATE, True),
        (Wishes(Frequency.NONE), NOON, False),
        (Wishes(Frequency.WEEKLY), NOON, False),
    ],
)
async def test_typed_words_sound_only_when_their_author_may_be_told(
    storage: SqlStorage, wishes: Wishes, now: datetime, *, sounds: bool
) -> None:
    async with storage.writing() as work:
        author = await work.residents.meet(ChatId(41), NL, NOON)
        await work.residents.set_wishes(author.id, wishes)
        idea = await work.ideas.add(NewIdea("Bomen", NOON, author.id, NL))
        await tell_author(work, idea, TOWN, now)
    async with storage.reading() as work:
        (row,) = await work.outbox.waiting(OutboxId(0), 10)
    assert isinstance(row.post, Show)
    assert row.post.message.silent is not sounds
