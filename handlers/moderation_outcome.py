"""What was decided reaches everybody whom it concerns: the author, who reads along, and the desks."""

from collections.abc import Sequence

from cocreation.errors import NotFoundError
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.moderation import HIDING, Act, ActKind
from cocreation.ideas.report import NOTHING
from handlers.context import TownContext
from handlers.desks import desks
from handlers.moderation_notices import tell_author
from handlers.report_text import report_message, slot_of_report
from handlers.things import Thing, show_change, thing_about

DECISIONS = (*HIDING, ActKind.KEEP, ActKind.UPHOLD, ActKind.RESTORE)


async def tell_outcome(context: TownContext, acts: Sequence[Act], but: int | None = None) -> None:
    """Of what was done or undone just now; the desk `but` shows its report already."""
    for act in acts:
        if act.about == NOTHING:
            continue
        try:
            thing = await thing_about(context.work, act.about)
        except NotFoundError:
            continue
        if act.kind in (*HIDING, ActKind.RESTORE):
            await show_change(context, thing)
        await tell_author(context.work, act, thing, context.town, context.now)
        if act.kind in DECISIONS:
            await _show_report(context, act, thing, but)


async def _show_report(context: TownContext, act: Act, thing: Thing, but: int | None) -> None:
    """Where a report of it lies open for a decision, it says how it stands now."""
    settled = await context.work.reports.settled_at(act.about, act.at)
    report = settled or await context.work.reports.open_about(act.about)
    if report is None:
        return
    slot = slot_of_report(report)
    for chat, t in await desks(context):
        if chat != but:
            message = report_message(report, thing, context.town, t)
            await context.post(Show(chat, message, slot=slot, priority=Priority.PUSH))
