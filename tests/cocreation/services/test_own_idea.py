"""Authors take their ideas back, and change their mind within a day."""

from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import NotFoundError, NotYoursError, TooLateError
from cocreation.ideas.idea import UNDO_WITHIN, IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId
from cocreation.ideas.submission import Outcome, Receipt
from cocreation.services.own_idea import return_idea, withdraw_idea
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


async def resident(work: SqlWork, chat: int) -> ResidentId:
    return (await work.residents.meet(ChatId(chat), Language("nl"), NOW)).id


async def idea_of(work: SqlWork, author: ResidentId | None, state: IdeaState = IdeaState.PUBLISHED) -> IdeaId:
    return await work.ideas.add(
        NewIdea("" if state is IdeaState.DRAFT else "Bomen", NOW, author, state=state)
    )


async def state_of(work: SqlWork, idea: IdeaId) -> IdeaState:
    found = await work.ideas.get(idea)
    assert found is not None
    return found.state


@pytest.mark.parametrize("after", [timedelta(), UNDO_WITHIN])
async def test_a_withdrawn_idea_returns_within_a_day(storage: SqlStorage, after: timedelta) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        idea = await idea_of(work, ann)
        assert await withdraw_idea(work, ann, idea, NOW) == Receipt(idea, Outcome.WITHDRAWN)
        assert await state_of(work, idea) is IdeaState.WITHDRAWN
        assert await return_idea(work, ann, idea, NOW + after) == Receipt(idea, Outcome.RETURNED)
        assert await state_of(work, idea) is IdeaState.PUBLISHED


async def test_after_a_day_it_stays_withdrawn(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        idea = await idea_of(work, ann)
        await withdraw_idea(work, ann, idea, NOW)
        with pytest.raises(TooLateError):
            await return_idea(work, ann, idea, NOW + UNDO_WITHIN + timedelta(seconds=1))
        assert await state_of(work, idea) is IdeaState.WITHDRAWN


async def test_pressing_twice_is_pressing_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        idea = await idea_of(work, ann)
        await withdraw_idea(work, ann, idea, NOW)
        await withdraw_idea(work, ann, idea, NOW + timedelta(hours=23))
        with pytest.raises(TooLateError):
            await return_idea(work, ann, idea, NOW + timedelta(hours=25))


async def test_returning_what_is_there_changes_nothing(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        idea = await idea_of(work, ann)
        assert (await return_idea(work, ann, idea, NOW)).outcome is Outcome.RETURNED
        assert await state_of(work, idea) is IdeaState.PUBLISHED


async def test_words_that_were_sent_again_meanwhile_count_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        old = await idea_of(work, ann)
        await withdraw_idea(work, ann, old, NOW)
        new = await idea_of(work, ann)
        assert await return_idea(work, ann, old, NOW) == Receipt(new, Outcome.KNOWN)
        assert await work.ideas.count() == 1


async def test_a_draft_that_returns_still_waits_for_its_words(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        draft = await idea_of(work, ann, IdeaState.DRAFT)
        await withdraw_idea(work, ann, draft, NOW)
        await return_idea(work, ann, draft, NOW)
        assert await state_of(work, draft) is IdeaState.DRAFT


async def test_nobody_withdraws_or_returns_what_somebody_else_wrote(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob = await resident(work, 1), await resident(work, 2)
        for idea in (await idea_of(work, ann), await idea_of(work, None)):
            with pytest.raises(NotYoursError):
                await withdraw_idea(work, bob, idea, NOW)
            with pytest.raises(NotYoursError):
                await return_idea(work, bob, idea, NOW)
            assert await state_of(work, idea) is IdeaState.PUBLISHED


async def test_what_is_hidden_or_never_was_is_not_found(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await resident(work, 1)
        for idea in (await idea_of(work, ann, IdeaState.HIDDEN), IdeaId(999)):
            with pytest.raises(NotFoundError):
                await withdraw_idea(work, ann, idea, NOW)
            with pytest.raises(NotFoundError):
                await return_idea(work, ann, idea, NOW)
