"""The numbers of a period, and a ledger in which a period stands once."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.digest import Counts
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId
from cocreation.ideas.notice import Frequency, Wishes
from cocreation.ideas.period import Period
from cocreation.ideas.reply import NewReply, Status
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ports import Work
from cocreation.services.decide_themes import hide_theme
from storage.engine import SqlStorage

END = datetime(2026, 5, 11, 6, 0, tzinfo=UTC)
WEEK = Period(END - timedelta(days=7), END)
BEFORE = Period(END - timedelta(days=14), WEEK.start)
IN_WEEK = END - timedelta(days=1)
WEEK_BEFORE = END - timedelta(days=8)
LONG_AGO = END - timedelta(days=100)


async def resident(work: Work, number: int) -> ResidentId:
    return (await work.residents.meet(ChatId(number), Language("nl"), LONG_AGO)).id


async def reply(work: Work, idea: IdeaId, at: datetime, status: Status = Status.PLANNED) -> None:
    answer = await work.replies.add(NewReply(idea, status, "Ja", None, at))
    await work.notices.of_reply(answer, at)


async def test_a_period_counts_its_ideas_people_newcomers_and_supports(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, cas = [await resident(work, number) for number in (1, 2, 3)]
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
        await work.supports.add(old, cas, WEEK_BEFORE)
        week = Counts(ideas=4, people=2, newcomers=1, supports=1)
        assert await work.digests.counts(WEEK) == week
        asked = [WEEK, BEFORE, WEEK.after()]
        assert await work.digests.counts_of(asked) == [week, Counts(supports=1), Counts(ideas=1, people=1)]
        assert await work.digests.first_idea_at() == LONG_AGO


async def test_a_theme_tells_how_it_moved_and_quotes_what_is_new(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        moments = (LONG_AGO, WEEK_BEFORE, IN_WEEK, IN_WEEK, WEEK.end)
        ideas = [await work.ideas.add(NewIdea(f"Idea {at}", moment)) for at, moment in enumerate(moments)]
        hidden = await work.ideas.add(NewIdea("Spam", IN_WEEK))
        members = tuple(Member(idea, 0.9 - at / 10) for at, idea in enumerate([*ideas, hidden]))
        trees = FoundTheme(None, "Trees", ("tree",), members, (ideas[0], ideas[3], ideas[4]))
        await work.themes.replace(Clustering((trees,), ()), LONG_AGO)
        await work.ideas.set_state(hidden, IdeaState.HIDDEN, IN_WEEK)
        (theme,) = await work.digests.theme_activity(WEEK, [BEFORE])
        (alone,) = await work.digests.theme_activity(WEEK.after())
        quotes = await work.digests.quotes_of([theme.id], WEEK)
        await hide_theme(work, theme.id, by=None, now=IN_WEEK)
        assert await work.digests.theme_activity(WEEK) == []
    assert (theme.size, theme.arrived, theme.earlier, theme.born_at) == (4, 2, (1,), LONG_AGO)
    assert (theme.label, theme.keywords) == ("Trees", ("tree",))
    assert (alone.size, alone.arrived, alone.earlier) == (5, 1, ())
    assert quotes == {theme.id: ["Idea 3", "Idea 2"]}


async def test_answers_tell_how_far_the_town_is_and_whom_they_reached(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, cas, dre, eva, fay = [await resident(work, number) for number in range(1, 7)]
        one, two, three, four = [
            await work.ideas.add(NewIdea(f"Idea {at}", LONG_AGO, author))
            for at, author in enumerate((ann, None, ann, ann))
        ]
        for idea, supporter, at in (
            (one, bob, LONG_AGO),
            (one, dre, END),
            *((two, person, LONG_AGO) for person in (cas, eva, fay)),
        ):
            await work.supports.add(idea, supporter, at)
        await work.follows.add(two, bob, LONG_AGO)
        await work.residents.set_wishes(eva, Wishes(Frequency.NONE))
        await reply(work, one, WEEK.start, Status.UNDER_REVIEW)
        await reply(work, one, IN_WEEK)
        await reply(work, two, IN_WEEK, Status.NOT_NOW)
        await reply(work, three, IN_WEEK, Status.RECEIVED)
        await reply(work, four, WEEK_BEFORE)
        for person in (ann, bob, cas):
            await work.notices.settle(person)
        answered = await work.digests.answered(WEEK, 5)
        assert [(idea.text, idea.status) for idea in answered] == [
            ("Idea 1", Status.NOT_NOW),
            ("Idea 0", Status.PLANNED),
        ]
        assert (await work.digests.counts(WEEK)).answers == 3
        assert await work.digests.reached(WEEK) == len([ann, bob, cas])


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
        assert await work.digests.counts_of([WEEK, BEFORE]) == [Counts(), Counts()]
        assert await work.digests.first_idea_at() is None
        assert await work.digests.theme_activity(WEEK) == []
        assert await work.digests.answered(WEEK, 5) == []
        assert await work.digests.reached(WEEK) == 0
        assert await work.digests.last_end("main") is None


async def test_a_period_stands_in_the_ledger_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        assert [await work.digests.record("main", WEEK, END) for _ in range(2)] == [True, False]
        assert await work.digests.record("labs", WEEK, END)
        assert await work.digests.last_end("main") == END


async def test_what_was_ever_counted_is_what_one_long_period_counts(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob, cas = [await resident(work, number) for number in (1, 2, 3)]
        for author, supporters, state in (
            (ann, (bob, cas), IdeaState.PUBLISHED),
            (ann, (cas,), IdeaState.PUBLISHED),
            (bob, (ann,), IdeaState.HIDDEN),
            (None, (bob,), IdeaState.PUBLISHED),
        ):
            idea = await work.ideas.add(NewIdea("Bomen", IN_WEEK, author))
            for supporter in supporters:
                await work.supports.add(idea, supporter, IN_WEEK)
            await work.ideas.set_state(idea, state, IN_WEEK)
        counts = await work.digests.counts(Period(LONG_AGO, END))
        assert await work.digests.people_and_supports() == (counts.people, counts.supports) == (1, 4)
