"""Whoever is forgotten leaves nothing behind in the database's files, and takes nothing of others along."""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, Language, MessageId, OutboxId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.report import Reason
from cocreation.services.moderate import Facilitator
from cocreation.services.report import hide_reported, report_idea
from storage.engine import SqlStorage
from storage.personal import PERSONAL
from tests.storage.people import ANN, BOB, NOW, fill, write

LATER = NOW + timedelta(minutes=5)
NL = Language("nl")


async def _forget(storage: SqlStorage, chat: ChatId) -> None:
    async with storage.writing() as work:
        resident = await work.residents.find(chat)
        assert resident is not None
        await work.erasures.erase(resident, LATER)
    await _end(storage)


async def _end(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        for erasure in await work.erasures.pending():
            await work.erasures.leave_chat(erasure)
        await work.erasures.end(await work.erasures.pending())
    is_more, is_first = True, True
    while is_more:
        async with storage.writing() as work:
            is_more, is_first = await work.erasures.merge_search(is_first), False
    assert await storage.empty_log()


Trace = str | int


def _holds(storage: SqlStorage, traces: Sequence[Trace]) -> list[Trace]:
    """Those of the words, and of the numbers as SQLite writes them, that are in the database or beside it."""
    files = [path.read_bytes() for path in storage.path.parent.glob(f"{storage.path.name}*")]
    written = {trace: trace.encode() if isinstance(trace, str) else trace.to_bytes(6) for trace in traces}
    return [trace for trace in traces if any(written[trace] in content for content in files)]


def _traces(chat: ChatId, marks: dict[ChatId, list[str]]) -> list[Trace]:
    return [chat, *marks[chat]]


async def test_no_word_is_left_of_one_among_many(storage: SqlStorage) -> None:
    """However the pages of the database were split and joined while many people wrote, changed and left."""
    chance = Random(7)
    chats = [ChatId(712345678900 + number) for number in range(60)]
    marks: dict[ChatId, list[str]] = {}
    for turn in range(4):
        for chat in chats:
            mark = f"q{chat % 1000}x{turn}z"
            marks.setdefault(chat, []).append(mark)
            text = f"{mark} " + " ".join(f"{mark}w{n}" for n in range(chance.choice([3, 60, 900])))
            async with storage.writing() as work:
                resident = await work.residents.meet(chat, NL, NOW)
                message = MessageId(turn)
                idea = await work.ideas.add(
                    NewIdea(text, NOW, author=resident.id, chat=chat, message=message, language=NL)
                )
                await work.ideas.correct(idea, f"{mark} {text[::-1]} {mark}", NOW)
    for chat in chats[::2]:
        await _forget(storage, chat)
    gone = [trace for chat in chats[::2] for trace in _traces(chat, marks)]
    assert _holds(storage, gone) == []
    kept = [trace for chat in chats[1::2] for trace in _traces(chat, marks)]
    assert _holds(storage, kept) == kept


MARKS = (
    "idea version part file unique path comment objection decided hidden reason reply words offer dead group "
    "theme alone given name invitation"
)
GONE: list[Trace] = [ANN, str(ANN), *(f"mark{what}" for what in MARKS.split()), "Markante", "toann"]
"""What is known of Ann. In the themes, 'shade' is what others say as well."""


async def _rows(storage: SqlStorage, who: dict[str, int]) -> dict[str, int]:
    """How many there are about a person, by what they are called."""
    async with storage.reading() as work:
        return {
            rows.name: len((await work._connection.execute(select(rows.table).where(rows.whose), who)).all())
            for rows in PERSONAL
        }


async def test_nothing_of_a_person_is_left_in_any_table(storage: SqlStorage) -> None:
    ann, (own,) = await write(storage, ANN, "markidea marktheme more shade for markalone people")
    _, (bobs,) = await write(storage, BOB, "shade for everybody")
    await fill(storage, ann, own, bobs)
    who = {"resident": ann.id, "chat": int(ANN)}
    # The other way round it would prove nothing.
    assert set(_holds(storage, GONE)) == set(GONE)
    assert min((await _rows(storage, who)).values()) > 0
    await _forget(storage, ANN)
    assert _holds(storage, GONE) == []
    assert not any((await _rows(storage, who)).values())


async def test_what_others_wrote_stays(storage: SqlStorage) -> None:
    ann, (own,) = await write(storage, ANN, "markidea")
    _, (bobs,) = await write(storage, BOB, "shade for everybody")
    await fill(storage, ann, own, bobs)
    await _forget(storage, ANN)
    async with storage.reading() as work:
        waiting = [row.post for row in await work.outbox.waiting(OutboxId(0), 9)]
        (reply,) = await work.replies.of_idea(bobs)
        view = await work.ideas.view(bobs)
    said = [post.message.html for post in waiting if isinstance(post, Show)]
    assert said == ["For Carl", "<b>…</b>: … on yours"]
    assert (reply.text, view.comments if view else None) == ("the town answers", 1)
    assert _holds(storage, ["bob answers", "carl said", "marktheme"]) == ["bob answers", "carl said"]


async def test_published_ideas_may_stay_without_their_author(storage: SqlStorage) -> None:
    ann, (own,) = await write(storage, ANN, "a bench by the river")
    _, (bobs,) = await write(storage, BOB, "shade for everybody")
    await fill(storage, ann, own, bobs)
    async with storage.writing() as work:
        await work.erasures.erase(ann, LATER, leaves_ideas=True)
    await _end(storage)
    async with storage.reading() as work:
        view = await work.ideas.view(own)
    assert view is not None
    assert (view.idea.author, view.idea.text, view.photos) == (None, "a bench by the river", ())
    assert _holds(storage, [ANN, str(ANN), "markversion", "markpart", "markcomment", "Markante"]) == []


async def test_an_erasure_waits_for_what_is_under_way(storage: SqlStorage) -> None:
    """The last answer has the number of the chat in it until it has arrived."""
    ann, _ = await write(storage, ANN, "a bench")
    async with storage.writing() as work:
        await work.erasures.erase(ann, LATER)
        await work.outbox.put(Show(ANN, Message("It is erased.")), LATER)
    async with storage.writing() as work:
        (erasure,) = await work.erasures.pending()
        await work.erasures.leave_chat(erasure)
        assert [each.chat for each in await work.erasures.pending()] == [ANN]
        (row,) = await work.outbox.waiting(OutboxId(0), 9)
        await work.outbox.bury(row, "refused", LATER)
        await work.erasures.leave_chat(erasure)
        assert [each.chat for each in await work.erasures.pending()] == [None]
    await _end(storage)
    assert _holds(storage, [ANN, str(ANN)]) == []


async def test_reports_of_others_are_decided_by_the_number_of_one_who_is_forgotten(
    storage: SqlStorage,
) -> None:
    ann, _ = await write(storage, ANN, "a bench")
    bob, (idea,) = await write(storage, BOB, "shade for everybody")
    carl, _ = await write(storage, ChatId(43))
    async with storage.writing() as work:
        first = await report_idea(work, ann.id, idea, Reason.RUDE, NOW)
        await report_idea(work, carl.id, idea, Reason.PRIVATE, NOW)
    await _forget(storage, ANN)
    async with storage.writing() as work:
        bob_decides = Facilitator(bob.id, is_administrator=True)
        decided = await hide_reported(work, first.id, bob_decides, LATER)
        assert decided.report.reasons[Reason.PRIVATE] == 1


async def test_an_answer_that_is_being_written_loses_the_words(storage: SqlStorage) -> None:
    ann, (idea,) = await write(storage, ANN, "A bridge of glass over the canal")
    kept = {"status": "planned", "at": 5, "text": 'About "a bridge of glass": no', "theme": True}
    waiting = Conversation(ChatId(-5), Step.REPLY, NOW, 1, json.dumps(kept))
    silent = Conversation(ChatId(-6), Step.REPLY, NOW, idea, json.dumps({**kept, "text": None}))
    async with storage.writing() as work:
        await work.conversations.begin(waiting)
        await work.conversations.begin(silent)
        await work.erasures.erase(ann, LATER)
        found = await work.conversations.get(ChatId(-5))
        assert found is not None
        assert json.loads(found.words or "") == {**kept, "text": "About … no"}
        assert await work.conversations.get(ChatId(-6)) == silent
