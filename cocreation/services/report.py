"""Saying that something should not be there, and deciding about it."""

from datetime import datetime

from cocreation.errors import AlreadyReportedError, NotFoundError, OwnReportError, TooManyReportsError
from cocreation.ideas.ids import CommentId, IdeaId, ReportId, ResidentId
from cocreation.ideas.moderation import Sign
from cocreation.ideas.report import AT_ONCE, REPORTS_AT_ONCE, Reason, Report, Reported, main_reason
from cocreation.ports import Work
from cocreation.services.may_write import may_write
from cocreation.services.moderate import Facilitator, hide, keep, matter_about, undo


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


async def hide_reported(work: Work, report: ReportId, by: Facilitator, now: datetime) -> Report:
    """Nobody sees it any more; its author cannot bring it back either. The reason is what most people say.

    Raises NotFoundError and OwnCaseError.
    """
    waiting = await _found(work, report)
    if waiting.settled_at is None:
        matter = await matter_about(work, waiting.about)
        await hide(work, matter, by, main_reason(waiting), now)
    return await _found(work, report)


async def keep_reported(work: Work, report: ReportId, by: Facilitator, now: datetime) -> Report:
    """It may stay. Raises NotFoundError and OwnCaseError."""
    waiting = await _found(work, report)
    if waiting.settled_at is None:
        await keep(work, await matter_about(work, waiting.about), by, now)
    return await _found(work, report)


async def undo_decision_about(work: Work, report: ReportId, by: Facilitator, now: datetime) -> Report:
    """It is as before this decision, and waits for another one: what a later one hid stays hidden.

    Raises NotFoundError and OwnCaseError.
    """
    settled = await _found(work, report)
    if settled.settled_at is not None:
        decided = await work.acts.decided(settled.about, settled.settled_at)
        if decided is not None:
            await undo(work, decided.id, by, now)
    return await _found(work, report)


async def _let_go_of_earlier(work: Work, by: ResidentId, about: Reported, edited_at: datetime | None) -> None:
    """Other words may be reported again."""
    if edited_at is not None:
        await work.reports.let_go(about, by, edited_at)


def _not_own(by: ResidentId, author: ResidentId | None) -> None:
    if author == by:
        raise OwnReportError


async def _report(work: Work, by: ResidentId, about: Reported, reason: Reason, now: datetime) -> Report:
    await may_write(work, by, now)
    if await work.reports.count_since(by, now - AT_ONCE) >= REPORTS_AT_ONCE:
        raise TooManyReportsError(n=REPORTS_AT_ONCE)
    if not await work.reports.add(about, by, reason, now):
        raise AlreadyReportedError
    await work.moderation.open(about, frozenset([Sign.REPORT]), now)
    report = await work.reports.open_about(about)
    if report is None:
        raise NotFoundError
    return report


async def _found(work: Work, report: ReportId) -> Report:
    found = await work.reports.get(report)
    if found is None:
        raise NotFoundError
    return found
