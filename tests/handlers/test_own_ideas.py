"""The card of an own idea: what its buttons do, in place, and whatever happens in between."""

from pathlib import Path

import pytest

from sandbox import kinds, people
from tests.bot.town import GRIET, YASMINE, Json, Town, a_town
from tests.handlers.acting import asks, buttons, forges, toasted, turned, wrote
from tests.handlers.test_ideas import kept, picture, sent_file
from tests.handlers.test_parts import photo, states

IDEA = "Een fontein om in te spelen"
PLACE = {"kind": "location", "latitude": 50.8, "longitude": 4.9}


async def versions(town: Town) -> list[str]:
    return [text for (text,) in await town.rows("SELECT text FROM idea_versions ORDER BY id")]


def newest(town: Town) -> Json:
    return town.shown(GRIET)[-1]


async def test_the_rest_of_the_buttons_comes_and_goes_in_place(town: Town) -> None:
    card = await asks(town, GRIET, IDEA)
    assert not any("Intrekken" in label for label in buttons(card))
    opened = await town.unfold(GRIET, card)
    assert any("Intrekken" in label for label in buttons(opened))
    assert any("Anoniem" in label for label in buttons(opened))
    town.press(GRIET, opened, "▴")
    await town.until(lambda: any("⋯" in label for label in buttons(newest(town))))
    assert len(town.shown(GRIET)) == 1


async def test_a_button_asks_for_other_words_and_keeps_the_old_ones(town: Town) -> None:
    sent = town.write(GRIET, "Een fontijn")
    await town.answer(GRIET, 1)
    await turned(town, GRIET, "Aanpassen", "opnieuw")
    await town.rest()
    town.wake()
    again = town.write(GRIET, IDEA)
    await town.reads(GRIET, "Aangepast")
    assert await kept(town) == [IDEA]
    assert await versions(town) == ["Een fontijn"]
    assert len(town.shown(GRIET)) == 1
    people.edit(town.world, GRIET, GRIET, again["message_id"], "Een grote fontein")
    await town.reads(GRIET, "Een grote fontein")
    people.edit(town.world, GRIET, GRIET, sent["message_id"], "Een kleine fontein")
    await town.reads(GRIET, "Een kleine fontein")
    assert await kept(town) == ["Een kleine fontein"]


async def test_what_was_asked_is_cancelled_in_place(town: Town) -> None:
    await asks(town, GRIET, IDEA)
    for label, words in (
        ("Foto", "Stuur nu de foto"),
        ("Plaats", "Stuur nu de plaats"),
        ("Aanpassen", "opnieuw"),
    ):
        await turned(town, GRIET, label, words)
        back = await turned(town, GRIET, "Annuleren", IDEA)
        assert any("Foto" in button for button in buttons(back))
    await wrote(town, GRIET, "En een bank")
    assert await kept(town) == [IDEA, "En een bank"]


async def test_a_photo_and_a_place_go_to_the_idea_whose_button_was_pressed(town: Town) -> None:
    first = await asks(town, GRIET, IDEA)
    await wrote(town, GRIET, "En een bank")
    town.press(GRIET, first, "Foto")
    await town.reads(GRIET, "Stuur nu de foto")
    await sent_file(town, "photo", picture())
    await town.reads(GRIET, "1 foto")
    town.press(GRIET, first, "Plaats")
    await town.reads(GRIET, "Stuur nu de plaats")
    town.send(GRIET, kinds.content_of(town.world, PLACE))
    await town.reads(GRIET, "met een plaats")
    assert await town.rows("SELECT idea_id FROM media") == [(1,)]
    assert await town.rows("SELECT id FROM ideas WHERE latitude IS NOT NULL") == [(1,)]
    assert len(town.shown(GRIET)) == 2


async def test_something_else_than_what_was_asked_is_what_it_is(town: Town) -> None:
    await asks(town, GRIET, IDEA)
    await turned(town, GRIET, "Foto", "Stuur nu de foto")
    town.write(GRIET, "En een bank")
    await town.answer(GRIET, 2)
    assert await kept(town) == [IDEA, "En een bank"]
    assert "Stuur nu de foto" not in town.texts(GRIET)[0]
    await sent_file(town, "photo", picture())
    await town.reads(GRIET, "1 foto")
    assert await town.rows("SELECT idea_id FROM media") == [(2,)]


@pytest.mark.parametrize(("label", "asked"), [("Aanpassen", "opnieuw"), ("Foto", "Stuur nu de foto")])
async def test_what_is_passed_on_changes_no_idea_unasked(town: Town, label: str, asked: str) -> None:
    await asks(town, GRIET, IDEA)
    await turned(town, GRIET, label, asked)
    sent = {"text": "Woorden van Yasmine"} if label == "Aanpassen" else photo(town, "Woorden van Yasmine")
    town.send(GRIET, sent, forward_from=YASMINE)
    await town.reads(GRIET, "Woorden van Yasmine")
    await town.until(lambda: asked not in town.texts(GRIET)[0])
    assert await states(town) == [(IDEA, "published", "author"), ("Woorden van Yasmine", "draft", "asked")]


async def test_an_idea_is_anonymous_on_the_board_and_no_more(town: Town) -> None:
    opened = await town.unfold(GRIET, await asks(town, GRIET, IDEA))
    assert "schuilnaam" in await toasted(town, GRIET, opened, "Anoniem")
    hidden = await town.reads(GRIET, "anoniem op het bord")
    assert await town.rows("SELECT is_anonymous FROM ideas") == [(1,)]
    assert "weer" in await toasted(town, GRIET, hidden, "schuilnaam")
    assert await town.rows("SELECT is_anonymous FROM ideas") == [(0,)]


async def test_buttons_of_somebody_elses_idea_and_of_one_that_is_gone_change_nothing(town: Town) -> None:
    await wrote(town, GRIET, IDEA)
    other = await asks(town, YASMINE, "/start")
    for verb in ("w:1", "e:1", "P:1", "L:1", "m:1:1", "a:1:1", "r:1", "K:1:1", "o:1:m", "x:1"):
        assert "quelqu’un d’autre" in await forges(town, YASMINE, other, f"1:{verb}"), verb
    for verb in (
        "w:9",
        "e:9",
        "m:9:1",
        "a:9:1",
        "o:9:m",
        "K:1:9",
        "h:1:nonsense",
        "h",
        "o:1:z",
        "a:1",
        "j:1",
        "j:1:2:z",
    ):
        assert "/me" in await forges(town, GRIET, newest(town), f"1:{verb}"), verb
    assert await town.rows("SELECT state, is_anonymous FROM ideas") == [("published", 0)]
    assert await town.rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_a_button_of_an_earlier_version_asks_as_the_present_one_does(town: Town) -> None:
    card = await asks(town, GRIET, IDEA)
    await forges(town, GRIET, card, "1:h:1:edit")
    await town.reads(GRIET, "opnieuw")


async def test_a_card_shows_what_neighbours_wrote_and_supports_it_in_place(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await wrote(town, YASMINE, "Een veilig fietspad naar de school voor kinderen")
        card = await asks(town, GRIET, "Een veilig fietspad naar school voor de kinderen")
        alike = await town.reads(GRIET, "Buren schreven")
        assert alike["message_id"] == card["message_id"]
        assert "1 · Een veilig fietspad naar de school" in alike["text"]
        assert "steunt" in await toasted(town, GRIET, alike, "Steun 1")
        supported = await town.reads(GRIET, "kinderen · 1 👍")
        assert await town.rows("SELECT idea_id, resident_id FROM supports") == [(1, 2)]
        await toasted(town, GRIET, supported, "Gesteund 1")
        assert await town.rows("SELECT count(*) FROM supports") == [(0,)]
        town.press(YASMINE, await town.unfold(YASMINE, town.shown(YASMINE)[0]), "Retirer")
        await town.reads(YASMINE, "24 heures")
        assert "niet meer" in await toasted(town, GRIET, newest(town), "Steun 1")
        await town.until(lambda: "Buren schreven" not in newest(town)["text"])


async def test_a_correction_to_the_words_of_another_own_idea_changes_nothing(town: Town) -> None:
    await asks(town, GRIET, "Een fontein")
    sent = town.write(GRIET, "Een bank")
    card = await town.answer(GRIET, 2)
    people.edit(town.world, GRIET, GRIET, sent["message_id"], "Een fontein")
    await town.reads(GRIET, "zegt dit al")
    assert await kept(town) == ["Een fontein", "Een bank"]
    people.edit(town.world, GRIET, GRIET, sent["message_id"], "Een boom")
    await town.reads(GRIET, "Een boom")
    town.press(GRIET, card, "Aanpassen")
    await town.reads(GRIET, "opnieuw")
    again = town.write(GRIET, "Een fontein")
    await town.reads(GRIET, "zegt dit al")
    assert await kept(town) == ["Een fontein", "Een boom"]
    people.edit(town.world, GRIET, GRIET, again["message_id"], "Een zwembad")
    await town.reads(GRIET, "Een zwembad")
    assert await kept(town) == ["Een fontein", "Een zwembad"]
