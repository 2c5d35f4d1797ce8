"""Lists say what a plain sort of all ideas says, whatever page is asked for, and only what is published."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, radians

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from cocreation.ideas.idea import IdeaState, NewIdea, Place
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId, ThemeId
from cocreation.ideas.listing import TOP, Listing, ListPage, Order, Position, Start, search_words
from cocreation.ideas.reply import Status
from storage.engine import SqlStorage
from storage.listings import _LISTS
from storage.schema import ideas, replies, theme_members, themes
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HERE = Position(50.8, 4.9)
FUZZY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)


@dataclass(frozen=True)
class Written:
    """An idea as the plain model knows it."""

    age: int
    supports: int
    state: IdeaState
    status: Status | None
    theme: int
    score: float
    steps: tuple[int, int] | None


WRITTEN = st.lists(
    st.builds(
        Written,
        age=st.integers(0, 5),
        supports=st.integers(0, 3),
        state=st.sampled_from([IdeaState.PUBLISHED] * 3 + [IdeaState.HIDDEN, IdeaState.WITHDRAWN]),
        status=st.sampled_from([None, *Status]),
        theme=st.integers(0, 2),
        score=st.sampled_from([0.1, 0.5, 0.9]),
        steps=st.none() | st.tuples(st.integers(-400, 400), st.integers(-400, 400)),
    ),
    max_size=30,
)


async def _people(work: SqlWork) -> list[ResidentId]:
    return [(await work.residents.meet(ChatId(n), Language("nl"), NOW)).id for n in range(1, 4)]


async def _fill(work: SqlWork, all_of_them: Sequence[Written]) -> dict[IdeaId, Written]:
    for table in (theme_members, themes, replies, ideas):
        await work._connection.execute(table.delete())
    for theme in range(3):
        shown = {"is_current": 1, "is_hidden": int(theme == 2)}
        values = {"id": theme + 1, "label": f"Theme {theme}", "keywords": "[]", "born_at": NOW, **shown}
        await work._connection.execute(insert(themes).values(**values))
    people = await _people(work)
    kept: dict[IdeaId, Written] = {}
    for number, one in enumerate(all_of_them):
        place = None
        if one.steps is not None:
            place = Place(HERE.latitude + one.steps[0] / 1000, HERE.longitude + one.steps[1] / 1000)
        new = NewIdea(f"Idea {number}", NOW - timedelta(days=one.age), place=place, state=one.state)
        idea = await work.ideas.add(new)
        for person in people[: one.supports]:
            await work.supports.add(idea, person, NOW)
        seat = {"idea_id": idea, "theme_id": one.theme + 1, "score": one.score}
        await work._connection.execute(insert(theme_members).values(**seat))
        if one.status is not None:
            await work._connection.execute(update(ideas).where(ideas.c.id == idea).values(status=one.status))
            for status in (Status.RECEIVED, one.status):
                reply = {"idea_id": idea, "status": status, "text": "Ja", "created_at": NOW}
                await work._connection.execute(insert(replies).values(**reply))
        kept[idea] = one
    return kept


def _far(one: Written) -> float:
    assert one.steps is not None
    return one.steps[0] ** 2 + (one.steps[1] * cos(radians(HERE.latitude))) ** 2


Key = Callable[[IdeaId, Written], tuple[float, ...] | None]
MODEL: dict[Listing, Key] = {
    Listing(Order.NEWEST): lambda idea, one: (one.age, -idea),
    Listing(Order.MOST_SUPPORTED): lambda idea, one: (-one.supports, -idea),
    Listing(Order.WAITING): lambda idea, one: (-one.supports, -idea) if one.status is None else None,
    Listing(Order.ANSWERED): lambda idea, one: (-idea,) if one.status is not None else None,
    Listing(Order.NEAR): lambda idea, one: None if one.steps is None else (round(_far(one), 3), idea),
    Listing(Order.THEME, ThemeId(1)): lambda idea, one: (-one.score, -idea) if one.theme == 0 else None,
    Listing(Order.THEME, ThemeId(3)): lambda idea, one: None,
}
"""By what each list sorts; None for what is not in it."""


def _expected(kept: dict[IdeaId, Written], key: Key) -> list[IdeaId]:
    keys = {
        idea: at
        for idea, one in kept.items()
        if one.state is IdeaState.PUBLISHED and (at := key(idea, one)) is not None
    }
    return sorted(keys, key=keys.__getitem__)


async def _turn(work: SqlWork, listing: Listing, limit: int) -> list[ListPage]:
    """All pages, by the button that leads to the next."""
    pages = [await work.listings.page(listing, limit, TOP, HERE)]
    while pages[-1].has_later:
        start = Start(pages[-1].ideas[-1].id)
        pages.append(await work.listings.page(listing, limit, start, HERE))
    return pages


@FUZZY
@given(written=WRITTEN, limit=st.integers(1, 7))
async def test_every_list_is_a_plain_sort_of_what_is_published(
    storage: SqlStorage, written: list[Written], limit: int
) -> None:
    async with storage.writing() as work:
        kept = await _fill(work, written)
        for listing, key in MODEL.items():
            pages = await _turn(work, listing, limit)
            assert [idea.id for page in pages for idea in page.ideas] == _expected(kept, key)
            assert [page.has_earlier for page in pages] == [False] + [True] * (len(pages) - 1)
            # And back, page by page.
            for before, after in itertools.pairwise(pages):
                start = Start(after.ideas[0].id, is_before=True)
                back = await work.listings.page(listing, limit, start, HERE)
                assert back.ideas == before.ideas


@FUZZY
@given(written=WRITTEN)
async def test_themes_are_told_with_the_ideas_that_anybody_sees(
    storage: SqlStorage, written: list[Written]
) -> None:
    async with storage.writing() as work:
        await _fill(work, written)
        listed = await work.listings.themes(10)
        views = await work.ideas.newest(100)
    seen = [one for one in written if one.state is IdeaState.PUBLISHED]
    sizes = {theme: sum(one.theme == theme for one in seen) for theme in (0, 1)}
    told = sorted((theme for theme in sizes if sizes[theme]), key=lambda theme: (-sizes[theme], theme))
    assert [(theme.id - 1, theme.size) for theme in listed] == [(theme, sizes[theme]) for theme in told]
    assert {view.theme: view.theme_size for view in views if view.theme} == {
        theme.id: theme.size for theme in listed
    }


async def test_a_page_that_begins_at_what_is_gone_is_the_top(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await _fill(work, [Written(n, 0, IdeaState.PUBLISHED, None, 0, 0.5, (n, n)) for n in range(4)])
        for listing in list(MODEL)[:-1]:
            top = await work.listings.page(listing, 2, TOP, HERE)
            for start in (Start(IdeaId(99_999)), Start(IdeaId(99_999), is_before=True)):
                assert (await work.listings.page(listing, 2, start, HERE)).ideas == top.ideas


async def test_near_me_begins_anew_at_an_idea_that_has_no_place_any_more(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        places = [(1, 1), None, (2, 2)]
        await _fill(work, [Written(0, 0, IdeaState.PUBLISHED, None, 0, 0.5, place) for place in places])
        for start in (Start(IdeaId(2)), Start(IdeaId(2), is_before=True)):
            page = await work.listings.page(Listing(Order.NEAR), 2, start, HERE)
            assert [idea.id for idea in page.ideas] == [1, 3]
            assert not page.has_earlier


async def test_an_idea_that_was_hidden_meanwhile_still_says_where_the_page_begins(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        await _fill(work, [Written(n, 0, IdeaState.PUBLISHED, None, 0, 0.5, None) for n in range(4)])
        newest = Listing()
        top = await work.listings.page(newest, 2)
        await work.ideas.set_state(top.ideas[-1].id, IdeaState.HIDDEN, NOW)
        below = await work.listings.page(newest, 2, Start(top.ideas[-1].id))
    assert [idea.text for idea in below.ideas] == ["Idea 2", "Idea 3"]


WORDS = st.text(st.sampled_from("abé '\"-*"), max_size=8)


def _tokens(text: str) -> list[str]:
    folded = text.casefold().replace("é", "e")
    return "".join(c if c.isalnum() else " " for c in folded).split()


def _has(text: str, word: str, is_whole: bool) -> bool:
    """Whether the tokens of the word stand in the text one after the other, the last one as a start."""
    have, want = _tokens(text), _tokens(word)
    for at in range(len(have) - len(want) + 1):
        here = have[at : at + len(want)]
        if here[:-1] == want[:-1] and (here[-1] == want[-1] if is_whole else here[-1].startswith(want[-1])):
            return True
    return False


@FUZZY
@given(texts=st.lists(WORDS, max_size=15), words=WORDS, limit=st.integers(1, 4))
async def test_a_search_finds_word_starts_and_the_words_themselves_first(
    storage: SqlStorage, texts: list[str], words: str, limit: int
) -> None:
    searched = search_words(words)
    async with storage.writing() as work:
        await work._connection.execute(ideas.delete())
        kept = {await work.ideas.add(NewIdea(text, NOW)): text for text in texts}
        listing = Listing(Order.SEARCH, words=searched)
        pages = await _turn(work, listing, limit)
        for before, after in itertools.pairwise(pages):
            start = Start(after.ideas[0].id, is_before=True)
            assert (await work.listings.page(listing, limit, start)).ideas == before.ideas

    def all_in(text: str, is_whole: bool) -> bool:
        return all(_has(text, word, is_whole) for word in searched.split())

    found = [idea for idea, text in kept.items() if searched and all_in(text, is_whole=False)]
    expected = sorted(found, key=lambda idea: (not all_in(kept[idea], is_whole=True), -idea))
    assert [idea.id for page in pages for idea in page.ideas] == expected


@FUZZY
@given(words=st.text(max_size=60))
async def test_whatever_is_searched_for_is_no_error(storage: SqlStorage, words: str) -> None:
    searched = search_words(words)
    assert len(searched.encode()) <= 32
    async with storage.writing() as work:
        await work.listings.page(Listing(Order.SEARCH, words=searched), 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Een vélorue in de Kerkstraat", "velo"),
        ("Meer schaduw op de plâce", "PLACE schad"),
        ("Bänke überall", "bank uber"),
        ("E-bikes voor iedereen", "e-bike"),
        ("O'Neil wil een brug", "o'neil"),
        ("NOT here, AND there", "AND not"),
        ("Die Straße am Schloss", "strasse schloß"),
        ("Die Strasse am Schloß", "STRAẞE schloss"),
        ("EINE GROẞE STRASSE", "große straße"),
        ("Die Hauptstraße", "hauptstras"),
        ("Un œuvre dans le parc", "oeuvre"),
        ("Une OEUVRE dans le parc", "Œuv"),
        ("Kinderen spelen encyclopædisch", "encyclopaed"),
        ("Een goed idee", "goed id"),
    ],
)
async def test_people_find_what_they_mean(storage: SqlStorage, text: str, words: str) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea(text, NOW))
        await work.ideas.add(NewIdea("Iets heel anders", NOW))
        page = await work.listings.page(Listing(Order.SEARCH, words=search_words(words)), 5)
    assert [found.id for found in page.ideas] == [idea]


async def test_what_is_corrected_hidden_or_gone_is_searched_as_it_is_now(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Een zwembad", NOW))
        await work.ideas.correct(idea, "Een fontein", NOW)

        async def found(words: str) -> int:
            return len((await work.listings.page(Listing(Order.SEARCH, words=words), 5)).ideas)

        assert [await found("zwembad"), await found("fontein")] == [0, 1]
        await work.ideas.set_state(idea, IdeaState.HIDDEN, NOW)
        assert await found("fontein") == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fietspad", "fietspad"),
        ("  «fietspad»,  naar   school? ", "fietspad naar school"),
        ("een veilig fietspad van de school naar het station", "veilig fietspad school station"),
        ("de de DE", "de"),
        ("x" * 50, "x" * 32),
        ("é" * 50, "é" * 16),
        ("👍 !!! —", ""),
    ],
)
def test_the_words_that_matter_fit_a_button(text: str, words: str) -> None:
    assert search_words(text) == words


@pytest.mark.parametrize(
    ("order", "index"),
    [
        (Order.NEWEST, "ix_ideas_created_at"),
        (Order.MOST_SUPPORTED, "COVERING INDEX ix_ideas_most_supported"),
        (Order.WAITING, "COVERING INDEX ix_ideas_most_supported"),
        (Order.NEAR, "COVERING INDEX ix_ideas_placed"),
        (Order.ANSWERED, "SCAN replies"),
        (Order.THEME, "COVERING INDEX ix_theme_members_theme_id_score"),
    ],
)
async def test_each_list_is_read_by_its_index(storage: SqlStorage, order: Order, index: str) -> None:
    async with storage.reading() as work:
        told = await _explained(work, order)
    assert index in "".join(told[:2])
    # What is sorted afterwards is one page; only the distance has no index of its own.
    assert "".join(told).count("USE TEMP B-TREE") == (2 if order is Order.NEAR else 1)


async def _explained(work: SqlWork, order: Order) -> list[str]:
    """The steps in which SQLite reads the top of a list."""
    prepared = _LISTS[order].top
    here = {"limit": 6, "north": 50.8, "east": 4.9, "narrowing": 0.4, "within": 0.01, "theme": 1}
    statement = f"EXPLAIN QUERY PLAN {prepared._sql}"
    plan = await work._connection.exec_driver_sql(statement, tuple(prepared._bound(here)))
    return [str(row[-1]) for row in plan if "MATERIALIZE" not in row[-1]]
