"""Somebody is forgotten while themes are found, and only who was asked can say yes."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import ForgetOverError
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, Language, ResidentId
from cocreation.ideas.resident import Resident
from cocreation.ideas.theme import Clustering, FoundTheme, Holds, IdeaText, KnownTheme, Member
from cocreation.services.forget_resident import forget_resident
from cocreation.services.refresh_themes import refresh_themes
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ANN, BOB = ChatId(41), ChatId(42)


class NamedAfterAnn:
    """An engine that names the theme after the first idea that it read; somebody leaves while it thinks."""

    def __init__(self, storage: SqlStorage, leaver: Resident | None) -> None:
        self._storage = storage
        self._leaver = leaver

    async def find_themes(
        self, ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds | None = None
    ) -> Clustering:
        if self._leaver is not None:
            async with self._storage.writing() as work:
                await work.erasures.erase(self._leaver, NOW + timedelta(minutes=3))
        goes_on = next((theme.id for theme in known), None)
        members = tuple(Member(idea.id, 0.5) for idea in ideas)
        return Clustering((FoundTheme(goes_on, ideas[0].text, (ideas[0].text,), members, ()),), ())


async def _write(storage: SqlStorage, chat: ChatId, text: str) -> Resident:
    async with storage.writing() as work:
        resident = await work.residents.meet(chat, Language("nl"), NOW)
        await work.ideas.add(NewIdea(text, NOW, author=resident.id))
    return resident


async def test_no_theme_is_named_after_words_that_were_erased_while_it_was_found(storage: SqlStorage) -> None:
    ann = await _write(storage, ANN, "Sterrenwacht")
    await _write(storage, BOB, "Bomen")
    await refresh_themes(storage, NamedAfterAnn(storage, None), lambda: NOW + timedelta(minutes=1))
    await _write(storage, BOB, "Struiken")
    during = await refresh_themes(storage, NamedAfterAnn(storage, ann), lambda: NOW + timedelta(minutes=2))
    assert during is None
    async with storage.reading() as work:
        assert await work.themes.must_forget()
        assert [theme.label for theme in await work.themes.all()] == ["Bomen"]
        assert (await work.themes.changes_since_last_run())[0] > 0
    await refresh_themes(storage, NamedAfterAnn(storage, None), lambda: NOW + timedelta(minutes=4))
    async with storage.writing() as work:
        await work.erasures.leave_themes()
        assert not await work.themes.must_forget()


@pytest.mark.parametrize(
    ("asked", "minutes", "is_asked"),
    [(0, 59, True), (0, 61, False), (0, -1, False), (1, 5, False)],
    ids=["in time", "too late", "not asked yet", "somebody else"],
)
async def test_only_who_was_asked_within_the_hour_can_say_yes(
    storage: SqlStorage, asked: int, minutes: int, is_asked: bool
) -> None:
    ann = await _write(storage, ANN, "Sterrenwacht")
    who, at = ResidentId(ann.id + asked), NOW + timedelta(minutes=minutes)
    async with storage.writing() as work:
        with nullcontext() if is_asked else pytest.raises(ForgetOverError):
            await forget_resident(work, ANN, asked=who, asked_at=NOW, now=at)
    async with storage.reading() as work:
        assert (await work.residents.find(ANN) is None) == is_asked
