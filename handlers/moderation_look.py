"""What a facilitator sees of one matter, gathered from the database; and how a button names it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cocreation.errors import NotFoundError
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import CaseId, CommentId, IdeaId
from cocreation.ideas.moderation import Act, Block, Case
from cocreation.ideas.report import NOTHING, Report, Reported
from cocreation.ports import Work
from cocreation.services.moderate import Matter, matter_about, matter_of
from handlers.things import Thing, thing_about

LONGEST_QUEUE = 500
"""Cases through which one can leaf; the others come up as these are decided."""
ACTS = 6
BURST = 12
"""Ideas of a burst that are shown."""
_TOKEN = re.compile(r"([icb])([1-9]\d{0,14})")


@dataclass(frozen=True, slots=True)
class Subject:
    """An idea, a comment, or a burst by the number of its case: 'i5', 'c7', 'b3'."""

    about: Reported = NOTHING
    burst: CaseId | None = None

    @classmethod
    def read(cls, said: str) -> Self:
        """Raises NotFoundError for what no button says."""
        found = _TOKEN.fullmatch(said)
        if found is None:
            raise NotFoundError
        number = int(found[2])
        match found[1]:
            case "i":
                return cls(Reported(idea=IdeaId(number)))
            case "c":
                return cls(Reported(comment=CommentId(number)))
        return cls(burst=CaseId(number))

    @classmethod
    def of(cls, case: Case) -> Self:
        return cls(burst=case.id) if case.is_burst else cls(case.about)

    @property
    def token(self) -> str:
        if self.about.idea is not None:
            return f"i{self.about.idea}"
        return f"b{self.burst}" if self.about.comment is None else f"c{self.about.comment}"

    async def matter(self, work: Work) -> Matter:
        """Raises NotFoundError."""
        return (
            await matter_about(work, self.about) if self.burst is None else await matter_of(work, self.burst)
        )


@dataclass(frozen=True, slots=True)
class Look:
    """One matter as it stands. `thing` is None for a burst, whose ideas are in `views`; `place` is where it
    is in the queue of `total`, from 1."""

    subject: Subject
    matter: Matter
    thing: Thing | None
    views: Sequence[IdeaView]
    report: Report | None
    acts: Sequence[Act]
    """Oldest first."""
    block: Block | None
    place: int | None
    total: int

    @property
    def is_open(self) -> bool:
        return self.matter.case is not None and self.matter.case.settled_at is None

    @property
    def token(self) -> str:
        return self.subject.token


async def look_at(work: Work, subject: Subject, now: datetime) -> Look:
    """Raises NotFoundError where it is gone."""
    matter = await subject.matter(work)
    queue = await work.moderation.queue(LONGEST_QUEUE)
    case = matter.case
    place = queue.index(case.id) + 1 if case is not None and case.id in queue else None
    if subject.burst is not None:
        acts = await work.acts.of_case(subject.burst, ACTS)
        ideas = () if case is None else case.ideas
        views = [view for idea in ideas[:BURST] if (view := await work.ideas.view(idea)) is not None]
        return Look(subject, matter, None, views, None, acts[::-1], None, place, len(queue))
    thing = await thing_about(work, subject.about)
    block = None if thing.author is None else await work.acts.block_of(thing.author, now)
    report = await work.reports.open_about(subject.about)
    acts = (await work.acts.about(subject.about, ACTS))[::-1]
    return Look(subject, matter, thing, (), report, acts, block, place, len(queue))


async def first(work: Work) -> Subject | None:
    """What waits longest."""
    return await _at(work, await work.moderation.queue(1), 0)


async def beside(work: Work, subject: Subject, step: int) -> Subject | None:
    """The one that many further in the queue; the first where this one waits no more."""
    queue = await work.moderation.queue(LONGEST_QUEUE)
    case = (await subject.matter(work)).case
    at = queue.index(case.id) + step if case is not None and case.id in queue else 0
    return await _at(work, queue, at % len(queue) if queue else 0)


async def _at(work: Work, queue: Sequence[CaseId], at: int) -> Subject | None:
    case = await work.moderation.get(queue[at]) if queue else None
    return None if case is None else Subject.of(case)
