"""Themes keep their identity from run to run, and say what changed since."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ThemeId
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LAST_YEAR = NOW - timedelta(days=365)


async def _add(work: SqlWork, count: int, at: datetime = NOW) -> list[IdeaId]:
    return [await work.ideas.add(NewIdea(f"Idea {number}", at)) for number in range(count)]


def _found(
    label: str, members: list[IdeaId], known: ThemeId | None = None, quotes: tuple[IdeaId, ...] = ()
) -> FoundTheme:
    scored = tuple(Member(idea, 1 - at / 10) for at, idea in enumerate(members))
    return FoundTheme(known, label, (label.lower(), "tree"), scored, quotes)


def _run(*themes: FoundTheme, unassigned: tuple[IdeaId, ...] = ()) -> Clustering:
    return Clustering(themes, unassigned)


async def test_a_theme_that_goes_on_keeps_its_id_and_takes_the_new_name(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        await work.themes.replace(_run(_found("Trees", [a, b]), unassigned=(c,)), NOW)
        (first,) = await work.themes.all()
        await work.themes.replace(_run(_found("Parks", [a, b, c], known=first.id)), LATER)
        (second,) = await work.themes.all()
    assert (second.id, second.label, second.keywords, second.size) == (
        first.id,
        "Parks",
        ("parks", "tree"),
        3,
    )


async def test_a_theme_that_ends_is_no_longer_shown(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, 2)
        await work.themes.replace(_run(_found("Trees", [a]), _found("Buses", [b])), NOW)
        trees, _ = await work.themes.all()
        await work.themes.replace(_run(_found("Everything", [a, b])), LATER)
        assert [theme.label for theme in await work.themes.all()] == ["Everything"]
        assert await work.themes.get(trees.id) is None
        known = await work.themes.known()
        assert [(theme.members, theme.has_faded) for theme in known] == [
            (frozenset({a, b}), False),
            (frozenset({b}), True),
            (frozenset({a}), True),
        ]


async def test_a_run_names_the_ideas_that_had_no_theme_and_now_have_one(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        gone = IdeaId(999)
        first = await work.themes.replace(_run(_found("Trees", [a, gone]), unassigned=(b, c)), NOW)
        second = await work.themes.replace(_run(_found("Trees", [a, c]), unassigned=(b,)), LATER)
    assert (first, second) == ([a], [c])


async def test_sizes_and_supports_count_published_ideas_alone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        ann = (await work.residents.meet(ChatId(41), Language("nl"), NOW)).id
        for idea in (a, b):
            await work.supports.add(idea, ann, NOW)
        await work.themes.replace(_run(_found("Trees", [a, b]), _found("Buses", [c])), NOW)
        await work.ideas.set_state(b, IdeaState.HIDDEN, NOW)
        await work.ideas.set_state(c, IdeaState.WITHDRAWN, NOW)
        (trees,) = await work.themes.all()
        view = await work.ideas.view(a)
    assert (trees.label, trees.size, trees.supports) == ("Trees", 1, 1)
    assert view is not None and (view.theme, view.theme_label, view.theme_size) == (trees.id, "Trees", 1)


async def test_the_quote_of_a_theme_is_the_one_chosen_while_it_is_published(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        await work.themes.replace(_run(_found("Trees", [a, b, c], quotes=(c,))), NOW)
        (trees,) = await work.themes.all()
        assert [view.idea.id for view in await work.themes.quotes()] == [c]
        await work.ideas.set_state(c, IdeaState.HIDDEN, NOW)
        assert [view.idea.id for view in await work.themes.quotes()] == [a]
        assert [view.idea.id for view in await work.themes.ideas_of(trees.id, 5)] == [a, b]
        assert [view.idea.id for view in await work.themes.ideas_of(trees.id, 5, offset=1)] == [b]


async def test_before_the_first_run_every_idea_is_a_change(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await _add(work, 2)
        await work.ideas.add(NewIdea("", NOW, state=IdeaState.DRAFT))
        assert await work.themes.changes_since_last_run() == (2, None)


async def test_new_edited_and_withdrawn_ideas_are_changes_since_the_last_run(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        await work.themes.replace(_run(_found("Trees", [a]), unassigned=(b, c)), NOW)
        assert await work.themes.changes_since_last_run() == (0, NOW)
        await work.ideas.correct(a, "Other words", LATER)
        await work.ideas.set_state(b, IdeaState.WITHDRAWN, LATER)
        # Imported with the date that it had elsewhere, long before the run.
        await _add(work, 1, at=LAST_YEAR)
        assert await work.themes.changes_since_last_run() == (3, NOW)
