"""What waits for a facilitator's eye and why, and what facilitators did about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import ActId, CaseId, CommentId, IdeaId, ResidentId
from cocreation.ideas.report import NOTHING, Reason, Reported

LONGEST_WORDS = 500
"""Characters of a reason, a question, an answer or an objection: one more thing to read on a phone."""

Waiting = tuple[int, datetime | None]
"""How many cases wait for a facilitator, and since when the oldest does."""


class Sign(StrEnum):
    """What made somebody or something look twice."""

    REPORT = "report"
    TELEPHONE = "telephone"
    EMAIL = "email"
    ACCOUNT = "account"
    LINKS = "links"
    SHOUTING = "shouting"
    WORDS = "words"
    BARRED = "barred"
    BURST = "burst"
    SUPPORTS = "supports"
    OBJECTION = "objection"
    ANSWER = "answer"
    ASKED = "asked"
    """A facilitator came by and asked."""


class ActKind(StrEnum):
    """What was done. HOLD is a HIDE by the town's word list, UPHOLD keeps hidden what somebody objected to;
    OBJECT and ANSWER are the author's."""

    KEEP = "keep"
    HIDE = "hide"
    HOLD = "hold"
    UPHOLD = "uphold"
    RESTORE = "restore"
    ASK = "ask"
    ANSWER = "answer"
    OBJECT = "object"
    WARN = "warn"
    BLOCK = "block"
    LIFT = "lift"


HIDING = (ActKind.HIDE, ActKind.HOLD)


class What(StrEnum):
    """What an act was about: it says so after the thing itself is gone."""

    IDEA = "idea"
    COMMENT = "comment"
    PERSON = "person"


class BlockLength(StrEnum):
    """For how long somebody cannot write. The letters stand in buttons: they stay for good."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"

    @property
    def lasts(self) -> timedelta:
        return {
            BlockLength.DAY: timedelta(days=1),
            BlockLength.WEEK: timedelta(days=7),
            BlockLength.MONTH: timedelta(days=30),
        }[self]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that waits for a decision, or waited: an idea, a comment, or the `ideas` of a burst."""

    id: CaseId
    about: Reported
    signs: frozenset[Sign]
    opened_at: datetime
    asked_at: datetime | None = None
    """Since when its author has been asked something and has not answered."""
    settled_at: datetime | None = None
    ideas: tuple[IdeaId, ...] = ()

    @property
    def is_burst(self) -> bool:
        return self.about == NOTHING


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody wrote or changed at `said_at`."""

    about: Reported
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where the rules have looked: at what is new, and at what changed. What was sent while the bot was
    away has moments of that time, but numbers of its own."""

    idea: IdeaId
    comment: CommentId
    at: datetime


@dataclass(frozen=True, slots=True)
class NewAct:
    """Something that is being done. `was` is the state in which the thing was before, where that changes."""

    kind: ActKind
    what: What
    at: datetime
    by: ResidentId | None = None
    about: Reported = NOTHING
    case: CaseId | None = None
    person: ResidentId | None = None
    """Whose thing it is, or who is blocked."""
    reason: Reason | None = None
    was: str | None = None
    until: datetime | None = None
    answers: ActId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(NewAct):
    """An entry of the log, with the words that were said with it as long as nobody of them is forgotten."""

    id: ActId
    undone_at: datetime | None = None
    words: str | None = None
    by_name: str | None = None
    """The pseudonym of who did it."""

    @property
    def stands(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True)
class Block:
    """Somebody cannot write for a time."""

    person: ResidentId
    reason: Reason
    until: datetime
    act: ActId | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An act as the public count knows it."""

    kind: ActKind
    what: What
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """What was done in a time, in numbers and nothing else."""

    kept: int = 0
    hidden_ideas: int = 0
    hidden_comments: int = 0
    restored: int = 0
    objections: int = 0
    warnings: int = 0
    blocks: int = 0


def tally(happened: Sequence[Happened]) -> Tally:
    """Pure."""

    def count(*kinds: ActKind, what: What | None = None) -> int:
        return sum(each.kind in kinds and what in (None, each.what) for each in happened)

    return Tally(
        kept=count(ActKind.KEEP),
        hidden_ideas=count(*HIDING, what=What.IDEA),
        hidden_comments=count(*HIDING, what=What.COMMENT),
        restored=count(ActKind.RESTORE),
        objections=count(ActKind.OBJECT),
        warnings=count(ActKind.WARN),
        blocks=count(ActKind.BLOCK),
    )


def what_of(about: Reported) -> What:
    return What.IDEA if about.comment is None else What.COMMENT
