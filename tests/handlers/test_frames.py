"""Facilitators read the town by frame, and confirm or correct what is suggested by a tap."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from cocreation.ideas.frame import included_frames
from cocreation.ideas.framing import Suggestion
from handlers.frame_text import number_of
from storage.engine import SqlStorage
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world
from tests.handlers.acting import asks, buttons, forges, turned, wrote
from tests.handlers.test_why import with_themes

SDGS = included_frames()[0]
SDG = number_of(SDGS.key)


@asynccontextmanager
async def database(town: Town) -> AsyncIterator[SqlStorage]:
    storage = SqlStorage(town.settings.storage.url)
    await storage.join()
    try:
        yield storage
    finally:
        await storage.close()


async def suggests(town: Town, *goals: Sequence[str]) -> None:
    """What the engine found in the ideas, in the order they were written; the last for all others."""
    async with database(town) as storage, storage.writing() as work:
        texts = sorted(await work.ideas.texts(), key=lambda idea: idea.id)
        each = [*goals, *[goals[-1]] * (len(texts) - len(goals))]
        found = [
            {SDGS.key: [Suggestion(SDGS.goals[int(goal) - 1].key, 0.4, ("bomen",)) for goal in some]}
            for some in each
        ]
        await work.frames.keep("by hand", texts, found)


async def pressed(town: Town, label: str, words: str, chat: int = FACILITATORS) -> Json:
    """Press a button of the newest message, which then says the words."""
    town.press(LIEN, town.shown(chat)[-1], label, chat)
    return await town.reads(chat, words)


async def on_goal(town: Town, goal: str) -> Json:
    await asks(town, LIEN, "/frames", FACILITATORS)
    await pressed(town, "SDG", "Bron:")
    town.press(LIEN, town.shown(FACILITATORS)[-1], goal, FACILITATORS)
    await town.until(lambda: "Bron:" not in town.texts(FACILITATORS)[-1])
    return town.shown(FACILITATORS)[-1]


async def test_a_goal_shows_what_lies_on_it_and_why_and_a_tap_confirms_it(town: Town) -> None:
    await wrote(town, GRIET, "Meer <b>bomen</b>", "Een bus")
    await suggests(town, ["15", "11"], ["11"])
    await asks(town, LIEN, "/frames", FACILITATORS)
    frame = await pressed(town, "SDG", "11 · Duurzame steden en gemeenschappen")
    assert "2 ideeën" in frame["text"]
    assert "Nog niets bij: 1 · Geen armoede" in frame["text"]
    listed = await pressed(town, "15", "Meer <b>bomen</b>")
    assert "om “bomen” · ook 11 · Duurzame steden" in listed["text"]
    kept = await pressed(town, "✓ 1", "Bewaard")
    assert "✓ bevestigd" in kept["text"]
    assert "✓ 1" not in buttons(kept)
    undone = await pressed(town, "↩️", "Ongedaan")
    assert "✓ 1" in buttons(undone)
    await pressed(town, "◂ Alle doelen", "Bron:")
    await pressed(town, "◂ Doelenkaders", "Kies een lijst")


async def test_an_idea_is_laid_onto_another_goal_a_second_one_or_none(town: Town) -> None:
    await wrote(town, GRIET, "Meer bomen")
    await suggests(town, ["15", "11"])
    await on_goal(town, "15")
    card = await pressed(town, "1", "Voorgesteld")
    assert "15 · Leven op het land: om “bomen”" in card["text"]
    await pressed(town, "Alleen 15", "Bevestigd: 15 · Leven op het land")
    await pressed(town, "Een tweede doel", "Aan welk doel")
    await pressed(town, "Annuleren", "Bevestigd")
    await pressed(town, "Een tweede doel", "Aan welk doel")
    await pressed(town, "13", "Bevestigd: 13 · Klimaatactie en 15")
    await pressed(town, "Een ander doel", "Aan welk doel")
    await pressed(town, "3", "Bevestigd: 3 · Goede")
    await pressed(town, "Geen doel", "Bevestigd: geen doel")
    await pressed(town, "↩️", "Bevestigd: 3 · Goede")
    await pressed(town, "Andere kaders", "Burgemeestersconvenant")
    town.press(LIEN, town.shown(FACILITATORS)[-1], "SDG", FACILITATORS)
    await town.until(lambda: "Burgemeesters" not in town.texts(FACILITATORS)[-1])
    await pressed(town, "◂ 3", "✓ bevestigd")
    marks = await town.rows("SELECT goal, other_goal, undone_at IS NOT NULL FROM frame_marks ORDER BY id")
    assert [tuple(mark) for mark in marks] == [
        ("15", None, 0),
        ("15", "13", 0),
        ("3", None, 0),
        (None, None, 1),
    ]


async def test_a_theme_is_read_and_confirmed_like_an_idea(town: Town) -> None:
    await with_themes(town)
    await suggests(town, ["15"])
    listed = await on_goal(town, "15")
    assert "101 ideeën" in listed["text"]
    first = listed["text"].split("1 · ")[1].splitlines()[0]
    town.press(LIEN, listed, "▸", FACILITATORS)
    await town.until(lambda: first not in town.texts(FACILITATORS)[-1])
    await pressed(town, "◂", first)
    town.press(LIEN, town.shown(FACILITATORS)[-1], "thema’s", FACILITATORS)
    await town.until(lambda: "101 ideeën" not in town.texts(FACILITATORS)[-1])
    themes = town.shown(FACILITATORS)[-1]
    assert "ideeën" in themes["text"]
    kept = await pressed(town, "✓ 1", "Bewaard")
    assert kept["text"].split("\n1 · ")[1] != themes["text"].split("\n1 · ")[1], "what waits comes first"
    await pressed(town, "↩️", "Ongedaan")
    card = await pressed(town, "1", "Voorgesteld: 15")
    assert "15 · Leven op het land: " in card["text"]
    await pressed(town, "Dat klopt", "Bevestigd: 15")
    await pressed(town, "Een tweede doel", "Aan welk doel")
    await pressed(town, "13", "Bevestigd: 13 · Klimaatactie en 15")
    await pressed(town, "Alleen 15", "Bevestigd: 15 ·")
    await pressed(town, "Een ander doel", "Aan welk doel")
    await pressed(town, "3", "Bevestigd: 3 · Goede")
    await pressed(town, "Geen doel", "Bevestigd: geen doel")
    await pressed(town, "Andere kaders", "Burgemeestersconvenant")
    marks = await town.rows("SELECT theme_id, idea_id FROM frame_marks WHERE undone_at IS NULL")
    ((theme, idea),) = set(marks)
    assert theme is not None and idea is None
    themes = await asks(town, LIEN, "/themes", FACILITATORS)
    town.press(LIEN, themes, "1", FACILITATORS)
    await town.until(lambda: any("🧭" in label for label in buttons(town.shown(FACILITATORS)[-1])))
    await pressed(town, "🧭", "Burgemeestersconvenant")


async def test_what_was_confirmed_stays_when_the_bot_was_away(tmp_path: Path) -> None:
    async with a_town(tmp_path, a_world()) as town:
        town.wake()
        await wrote(town, GRIET, "Meer bomen")
        await suggests(town, ["15"])
        await on_goal(town, "15")
        await pressed(town, "✓ 1", "Bewaard")
        await town.rest()
        await suggests(town, ["11"])
        town.wake()
        await pressed(town, "↩️", "Nog geen idee")
        assert "Meer bomen" in (await on_goal(town, "11"))["text"]


async def test_a_button_for_what_is_gone_says_so_and_changes_nothing(town: Town) -> None:
    await wrote(town, GRIET, "Meer bomen")
    await suggests(town, ["15"])
    card = await on_goal(town, "15")
    goal, number = number_of(SDGS.goals[14].key), SDG
    assert "huidige staan onder /frames" in await forges(
        town, LIEN, card, f"1:0:G:{number}:7:0", FACILITATORS
    )
    assert "huidige staan onder /frames" in await forges(town, LIEN, card, "1:0:F:7", FACILITATORS)
    for data in ("1:0:I:{}:i99", "1:0:I:{}:x1", "1:0:N:{}:i99", "1:0:U:99", "1:0:what:{}:i1"):
        assert "niet meer" in await forges(town, LIEN, card, data.format(number), FACILITATORS)
    assert "/themes" in await forges(town, LIEN, card, f"1:0:S:{number}:{goal}:t99", FACILITATORS)
    assert await town.rows("SELECT * FROM frame_marks") == []


async def test_who_is_no_facilitator_confirms_nothing(town: Town) -> None:
    await wrote(town, YASMINE, "Plus d’arbres")
    await suggests(town, ["15"])
    assert "participation" in (await asks(town, YASMINE, "/frames"))["text"]
    card = town.shown(YASMINE)[-1]
    for act in ("C", "N", "K"):
        assert "participation" in await forges(town, YASMINE, card, f"1:0:{act}:{SDG}:i1")
    assert await town.rows("SELECT * FROM frame_marks") == []


async def test_the_card_of_an_idea_leads_facilitators_to_its_goals(tmp_path: Path) -> None:
    async with a_town(tmp_path, a_world(), town={"administrators": [LIEN]}) as town:
        town.wake()
        await wrote(town, GRIET, "Meer bomen")
        await suggests(town, ["15"])
        await asks(town, LIEN, "/ideas")
        await turned(town, LIEN, "1", "Meer bomen")
        town.press(LIEN, town.shown(LIEN)[-1], "Doelenkaders")
        card = await town.reads(LIEN, "Burgemeestersconvenant")
        assert "Voorgesteld: 15 · Leven op het land" in card["text"]
        assert len(town.shown(LIEN)) == 2
        town.press(LIEN, card, "SDG")
        await town.until(lambda: "Burgemeesters" not in town.texts(LIEN)[-1])
        await turned(town, LIEN, "Dat klopt", "Bevestigd: 15 · Leven op het land")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Vie terrestre", "à cause de", "idée")),
        ("de", ("Leben an Land", "wegen", "Idee")),
        ("en", ("Life on land", "because of", "idea")),
    ],
)
async def test_the_pages_speak_the_language_of_the_desk(
    tmp_path: Path, language: str, words: Sequence[str]
) -> None:
    async with a_town(tmp_path, a_world(), digest={"language": language}) as town:
        town.wake()
        await wrote(town, GRIET, "Meer bomen")
        await suggests(town, ["15"])
        await asks(town, LIEN, "/frames", FACILITATORS)
        town.press(LIEN, town.shown(FACILITATORS)[-1], "SDG" if language != "fr" else "ODD", FACILITATORS)
        await town.reads(FACILITATORS, "15 · ")
        listed = await pressed(town, "15", "Meer bomen")
        assert all(word in listed["text"] for word in words)
