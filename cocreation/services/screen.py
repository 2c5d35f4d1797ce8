"""What came in lately is looked at by a few rules; what they point out waits for a facilitator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.ideas.burst import Fresh, Supported, bursts, is_rush
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.moderation import Act, Case, Mark, Seen, Sign
from cocreation.ideas.report import Reported
from cocreation.ideas.screening import Screen
from cocreation.ports import Storage, SuspectTeller, Work
from cocreation.services.moderate import hold

AT_ONCE = 2000
"""Texts in one look; the next one goes on from there."""
MOST_FRESH = 1000


@dataclass(frozen=True, slots=True)
class Suspects:
    """What the rules point out among what came."""

    texts: Sequence[tuple[Seen, frozenset[Sign]]]
    groups: Sequence[frozenset[IdeaId]]
    rushes: Sequence[Supported]
    until: Mark


async def look_for_suspects(storage: Storage, screen: Screen, tell: SuspectTeller, now: datetime) -> None:
    """Look at what came since the last time, each once whatever was killed when."""
    async with storage.reading() as work:
        found = await _look(work, screen, await work.suspects.looked_until(), now)
    if found is None:
        return
    async with storage.writing() as work:
        cases, held = await _keep(work, found, now)
        await work.suspects.look_until(found.until)
        if cases or held:
            await tell(work, cases, held, now)


async def _look(work: Work, screen: Screen, until: Mark, now: datetime) -> Suspects | None:
    """None where nothing came and nothing is pointed out."""
    seen, end = await work.suspects.written_since(until, AT_ONCE)
    rushes = [
        supported
        for supported in await work.suspects.supported(now)
        if is_rush(supported) and not await _was_rushed(work, Reported(idea=supported.idea))
    ]
    if end == until and not rushes:
        return None
    since = min((each.said_at for each in seen), default=now)
    fresh: Sequence[Fresh] = () if end == until else await work.suspects.fresh(since, MOST_FRESH)
    texts = [(each, signs) for each in seen if (signs := screen.signs(each.text))]
    return Suspects(texts, bursts(fresh), rushes, end)


async def _keep(work: Work, found: Suspects, now: datetime) -> tuple[list[Case], list[Act]]:
    cases, held = [], []
    for seen, signs in found.texts:
        if not await _is_known(work, seen, signs):
            case = await work.moderation.open(seen.about, signs, now)
            cases.append(case)
            if Sign.BARRED in signs and (act := await hold(work, seen.about, case.id, now)) is not None:
                held.append(act)
    for group in found.groups:
        cases += await _keep_burst(work, group, now)
    for supported in found.rushes:
        about = Reported(idea=supported.idea)
        if not await _was_rushed(work, about):
            cases.append(await work.moderation.open(about, frozenset([Sign.SUPPORTS]), now))
    return cases, held


async def _is_known(work: Work, seen: Seen, signs: frozenset[Sign]) -> bool:
    """Whether a facilitator has looked at these very words, or this was pointed out. That people reported
    them is neither."""
    cases = await work.moderation.opened_since(seen.about, seen.said_at)
    return any(case.settled_at is not None or signs <= case.signs for case in cases)


async def _was_rushed(work: Work, about: Reported) -> bool:
    newest = await work.moderation.newest_about(about)
    return newest is not None and Sign.SUPPORTS in newest.signs


async def _keep_burst(work: Work, group: frozenset[IdeaId], now: datetime) -> list[Case]:
    """One case for a burst: those that come later join it, as long as nothing was decided about it."""
    known = await work.suspects.gathered(group)
    new = sorted(group - set(known))
    if not new:
        return []
    for gathered in sorted(set(known.values()), reverse=True):
        case = await work.moderation.get(gathered)
        if case is not None and case.settled_at is None:
            await work.moderation.gather(case.id, new)
            return []
    return [await work.moderation.open_burst(new, now)]
