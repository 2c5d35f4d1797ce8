"""When a person hears of what happened to an idea: never more than they allow, and not at night."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cocreation.ideas.ids import (
    ChatId,
    CommentId,
    IdeaId,
    Language,
    ReplyId,
    ReplyPhotoId,
    ResidentId,
    ThemeReplyId,
    Token,
)
from cocreation.ideas.reply import Status
from cocreation.ideas.schedule import Schedule

BETWEEN = timedelta(hours=1)
"""What happens within an hour of the last message is one message."""
ARRIVES_WITHIN = timedelta(minutes=10)
"""What could not be sent for so long is written anew: much may have changed, and it may be night."""
WEEKLY_AT = Schedule(0, time(9))
"""Monday morning, when the week is planned."""

DAY = 24
_HOURS = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})", re.ASCII)


class Frequency(StrEnum):
    """How often a person wants to hear: each time, once a week, never."""

    ALL = "all"
    WEEKLY = "weekly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the beginning of the hour `start` to that of the hour `end`, on the town's clock.

    Past midnight where `end` is the smaller one; none at all where they are the same.
    """

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> "QuietHours":
        """Read '21-8'; 'none' for none at all. Raises ValueError with the forms that work."""
        if text.strip().lower() == "none":
            return cls(0, 0)
        match = _HOURS.fullmatch(text.strip())
        if match and int(match[1]) < DAY and int(match[2]) < DAY:
            return cls(int(match[1]), int(match[2]))
        raise ValueError("write two hours, such as '21-8', or 'none'")

    def __str__(self) -> str:
        return "none" if self.start == self.end else f"{self.start}-{self.end}"

    def holds(self, local: datetime) -> bool:
        """Whether a moment on the town's clock is quiet."""
        return (local.hour - self.start) % 24 < (self.end - self.start) % 24

    def over(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first moment, at or after `moment`, that is not quiet (aware UTC).

        It may be that a clock change skips the hour at which they end, or the only one that is not quiet.
        """
        while self.holds(moment.astimezone(zone)):
            moment = _next(self.end, moment, zone)
        return moment

    def next_start(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When they next begin, after `moment` (aware UTC)."""
        return _next(self.start, moment, zone)


def _next(hour: int, moment: datetime, zone: ZoneInfo) -> datetime:
    """The first beginning of an hour of the town's clock after a moment."""
    day = moment.astimezone(zone).date()
    while True:
        # A wall time that is skipped falls after the gap, of one that is repeated it is the first (PEP 495).
        found = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if found > moment:
            return found
        day += timedelta(days=1)


NIGHT = QuietHours(21, 8)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person allows."""

    frequency: Frequency = Frequency.ALL
    quiet: QuietHours | None = NIGHT

    def open_until(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The end of the time in which what is sent now may still arrive."""
        soon = now + ARRIVES_WITHIN
        return soon if self.quiet is None else min(soon, self.quiet.next_start(now, zone))


def when_due(
    wishes: Wishes, since: datetime, noticed_at: datetime | None, now: datetime, zone: ZoneInfo
) -> datetime | None:
    """When a person may hear of what waits for them since `since`: `now`, or later; never where they want
    nothing. `noticed_at` is when they last heard something. Pure."""
    if wishes.frequency is Frequency.NONE:
        return None
    moment = now
    if wishes.frequency is Frequency.WEEKLY:
        moment = max(moment, _weekly(since, zone))
    if noticed_at is not None and noticed_at <= now:
        # A moment in the future is that of a clock which somebody has set back since.
        moment = max(moment, noticed_at + BETWEEN)
    return moment if wishes.quiet is None else wishes.quiet.over(moment, zone)


def _weekly(since: datetime, zone: ZoneInfo) -> datetime:
    """The first weekly moment at or after `since`."""
    last = WEEKLY_AT.last_due(since, zone)
    if last == since:
        return last
    return WEEKLY_AT.last_due((last.astimezone(zone) + timedelta(days=7, hours=12)).astimezone(UTC), zone)


AT_FIRST = Wishes()
"""What holds for somebody who has not chosen."""


class ReplyAct(StrEnum):
    """What was done with an answer, or a comment, of which a person hears."""

    SAID = "said"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell a person about an idea: a reply of the town, or a comment.

    What the town said to a whole theme (`theme_reply`) is told with one idea of it that is the person's, or
    that they support or follow. An answer that was taken back has no `reply` any more.
    """

    idea: IdeaId
    created_at: datetime
    reply: ReplyId | None = None
    comment: CommentId | None = None
    theme_reply: ThemeReplyId | None = None
    act: ReplyAct = ReplyAct.SAID


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody for whom notices wait, the first since `since`. `is_away`: the bot is blocked."""

    id: ResidentId
    chat: ChatId
    language: Language
    wishes: Wishes
    noticed_at: datetime | None
    is_away: bool
    since: datetime


class Part(StrEnum):
    """What an idea is to the person who hears of it."""

    AUTHOR = "author"
    SUPPORTER = "supporter"
    FOLLOWER = "follower"


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with its words, as it can be told now: `said` by the town (with a status), or by a person
    under `pseudonym`. `is_answer`: to a comment of the person who hears of it; `by_author`: of the idea."""

    notice: Notice
    token: Token
    idea_text: str
    part: Part
    said: str
    """Empty where the town took its answer back."""
    status: Status | None = None
    theme: str | None = None
    """The name of the theme to which the town said it, or that this was to a theme which is gone: ''."""
    photo: ReplyPhotoId | None = None
    pseudonym: str | None = None
    is_answer: bool = False
    by_author: bool = False


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell about one idea: the town's latest answer, and what people said, oldest first."""

    idea: IdeaId
    token: Token
    text: str
    part: Part
    status: Status | None
    reply: str | None
    comments: tuple[Told, ...]
    act: ReplyAct | None = None
    """What the town did with its answer; None where there are comments alone."""
    theme: str | None = None
    photo: ReplyPhotoId | None = None


def news_of(told: Sequence[Told]) -> tuple[News, ...]:
    """What the notices say, one entry an idea: the town's answers first, then as they came."""
    by_idea: dict[IdeaId, list[Told]] = {}
    for each in told:
        by_idea.setdefault(each.notice.idea, []).append(each)
    news = [_news(idea, each) for idea, each in by_idea.items()]
    return tuple(sorted(news, key=lambda entry: entry.act is None))


def _news(idea: IdeaId, told: Sequence[Told]) -> News:
    acts = [each for each in told if each.notice.comment is None]
    last = acts[-1] if acts else None
    return News(
        idea=idea,
        token=told[0].token,
        text=told[0].idea_text,
        part=told[0].part,
        status=last.status if last else None,
        reply=last.said if last and last.status is not None else None,
        comments=tuple(each for each in told if each.notice.comment is not None),
        act=_act(acts) if last else None,
        theme=last.theme if last else None,
        photo=last.photo if last else None,
    )


def _act(acts: Sequence[Told]) -> ReplyAct:
    """What a person hears of: that an answer was given in place of one that was taken back is an answer."""
    last = acts[-1].notice.act
    return (
        ReplyAct.SAID
        if last is ReplyAct.CORRECTED and any(a.notice.act is ReplyAct.SAID for a in acts)
        else last
    )
