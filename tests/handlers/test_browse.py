"""Residents read what neighbours wrote, in one message that turns into lists, themes and cards."""

import pytest

from tests.bot.town import GRIET, YASMINE, Town
from tests.handlers.acting import asks, buttons, forges, turned, wrote


async def test_nothing_yet_says_how_to_begin(town: Town) -> None:
    answer = await asks(town, GRIET, "/ideas")
    assert "eerste" in answer["text"]


async def test_pages_turn_in_place_and_a_card_leads_back_to_its_page(town: Town) -> None:
    await wrote(town, GRIET, *(f"Idee nummer {number}" for number in range(12)))
    page = await asks(town, YASMINE, "/ideas")
    assert "Idee nummer 11" in page["text"]
    assert "Idee nummer 6" not in page["text"]
    page = await turned(town, YASMINE, "▸", "Idee nummer 6")
    await turned(town, YASMINE, "▸", "Idee nummer 0")
    await turned(town, YASMINE, "◂", "Idee nummer 6")
    card = await turned(town, YASMINE, "2", "Idee nummer 5")
    assert "Idee nummer 6" not in card["text"]
    back = await turned(town, YASMINE, "◂", "Idee nummer 6")
    assert back["text"] == page["text"]
    await turned(town, YASMINE, "⏮", "Idee nummer 11")


async def test_the_lists_are_behind_one_button(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein", "Een bank", "Meer bomen")
    page = await asks(town, YASMINE, "/ideas")
    assert page["text"].index("Meer bomen") < page["text"].index("Een fontein")
    await turned(town, YASMINE, "3", "Een fontein")
    town.press(YASMINE, town.shown(YASMINE)[-1], "👍")
    await town.reads(YASMINE, "👍 1")
    await turned(town, YASMINE, "◂", "1 👍")
    menu = await turned(town, YASMINE, "☰", "Quelles idées")
    assert len(buttons(menu)) == 7
    top = await turned(town, YASMINE, "Les plus soutenues", "1 · Een fontein")
    assert "1 👍" in top["text"]
    await turned(town, YASMINE, "☰", "Quelles idées")
    await turned(town, YASMINE, "En attente", "1 · Een fontein")
    await turned(town, YASMINE, "☰", "Quelles idées")
    empty = await turned(town, YASMINE, "Avec réponse", "n’a pas encore répondu")
    assert any("☰" in label for label in buttons(empty))


async def test_a_theme_is_chosen_from_those_that_are_not_hidden(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein", "Een bank")
    await town.rest()
    town.run_sql(
        "INSERT INTO themes (id, label, keywords, born_at, is_hidden) VALUES "
        "(1, 'Water', '[]', '2026-01-01T00:00:00.000000+00:00', 0), "
        "(2, 'Geheim', '[]', '2026-01-01T00:00:00.000000+00:00', 1)",
        "INSERT INTO theme_members (idea_id, theme_id, score) SELECT id, id, 0.5 FROM ideas",
    )
    town.wake()
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "☰", "Quelles idées")
    themes = await turned(town, YASMINE, "Par thème", "Choisissez")
    assert "Geheim" not in str(themes)
    page = await turned(town, YASMINE, "Water · 1", "Een fontein")
    assert "Een bank" not in page["text"]
    await turned(town, YASMINE, "◂", "Choisissez")
    # A list whose theme was hidden meanwhile says so.
    await town.rest()
    town.run_sql("UPDATE themes SET is_hidden = 1")
    town.wake()
    await turned(town, YASMINE, "Water", "n’est plus")


async def test_what_is_near_is_told_with_its_distance_and_the_place_is_forgotten(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    town.send(GRIET, {"location": {"latitude": 50.80, "longitude": 4.93}})
    await town.until(lambda: any("📍" in text for text in town.texts(GRIET)))
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "☰", "Quelles idées")
    await turned(town, YASMINE, "Près de moi", "📎")
    # What was asked for is in the database: a restart changes nothing.
    await town.rest()
    town.wake()
    town.send(YASMINE, {"location": {"latitude": 50.81234567, "longitude": 4.93}})
    near = await town.reads(YASMINE, "1,3")
    assert "Een fontein" in near["text"]
    assert len(town.shown(YASMINE)) == 1
    query = "SELECT near_latitude FROM residents WHERE telegram_id = ?"
    assert await town.rows(query, YASMINE) == [(50.812,)]
    town.press(YASMINE, near, "Oublier")
    await town.until(lambda: "1,3" not in town.texts(YASMINE)[0])
    assert await town.rows(query, YASMINE) == [(None,)]


async def test_a_place_after_other_words_than_were_asked_for_joins_the_idea(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "☰", "Quelles idées")
    await turned(town, YASMINE, "Près de moi", "📎")
    await asks(town, YASMINE, "Een bank")
    town.send(YASMINE, {"location": {"latitude": 50.81, "longitude": 4.93}})
    await town.until(lambda: "📍" in town.texts(YASMINE)[-1])
    assert await town.rows("SELECT latitude FROM ideas ORDER BY id") == [(None,), (50.81,)]


async def test_words_are_searched_for_by_command_and_by_button(town: Town) -> None:
    await wrote(town, GRIET, "Een veilig vélopad <b>", "Een bank")
    page = await asks(town, YASMINE, "/ideas velo")
    assert "Een veilig vélopad <b>" in page["text"]
    assert "Een bank" not in page["text"]
    await turned(town, YASMINE, "1", "Een veilig")
    await turned(town, YASMINE, "◂", "velo")
    await turned(town, YASMINE, "🔎", "Que cherchez-vous")
    await town.rest()
    town.wake()
    town.write(YASMINE, "een BANK!")
    found = await town.reads(YASMINE, "1 · Een bank")
    assert "vélopad" not in found["text"]
    assert len(town.shown(YASMINE)) == 1
    # Only an answer to the question is a search; what comes next is an idea.
    assert "est gardée" in (await asks(town, YASMINE, "Een zwembad"))["text"]


async def test_a_search_without_a_find_offers_the_words_one_by_one(town: Town) -> None:
    await wrote(town, GRIET, "Een bank in het park")
    empty = await asks(town, YASMINE, "/ideas bank zwembad")
    assert "Personne" in empty["text"]
    await turned(town, YASMINE, "🔎 bank", "Een bank in het park")


async def test_cancelling_a_search_makes_the_next_words_an_idea(town: Town) -> None:
    await wrote(town, GRIET, "Een bank")
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "🔎", "Que cherchez-vous")
    await turned(town, YASMINE, "✖️", "Een bank")
    assert "est gardée" in (await asks(town, YASMINE, "Een zwembad"))["text"]


@pytest.mark.parametrize("label", ["🔎", "Près de moi"])
async def test_a_question_goes_away_when_something_else_is_asked(town: Town, label: str) -> None:
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "☰", "Quelles idées")
    await turned(town, YASMINE, label, "📎" if label != "🔎" else "Que cherchez-vous")
    await town.notes(YASMINE, "browse")
    town.write(YASMINE, "/ideas")
    await town.answer(YASMINE, 2)
    await town.until(lambda: "Quelles idées" in town.texts(YASMINE)[0])
    assert "est gardée" in (await asks(town, YASMINE, "Een zwembad"))["text"]


async def test_the_question_for_a_place_goes_away_when_words_come(town: Town) -> None:
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "☰", "Quelles idées")
    await turned(town, YASMINE, "Près de moi", "📎")
    await town.notes(YASMINE, "browse")
    town.write(YASMINE, "Een zwembad")
    await town.reads(YASMINE, "est gardée")
    await town.until(lambda: "Quelles idées" in town.texts(YASMINE)[0])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("1:b:2", "Een fontein"),
        ("1:B:s:0", "Een bank"),
        ("1:B:t99:0", "n’est plus"),
        ("1:B:zz:9:9:9", "1 · Een bank"),
        ("1:B:T:0", "pas encore de thèmes"),
        ("1:B:q:0", "Personne"),
        ("1:k:1:n:-999", "Een fontein"),
        ("1:s:1:0", "1 personne"),
        ("1:k:999:n:0", "n’est plus ici"),
        ("1:q:999:0:n:0", "n’est plus ici"),
    ],
)
async def test_buttons_of_an_older_town_and_forged_ones_lead_somewhere(
    town: Town, data: str, words: str
) -> None:
    await wrote(town, GRIET, "Een fontein", "Een bank")
    page = await asks(town, YASMINE, "/ideas")
    await forges(town, YASMINE, page, data)
    await town.until(lambda: words in town.texts(YASMINE)[0])
    assert len(town.shown(YASMINE)) == 1
