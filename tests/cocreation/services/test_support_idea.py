"""A support is one person's, counts once, and can be taken back."""

from datetime import UTC, datetime

import pytest

from cocreation.errors import NotFoundError, OwnIdeaError
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId
from cocreation.services.support_idea import support_idea
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


async def resident(work: SqlWork, chat: int) -> ResidentId:
    return (await work.residents.meet(ChatId(chat), Language("nl"), NOW)).id


async def supports_of(work: SqlWork, idea: IdeaId) -> int:
    view = await work.ideas.view(idea)
    assert view is not None
    return view.supports


async def test_a_support_counts_once_for_each_person(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, cem = [await resident(work, chat) for chat in (1, 2, 3)]
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        assert [await support_idea(work, person, idea, NOW) for person in (bob, cem)] == [
            True,
            True,
        ]
        assert await supports_of(work, idea) == 2


async def test_a_second_press_takes_it_back_and_a_third_gives_it_again(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        bob = await resident(work, 2)
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        counts = []
        for is_supported in (True, False, True):
            assert await support_idea(work, bob, idea, NOW, wanted=None) is is_supported
            counts.append(await supports_of(work, idea))
    assert counts == [1, 0, 1]


async def test_nobody_supports_an_idea_of_their_own(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        with pytest.raises(OwnIdeaError):
            await support_idea(work, ann, idea, NOW)
        assert await supports_of(work, idea) == 0


@pytest.mark.parametrize("state", [IdeaState.WITHDRAWN, IdeaState.HIDDEN, IdeaState.DRAFT])
async def test_nobody_supports_what_nobody_sees(storage: SqlStorage, state: IdeaState) -> None:
    async with storage.writing() as work:
        bob = await resident(work, 2)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, state=state))
        for unseen in (idea, IdeaId(999)):
            with pytest.raises(NotFoundError):
                await support_idea(work, bob, unseen, NOW)
