"""What happens in a town in 52 weeks, as a list of events: the same seed makes the same year."""

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from cocreation.ideas.reply import Status
from cocreation.ideas.report import Reason
from examples import LANGUAGES, demo_files

ZONE = ZoneInfo("Europe/Brussels")
FIRST_DAY = date(2025, 12, 29)
"""A Monday. The first digest is due a week later, and the last of 52 on Monday 28 December 2026."""
WEEKS = 52
EMPTY = 32
"""The week of Assumption, in which nobody is in town."""
SUMMER = range(27, 35)
OPENING = range(2)
ACCIDENT = 39
"""The week in which somebody was hit on a bicycle; people speak of little else for three."""
ABOUT_CYCLING = re.compile(
    r"fiets|zebra|oversteek|voetpad|vélo|cycl|piéton|trottoir|\brad|fahrr|bike|bicycl|sidewalk|crosswalk",
    re.I,
)
STORIES = (
    (8, re.compile(r"afval|zwerf|vuil|poubelle|déchet|müll|abfall|recycl|trash|litter", re.I)),
    (
        22,
        re.compile(r"\bbo(?:om|men)|schaduw|groen|arbre|ombre|baum|bäume|schatten|\btree|shade|\bpark", re.I),
    ),
    (46, re.compile(r"\bbus|trein|\btrain|zug|bahn|öffi|transit|busse", re.I)),
)
"""What else people speak of for a while: the week in which it begins."""
PEOPLE = 150
EARLIEST, LATEST = 7, 23
"""Hours in which people write."""


@dataclass(frozen=True, slots=True)
class Text:
    """What somebody says, and in which language."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """A new idea, the `number`th of the year."""

    at: datetime
    number: int
    text: Text
    person: int


@dataclass(frozen=True, slots=True)
class Supported:
    """The person supports the idea."""

    at: datetime
    number: int
    person: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The town answers the idea, or the theme in which it is by then."""

    at: datetime
    number: int
    status: Status
    is_to_theme: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """The person says that the idea should not be there."""

    at: datetime
    number: int
    person: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Decided:
    """A facilitator hides what was reported, or keeps it."""

    at: datetime
    number: int
    is_hidden: bool


Event = Wrote | Supported | Answered | Reported | Decided


def monday(week: int) -> datetime:
    """When the week begins for the digest: 08:00 on the town's clock (aware UTC)."""
    return datetime.combine(FIRST_DAY + timedelta(weeks=week), time(8), ZONE).astimezone(UTC)


def example_texts() -> list[Text]:
    """The ideas that come with Morgen, the languages mixed."""
    return [
        text
        for file, language in zip(demo_files(), LANGUAGES, strict=True)
        for text in texts_of(file, language)
    ]


def texts_of(file: Path, language: str) -> Iterator[Text]:
    """The column `text` of a table of ideas, and `language` or `lang` where it has one."""
    with file.open(encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            yield Text(row["text"], row.get("language") or row.get("lang") or language)


def a_year(texts: Sequence[Text], seed: int = 1) -> list[Event]:
    """All that happens, in order of time."""
    chance = Random(seed)
    ideas = list(_ideas(texts, chance))
    events: list[Event] = list(ideas)
    for idea in ideas:
        events += _echo(idea, chance)
    return sorted((event for event in events if _is_someone_there(event.at)), key=lambda event: event.at)


def _ideas(texts: Sequence[Text], chance: Random) -> Iterator[Wrote]:
    """Each text once, in the weeks to which it belongs."""
    weeks = _weeks_of(list(texts), chance)
    moments = sorted(
        ((_moment(week, chance), text) for week, said in enumerate(weeks) for text in said),
        key=lambda each: each[0],
    )
    for number, (at, text) in enumerate(moments):
        # A few write often, and most of them once.
        yield Wrote(at, number, text, int(PEOPLE * chance.random() ** 2.2))


def _weeks_of(texts: list[Text], chance: Random) -> list[list[Text]]:
    chance.shuffle(texts)
    weeks: list[list[Text]] = [[] for _ in range(WEEKS)]
    told = [(ACCIDENT, ABOUT_CYCLING, 0.8), *((week, pattern, 0.5) for week, pattern in STORIES)]
    for week, pattern, share in told:
        mine = [text for text in texts if pattern.search(text.words)]
        chosen = set(mine[: int(share * len(mine))])
        for text in chosen:
            weeks[week + min(2, int(chance.expovariate(1.2)))].append(text)
        texts = [text for text in texts if text not in chosen]
    pace = [_pace(week) * chance.uniform(0.7, 1.3) for week in range(WEEKS)]
    for text, week in zip(texts, chance.choices(range(WEEKS), pace, k=len(texts)), strict=True):
        weeks[week].append(text)
    return weeks


def _pace(week: int) -> float:
    if week == EMPTY:
        return 0.0
    if week in SUMMER:
        return 0.25
    return 2.0 if week in OPENING else 1.0


def _echo(idea: Wrote, chance: Random) -> Iterator[Event]:
    """What becomes of an idea: supports, an answer, or a report."""
    liked = int(min(40, chance.paretovariate(1.1) - 1) * 2)
    for person in chance.sample(range(PEOPLE), liked):
        if person != idea.person:
            yield Supported(idea.at + timedelta(days=chance.expovariate(1 / 9)), idea.number, person)
    if chance.random() < 0.15 + liked / 150:
        at = _office_hours(idea.at + timedelta(days=5 + chance.expovariate(1 / 20)))
        status = chance.choice(
            [Status.UNDER_REVIEW, Status.UNDER_REVIEW, Status.PLANNED, Status.DONE, Status.NOT_NOW]
        )
        yield Answered(at, idea.number, status, chance.random() < 0.08)
    if chance.random() < 0.03:
        at = idea.at + timedelta(hours=chance.expovariate(1 / 20))
        yield Reported(at, idea.number, (idea.person + 1) % PEOPLE, chance.choice(list(Reason)))
        if chance.random() < 0.9:
            decided = _office_hours(at + timedelta(hours=24 + chance.expovariate(1 / 40)))
            yield Decided(decided, idea.number, chance.random() < 0.4)


def _moment(week: int, chance: Random) -> datetime:
    day = FIRST_DAY + timedelta(weeks=week, days=chance.choices(range(7), (6, 5, 5, 5, 6, 9, 9))[0])
    hour = EARLIEST + (LATEST - EARLIEST) * math.sqrt(chance.random())
    return _at(day, hour)


def _office_hours(at: datetime) -> datetime:
    """That day, or the Monday after it."""
    day = at.astimezone(ZONE).date()
    return _at(
        day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0), 9 + at.minute / 10
    )


def _at(day: date, hour: float) -> datetime:
    minutes = int(60 * hour)
    return datetime.combine(day, time(minutes // 60, minutes % 60), ZONE).astimezone(UTC)


def _is_someone_there(at: datetime) -> bool:
    return not monday(EMPTY) <= at < monday(EMPTY + 1) and at < monday(WEEKS)
