"""Buttons and presses: https://core.telegram.org/bots/api#inlinekeyboardbutton and #answercallbackquery"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.values import Json
from tests.sandbox.playing import DESK, GRIET, LAB, LIEN, NOOR, FakeClock, Play, buttons

RULE = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def refused(play: Play, *keys: object, markup: Json | None = None) -> str:
    asked = markup or {"inline_keyboard": [list(keys)]}
    return await play.refused("sendMessage", chat_id=GRIET, text="Steunt u dit?", reply_markup=asked)


@RULE
@given(data=st.text(st.characters(codec="utf-8"), max_size=80))
async def test_callback_data_is_1_to_64_bytes(play: Play, data: str) -> None:
    answer = await play.answer(
        "sendMessage", chat_id=GRIET, text="Steunt u dit?", reply_markup=buttons([("Ja", data)])
    )
    if 1 <= len(data.encode()) <= 64:
        assert answer["result"]["reply_markup"] == buttons([("Ja", data)])
    else:
        assert answer["description"] == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize("data", ["a" * 64, "é" * 32, "🌳" * 16])
async def test_callback_data_of_64_bytes_fits_and_one_more_does_not(play: Play, data: str) -> None:
    await play.say("Steunt u dit?", reply_markup=buttons([("Ja", data)]))
    assert (
        await refused(play, {"text": "Ja", "callback_data": data + "a"}) == "Bad Request: BUTTON_DATA_INVALID"
    )


@pytest.mark.parametrize(
    "key", [{"text": "Ja"}, {"text": "Ja", "url": "https://tienen.be", "callback_data": "x"}]
)
async def test_a_button_does_exactly_one_thing(play: Play, key: Json) -> None:
    assert (await refused(play, key)).startswith("Bad Request: can't parse inline keyboard button: ")


async def test_a_button_has_a_text(play: Play) -> None:
    assert await refused(play, {"callback_data": "x"}) == (
        "Bad Request: can't parse inline keyboard button: Can't find field \"text\""
    )


async def test_a_button_leads_to_a_real_address(play: Play) -> None:
    assert "Wrong HTTP URL" in await refused(play, {"text": "Bord", "url": "nowhere"})
    message = await play.say(
        "Bord", reply_markup={"inline_keyboard": [[{"text": "Bord", "url": "https://tienen.be"}]]}
    )
    assert message["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://tienen.be/"


async def test_a_keyboard_has_at_most_100_buttons(play: Play) -> None:
    many = [[("x", str(number))] for number in range(101)]
    await play.say("Kies", reply_markup=buttons(*many[:100]))
    assert await refused(play, markup=buttons(*many)) == "Bad Request: REPLY_MARKUP_TOO_LONG"


async def test_markup_that_is_no_json_is_refused(play: Play) -> None:
    answer = await play.refused("sendMessage", chat_id=GRIET, text="x", reply_markup="{")
    assert answer == "Bad Request: can't parse reply keyboard markup JSON object"


async def test_a_reply_keyboard_stays_until_it_is_removed(play: Play) -> None:
    keyboard = {"keyboard": [[{"text": "Mijn plek", "request_location": True}]]}
    await play.say("Waar?", reply_markup=keyboard)

    async def shown() -> object:
        chats = (await play.look("state"))["chats"]
        return next(chat["reply_keyboard"] for chat in chats if chat["id"] == GRIET)

    assert await shown() == keyboard
    await play.say("Bedankt", reply_markup={"remove_keyboard": True})
    assert await shown() is None


async def test_a_press_is_told_with_its_message_and_data(play: Play) -> None:
    message = await play.say("Steunt u dit?", LAB, reply_markup=buttons([("Ja", "yes"), ("Nee", "no")]))
    query_id = await play.press(NOOR, message, "no")
    [update] = await play.updates()
    query = update["callback_query"]
    assert query["id"] == query_id
    assert query["from"]["id"] == NOOR
    assert query["message"] == message
    assert query["data"] == "no"
    assert isinstance(query["chat_instance"], str)


async def test_a_button_that_is_not_there_cannot_be_pressed(play: Play) -> None:
    message = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
    where = f"{play.sandbox.url}/sandbox/chats/{GRIET}/messages/{message['message_id']}/press"
    async with play.session.post(where, json={"from": GRIET, "data": "no"}) as response:
        assert response.status == 400
    async with play.session.post(where, json={"from": LIEN, "data": "yes"}) as response:
        assert response.status == 400
    assert await play.updates() == []


async def test_a_press_is_answered(play: Play) -> None:
    message = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
    query_id = await play.press(GRIET, message, "yes")
    assert await play.do("answerCallbackQuery", callback_query_id=query_id) is True
    assert await play.do("answerCallbackQuery", callback_query_id=query_id, text="Bedankt", show_alert=True)


async def test_an_answer_to_a_press_has_at_most_200_characters(play: Play) -> None:
    message = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
    query_id = await play.press(GRIET, message, "yes")
    await play.do("answerCallbackQuery", callback_query_id=query_id, text="é" * 200)
    answer = await play.refused("answerCallbackQuery", callback_query_id=query_id, text="é" * 201)
    assert answer == "Bad Request: MESSAGE_TOO_LONG"


@pytest.mark.parametrize("query_id", ["", "1", "no number"])
async def test_a_press_that_never_was_cannot_be_answered(play: Play, query_id: str) -> None:
    assert await play.refused("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD


async def test_a_press_is_too_old_after_a_while(play: Play, clock: FakeClock) -> None:
    message = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
    old = await play.press(GRIET, message, "yes")
    clock.forward(16 * 60)
    new = await play.press(GRIET, message, "yes")
    assert await play.refused("answerCallbackQuery", callback_query_id=old) == TOO_OLD
    assert await play.do("answerCallbackQuery", callback_query_id=new)


async def test_a_press_reaches_the_bot_in_groups_too(play: Play) -> None:
    for chat in (LAB, DESK):
        message = await play.say("Steunt u dit?", chat, reply_markup=buttons([("Ja", "yes")]))
        await play.press(LIEN, message, "yes")
    found = [update["callback_query"]["message"]["chat"]["id"] for update in await play.updates()]
    assert found == [LAB, DESK]
