"""A facilitator decides about themes, and it shows at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import (
    DecisionGoneError,
    NamelessThemeError,
    NoPartError,
    NotFoundError,
    SameThemeError,
    ThemeGoneError,
)
from cocreation.ideas.decision import DecisionKind
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.period import Period
from cocreation.ideas.theme import Clustering, FoundTheme, Member, Placement
from cocreation.services.decide_themes import (
    hide_theme,
    merge_themes,
    move_idea,
    pin_theme,
    rename_theme,
    split_theme,
    undo_decision,
)
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LATEST = NOW + timedelta(hours=2)
SECOND = timedelta(seconds=1)
TREES, BUSES = ThemeId(1), ThemeId(2)
NOBODY = None


def _found(label: str, members: Sequence[IdeaId], known: ThemeId | None = None) -> FoundTheme:
    scored = tuple(Member(idea, 1 - at / 10) for at, idea in enumerate(members))
    return FoundTheme(known, label, (label.lower(),), scored, tuple(members[:1]))


async def _town(work: SqlWork) -> list[IdeaId]:
    """Ten ideas: six about trees, three about buses, one about nothing in particular."""
    ideas = [await work.ideas.add(NewIdea(f"Idea {number}", NOW)) for number in range(10)]
    found = (_found("Trees", ideas[:6]), _found("Buses", ideas[6:9]))
    await work.themes.replace(Clustering(found, (ideas[9],)), NOW)
    return ideas


async def _inside(work: SqlWork) -> dict[str, list[IdeaId]]:
    themes = [*await work.themes.all(), *await work.themes.hidden()]
    return {
        theme.label: sorted(member.idea for member in await work.themes.members(theme.id)) for theme in themes
    }


async def test_a_given_name_shows_everywhere_and_outlives_what_the_engine_says(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await rename_theme(work, TREES, "  Shade \n for all ", by=NOBODY, now=NOW)
        await work.themes.replace(
            Clustering((_found("Green", ideas[:6], TREES), _found("Buses", ideas[6:], BUSES)), ()), LATER
        )
        theme, view = await work.themes.get(TREES), await work.ideas.view(ideas[0])
        activity = await work.digests.theme_activity(Period(NOW, LATER))
        known = {each.id: each for each in await work.themes.known()}
    assert theme is not None and (theme.label, theme.is_named) == ("Shade for all", True)
    assert view is not None and view.theme_label == "Shade for all"
    assert "Shade for all" in {each.label for each in activity}
    assert known[TREES].is_named and known[TREES].label == "Shade for all"


async def test_without_the_given_name_the_theme_has_its_own_again(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await _town(work)
        decided = await rename_theme(work, TREES, "Shade", by=NOBODY, now=NOW)
        await undo_decision(work, decided.decision, now=LATER)
        assert set(await _inside(work)) == {"Trees", "Buses"}
        with pytest.raises(DecisionGoneError):
            await undo_decision(work, decided.decision, now=LATER)


async def test_a_renamed_theme_goes_on_with_its_middle_when_the_engine_takes_it_apart(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await rename_theme(work, TREES, "Shade", by=NOBODY, now=NOW)
        await work.themes.replace(Clustering((_found("Everything", ideas),), ()), LATER)
        assert await _inside(work) == {"Everything": ideas[3:], "Shade": ideas[:3]}


async def test_merged_themes_are_one_and_undone_are_two_again(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        before = await _inside(work)
        decided = await merge_themes(work, BUSES, TREES, by=NOBODY, now=NOW)
        assert await _inside(work) == {"Trees": ideas[:9]}
        await undo_decision(work, decided.decision, now=LATER)
        assert await _inside(work) == before


async def test_a_run_that_was_under_way_brings_no_merged_theme_back(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await merge_themes(work, BUSES, TREES, by=NOBODY, now=LATEST)
        under_way = (_found("Trees", ideas[:6], TREES), _found("Buses", ideas[6:], BUSES))
        await work.themes.replace(Clustering(under_way, ()), LATER)
        assert await _inside(work) == {"Trees": ideas}
        assert BUSES not in {theme.id for theme in await work.themes.known()}


async def test_a_run_that_was_under_way_does_not_redo_what_was_undone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        merged = await merge_themes(work, BUSES, TREES, by=NOBODY, now=NOW)
        named = await rename_theme(work, TREES, "Shade", by=NOBODY, now=NOW)
        for decided in (named, merged):
            await undo_decision(work, decided.decision, now=LATEST)
        await work.themes.replace(Clustering((_found("Shade", ideas, TREES),), ()), LATER)
        assert await _inside(work) == {"Trees": [*ideas[:6], ideas[9]], "Buses": ideas[6:9]}


async def test_a_part_that_was_split_off_stays_apart(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        decided = await split_theme(work, TREES, ideas[:2], "Parks", by=NOBODY, now=NOW)
        apart = {"Trees": ideas[2:6], "Buses": ideas[6:9], "Parks": ideas[:2]}
        assert await _inside(work) == apart
        together = (_found("Trees", ideas[:6], TREES), _found("Buses", ideas[6:9], BUSES))
        await work.themes.replace(Clustering(together, (ideas[9],)), LATER)
        assert await _inside(work) == apart
        await undo_decision(work, decided.decision, now=LATEST)
        assert await _inside(work) == {"Trees": ideas[:6], "Buses": ideas[6:9]}


async def test_a_pinned_theme_stays_whatever_the_engine_finds(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await pin_theme(work, BUSES, by=NOBODY, now=NOW)
        await work.themes.replace(Clustering((), tuple(ideas)), LATER)
        assert await _inside(work) == {"Buses": ideas[6:9]}
        (theme,) = await work.themes.all()
    assert theme.is_pinned


async def test_a_hidden_theme_is_none_for_residents_and_its_ideas_still_are(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        decided = await hide_theme(work, TREES, by=NOBODY, now=NOW)
        view = await work.ideas.view(ideas[0])
        assert view is not None and (view.theme, view.theme_label) == (None, None)
        assert await work.themes.get(TREES) is None
        assert await work.themes.ideas_of(TREES, 5) == []
        activity = await work.digests.theme_activity(Period(NOW, LATER))
        assert [theme.label for theme in activity] == ["Buses"]
        assert [each.theme for each in await work.themes.quotes()] == [BUSES]
        assert [theme.label for theme in await work.themes.hidden()] == ["Trees"]
        assert len(await work.ideas.newest(20)) == 10
        await undo_decision(work, decided.decision, now=LATER)
        assert {theme.label for theme in await work.themes.all()} == {"Trees", "Buses"}


async def test_an_idea_is_moved_out_of_all_themes_and_back(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        decided = await move_idea(work, ideas[0], None, by=NOBODY, now=NOW)
        assert (await _inside(work))["Trees"] == ideas[1:6]
        assert await work.themes.place([Placement(ideas[0], TREES, 0.9)]) == []
        await undo_decision(work, decided.decision, now=LATER)
        assert (await _inside(work))["Trees"] == ideas[:6]


async def test_the_latest_decision_wins_and_says_what_it_overrules(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await work.residents.meet_author("ann", Language("nl"), NOW)
        ideas = await _town(work)
        pinned = await pin_theme(work, TREES, by=ann, now=NOW)
        moved = await move_idea(work, ideas[0], BUSES, by=ann, now=LATER)
        again = await move_idea(work, ideas[0], TREES, by=ann, now=LATEST)
        (first,), (second,) = moved.overruled, again.overruled
        assert (first.earlier.id, first.earlier.kind, first.ideas) == (pinned.decision, DecisionKind.PIN, 1)
        assert (second.earlier.id, second.earlier.by, second.ideas) == (moved.decision, ann, 1)
        assert pinned.overruled == ()
        await undo_decision(work, again.decision, now=LATEST)
        assert (await _inside(work))["Buses"] == [ideas[0], *ideas[6:9]]
        listed = await work.themes.decisions(2)
    assert [(each.id, each.undone_at) for each in listed] == [
        (again.decision, LATEST),
        (moved.decision, None),
    ]


async def test_an_undone_decision_leaves_alone_what_a_later_one_has_moved_on(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        merged = await merge_themes(work, BUSES, TREES, by=NOBODY, now=NOW)
        await move_idea(work, ideas[6], None, by=NOBODY, now=NOW)
        await undo_decision(work, merged.decision, now=LATER)
        assert await _inside(work) == {"Trees": ideas[:6], "Buses": ideas[7:9]}


async def test_merges_that_are_undone_in_the_order_in_which_they_were_made_leave_no_theme_behind(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        before = await _inside(work)
        moved = await move_idea(work, ideas[9], BUSES, by=NOBODY, now=NOW)
        first = await merge_themes(work, BUSES, TREES, by=NOBODY, now=NOW + SECOND)
        parks = await split_theme(work, TREES, ideas[:2], "Parks", by=NOBODY, now=NOW + 2 * SECOND)
        (park,) = [theme.id for theme in await work.themes.all() if theme.label == "Parks"]
        second = await merge_themes(work, TREES, park, by=NOBODY, now=NOW + 3 * SECOND)
        for decided in (moved, first, parks, second):
            await undo_decision(work, decided.decision, now=LATER)
        assert await _inside(work) == before
        view = await work.ideas.view(ideas[9])
        assert view is not None and view.theme is None


async def test_undoing_puts_nothing_back_where_an_earlier_undone_decision_once_found_it(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        first = await move_idea(work, ideas[9], TREES, by=NOBODY, now=NOW)
        await undo_decision(work, first.decision, now=NOW + SECOND)
        await work.themes.place([Placement(ideas[9], TREES, 0.9)])
        second = await move_idea(work, ideas[9], BUSES, by=NOBODY, now=LATER)
        await undo_decision(work, second.decision, now=LATEST)
        assert (await _inside(work))["Trees"] == [*ideas[:6], ideas[9]]


async def test_the_last_idea_that_was_moved_out_of_a_theme_is_back_in_it(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        before = await _inside(work)
        moved = [await move_idea(work, idea, TREES, by=NOBODY, now=NOW) for idea in ideas[6:9]]
        faded = {theme.id: theme.members for theme in await work.themes.known() if theme.has_faded}
        assert faded == {BUSES: {ideas[8]}}
        for decided in reversed(moved):
            await undo_decision(work, decided.decision, now=LATER)
        assert await _inside(work) == before
        assert not any(theme.has_faded for theme in await work.themes.known())


async def test_nothing_stays_in_a_part_whose_split_is_undone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        decided = await split_theme(work, TREES, ideas[:2], "Mr Jansen's", by=NOBODY, now=NOW)
        (part,) = [theme.id for theme in await work.themes.all() if theme.label == "Mr Jansen's"]
        assert await work.themes.place([Placement(ideas[9], part, 0.9)]) == [ideas[9]]
        await undo_decision(work, decided.decision, now=LATER)
        assert await _inside(work) == {"Trees": [*ideas[:6], ideas[9]], "Buses": ideas[6:9]}


async def test_the_name_of_an_undone_split_goes_even_where_its_part_stays(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        decided = await split_theme(work, TREES, ideas[:2], "Mr Jansen's", by=NOBODY, now=NOW)
        (part,) = [theme.id for theme in await work.themes.all() if theme.label == "Mr Jansen's"]
        await move_idea(work, ideas[9], part, by=NOBODY, now=NOW)
        await undo_decision(work, decided.decision, now=LATER)
        stays = await work.themes.get(part)
    assert stays is not None and (stays.label, stays.is_named, stays.size) == ("Trees", False, 1)


async def test_ideas_that_nobody_sees_go_along_with_a_merge_and_come_back(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        before = await _inside(work)
        await work.ideas.set_state(ideas[6], IdeaState.HIDDEN, NOW)
        first = await merge_themes(work, BUSES, TREES, by=NOBODY, now=NOW)
        await undo_decision(work, first.decision, now=LATER)
        await work.ideas.set_state(ideas[6], IdeaState.PUBLISHED, LATER)
        assert await _inside(work) == before


async def test_what_makes_no_sense_is_refused(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await work.ideas.set_state(ideas[9], IdeaState.WITHDRAWN, NOW)
        with pytest.raises(ThemeGoneError):
            await pin_theme(work, ThemeId(99), by=NOBODY, now=NOW)
        with pytest.raises(SameThemeError):
            await merge_themes(work, TREES, TREES, by=NOBODY, now=NOW)
        with pytest.raises(NamelessThemeError):
            await rename_theme(work, TREES, " – ", by=NOBODY, now=NOW)
        for part in ([], ideas[:6], ideas[6:]):
            with pytest.raises(NoPartError):
                await split_theme(work, TREES, part, "Parks", by=NOBODY, now=NOW)
        for gone in (ideas[9], IdeaId(99)):
            with pytest.raises(NotFoundError):
                await move_idea(work, gone, TREES, by=NOBODY, now=NOW)
        assert await work.themes.decisions(5) == []
