"""What facilitators do about a thing: keep, hide, show again, ask, warn and block."""

from dataclasses import dataclass
from datetime import datetime

from cocreation.errors import AuthorGoneError, NotFoundError, OwnCaseError
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import ActId, CaseId, ResidentId
from cocreation.ideas.moderation import (
    Act,
    ActKind,
    Block,
    BlockLength,
    Case,
    NewAct,
    Sign,
    What,
    what_of,
)
from cocreation.ideas.report import NOTHING, Reason, Reported
from cocreation.ports import Work
from cocreation.services.moderate_things import author_of, hiding_of, is_hidden, set_hidden, show_again


@dataclass(frozen=True, slots=True)
class Matter:
    """What is decided about: a thing, perhaps with the case in which it waits, or the ideas of a burst."""

    about: Reported
    case: Case | None = None

    @property
    def things(self) -> tuple[Reported, ...]:
        if self.case is not None and self.case.is_burst:
            return tuple(Reported(idea=idea) for idea in self.case.ideas)
        return (self.about,)


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Who decides; an administrator may about what they wrote themselves, which the log shows."""

    id: ResidentId
    is_administrator: bool = False


async def matter_about(work: Work, about: Reported) -> Matter:
    """A thing, with the case in which it waits if it does."""
    return Matter(about, await work.moderation.open_about(about))


async def matter_of(work: Work, case: CaseId) -> Matter:
    """Raises NotFoundError."""
    found = await work.moderation.get(case)
    if found is None:
        raise NotFoundError
    return Matter(found.about, found)


async def keep(work: Work, matter: Matter, by: Facilitator, now: datetime) -> Act | None:
    """It may stay as it is, hidden or not. None where nothing waits any more. Raises OwnCaseError."""
    case = matter.case
    if case is None or case.settled_at is not None:
        return None
    await not_own(work, matter, by)
    hidden = not case.is_burst and await is_hidden(work, matter.about)
    act = NewAct(
        ActKind.UPHOLD if hidden else ActKind.KEEP,
        what_of(matter.about),
        now,
        by.id,
        matter.about,
        case.id,
        None if case.is_burst else await author_of(work, matter.about),
    )
    made = await work.acts.add(act)
    await _settle(work, matter, matter.about, by=by.id, now=now)
    return await work.acts.get(made)


async def hide(
    work: Work, matter: Matter, by: Facilitator, reason: Reason, now: datetime, *, words: str | None = None
) -> list[Act]:
    """Nobody sees it any more, and its author cannot bring it back; a burst is hidden whole.

    Empty where all of it was hidden and nothing waited. Raises NotFoundError and OwnCaseError.
    """
    await not_own(work, matter, by)
    acts = []
    for thing in matter.things:
        was = await set_hidden(work, thing, now)
        if was is None and not await _waits(work, thing):
            continue
        act = NewAct(
            ActKind.HIDE,
            what_of(thing),
            now,
            by.id,
            thing,
            None if matter.case is None else matter.case.id,
            await author_of(work, thing),
            reason,
            was,
        )
        acts.append(await work.acts.add(act, words))
        await _settle(work, matter, thing, by=by.id, now=now, was=was)
    if matter.case is not None:
        await work.moderation.settle(matter.case.id, now)
    return [found for made in acts if (found := await work.acts.get(made)) is not None]


async def hold(work: Work, about: Reported, case: CaseId, now: datetime) -> Act | None:
    """Hide what has a word that the town does not show, until a facilitator has looked at it."""
    was = await set_hidden(work, about, now)
    if was is None:
        return None
    author = await author_of(work, about)
    act = NewAct(ActKind.HOLD, what_of(about), now, None, about, case, author, was=was)
    return await work.acts.get(await work.acts.add(act))


async def restore(work: Work, matter: Matter, by: Facilitator, now: datetime) -> Act | None:
    """It is again what it was before it was hidden. None where it is not hidden. Raises OwnCaseError."""
    hiding = await hiding_of(work, matter.about)
    if hiding is None or hiding.was is None:
        return None
    await not_own(work, matter, by)
    await show_again(work, matter.about, hiding.was, now)
    act = NewAct(
        ActKind.RESTORE,
        what_of(matter.about),
        now,
        by.id,
        matter.about,
        None if matter.case is None else matter.case.id,
        await author_of(work, matter.about),
        was=IdeaState.HIDDEN,
    )
    made = await work.acts.add(act)
    await _settle(work, matter, matter.about, by=by.id, now=now)
    return await work.acts.get(made)


async def ask_author(work: Work, matter: Matter, by: Facilitator, words: str, now: datetime) -> Act:
    """Ask who wrote it; it waits for them from now on. Raises OwnCaseError and AuthorGoneError."""
    await not_own(work, matter, by)
    author = await _reachable(work, matter.about)
    case = matter.case or await work.moderation.open(matter.about, frozenset([Sign.ASKED]), now)
    about = matter.about
    act = NewAct(ActKind.ASK, what_of(about), now, by.id, about, case.id, author)
    made = await work.acts.add(act, words)
    await work.moderation.ask(case.id, now)
    return await _act(work, made)


async def warn(
    work: Work, matter: Matter, by: Facilitator, reason: Reason, now: datetime, *, words: str | None = None
) -> Act:
    """Tell who wrote it that this is not how people speak here. Raises OwnCaseError and AuthorGoneError."""
    await not_own(work, matter, by)
    author = await _reachable(work, matter.about)
    case = None if matter.case is None else matter.case.id
    act = NewAct(ActKind.WARN, What.PERSON, now, by.id, matter.about, case, author, reason)
    return await _act(work, await work.acts.add(act, words))


async def block(
    work: Work, matter: Matter, by: Facilitator, reason: Reason, now: datetime, *, length: BlockLength
) -> Act:
    """Who wrote it cannot write for a time. Raises OwnCaseError and AuthorGoneError."""
    await not_own(work, matter, by)
    author = await _reachable(work, matter.about)
    case = None if matter.case is None else matter.case.id
    until = now + length.lasts
    act = NewAct(ActKind.BLOCK, What.PERSON, now, by.id, matter.about, case, author, reason, until=until)
    made = await work.acts.add(act)
    await work.acts.block(Block(author, reason, until, made))
    return await _act(work, made)


async def lift(work: Work, matter: Matter, by: Facilitator, now: datetime) -> Act | None:
    """Who wrote it may write again, before the time. None where they may. Raises OwnCaseError."""
    author = await author_of(work, matter.about)
    held = None if author is None else await work.acts.block_of(author, now)
    if author is None or held is None:
        return None
    await not_own(work, matter, by)
    case = None if matter.case is None else matter.case.id
    act = NewAct(
        ActKind.LIFT, What.PERSON, now, by.id, matter.about, case, author, held.reason, until=held.until
    )
    made = await work.acts.add(act)
    await work.acts.lift(author)
    return await _act(work, made)


async def not_own(work: Work, matter: Matter, by: Facilitator) -> None:
    """Raises OwnCaseError."""
    if by.is_administrator:
        return
    for thing in matter.things:
        if thing != NOTHING and await author_of(work, thing) == by.id:
            raise OwnCaseError


async def _waits(work: Work, about: Reported) -> bool:
    return await work.moderation.open_about(about) is not None


async def _settle(
    work: Work,
    matter: Matter,
    about: Reported,
    *,
    by: ResidentId,
    now: datetime,
    was: str | None = None,
) -> None:
    if about != NOTHING:
        report = await work.reports.open_about(about)
        if report is not None:
            await work.reports.settle(report, by, now, hidden_from=was)
        waiting = await work.moderation.open_about(about)
        if waiting is not None:
            await work.moderation.settle(waiting.id, now)
    if matter.case is not None and matter.case.is_burst and about == NOTHING:
        await work.moderation.settle(matter.case.id, now)


async def _reachable(work: Work, about: Reported) -> ResidentId:
    author = await author_of(work, about)
    person = None if author is None else await work.residents.get(author)
    if author is None or person is None or person.chat is None:
        raise AuthorGoneError
    return author


async def _act(work: Work, act: ActId) -> Act:
    found = await work.acts.get(act)
    if found is None:
        raise NotFoundError
    return found
