"""An answer is corrected, set right again, or taken back; each person hears of it once, or never."""

from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import (
    CorrectedSinceError,
    IdeaGoneError,
    PhotoRefusedError,
    ReplyGoneError,
    SameAnswerError,
)
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ReplyId
from cocreation.ideas.notice import ReplyAct
from cocreation.ideas.reply import Answer, Status
from cocreation.services.correct_reply import correct_reply, take_back_reply, undo_correction
from cocreation.services.reply_to_idea import reply_to_idea
from storage.engine import SqlStorage
from storage.work import SqlWork

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
ANN, BOB = ChatId(41), ChatId(42)
SOON, NEVER = Answer(Status.PLANNED, "In March"), Answer(Status.NOT_NOW, "Too dear")


async def answered(work: SqlWork, *supporters: ChatId) -> tuple[IdeaId, ReplyId]:
    """An idea of Ann's with an answer."""
    ann = await work.residents.meet(ANN, Language("nl"), NOON)
    idea = await work.ideas.add(NewIdea("Bomen", NOON, ann.id))
    for chat in supporters:
        await work.supports.add(idea, (await work.residents.meet(chat, Language("nl"), NOON)).id, NOON)
    await reply_to_idea(work, idea, SOON.status, SOON.text, by=None, now=NOON)
    reply = await work.replies.latest(idea)
    assert reply is not None
    return idea, reply.id


async def heard(work: SqlWork, *chats: ChatId) -> None:
    """These people were told all that waited for them."""
    for chat in chats:
        resident = await work.residents.find(chat)
        assert resident is not None
        await work.notices.settle(resident.id, NOON)


async def waits(work: SqlWork, chat: ChatId) -> list[tuple[ReplyAct, str]]:
    """What the person is still to be told."""
    resident = await work.residents.find(chat)
    assert resident is not None
    return [(told.notice.act, told.said) for told in await work.notices.of(resident.id)]


async def test_a_correction_shows_at_once_and_keeps_what_was_said(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, reply = await answered(work)
        await correct_reply(work, reply, NEVER, by=None, now=LATER)
        (shown,) = await work.replies.of_idea(idea)
        view, before = await work.ideas.view(idea), await work.replies.last_correction(reply)
    assert (shown.answer, shown.corrected_at, shown.created_at) == (NEVER, LATER, NOON)
    assert view is not None
    assert (view.idea.status, view.reply, view.reply_corrected_at) == (Status.NOT_NOW, "Too dear", LATER)
    assert before is not None
    assert (before.answer, before.replaced_at) == (SOON, LATER)


async def test_who_heard_hears_of_the_correction_and_who_did_not_hears_the_right_words(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        _, reply = await answered(work, BOB)
        await heard(work, BOB)
        assert await correct_reply(work, reply, NEVER, by=None, now=LATER) == 1
        assert await waits(work, BOB) == [(ReplyAct.CORRECTED, "Too dear")]
        assert await waits(work, ANN) == [(ReplyAct.SAID, "Too dear")]


async def test_two_corrections_in_a_row_are_told_as_one(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        _, reply = await answered(work)
        await heard(work, ANN)
        await correct_reply(work, reply, NEVER, by=None, now=LATER)
        await correct_reply(work, reply, Answer(Status.DONE, "There"), by=None, now=LATER)
        assert await waits(work, ANN) == [(ReplyAct.CORRECTED, "There")]


async def test_who_has_not_heard_of_a_correction_hears_nothing_when_it_is_undone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, reply = await answered(work, BOB)
        await heard(work, ANN, BOB)
        await correct_reply(work, reply, NEVER, by=None, now=LATER)
        await heard(work, BOB)
        correction = await work.replies.last_correction(reply)
        assert correction is not None
        assert await undo_correction(work, reply, correction.id, LATER + timedelta(minutes=1)) == 1
        assert await waits(work, ANN) == []
        assert await waits(work, BOB) == [(ReplyAct.CORRECTED, "In March")]
        (shown,) = await work.replies.of_idea(idea)
        assert (shown.answer, shown.corrected_at) == (SOON, None)


async def test_only_the_latest_correction_can_be_undone_and_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, reply = await answered(work)
        await correct_reply(work, reply, NEVER, by=None, now=LATER)
        first = await work.replies.last_correction(reply)
        await correct_reply(work, reply, Answer(Status.DONE, "There"), by=None, now=LATER)
        assert first is not None
        with pytest.raises(CorrectedSinceError):
            await undo_correction(work, reply, first.id, LATER)
        last = await work.replies.last_correction(reply)
        assert last is not None
        await undo_correction(work, reply, last.id, LATER)
        with pytest.raises(CorrectedSinceError):
            await undo_correction(work, reply, last.id, LATER)
        (shown,) = await work.replies.of_idea(idea)
        assert (shown.answer, shown.corrected_at) == (NEVER, LATER)


async def test_an_answer_that_is_taken_back_leaves_the_one_before(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, first = await answered(work)
        await reply_to_idea(work, idea, NEVER.status, NEVER.text, by=None, now=LATER)
        second, _ = await work.replies.of_idea(idea)
        await take_back_reply(work, second.id, by=None, now=LATER)
        view = await work.ideas.view(idea)
        assert view is not None
        assert (view.idea.status, view.reply) == (Status.PLANNED, "In March")
        await take_back_reply(work, first, by=None, now=LATER)
        view = await work.ideas.view(idea)
        assert view is not None
        assert (view.idea.status, view.reply) == (None, None)
        assert await work.replies.count_waiting() == 1
        with pytest.raises(ReplyGoneError):
            await take_back_reply(work, first, by=None, now=LATER)


async def test_only_who_heard_of_an_answer_hears_that_it_is_gone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        _, reply = await answered(work, BOB)
        await heard(work, BOB)
        assert await take_back_reply(work, reply, by=None, now=LATER) == 1
        assert await waits(work, ANN) == []
        assert await waits(work, BOB) == [(ReplyAct.TAKEN_BACK, "")]


async def test_what_a_correction_may_not_be(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, reply = await answered(work)
        with pytest.raises(SameAnswerError):
            await correct_reply(work, reply, Answer(SOON.status, f" {SOON.text}\n"), by=None, now=LATER)
        photo = await work.reply_photos.add("file", NOON)
        await work.reply_photos.refuse(photo)
        with pytest.raises(PhotoRefusedError):
            await correct_reply(work, reply, Answer(SOON.status, SOON.text, photo), by=None, now=LATER)
        await work.ideas.set_state(idea, IdeaState.HIDDEN, NOON)
        with pytest.raises(IdeaGoneError):
            await correct_reply(work, reply, NEVER, by=None, now=LATER)
        await take_back_reply(work, reply, by=None, now=LATER)
        with pytest.raises(ReplyGoneError):
            await correct_reply(work, reply, NEVER, by=None, now=LATER)
