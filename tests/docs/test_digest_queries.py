"""Every number of a digest is what the query in docs/digest.md counts, in towns of all kinds."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreation.ideas.digest import Digest
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language
from cocreation.ideas.moderation import Sign
from cocreation.ideas.notice import Frequency, Wishes
from cocreation.ideas.period import Period
from cocreation.ideas.reply import Answer, NewReply, Status
from cocreation.ideas.report import Reported
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ideas.usual import PERIODS
from cocreation.ports import Work
from cocreation.services.decide_themes import hide_theme
from cocreation.services.send_digests import digest_of
from storage.engine import SqlStorage

PAGE = Path(__file__).parents[2] / "docs" / "digest.md"
PARTS = PAGE.read_text("utf-8").split("\n### ")[1:]
QUERIES = {part.split("\n")[0]: part.split("```sql\n")[1].split("```")[0] for part in PARTS}
BRUSSELS = ZoneInfo("Europe/Brussels")
END = datetime(2026, 4, 6, 8, tzinfo=BRUSSELS).astimezone(UTC)
"""A week after the clocks changed."""
WEEK = Period((END.astimezone(BRUSSELS) - timedelta(days=7)).astimezone(UTC), END)


async def fill(work: Work, chance: Random) -> None:
    """A town of at most ten weeks; some of it happens after the period."""
    weeks = chance.randint(1, 10)

    def moment(since: datetime = END - timedelta(weeks=weeks)) -> datetime:
        return since + chance.random() * (END + timedelta(days=2) - since)

    people = [(await work.residents.meet(ChatId(n), Language("nl"), END)).id for n in range(1, 9)]
    await work.residents.set_wishes(people[0], Wishes(Frequency.NONE))
    ideas: list[tuple[IdeaId, datetime]] = []
    for at in range(chance.randint(0, 60)):
        written = moment()
        author = chance.choice([None, *people[:6]])
        idea = await work.ideas.add(NewIdea(f"Idea {at}", written, author))
        ideas.append((idea, written))
        for other in chance.sample(people, chance.randint(0, 4)):
            if other != author:
                await work.supports.add(idea, other, moment(written))
        if author != people[7] and chance.random() < 0.2:
            await work.follows.add(idea, people[7], moment(written))
        for _ in range(chance.choice([0, 0, 1, 2])):
            reply = NewReply(idea, chance.choice(list(Status)), "Ja", None, moment(written))
            await work.notices.of_reply(await work.replies.add(reply), reply.created_at)
        if chance.random() < 0.2:
            case = await work.moderation.open(Reported(idea=idea), frozenset({Sign.REPORT}), moment(written))
            if chance.random() < 0.3:
                await work.moderation.settle(case.id, END)
    await hide_some(work, chance, [idea for idea, _ in ideas])
    for person in people[:4]:
        await work.notices.settle(person)


async def hide_some(work: Work, chance: Random, ideas: list[IdeaId]) -> None:
    """Themes in which most of the ideas are, one of them hidden, and ideas that nobody sees."""
    dealt: list[list[IdeaId]] = [[] for _ in range(5)]
    for idea in ideas:
        dealt[chance.choice([0, 0, 0, 1, 1, 2, 3, 4])].append(idea)
    alone, *full = dealt
    found = [
        FoundTheme(None, f"Theme {at}", (), tuple(Member(idea, chance.random()) for idea in members), ())
        for at, members in enumerate(full)
        if members
    ]
    await work.themes.replace(
        Clustering(tuple(found), tuple(alone)), END - timedelta(days=chance.randint(1, 20))
    )
    for theme in (await work.themes.all())[3:]:
        await hide_theme(work, theme.id, by=None, now=END)
    for theme in (await work.themes.all())[:2]:
        at = END - timedelta(days=chance.randint(0, 9))
        said = Answer(chance.choice(list(Status)), "Ja")
        await work.notices.of_theme_reply(await work.theme_replies.add(theme.id, said, None, at), at)
    for idea in ideas:
        if chance.random() < 0.1:
            await work.ideas.set_state(idea, IdeaState.HIDDEN, END)


def told(digest: Digest) -> dict[str, list[tuple[Any, ...]]]:
    """What a digest says, as the queries give it."""
    counts, themes, oldest = digest.counts, digest.themes, digest.oldest
    rows: dict[str, list[tuple[Any, ...]]] = {
        "New ideas": [(counts.ideas,)],
        "People who wrote": [(counts.people,)],
        "People who wrote for the first time": [(counts.newcomers,)],
        "Supports": [(counts.supports,)],
        "Answers from the town": [(counts.answers,)],
        "Ideas in all": [(digest.total_ideas,)],
        "Usual numbers": sorted(
            (name, found["low"], found["high"]) for name, found in asdict(digest.usual).items() if found
        ),
        "Size of each theme, and what is new in it": sorted(
            (theme.id, theme.size, theme.arrived)
            for theme in (*(news.theme for news in themes), *digest.largest)
        ),
        "Usual for each theme": sorted(
            (news.theme.id, news.usual.low, news.usual.high) for news in themes if news.usual
        ),
        "Ideas without a theme": [(digest.without_theme,)],
        "Ideas that wait for an answer": [(digest.waiting_count,)],
        "Those with most support": [(idea.id, idea.supports, idea.created_at) for idea in digest.waiting],
        "The one that has waited longest": [(oldest.id, oldest.created_at)] if oldest else [],
        "What waits for moderation": [(digest.moderation.waiting, digest.moderation.oldest_at)],
        "What the town answered": [(idea.id, idea.status, idea.others) for idea in digest.answered],
        "People who heard of the answers": [(digest.reached,)],
    }
    return {name: [tuple(_spelled(value) for value in row) for row in found] for name, found in rows.items()}


def _spelled(value: object) -> object:
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def counted(path: Path, period: Period) -> dict[str, list[tuple[Any, ...]]]:
    earlier = [[_spelled(each.start), _spelled(each.end)] for each in period.earlier(BRUSSELS, PERIODS)]
    values = {"start": _spelled(period.start), "end": _spelled(period.end), "earlier": json.dumps(earlier)}
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query, values).fetchall() for name, query in QUERIES.items()}


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**9))
async def test_every_number_is_what_its_query_counts(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = tmp_path_factory.mktemp("town") / "morgen.db"
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    try:
        async with storage.writing() as work:
            await fill(work, Random(seed))
        async with storage.reading() as work:
            digest = await digest_of(work, WEEK, BRUSSELS)
            before = await work.digests.counts(WEEK.earlier(BRUSSELS, 1)[0])
    finally:
        await storage.close()
    said, found = told(digest), counted(path, WEEK)
    named = {row[0] for row in said["Size of each theme, and what is new in it"]}
    found["Size of each theme, and what is new in it"] = [
        row for row in found["Size of each theme, and what is new in it"] if row[1]
    ]
    news = {news.theme.id for news in digest.themes}
    found["Usual for each theme"] = [row for row in found["Usual for each theme"] if row[0] in news]
    assert named == {row[0] for row in found["Size of each theme, and what is new in it"]}
    assert said == found
    assert digest.before == before


def test_every_query_is_compared() -> None:
    assert len(QUERIES) == PAGE.read_text("utf-8").count("```sql")
