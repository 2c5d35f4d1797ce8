"""An answer to a whole theme: each of its ideas has it, and each person hears of it once."""

from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import ReplyGoneError, ThemeGoneError
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ReplyId, ThemeId, ThemeReplyId
from cocreation.ideas.notice import Part, ReplyAct, Told
from cocreation.ideas.reply import Answer, Reach, Status
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services.correct_reply import correct_reply, undo_correction
from cocreation.services.reply_to_idea import reply_to_idea
from cocreation.services.reply_to_theme import (
    correct_theme_reply,
    reply_to_theme,
    take_back_theme_reply,
    undo_theme_correction,
)
from storage.engine import SqlStorage
from storage.work import SqlWork

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
ANN, BOB, CEM, DIRK = map(ChatId, range(41, 45))
SOON, NEVER = Answer(Status.PLANNED, "In March"), Answer(Status.NOT_NOW, "Too dear")
NL = Language("nl")


async def a_theme(work: SqlWork, ideas: list[IdeaId]) -> ThemeId:
    members = tuple(Member(idea, 1 - at / 100000) for at, idea in enumerate(ideas))
    await work.themes.replace(Clustering((FoundTheme(None, "Trees", ("trees",), members, ()),), ()), NOON)
    (theme,) = await work.themes.all()
    return theme.id


async def a_street(work: SqlWork) -> tuple[ThemeId, list[IdeaId]]:
    """Two ideas of Ann's, and one of Bob's, who supports one of hers; Cem supports both, Dirk follows one."""
    ann, bob, cem, dirk = [await work.residents.meet(chat, NL, NOON) for chat in (ANN, BOB, CEM, DIRK)]
    ideas = [
        await work.ideas.add(NewIdea(text, NOON, author.id))
        for text, author in (("Oaks", ann), ("Limes", ann), ("Elms", bob))
    ]
    for idea, resident in ((0, bob), (0, cem), (1, cem)):
        await work.supports.add(ideas[idea], resident.id, NOON)
    await work.follows.add(ideas[1], dirk.id, NOON)
    return await a_theme(work, ideas), ideas


async def waits(work: SqlWork, chat: ChatId) -> list[Told]:
    resident = await work.residents.find(chat)
    assert resident is not None
    return list(await work.notices.of(resident.id))


async def everybody_heard(work: SqlWork) -> None:
    for chat in (ANN, BOB, CEM, DIRK):
        resident = await work.residents.find(chat)
        assert resident is not None
        await work.notices.settle(resident.id, NOON)


async def said(work: SqlWork, idea: IdeaId) -> tuple[Status | None, str | None]:
    view = await work.ideas.view(idea)
    assert view is not None
    return view.idea.status, view.reply


async def sent(work: SqlWork, theme: ThemeId) -> ThemeReplyId:
    reply, _ = await reply_to_theme(work, theme, SOON, by=None, now=NOON)
    return reply


async def test_each_idea_has_the_answer_and_each_person_hears_of_it_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, ideas = await a_street(work)
        assert await work.theme_replies.reach_of_theme(theme) == Reach(3, 4)
        _, reach = await reply_to_theme(work, theme, SOON, by=None, now=NOON)
        assert reach == Reach(3, 4)
        assert {await said(work, idea) for idea in ideas} == {(Status.PLANNED, "In March")}
        told = {chat: await waits(work, chat) for chat in (ANN, BOB, CEM, DIRK)}
        assert {chat: [(each.part, each.idea_text) for each in some] for chat, some in told.items()} == {
            ANN: [(Part.AUTHOR, "Oaks")],
            BOB: [(Part.AUTHOR, "Elms")],
            CEM: [(Part.SUPPORTER, "Oaks")],
            DIRK: [(Part.FOLLOWER, "Limes")],
        }
        assert {(each.theme, each.said) for some in told.values() for each in some} == {("Trees", "In March")}


async def test_hidden_and_later_ideas_are_not_touched(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, ideas = await a_street(work)
        await work.ideas.set_state(ideas[2], IdeaState.HIDDEN, NOON)
        _, reach = await reply_to_theme(work, theme, SOON, by=None, now=NOON)
        assert reach == Reach(2, 4)
        eva = await work.residents.meet(ChatId(45), NL, NOON)
        late = await work.ideas.add(NewIdea("Beeches", LATER, eva.id))
        await a_theme(work, [*ideas, late])
        assert await said(work, late) == (None, None)
        await work.ideas.set_state(ideas[2], IdeaState.PUBLISHED, LATER)
        assert await said(work, ideas[2]) == (None, None)
        assert await waits(work, ChatId(45)) == []


async def test_the_whole_is_corrected_except_where_an_idea_has_its_own(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, ideas = await a_street(work)
        reply = await sent(work, theme)
        await everybody_heard(work)
        own = await work.replies.latest(ideas[0])
        assert own is not None
        await correct_reply(work, own.id, Answer(Status.DONE, "Oaks stand"), by=None, now=LATER)
        await everybody_heard(work)
        reach = await correct_theme_reply(work, reply, NEVER, by=None, now=LATER)
        assert reach == Reach(2, 4)
        assert await said(work, ideas[0]) == (Status.DONE, "Oaks stand")
        assert await said(work, ideas[1]) == (Status.NOT_NOW, "Too dear")
        (told,) = await waits(work, ANN)
        assert (told.notice.act, told.said, told.theme) == (ReplyAct.CORRECTED, "Too dear", "Trees")


async def test_a_correction_of_the_whole_is_undone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, ideas = await a_street(work)
        reply = await sent(work, theme)
        await everybody_heard(work)
        await correct_theme_reply(work, reply, NEVER, by=None, now=LATER)
        correction = await work.theme_replies.last_correction(reply)
        assert correction is not None
        undone = LATER + timedelta(minutes=1)
        assert await undo_theme_correction(work, reply, correction.id, undone) == Reach(3, 0)
        assert {await said(work, idea) for idea in ideas} == {(Status.PLANNED, "In March")}
        found = await work.theme_replies.get(reply)
        assert found is not None
        assert found.corrected_at is None
        assert await waits(work, ANN) == []


async def test_what_is_taken_back_leaves_what_was_said_before(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, ideas = await a_street(work)
        await reply_to_idea(work, ideas[2], Status.RECEIVED, "We read it", by=None, now=NOON)
        reply = await sent(work, theme)
        await everybody_heard(work)
        assert await take_back_theme_reply(work, reply, by=None, now=LATER) == Reach(3, 4)
        assert [await said(work, idea) for idea in ideas] == [
            (None, None),
            (None, None),
            (Status.RECEIVED, "We read it"),
        ]
        (told,) = await waits(work, CEM)
        assert (told.notice.act, told.said, told.theme) == (ReplyAct.TAKEN_BACK, "", "Trees")
        with pytest.raises(ReplyGoneError):
            await take_back_theme_reply(work, reply, by=None, now=LATER)
        assert await work.theme_replies.latest(theme) is None


async def corrected_alone(work: SqlWork, idea: IdeaId) -> tuple[ReplyId, int]:
    """The number of the answer to an idea, which has its own words now, and that of the correction."""
    own = await work.replies.latest(idea)
    assert own is not None
    await correct_reply(work, own.id, Answer(Status.DONE, "Oaks stand"), by=None, now=LATER)
    correction = await work.replies.last_correction(own.id)
    assert correction is not None
    return own.id, correction.id


async def test_an_idea_whose_own_correction_is_undone_has_its_themes_answer_again(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        theme, (oaks, *_) = await a_street(work)
        reply = await sent(work, theme)
        own, correction = await corrected_alone(work, oaks)
        await undo_correction(work, own, correction, LATER)
        assert (await take_back_theme_reply(work, reply, by=None, now=LATER)).ideas == 3
        assert await said(work, oaks) == (None, None)


async def test_an_undone_correction_does_not_go_back_to_what_was_taken_back(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, (oaks, *_) = await a_street(work)
        reply = await sent(work, theme)
        own, correction = await corrected_alone(work, oaks)
        await take_back_theme_reply(work, reply, by=None, now=LATER)
        await undo_correction(work, own, correction, LATER)
        latest = await work.replies.latest(oaks)
        assert latest is not None
        assert (latest.text, latest.theme_reply) == ("In March", None)


async def test_a_theme_that_is_gone_or_empty_is_not_answered(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        theme, ideas = await a_street(work)
        for idea in ideas:
            await work.ideas.set_state(idea, IdeaState.WITHDRAWN, NOON)
        for gone in (theme, ThemeId(99)):
            with pytest.raises(ThemeGoneError):
                await reply_to_theme(work, gone, SOON, by=None, now=NOON)


async def test_five_thousand_ideas_and_twenty_thousand_people_get_it_in_one_go(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        execute = work._connection.exec_driver_sql
        now = NOON.isoformat(timespec="microseconds")
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
        await execute(
            "INSERT INTO residents (id, telegram_id, language, created_at) "
            f"{numbers.format(20_000)} SELECT i, i, 'nl', ? FROM n",
            (now,),
        )
        await execute(
            "INSERT INTO ideas (id, token, author_id, text, source, created_at, touched_at) "
            f"{numbers.format(5_000)} SELECT i, 't' || i, i, 'Tree ' || i, 'chat', ?, ? FROM n",
            (now, now),
        )
        await execute(
            "INSERT INTO supports (idea_id, resident_id, created_at) "
            f"{numbers.format(15_000)} SELECT i % 5000 + 1, 5000 + i, ? FROM n",
            (now,),
        )
        theme = await a_theme(work, [IdeaId(number) for number in range(1, 5_001)])
    async with storage.writing() as work:
        reply, reach = await reply_to_theme(work, theme, SOON, by=None, now=NOON)
    assert reach == Reach(5_000, 20_000)
    async with storage.writing() as work:
        assert (await take_back_theme_reply(work, reply, by=None, now=LATER)).ideas == 5_000
