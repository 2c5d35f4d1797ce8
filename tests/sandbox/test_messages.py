"""Messages keep the rules of https://core.telegram.org/bots/api#sendmessage and #updating-messages"""

import json

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.methods import METHODS
from sandbox.values import Json
from sandbox.world import World
from tests.sandbox.playing import DESK, GRIET, LAB, NOOR, FakeClock, Play, buttons

RULE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
KEYBOARD = buttons([("Ja", "yes"), ("Nee", "no")])


async def change(play: Play, message: Json, text: str, **params: object) -> Json:
    where = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    changed: Json = await play.do("editMessageText", **where, text=text, **params)
    return changed


async def test_a_sent_message_names_its_sender_chat_and_date(play: Play, clock: FakeClock) -> None:
    message = await play.say("Welkom")
    bot = await play.do("getMe")
    assert message["text"] == "Welkom"
    assert message["date"] == int(clock.now)
    assert message["chat"] == {"id": GRIET, "type": "private", "first_name": "Griet", "last_name": "Peeters"}
    assert message["from"] == {key: bot[key] for key in ("id", "is_bot", "first_name", "username")}


async def test_message_ids_rise_within_a_chat(play: Play) -> None:
    first, second = await play.say("een"), await play.write(GRIET, "twee")
    assert first["message_id"] < second["message_id"] < (await play.say("drie"))["message_id"]


async def test_a_person_sees_what_the_bot_sent(play: Play) -> None:
    message = await play.say("Welkom")
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == [message]


@pytest.mark.parametrize("way", ["query", "urlencoded", "multipart", "json"])
async def test_parameters_come_in_any_of_the_four_ways(play: Play, way: str) -> None:
    params = {"chat_id": str(GRIET), "text": "Één & twee", "reply_markup": json.dumps(KEYBOARD)}
    address = f"{play.api}/sendMessage"
    if way == "query":
        request = play.session.get(address, params=params)
    elif way == "urlencoded":
        request = play.session.post(address, data=params)
    elif way == "multipart":
        with aiohttp.MultipartWriter("form-data") as writer:
            for name, value in params.items():
                writer.append(value).set_content_disposition("form-data", name=name)
        request = play.session.post(address, data=writer)
    else:
        request = play.session.post(address, json=params)
    async with request as response:
        body = await response.json()
    assert body["result"]["text"] == "Één & twee"
    assert body["result"]["reply_markup"] == KEYBOARD


async def test_method_names_know_no_capitals(play: Play) -> None:
    assert (await play.do("SENDmessage", chat_id=GRIET, text="Welkom"))["text"] == "Welkom"


async def test_an_unknown_method_is_not_found(play: Play) -> None:
    assert await play.answer("sendTelegram") == {
        "ok": False,
        "error_code": 404,
        "description": "Not Found",
    }


async def test_another_token_is_unauthorized(play: Play) -> None:
    async with play.session.get(f"{play.sandbox.base_url}7000000001:sandbox-other/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": GRIET}, "message text is empty"),
        ({"chat_id": GRIET, "text": ""}, "message text is empty"),
        ({"chat_id": GRIET, "text": " \n "}, "text must be non-empty"),
        ({"chat_id": GRIET, "text": "a" * 4097}, "message is too long"),
        ({"text": "Welkom"}, "chat_id is empty"),
        ({"chat_id": 5, "text": "Welkom"}, "chat not found"),
        ({"chat_id": "@somewhere", "text": "Welkom"}, "chat not found"),
        ({"chat_id": GRIET, "text": "Welkom", "parse_mode": "Word"}, "unsupported parse_mode"),
        (
            {"chat_id": GRIET, "text": "x", "reply_parameters": {"message_id": 3}},
            "message to be replied not found",
        ),
        ({"chat_id": DESK, "text": "x", "message_thread_id": 3}, "message thread not found"),
    ],
)
async def test_what_cannot_be_sent_is_refused(play: Play, params: Json, reason: str) -> None:
    assert await play.refused("sendMessage", **params) == f"Bad Request: {reason}"


async def test_a_bot_does_not_write_first(play: Play) -> None:
    refused = await play.answer("sendMessage", chat_id=NOOR, text="Welkom")
    assert refused["error_code"] == 403
    assert refused["description"] == "Forbidden: bot can't initiate conversation with a user"
    await play.write(NOOR, "/start")
    await play.say("Welkom", NOOR)


async def test_a_bot_that_is_blocked_cannot_write(play: Play) -> None:
    await play.act(f"people/{GRIET}/block", blocked=True)
    refused = await play.answer("sendMessage", chat_id=GRIET, text="Welkom")
    assert refused["error_code"] == 403
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    await play.act(f"people/{GRIET}/block", blocked=False)
    await play.say("Welkom")


async def test_4096_characters_fit(play: Play) -> None:
    assert len((await play.say("a" * 4096))["text"]) == 4096


async def test_length_is_counted_after_entities_are_parsed(play: Play) -> None:
    source = f"<b>{'a' * 4000}</b>{'&lt;' * 96}"
    message = await play.say(source, parse_mode="HTML")
    assert message["text"] == "a" * 4000 + "<" * 96
    refused = await play.refused("sendMessage", chat_id=GRIET, text=source + "a", parse_mode="HTML")
    assert refused == "Bad Request: message is too long"


@RULE
@given(emoji=st.integers(0, 2050), letters=st.integers(0, 4200))
async def test_length_is_counted_in_utf_16_code_units(play: Play, emoji: int, letters: int) -> None:
    text = "🌳" * emoji + "a" * letters or "."
    answer = await play.answer("sendMessage", chat_id=GRIET, text=text)
    assert answer["ok"] is (2 * emoji + letters <= 4096)


async def test_an_answer_holds_the_message_that_it_answers(play: Play) -> None:
    asked = await play.write(GRIET, "Meer bomen")
    answer = await play.say("Bedankt", reply_parameters={"message_id": asked["message_id"]})
    assert answer["reply_to_message"] == asked
    again = await play.say("Graag", reply_parameters={"message_id": answer["message_id"]})
    assert "reply_to_message" not in again["reply_to_message"]


async def test_an_answer_to_nothing_is_sent_when_that_is_allowed(play: Play) -> None:
    message = await play.say("x", reply_parameters={"message_id": 3, "allow_sending_without_reply": True})
    assert "reply_to_message" not in message


async def test_an_edited_message_keeps_its_id_and_date(play: Play, clock: FakeClock) -> None:
    message = await play.say("Welkm")
    clock.forward(60)
    changed = await change(play, message, "Welkom")
    assert changed == {**message, "text": "Welkom", "edit_date": message["date"] + 60}
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == [changed]


async def test_an_edit_without_a_keyboard_takes_it_away(play: Play) -> None:
    message = await play.say("Steunt u dit?", reply_markup=KEYBOARD)
    assert "reply_markup" not in await change(play, message, "Gesloten")


@pytest.mark.parametrize("text", ["<b>Welkom</b> ", " <strong>Welkom</strong>"])
async def test_the_same_words_and_keyboard_are_not_modified(play: Play, text: str) -> None:
    message = await play.say("<b>Welkom</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    same = {**where, "text": text, "parse_mode": "HTML", "reply_markup": KEYBOARD}
    assert await play.refused("editMessageText", **same) == NOT_MODIFIED
    await change(play, message, text, reply_markup=KEYBOARD)


async def test_a_second_edit_that_changes_nothing_is_not_modified(play: Play, clock: FakeClock) -> None:
    message = await play.say("Welkom")
    await change(play, message, "Dag")
    clock.forward(60)
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    assert await play.refused("editMessageText", **where, text="Dag") == NOT_MODIFIED


async def test_a_keyboard_is_edited_alone(play: Play) -> None:
    message = await play.say("<b>Steunt</b> u dit?", parse_mode="HTML", reply_markup=KEYBOARD)
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    assert await play.refused("editMessageReplyMarkup", **where, reply_markup=KEYBOARD) == NOT_MODIFIED
    changed = await play.do("editMessageReplyMarkup", **where, reply_markup=buttons([("Ja (1)", "yes")]))
    assert changed["reply_markup"] == buttons([("Ja (1)", "yes")])
    assert changed["entities"] == message["entities"]
    assert "reply_markup" not in await play.do("editMessageReplyMarkup", **where)
    assert await play.refused("editMessageReplyMarkup", **where) == NOT_MODIFIED


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"message_id": 3}, "message to edit not found"),
        ({}, "message identifier is not specified"),
        ({"message_id": "mine", "text": ""}, "message text is empty"),
        ({"message_id": "mine", "text": "a" * 4097}, "MESSAGE_TOO_LONG"),
        ({"message_id": "theirs"}, "message can't be edited"),
        ({"message_id": "place"}, "there is no text in the message to edit"),
        ({"message_id": "mine", "reply_markup": {"remove_keyboard": True}}, "inline keyboard expected"),
    ],
)
async def test_what_cannot_be_edited_is_refused(play: Play, params: Json, reason: str) -> None:
    messages = {
        "mine": await play.say("Welkom"),
        "theirs": await play.write(GRIET, "Meer bomen"),
        "place": await play.do("sendLocation", chat_id=GRIET, latitude=50.8, longitude=4.9),
    }
    named = messages.get(params.get("message_id", ""), {"message_id": params.get("message_id")})
    asked = {"text": "Dag", **params, "message_id": named["message_id"]}
    assert await play.refused("editMessageText", chat_id=GRIET, **asked) == f"Bad Request: {reason}"


async def test_a_deleted_message_is_gone(play: Play) -> None:
    message = await play.say("Welkom")
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    assert await play.do("deleteMessage", **where) is True
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == []
    assert await play.refused("deleteMessage", **where) == "Bad Request: message to delete not found"
    assert (
        await play.refused("editMessageText", **where, text="Dag") == "Bad Request: message to edit not found"
    )


async def test_a_bot_deletes_incoming_messages_in_private_chats(play: Play) -> None:
    message = await play.write(GRIET, "Meer bomen")
    assert await play.do("deleteMessage", chat_id=GRIET, message_id=message["message_id"]) is True


async def test_in_a_group_only_an_administrator_deletes_what_others_wrote(play: Play) -> None:
    message = await play.write(GRIET, "Meer bomen", LAB)
    where = {"chat_id": LAB, "message_id": message["message_id"]}
    assert await play.refused("deleteMessage", **where) == "Bad Request: message can't be deleted"
    await play.act(f"chats/{LAB}/bot", **{"from": NOOR}, status="administrator")
    assert await play.do("deleteMessage", **where) is True


async def test_a_message_is_deleted_within_48_hours(play: Play, clock: FakeClock) -> None:
    message = await play.say("Welkom")
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    clock.forward(48 * 3600 + 1)
    assert (
        await play.refused("deleteMessage", **where) == "Bad Request: message can't be deleted for everyone"
    )


async def test_messages_that_are_not_there_are_skipped_when_many_are_deleted(play: Play) -> None:
    first, second, third = [await play.say(text) for text in ("een", "twee", "drie")]
    ids = [first["message_id"], 3, third["message_id"]]
    assert await play.do("deleteMessages", chat_id=GRIET, message_ids=ids) is True
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == [second]


@pytest.mark.parametrize("ids", [[], None, [*range(1, 102)], "all"])
async def test_1_to_100_messages_are_deleted_at_once(play: Play, ids: object) -> None:
    await play.refused("deleteMessages", chat_id=GRIET, message_ids=ids)


async def test_an_action_is_one_of_those_that_exist(play: Play) -> None:
    assert await play.do("sendChatAction", chat_id=GRIET, action="typing") is True
    refused = await play.refused("sendChatAction", chat_id=GRIET, action="thinking")
    assert refused == "Bad Request: wrong parameter action in request"


async def test_a_protected_message_says_so(play: Play) -> None:
    assert (await play.say("Welkom", protect_content=True))["has_protected_content"] is True


_LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text()
_WORDS = st.sampled_from(
    ["photo", "bold", "pre", "chat", "chat_member", "default", "web_app", "HTML", "<b>x", "attach://x", "nan"]
)
_PLAIN = _LEAVES | _WORDS | st.lists(_LEAVES, max_size=2) | st.dictionaries(st.text(), _LEAVES, max_size=2)
_FIELDS = (
    "type", "offset", "length", "message_id", "inline_keyboard", "keyboard", "text", "callback_data", "url",
    "media", "command", "description", "chat_id", "user_id", "allow_sending_without_reply",
)  # fmt: skip
_OBJECT = st.dictionaries(st.sampled_from(_FIELDS), _PLAIN, min_size=1, max_size=5)
_KEYBOARD = st.builds(lambda button: {"inline_keyboard": [[button]]}, _OBJECT)
_PLAIN_NAMES = (
    "text", "caption", "parse_mode", "message_id", "photo", "document", "latitude", "longitude", "action",
    "callback_query_id", "file_id", "user_id", "name", "language_code", "message_thread_id", "icon_color",
    "reply_to_message_id", "url", "secret_token", "offset", "limit",
)  # fmt: skip
_OBJECT_NAMES = ("reply_parameters", "media", "scope", "menu_button", "link_preview_options", "reply_markup")
_LIST_NAMES = ("entities", "caption_entities", "commands", "message_ids", "allowed_updates")
_PARAMS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(_PLAIN_NAMES, _PLAIN),
        **dict.fromkeys(_OBJECT_NAMES, _PLAIN | _OBJECT | _KEYBOARD),
        **dict.fromkeys(_LIST_NAMES, _PLAIN | st.lists(_PLAIN | _OBJECT, max_size=3)),
    },
)


@settings(RULE, max_examples=80)
@given(
    method=st.sampled_from(sorted(METHODS)),
    chat_id=st.sampled_from([GRIET, LAB, DESK]) | _PLAIN,
    params=_PARAMS,
)
async def test_whatever_is_asked_is_done_or_refused_with_a_reason(
    play: Play, world: World, method: str, chat_id: object, params: dict[str, object]
) -> None:
    world.webhook = None
    answer = await play.answer(method, chat_id=chat_id, **{"text": "x", **params})
    assert answer["ok"] or answer["error_code"] in {400, 403}


async def test_a_form_that_is_none_is_refused(play: Play) -> None:
    for kind in ("application/json", "multipart/form-data"):
        headers = {"content-type": kind}
        async with play.session.post(f"{play.api}/sendMessage", data=b"{", headers=headers) as response:
            assert (response.status, (await response.json())["ok"]) == (400, False)
