"""A decision is taken back; what was decided after it, and what its author did, stays."""

from dataclasses import replace
from datetime import datetime

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ActId, ResidentId
from cocreation.ideas.moderation import HIDING, Act, ActKind, Block
from cocreation.ideas.report import NOTHING
from cocreation.ports import Work
from cocreation.services.moderate import Facilitator, Matter, not_own
from cocreation.services.moderate_things import hiding_of, set_hidden, show_again


async def undo(work: Work, act: ActId, by: Facilitator, now: datetime) -> list[Act]:
    """It is as before this act, and waits for a decision again; a burst as a whole.

    Empty where it was undone before. What another act hides stays hidden.
    Raises NotFoundError and OwnCaseError.
    """
    first = await work.acts.get(act)
    if first is None or first.kind in (ActKind.OBJECT, ActKind.ANSWER):
        raise NotFoundError
    undone = []
    for each in await work.acts.together(first):
        await not_own(work, Matter(each.about), by)
        hiding = await hiding_of(work, each.about)
        await work.acts.undo(each.id, by.id, now)
        await _take_back(work, each, hiding, now)
        await _reopen(work, each)
        undone.append(replace(each, undone_at=now))
    return undone


async def _take_back(work: Work, act: Act, hiding: Act | None, now: datetime) -> None:
    """`hiding`: what hid the thing until the act was undone."""
    match act.kind:
        case ActKind.HIDE | ActKind.HOLD if hiding is not None and hiding.id == act.id:
            await _uncover(work, act, now)
        case ActKind.RESTORE:
            await _cover(work, act, now)
        case ActKind.ASK if act.case is not None:
            await work.moderation.ask(act.case, None)
        case ActKind.BLOCK | ActKind.LIFT if act.person is not None:
            await _block_as_decided(work, act.person)


async def _uncover(work: Work, act: Act, now: datetime) -> None:
    """It is what it was before, unless another act hides it as well: that one knows this from now on."""
    if act.was is None:
        return
    other = await _hides_now(work, act)
    if other is None:
        await show_again(work, act.about, act.was, now)
    else:
        await work.acts.hid_from(other.id, act.was)


async def _cover(work: Work, act: Act, now: datetime) -> None:
    """What is hidden once more goes back to what it is now: its author may have withdrawn it meanwhile."""
    hiding = await _hides_now(work, act)
    was = None if hiding is None else await set_hidden(work, act.about, now)
    if hiding is not None and was is not None:
        await work.acts.hid_from(hiding.id, was)


async def _block_as_decided(work: Work, person: ResidentId) -> None:
    """What was decided last about a person and stands holds, as long as it was to last."""
    latest = await work.acts.blocked_or_lifted(person)
    if latest is None or latest.kind is ActKind.LIFT or latest.until is None or latest.reason is None:
        await work.acts.lift(person)
    else:
        await work.acts.block(Block(person, latest.reason, latest.until, latest.id))


async def _hides_now(work: Work, act: Act) -> Act | None:
    """The latest decision about showing the thing that stands, if it hides it."""
    latest = await work.acts.shown_or_hidden(act.about)
    return latest if latest is not None and latest.kind in HIDING else None


async def _reopen(work: Work, act: Act) -> None:
    """What was settled by the act waits again: reports, its own case, and the one of a burst."""
    newest = None if act.about == NOTHING else await work.moderation.newest_about(act.about)
    own = None if act.case is None else await work.moderation.get(act.case)
    for case in (newest, own):
        if case is not None and case.settled_at == act.at:
            await work.moderation.reopen(case.id)
    if act.about != NOTHING:
        settled = await work.reports.settled_at(act.about, act.at)
        if settled is not None:
            await work.reports.reopen(settled)
