"""Explanations stand on what is kept now: new words, new decisions, nothing hidden."""

from collections.abc import Sequence
from datetime import UTC, datetime

from cocreation.analysis.hashing import WordsEncoder
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services.decide_themes import hide_theme, move_idea
from cocreation.services.explain_themes import ThemeExplainer
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
TREES = ["Meer bomen op het plein", "Bomen planten langs de straat", "Oude bomen bewaren"]
BUSES = ["De bus rijdt te laat", "Een bus naar het station", "Vaker een bus naar het dorp"]


def explainer(storage: SqlStorage) -> ThemeExplainer:
    return ThemeExplainer(storage, WordsEncoder(), [Language("nl"), Language("fr")])


def theme(label: str, ideas: Sequence[IdeaId]) -> FoundTheme:
    return FoundTheme(None, label, (label,), tuple(Member(idea, 0.5) for idea in ideas), ())


async def fill(work: SqlWork) -> tuple[list[IdeaId], list[ThemeId]]:
    """Trees and buses, the first ideas of either theme in that order."""
    ideas = [await work.ideas.add(NewIdea(text, NOW)) for text in (*TREES, *BUSES)]
    found = Clustering((theme("Bomen", ideas[:3]), theme("Bus", ideas[3:])), ())
    await work.themes.replace(found, NOW)
    return ideas, [known.id for known in await work.themes.known()]


async def test_a_town_without_ideas_has_nothing_to_explain(storage: SqlStorage) -> None:
    why = explainer(storage)
    assert await why.why_idea(IdeaId(1)) is None
    assert await why.why_theme(ThemeId(1)) is None
    assert await why.propose_split(ThemeId(1)) is None


async def test_corrected_words_are_read_anew(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas, _ = await fill(work)
    why = explainer(storage)
    before = await why.why_idea(ideas[0])
    async with storage.writing() as work:
        await work.ideas.correct(ideas[0], "Bomen geven schaduw", NOW)
    after = await why.why_idea(ideas[0])
    assert before is not None and before.text == TREES[0]
    assert after is not None and after.text == "Bomen geven schaduw"


async def test_a_decision_is_seen_at_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas, themes = await fill(work)
    why = explainer(storage)
    before = await why.why_idea(ideas[0])
    async with storage.writing() as work:
        await move_idea(work, ideas[0], themes[1], by=None, now=NOW)
    after = await why.why_idea(ideas[0])
    assert before is not None and before.own is not None and before.own.theme == themes[0]
    assert after is not None and after.own is not None
    assert (after.own.theme, after.is_held) == (themes[1], True)


async def test_hidden_themes_and_withdrawn_ideas_are_not_explained(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas, themes = await fill(work)
        await hide_theme(work, themes[1], by=None, now=NOW)
        await work.ideas.set_state(ideas[0], IdeaState.WITHDRAWN, NOW)
    why = explainer(storage)
    assert await why.why_theme(themes[1]) is None
    assert await why.propose_split(themes[1]) is None
    assert await why.why_idea(ideas[0]) is None
    of_hidden = await why.why_idea(ideas[4])
    assert of_hidden is not None
    assert (of_hidden.own, of_hidden.is_held) == (None, False)
