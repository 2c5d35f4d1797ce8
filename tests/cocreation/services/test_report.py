"""A report counts once a person, and a decision moves nothing but what it is about."""

from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import AlreadyReportedError, NotFoundError, OwnReportError, TooManyReportsError
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ReportId, ResidentId
from cocreation.ideas.report import REPORTS_AT_ONCE, Reason
from cocreation.services.moderate import Facilitator
from cocreation.services.own_idea import return_idea, withdraw_idea
from cocreation.services.report import hide_reported, keep_reported, report_idea, undo_decision_about
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


async def _people(work: SqlWork) -> list[ResidentId]:
    return [(await work.residents.meet(ChatId(n), Language("nl"), NOW)).id for n in range(1, 5)]


async def _state(work: SqlWork, idea: IdeaId) -> IdeaState | None:
    found = await work.ideas.get(idea)
    return None if found is None else found.state


async def test_reports_of_one_thing_are_decided_together(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, cas, dee = await _people(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        first = await report_idea(work, bob, idea, Reason.RUDE, NOW)
        with pytest.raises(AlreadyReportedError):
            await report_idea(work, bob, idea, Reason.PRIVATE, NOW)
        with pytest.raises(OwnReportError):
            await report_idea(work, ann, idea, Reason.RUDE, NOW)
        both = await report_idea(work, cas, idea, Reason.RUDE, NOW)
        assert (both.id, both.reasons) == (first.id, {Reason.RUDE: 2})
        settled = (await hide_reported(work, first.id, Facilitator(dee), NOW)).report
        assert settled.settled_at == NOW and settled.reasons == {Reason.RUDE: 2}
        assert await _state(work, idea) is IdeaState.HIDDEN
        with pytest.raises(NotFoundError):
            await report_idea(work, dee, idea, Reason.OTHER, NOW)
        again = (await undo_decision_about(work, first.id, Facilitator(dee), NOW)).report
        assert again.settled_at is None and again.reasons == {Reason.RUDE: 2}
        assert await _state(work, idea) is IdeaState.PUBLISHED


async def test_a_decision_stands_until_it_is_undone_and_a_new_report_begins_anew(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, cas, dee = await _people(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        first = await report_idea(work, bob, idea, Reason.RUDE, NOW)
        await keep_reported(work, first.id, Facilitator(dee), NOW)
        # A button that is pressed once more, by whomever, changes nothing.
        assert (
            await hide_reported(work, first.id, Facilitator(dee), NOW + timedelta(hours=1))
        ).report.settled_at == NOW
        assert await _state(work, idea) is IdeaState.PUBLISHED
        second = await report_idea(work, cas, idea, Reason.PRIVATE, NOW)
        assert second.id != first.id and second.reasons == {Reason.PRIVATE: 1}
        with pytest.raises(NotFoundError):
            await keep_reported(work, ReportId(99), Facilitator(dee), NOW)


async def test_what_its_author_took_back_is_not_brought_back_by_an_undo(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, _, dee = await _people(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        report = await report_idea(work, bob, idea, Reason.RUDE, NOW)
        await work.ideas.set_state(idea, IdeaState.WITHDRAWN, NOW)
        await hide_reported(work, report.id, Facilitator(dee), NOW)
        await undo_decision_about(work, report.id, Facilitator(dee), NOW)
        assert await _state(work, idea) is IdeaState.WITHDRAWN


async def test_what_was_hidden_is_not_brought_back_by_an_author_who_had_withdrawn_it(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        ann, bob, _, dee = await _people(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        report = await report_idea(work, bob, idea, Reason.RUDE, NOW)
        await withdraw_idea(work, ann, idea, NOW)
        await hide_reported(work, report.id, Facilitator(dee), NOW)
        with pytest.raises(NotFoundError):
            await return_idea(work, ann, idea, NOW)
        assert await _state(work, idea) is IdeaState.HIDDEN
        await undo_decision_about(work, report.id, Facilitator(dee), NOW)
        assert await _state(work, idea) is IdeaState.WITHDRAWN


async def test_an_undo_takes_back_only_its_own_decision(storage: SqlStorage) -> None:
    later = NOW + timedelta(hours=1)
    async with storage.writing() as work:
        ann, bob, cas, dee = await _people(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        first = await report_idea(work, bob, idea, Reason.RUDE, NOW)
        await keep_reported(work, first.id, Facilitator(dee), NOW)
        second = await report_idea(work, cas, idea, Reason.RUDE, later)
        await hide_reported(work, second.id, Facilitator(dee), later)
        await undo_decision_about(work, first.id, Facilitator(dee), later)
        assert await _state(work, idea) is IdeaState.HIDDEN
        await undo_decision_about(work, second.id, Facilitator(dee), later)
        assert await _state(work, idea) is IdeaState.PUBLISHED


async def test_other_words_may_be_reported_again(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, _, dee = await _people(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW, ann))
        first = await report_idea(work, bob, idea, Reason.OTHER, NOW)
        await keep_reported(work, first.id, Facilitator(dee), NOW)
        with pytest.raises(AlreadyReportedError):
            await report_idea(work, bob, idea, Reason.RUDE, NOW)
        later = NOW + timedelta(hours=1)
        await work.ideas.correct(idea, "Domme buren", later)
        second = await report_idea(work, bob, idea, Reason.RUDE, later)
        assert second.id != first.id and second.reasons == {Reason.RUDE: 1}
        with pytest.raises(AlreadyReportedError):
            await report_idea(work, bob, idea, Reason.RUDE, later)


async def test_nobody_reports_faster_than_facilitators_can_look(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, *_ = await _people(work)
        ideas = [await work.ideas.add(NewIdea(f"Boom {n}", NOW, ann)) for n in range(REPORTS_AT_ONCE + 1)]
        for idea in ideas[:-1]:
            await report_idea(work, bob, idea, Reason.OTHER, NOW)
        with pytest.raises(TooManyReportsError):
            await report_idea(work, bob, ideas[-1], Reason.OTHER, NOW)
        await report_idea(work, bob, ideas[-1], Reason.OTHER, NOW + timedelta(minutes=11))
