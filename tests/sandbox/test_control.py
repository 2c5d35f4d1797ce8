"""The control API shows what happens, as it happens."""

import asyncio
import json

import aiohttp

from sandbox.values import Json
from tests.sandbox.playing import GRIET, LAB, LIEN, NOOR, SQUARE, Play, buttons


async def next_event(response: aiohttp.ClientResponse) -> Json:
    while True:
        line = await response.content.readline()
        if line.startswith(b"data: "):
            event: Json = json.loads(line.removeprefix(b"data: "))
            return event


async def test_everybody_and_every_chat_is_shown(play: Play) -> None:
    state = await play.look("state")
    people = {person["id"]: person["first_name"] for person in state["people"]}
    chats = {chat["id"]: chat for chat in state["chats"]}
    assert people[NOOR] == "Noor"
    assert chats[LAB]["members"] == [GRIET, NOOR, LIEN]
    assert chats[LAB]["admins"] == [LIEN]
    assert chats[SQUARE]["is_forum"] is True
    assert state["bot"]["username"] == "morgen_sandbox_bot"


async def test_who_watches_is_told_of_messages_edits_deletions_and_toasts(play: Play) -> None:
    async with play.session.get(f"{play.sandbox.url}/sandbox/events") as events:
        await events.content.readline()
        message = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
        query_id = await play.press(GRIET, message, "yes")
        await play.do("answerCallbackQuery", callback_query_id=query_id, text="Bedankt", show_alert=True)
        where = {"chat_id": GRIET, "message_id": message["message_id"]}
        await play.do("editMessageText", **where, text="Gesloten")
        await play.do("deleteMessage", **where)
        told = [await next_event(events) for _ in range(4)]
    assert [event["type"] for event in told] == ["message", "toast", "edited", "deleted"]
    assert told[0]["message"] == message
    assert (told[1]["text"], told[1]["alert"], told[1]["person"]) == ("Bedankt", True, GRIET)
    assert told[2]["message"]["text"] == "Gesloten"
    assert told[3]["message_id"] == message["message_id"]


async def test_the_calls_of_the_bot_are_kept_in_order(play: Play) -> None:
    await play.do("getMe")
    message = await play.say("Welkom")
    await play.refused("sendMessage", chat_id=5, text="x")
    await play.updates()
    calls = (await play.look("calls"))["calls"]
    assert [(call["method"], call["status"]) for call in calls] == [
        ("getMe", 200),
        ("sendMessage", 200),
        ("sendMessage", 400),
    ]
    assert calls[1]["result_message_id"] == message["message_id"]
    assert calls[1]["params"] == {"chat_id": GRIET, "text": "Welkom"}
    assert calls[2]["description"] == "Bad Request: chat not found"
    since = (await play.look(f"calls?since={calls[1]['seq']}&method=SENDMESSAGE"))["calls"]
    assert since == calls[2:]


async def test_calls_can_be_waited_for(play: Play) -> None:
    waiting = asyncio.create_task(play.look(f"calls?method=sendMessage&chat_id={GRIET}&at_least=2&wait=60"))
    await play.say("een")
    await play.say("elders", LIEN)
    await play.say("twee")
    assert [call["params"]["text"] for call in (await waiting)["calls"]] == ["een", "twee"]


async def test_waiting_for_calls_ends(play: Play) -> None:
    assert await play.look("calls?at_least=1&wait=0.05") == {"calls": []}


async def test_recording_can_be_switched_off(play: Play) -> None:
    await play.act("calls/recording", on=False)
    await play.say("Welkom")
    assert await play.look("calls") == {"calls": []}


async def test_a_file_of_somebody_is_not_run_by_the_page(play: Play) -> None:
    message = await play.upload(GRIET, b"<script>alert(1)</script>", "document", "x.html")
    address = f"{play.sandbox.url}/sandbox/files/{message['document']['file_id']}"
    async with play.session.get(address) as response:
        assert await response.read() == b"<script>alert(1)</script>"
        assert response.headers["content-disposition"] == "attachment"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in response.headers["content-security-policy"]


async def test_what_is_not_there_is_one_clear_error(play: Play) -> None:
    for path, status in (("chats/5/messages", 400), ("files/x", 404), ("nothing", 404)):
        async with play.session.get(f"{play.sandbox.url}/sandbox/{path}") as response:
            assert response.status == status
