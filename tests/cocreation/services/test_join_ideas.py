"""Two messages are one idea when their author says so, and nothing that others did with them is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from cocreation.ideas.comment import CommentState, NewComment
from cocreation.ideas.idea import IdeaView, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId
from cocreation.ideas.report import Reason, Reported
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Submission
from cocreation.services.join_ideas import join_ideas, part_ideas
from cocreation.services.submit_idea import submit_idea
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
EARLIER_MESSAGE, LATER_MESSAGE = MessageId(1), MessageId(2)


async def _meet(work: SqlWork, chat: int) -> Resident:
    return await work.residents.meet(ChatId(chat), Language("nl"), NOW)


async def _two_ideas(work: SqlWork, process: str | None = None) -> tuple[Resident, IdeaId, IdeaId]:
    ann = await _meet(work, 41)
    whole = await work.ideas.add(NewIdea("Bomen", NOW, ann.id, chat=ChatId(41), message=EARLIER_MESSAGE))
    rest = await work.ideas.add(
        NewIdea("op de markt", LATER, ann.id, process=process, chat=ChatId(41), message=LATER_MESSAGE)
    )
    return ann, whole, rest


async def _join(work: SqlWork, ann: Resident) -> None:
    await join_ideas(work, ann, LATER_MESSAGE, EARLIER_MESSAGE, LATER)


async def _rows(work: SqlWork, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await work._connection.execute(text(query))]


async def _view(work: SqlWork, idea: IdeaId) -> IdeaView:
    view = await work.ideas.view(idea)
    assert view is not None
    return view


async def test_an_idea_that_was_reported_is_still_reported_when_it_is_joined(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, whole, rest = await _two_ideas(work)
        bob, cas = await _meet(work, 42), await _meet(work, 43)
        await work.reports.add(Reported(idea=whole), bob.id, Reason.OTHER, NOW)
        settled = await work.reports.open_about(Reported(idea=whole))
        assert settled is not None
        await work.reports.settle(settled, cas.id, NOW)
        for reporter in (bob, cas):
            await work.reports.add(Reported(idea=rest), reporter.id, Reason.RUDE, LATER)
        await _join(work, ann)
        reported = await work.reports.open_about(Reported(idea=whole))
        assert reported is not None and reported.reasons == {Reason.RUDE: 2}


async def test_comments_that_were_hidden_or_taken_back_go_along(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, whole, rest = await _two_ideas(work)
        bob = await _meet(work, 42)
        for at, state in enumerate((CommentState.HIDDEN, CommentState.WITHDRAWN), start=1):
            comment = await work.comments.add(NewComment(rest, bob.id, "Nee", NOW, ChatId(42), MessageId(at)))
            assert comment is not None
            await work.comments.set_state(comment, state, NOW)
        await _join(work, ann)
        assert await _rows(work, "SELECT idea_id, count(*) FROM comments") == [(whole, 2)]


async def test_joined_ideas_belong_to_the_process_of_either(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, whole, _ = await _two_ideas(work, process="Begroting")
        await _join(work, ann)
        query = "SELECT ideas.id, name FROM ideas JOIN processes ON processes.id = process_id"
        assert await _rows(work, query) == [(whole, "Begroting")]


async def test_what_is_anonymous_stays_so_when_it_is_joined_and_parted(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, whole, rest = await _two_ideas(work)
        await work.ideas.set_anonymous(rest, True)
        await _join(work, ann)
        assert (await _view(work, whole)).idea.is_anonymous
        again, _ = await part_ideas(work, ann, LATER_MESSAGE, LATER)
        assert (await _view(work, again)).idea.is_anonymous
        assert (await _view(work, again)).idea.text == "op de markt"
        assert (await _view(work, whole)).idea.text == "Bomen"


async def test_what_was_corrected_before_stays_in_the_history_of_the_joined_idea(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, whole, rest = await _two_ideas(work)
        await work.ideas.correct(rest, "op het plein", LATER)
        await _join(work, ann)
        versions = await _rows(work, "SELECT idea_id, text FROM idea_versions ORDER BY id")
        assert versions == [(whole, "op de markt"), (whole, "Bomen")]


async def test_words_that_were_joined_count_once_when_they_come_again(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, whole, _ = await _two_ideas(work)
        await _join(work, ann)
        back = await _meet(work, 41)
        again = await submit_idea(work, back, Submission(ChatId(41), MessageId(3), NOW, "op de markt"), LATER)
        assert (again.idea, again.outcome) == (whole, Outcome.KNOWN)
