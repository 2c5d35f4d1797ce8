"""Saying that something should not be there, and deciding about it."""

from datetime import datetime

from cocreation.errors import AlreadyReportedError, NotFoundError, OwnReportError, TooManyReportsError
from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import CommentId, IdeaId, ReportId, ResidentId
from cocreation.ideas.report import AT_ONCE, REPORTS_AT_ONCE, Reason, Report, Reported
from cocreation.ports import Work


async def report_idea(work: Work, by: ResidentId, idea: IdeaId, reason: Reason, now: datetime) -> Report:
    """Ask facilitators to look at an idea.

    Raises NotFoundError, OwnReportError, TooManyReportsError, and AlreadyReportedError for a second time
    unless it was decided about other words.
    """
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    _not_own(by, found.author)
    await _let_go_of_earlier(work, by, Reported(idea=idea), found.edited_at)
    return await _report(work, by, Reported(idea=idea), reason, now)


async def report_comment(
    work: Work, by: ResidentId, comment: CommentId, reason: Reason, now: datetime
) -> Report:
    """The same for a comment."""
    found = await work.comments.get(comment)
    if found is None or not found.is_published:
        raise NotFoundError
    _not_own(by, found.author)
    await _let_go_of_earlier(work, by, Reported(comment=comment), found.edited_at)
    return await _report(work, by, Reported(comment=comment), reason, now)


async def hide_reported(work: Work, report: ReportId, by: ResidentId, now: datetime) -> Report:
    """Nobody sees it any more; its author cannot bring it back either. Raises NotFoundError."""
    open_report = await _found(work, report)
    if open_report.settled_at is None:
        was = await _hide(work, open_report.about, now)
        await work.reports.settle(open_report, by, now, hidden_from=was)
    return await _found(work, report)


async def keep_reported(work: Work, report: ReportId, by: ResidentId, now: datetime) -> Report:
    """It may stay. Raises NotFoundError."""
    open_report = await _found(work, report)
    if open_report.settled_at is None:
        await work.reports.settle(open_report, by, now)
    return await _found(work, report)


async def undo_decision_about(work: Work, report: ReportId, now: datetime) -> Report:
    """It is as before this decision, and waits for another one: what a later one hid stays hidden.

    Raises NotFoundError.
    """
    settled = await _found(work, report)
    if settled.settled_at is not None:
        if settled.hidden_from is not None:
            await _show_again(work, settled.about, settled.hidden_from, now)
        await work.reports.reopen(settled)
    return await _found(work, report)


async def _let_go_of_earlier(work: Work, by: ResidentId, about: Reported, edited_at: datetime | None) -> None:
    """Other words may be reported again."""
    if edited_at is not None:
        await work.reports.let_go(about, by, edited_at)


def _not_own(by: ResidentId, author: ResidentId | None) -> None:
    if author == by:
        raise OwnReportError


async def _report(work: Work, by: ResidentId, about: Reported, reason: Reason, now: datetime) -> Report:
    if await work.reports.count_since(by, now - AT_ONCE) >= REPORTS_AT_ONCE:
        raise TooManyReportsError(n=REPORTS_AT_ONCE)
    if not await work.reports.add(about, by, reason, now):
        raise AlreadyReportedError
    report = await work.reports.open_about(about)
    if report is None:
        raise NotFoundError
    return report


async def _found(work: Work, report: ReportId) -> Report:
    found = await work.reports.get(report)
    if found is None:
        raise NotFoundError
    return found


async def _hide(work: Work, about: Reported, now: datetime) -> str | None:
    """The state in which it was; None where it is gone, or hidden already."""
    if about.idea is not None:
        idea = await work.ideas.get(about.idea)
        if idea is not None and idea.state is not IdeaState.HIDDEN:
            await work.ideas.set_state(idea.id, IdeaState.HIDDEN, now)
            return idea.state
    if about.comment is not None:
        comment = await work.comments.get(about.comment)
        if comment is not None and comment.state is not CommentState.HIDDEN:
            await work.comments.set_state(comment.id, CommentState.HIDDEN, now)
            return comment.state
    return None


async def _show_again(work: Work, about: Reported, was: str, now: datetime) -> None:
    if about.idea is not None:
        idea = await work.ideas.get(about.idea)
        if idea is not None and idea.state is IdeaState.HIDDEN:
            await work.ideas.set_state(idea.id, IdeaState(was), now)
    if about.comment is not None:
        comment = await work.comments.get(about.comment)
        if comment is not None and comment.state is CommentState.HIDDEN:
            await work.comments.set_state(comment.id, CommentState(was), now)
