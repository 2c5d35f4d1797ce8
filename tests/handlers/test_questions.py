"""What the card of an own idea asks for goes with that idea, and nothing else ends the question."""

from collections.abc import Sequence
from typing import Any

from handlers.actions import Verb, action
from sandbox import kinds
from tests.bot.town import GRIET, Town
from tests.handlers.acting import asks, forges

Json = dict[str, Any]
IDEA = "Bankjes bij de kerk"
PLACE = {"kind": "location", "latitude": 50.8, "longitude": 4.9}


async def _card(town: Town, text: str = IDEA) -> Json:
    return await asks(town, GRIET, text)


async def _asked(town: Town, card: Json, label: str) -> None:
    town.press(GRIET, card, label)
    await town.until(lambda: _buttons(town, card) == ["✖️ Annuleren"])


def _now(town: Town, card: Json) -> Json:
    return town.world.chats[GRIET].messages[card["message_id"]]


def _buttons(town: Town, card: Json) -> list[str]:
    return [each["text"] for row in _now(town, card)["reply_markup"]["inline_keyboard"] for each in row]


async def _is_restored(town: Town, card: Json) -> None:
    await town.until(lambda: "⋯" in _buttons(town, card))


async def _steps(town: Town) -> Sequence[tuple[Any, ...]]:
    return await town.rows("SELECT step FROM conversations")


async def test_a_sticker_or_a_photo_does_not_end_the_question_for_new_words(town: Town) -> None:
    card = await _card(town)
    await _asked(town, card, "Aanpassen")
    town.send(GRIET, kinds.content_of(town.world, {"kind": "sticker"}))
    await town.reads(GRIET, "Ik neem woorden")
    town.send(GRIET, kinds.content_of(town.world, PLACE))
    await town.until(lambda: "Toegevoegd aan je idee" in _now(town, card)["text"])
    assert _buttons(town, card) == ["✖️ Annuleren"]
    town.write(GRIET, "Banken met een leuning")
    await _is_restored(town, card)
    assert await town.rows("SELECT text, latitude FROM ideas") == [("Banken met een leuning", 50.8)]
    assert await _steps(town) == []


async def test_a_place_that_is_written_is_the_place_of_the_idea_whose_card_asked(town: Town) -> None:
    card = await _card(town)
    await _card(town, "Iets anders")
    await _asked(town, card, "Plaats")
    town.write(GRIET, "Kerkplein")
    await _is_restored(town, card)
    assert "Kerkplein" in _now(town, card)["text"]
    assert await town.rows("SELECT text, place FROM ideas") == [(IDEA, "Kerkplein"), ("Iets anders", None)]


async def test_a_command_lets_the_card_ask_no_more(town: Town) -> None:
    card = await _card(town)
    await _asked(town, card, "Foto")
    town.write(GRIET, "/help")
    await _is_restored(town, card)
    assert await _steps(town) == []


async def test_the_cancel_of_one_card_leaves_the_question_of_another(town: Town) -> None:
    card, other = await _card(town), await _card(town, "Iets anders")
    await _asked(town, card, "Aanpassen")
    await _asked(town, other, "Foto")
    await _is_restored(town, card)
    assert "verandert niets" in await forges(town, GRIET, _now(town, other), action(Verb.CANCEL, 1))
    assert await _steps(town) == [("photo",)]


async def test_photos_one_after_the_other_go_with_the_card_that_asked(town: Town) -> None:
    card = await _card(town)
    await _card(town, "Iets anders")
    await _asked(town, card, "Foto")
    for number in range(2):
        town.send(GRIET, _photo(number))
    await town.until(lambda: "2 foto" in _now(town, card)["text"])


def _photo(number: int) -> Json:
    size = {"file_id": f"file {number}", "file_unique_id": f"u{number}", "width": 4, "height": 3}
    return {"photo": [size]}
