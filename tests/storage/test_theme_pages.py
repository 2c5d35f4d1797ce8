"""Themes as facilitators have them in hand: what became of those that are gone, and what was decided."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ThemeId
from cocreation.ideas.role import Charge, Role
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ideas.theme_page import Fate
from cocreation.services.decide_themes import merge_themes, move_idea, rename_theme
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
TREES, BUSES = ThemeId(1), ThemeId(2)


def _found(label: str, ideas: list[IdeaId], known: ThemeId | None = None) -> FoundTheme:
    return FoundTheme(known, label, (), tuple(Member(idea, 0.5) for idea in ideas), ())


async def _town(work: SqlWork) -> list[IdeaId]:
    ideas = [await work.ideas.add(NewIdea(f"Idea {number}", NOW)) for number in range(6)]
    found = (_found("Trees", ideas[:4]), _found("Buses", ideas[4:]))
    await work.themes.replace(Clustering(found, ()), NOW)
    return ideas


async def test_a_theme_that_a_run_let_flow_into_another_tells_which(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await work.themes.replace(Clustering((_found("Trees", ideas, TREES),), ()), LATER)
        assert await work.theme_pages.fate(BUSES) == Fate("Buses", TREES, "Trees")
        assert await work.theme_pages.get(BUSES) is None


async def test_a_theme_that_faded_has_no_heir_and_one_that_never_was_no_fate(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await work.themes.replace(Clustering((_found("Trees", ideas[:4], TREES),), tuple(ideas[4:])), LATER)
        assert await work.theme_pages.fate(BUSES) == Fate("Buses")
        assert await work.theme_pages.fate(ThemeId(99)) is None


async def test_two_themes_that_went_into_each_other_lead_nobody_in_a_circle(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _town(work)
        await merge_themes(work, BUSES, TREES, by=None, now=NOW)
        for idea in ideas:
            await work.ideas.set_state(idea, IdeaState.WITHDRAWN, NOW)
        await work.themes.replace(Clustering((), ()), LATER)
        assert await work.theme_pages.fate(BUSES) == Fate("Buses")


async def test_weeks_count_published_ideas_until_now_and_none_twice(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = [
            await work.ideas.add(NewIdea("Shade", NOW - timedelta(days=days)))
            for days in (0, 7, 14, 55, 56, 57)
        ]
        await work.themes.replace(Clustering((_found("Trees", ideas),), ()), NOW)
        assert await work.theme_pages.weeks(TREES, NOW) == (2, 0, 0, 0, 0, 0, 1, 1)
        assert await work.theme_pages.weeks(BUSES, NOW) == (0,) * 8


async def test_the_log_names_who_decided_as_far_as_they_told_and_hides_words_that_are_hidden(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        lien = await work.residents.meet(ChatId(5), Language("nl"), NOW)
        await work.facilitators.appoint(lien.id, "Lien", Charge(Role.FACILITATOR), None, NOW)
        ideas = await _town(work)
        await rename_theme(work, TREES, "Shade", by=lien.id, now=NOW)
        await move_idea(work, ideas[0], BUSES, by=None, now=NOW)
        moved, named = await work.theme_pages.log(TREES, 9)
        assert (moved.by, moved.other, moved.idea) == (None, "Buses", "Idea 0")
        assert (named.by, named.decision.label) == ("Lien", "Shade")
        (seen_there,) = await work.theme_pages.log(BUSES, 9)
        assert (seen_there.other, seen_there.idea) == ("Shade", "Idea 0")
        await work.ideas.set_state(ideas[0], IdeaState.HIDDEN, NOW)
        assert [logged.idea for logged in await work.theme_pages.log(BUSES, 9)] == [None]
