"""The numbers of a period, and a ledger in which a period stands once."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.digest import Counts, Period
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services.decide_themes import hide_theme
from storage.engine import SqlStorage

END = datetime(2026, 5, 11, 6, 0, tzinfo=UTC)
WEEK = Period(END - timedelta(days=7), END)
IN_WEEK = END - timedelta(days=1)
WEEK_BEFORE = END - timedelta(days=8)
LONG_AGO = END - timedelta(days=100)


async def test_a_period_counts_its_ideas_people_newcomers_and_supports(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = (await work.residents.meet(ChatId(1), Language("nl"), LONG_AGO)).id
        bob = (await work.residents.meet(ChatId(2), Language("nl"), IN_WEEK)).id
        old = await work.ideas.add(NewIdea("Bomen", LONG_AGO, ann))
        for author, at in (
            (ann, IN_WEEK),
            (ann, WEEK.start),
            (bob, IN_WEEK),
            (bob, WEEK.end),
            (None, IN_WEEK),
        ):
            await work.ideas.add(NewIdea("Bomen", at, author))
        hidden = await work.ideas.add(NewIdea("Spam", IN_WEEK, bob))
        await work.ideas.set_state(hidden, IdeaState.HIDDEN, IN_WEEK)
        await work.supports.add(old, bob, IN_WEEK)
        cas = (await work.residents.meet(ChatId(3), Language("nl"), WEEK_BEFORE)).id
        await work.supports.add(old, cas, WEEK_BEFORE)
        assert await work.digests.counts(WEEK) == Counts(ideas=4, people=2, newcomers=1, supports=1)
        assert await work.digests.counts(WEEK.before()) == Counts(supports=1)


async def test_a_theme_tells_how_it_moved_and_quotes_what_is_new(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        moments = (LONG_AGO, WEEK_BEFORE, IN_WEEK, IN_WEEK)
        ideas = [await work.ideas.add(NewIdea(f"Idea {at}", moment)) for at, moment in enumerate(moments)]
        alone = await work.ideas.add(NewIdea("Alone", IN_WEEK))
        members = tuple(Member(idea, 0.9 - at / 10) for at, idea in enumerate(ideas))
        trees = FoundTheme(None, "Trees", ("tree",), members, quotes=(ideas[0], ideas[3]))
        await work.themes.replace(Clustering((trees,), (alone,)), LONG_AGO)
        (theme,) = await work.digests.theme_activity(WEEK)
        without = await work.digests.without_theme()
        await hide_theme(work, theme.id, by=None, now=IN_WEEK)
        without_hidden = await work.digests.without_theme()
    assert (theme.size, theme.arrived, theme.arrived_before) == (4, 2, 1)
    assert theme.quotes == ("Idea 3", "Idea 0")
    assert (theme.last_idea_at, theme.born_at) == (IN_WEEK, LONG_AGO)
    assert (without, without_hidden) == (1, 5)


async def test_the_most_supported_come_first_and_the_unsupported_not_at_all(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        people = [(await work.residents.meet(ChatId(n), Language("nl"), LONG_AGO)).id for n in (1, 2)]
        one, two, _ = [await work.ideas.add(NewIdea("Bomen", LONG_AGO)) for _ in range(3)]
        await work.supports.add(one, people[0], LONG_AGO)
        for person in people:
            await work.supports.add(two, person, LONG_AGO)
        found = await work.digests.most_supported(5)
    assert [(idea.id, idea.supports) for idea in found] == [(two, 2), (one, 1)]


async def test_the_newest_of_a_period_come_with_the_names_of_their_themes(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        moments = (WEEK_BEFORE, IN_WEEK, IN_WEEK, WEEK.start, WEEK.end)
        ideas = [await work.ideas.add(NewIdea(f"Idea {at}", moment)) for at, moment in enumerate(moments)]
        draft = await work.ideas.add(NewIdea("", IN_WEEK, state=IdeaState.DRAFT))
        trees = FoundTheme(None, "Trees", (), (Member(ideas[1], 1.0), Member(ideas[4], 0.5)), ())
        await work.themes.replace(Clustering((trees,), (ideas[0], *ideas[2:4], draft)), LONG_AGO)
        newest = await work.digests.newest(WEEK, 5)
        only = await work.digests.newest(WEEK, 1)
    assert [(idea.text, idea.theme) for idea in newest] == [
        ("Idea 2", None),
        ("Idea 1", "Trees"),
        ("Idea 3", None),
    ]
    assert [idea.id for idea in only] == [ideas[2]]


async def test_an_empty_town_has_numbers_too(storage: SqlStorage) -> None:
    async with storage.reading() as work:
        assert await work.digests.counts(WEEK) == Counts()
        assert await work.digests.theme_activity(WEEK) == []
        assert await work.digests.most_supported(5) == []
        assert await work.digests.last_end("main") is None


async def test_a_period_stands_in_the_ledger_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        assert [await work.digests.record("main", WEEK, END) for _ in range(2)] == [True, False]
        assert await work.digests.record("labs", WEEK, END)
        assert await work.digests.last_end("main") == END
