"""Who has several ideas in an answered theme hears of it as long as one of them is there."""

from zoneinfo import ZoneInfo

from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import OutboxId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.notice import ReplyAct
from cocreation.ideas.reply import Reach
from cocreation.services.correct_reply import take_back_reply
from cocreation.services.reply_to_theme import correct_theme_reply, take_back_theme_reply
from cocreation.services.tell import tell_due
from storage.engine import SqlStorage
from tests.cocreation.services.test_reply_to_theme import (
    ANN,
    BOB,
    CEM,
    DIRK,
    LATER,
    NEVER,
    a_street,
    everybody_heard,
    sent,
    waits,
)


async def heard(storage: SqlStorage) -> dict[int, str]:
    """The words of the idea with which each person is told."""
    await tell_due(storage, ZoneInfo("UTC"), lambda news, _: Message(news[0].text), LATER)
    async with storage.reading() as work:
        rows = await work.outbox.waiting(OutboxId(0), 1000)
    return {row.chat: row.post.message.html for row in rows if isinstance(row.post, Show)}


async def test_another_idea_carries_the_answer_where_the_first_is_hidden_meanwhile(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        theme, (oaks, _, elms) = await a_street(work)
        await sent(work, theme)
        await work.ideas.set_state(oaks, IdeaState.HIDDEN, LATER)
        await work.ideas.set_state(elms, IdeaState.WITHDRAWN, LATER)
    assert await heard(storage) == {ANN: "Limes", CEM: "Limes", DIRK: "Limes"}


async def test_another_idea_carries_that_the_answer_is_taken_back(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, (oaks, *_) = await a_street(work)
        reply = await sent(work, theme)
        await everybody_heard(work)
        await take_back_theme_reply(work, reply, by=None, now=LATER)
        await work.ideas.set_state(oaks, IdeaState.HIDDEN, LATER)
    assert await heard(storage) == {ANN: "Limes", BOB: "Elms", CEM: "Limes", DIRK: "Limes"}


async def test_another_idea_carries_the_answer_where_the_first_goes_with_its_author(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        theme, (_, _, elms) = await a_street(work)
        cem, ann = await work.residents.find(CEM), await work.residents.find(ANN)
        assert cem is not None
        assert ann is not None
        await work.supports.add(elms, cem.id, LATER)
        await sent(work, theme)
        await work.erasures.erase(ann, LATER)
    assert await heard(storage) == {BOB: "Elms", CEM: "Elms"}


async def test_another_idea_carries_the_answer_where_it_is_taken_back_from_one(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, (oaks, *_) = await a_street(work)
        await sent(work, theme)
        reply = await work.replies.latest(oaks)
        assert reply is not None
        await take_back_reply(work, reply.id, by=None, now=LATER)
    assert await heard(storage) == {ANN: "Limes", BOB: "Elms", CEM: "Limes", DIRK: "Limes"}


async def test_who_waits_for_a_correction_hears_that_the_answer_is_gone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, _ = await a_street(work)
        reply = await sent(work, theme)
        await everybody_heard(work)
        await correct_theme_reply(work, reply, NEVER, by=None, now=LATER)
        assert await take_back_theme_reply(work, reply, by=None, now=LATER) == Reach(3, 4)
        assert [each.notice.act for each in await waits(work, ANN)] == [ReplyAct.TAKEN_BACK]
