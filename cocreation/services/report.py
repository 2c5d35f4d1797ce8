"""Saying that something should not be there, and deciding about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.errors import AlreadyReportedError, NotFoundError, OwnReportError, TooManyReportsError
from cocreation.ideas.ids import CommentId, IdeaId, ReportId, ResidentId
from cocreation.ideas.moderation import Act, Sign
from cocreation.ideas.report import AT_ONCE, REPORTS_AT_ONCE, Reason, Report, Reported, main_reason
from cocreation.ports import Work
from cocreation.services.may_write import may_write
from cocreation.services.moderate import Facilitator, hide, keep, matter_about
from cocreation.services.undo_act import undo


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


@dataclass(frozen=True, slots=True)
class Decided:
    """The report as it stands, and what was done or undone just now: nothing for a button pressed twice."""

    report: Report
    acts: Sequence[Act] = ()


async def hide_reported(work: Work, report: ReportId, by: Facilitator, now: datetime) -> Decided:
    """Nobody sees it any more; its author cannot bring it back either. The reason is what most people say.

    Raises NotFoundError and OwnCaseError.
    """
    waiting = await _found(work, report)
    if waiting.settled_at is not None:
        return Decided(waiting)
    acts = await hide(work, await matter_about(work, waiting.about), by, main_reason(waiting), now)
    return Decided(await _found(work, report), acts)


async def keep_reported(work: Work, report: ReportId, by: Facilitator, now: datetime) -> Decided:
    """It may stay. Raises NotFoundError and OwnCaseError."""
    waiting = await _found(work, report)
    if waiting.settled_at is not None:
        return Decided(waiting)
    act = await keep(work, await matter_about(work, waiting.about), by, now)
    return Decided(await _found(work, report), () if act is None else (act,))


async def undo_decision_about(work: Work, report: ReportId, by: Facilitator, now: datetime) -> Decided:
    """It is as before this decision, and waits for another one: what a later one hid stays hidden.

    Raises NotFoundError and OwnCaseError.
    """
    settled = await _found(work, report)
    if settled.settled_at is None:
        return Decided(settled)
    decided = await work.acts.decided(settled.about, settled.settled_at)
    undone = [] if decided is None else await undo(work, decided.id, by, now)
    return Decided(await _found(work, report), undone)


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
