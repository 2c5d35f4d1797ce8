"""A support counts once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


async def test_a_support_counts_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = (await work.residents.meet(ChatId(41), Language("nl"), NOW)).id
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        assert [await work.supports.add(idea, ann, NOW) for _ in range(2)] == [True, False]
        assert await work.supports.given_by(ann, [idea, IdeaId(99)]) == {idea}
        assert [await work.supports.remove(idea, ann) for _ in range(2)] == [True, False]
        assert await work.supports.given_by(ann, [idea]) == frozenset()
        assert await work.supports.given_by(ann, []) == frozenset()


async def test_an_idea_that_is_not_there_takes_no_support(storage: SqlStorage) -> None:
    with pytest.raises(IntegrityError):
        async with storage.writing() as work:
            ann = (await work.residents.meet(ChatId(41), Language("nl"), NOW)).id
            await work.supports.add(IdeaId(99), ann, NOW)


async def test_nobody_supports_an_idea_of_their_own(storage: SqlStorage) -> None:
    with pytest.raises(IntegrityError):
        async with storage.writing() as work:
            ann = (await work.residents.meet(ChatId(41), Language("nl"), NOW)).id
            await work.supports.add(await work.ideas.add(NewIdea("Bomen", NOW, ann)), ann, NOW)
