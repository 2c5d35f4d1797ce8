"""What people do reaches the bot as https://core.telegram.org/bots/api#update says."""

import pytest

from sandbox.values import Json
from tests.sandbox.playing import DESK, GRIET, LAB, LIEN, NOOR, FakeClock, Play


async def heard(play: Play) -> list[str]:
    """List what the bot heard, in words."""
    return [update["message"]["text"] for update in await play.updates()]


async def refused(play: Play, path: str, **asked: object) -> str:
    async with play.session.post(f"{play.sandbox.url}/sandbox/{path}", json=asked) as response:
        assert response.status == 400
        return str((await response.json())["error"])


async def test_a_message_names_its_sender_and_chat(play: Play, clock: FakeClock) -> None:
    sent = await play.write(GRIET, "Meer bomen")
    [update] = await play.updates()
    assert (
        update["message"]
        == sent
        == {
            "message_id": sent["message_id"],
            "from": {
                "id": GRIET,
                "is_bot": False,
                "first_name": "Griet",
                "last_name": "Peeters",
                "language_code": "nl",
            },
            "chat": {"id": GRIET, "type": "private", "first_name": "Griet", "last_name": "Peeters"},
            "date": int(clock.now),
            "text": "Meer bomen",
        }
    )


async def test_a_deep_link_starts_with_its_payload(play: Play) -> None:
    await play.write(NOOR, "/start lab_7-x")
    [update] = await play.updates()
    assert update["message"]["text"] == "/start lab_7-x"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_starting_a_chat_is_no_change_of_members(play: Play) -> None:
    await play.write(NOOR, "/start")
    assert [set(update) for update in await play.updates()] == [{"update_id", "message"}]


async def test_an_edited_message_keeps_its_id_and_has_the_date_of_the_edit(
    play: Play, clock: FakeClock
) -> None:
    message = await play.write(GRIET, "Meer bomem in #tienen")
    clock.forward(30)
    path = f"chats/{GRIET}/messages/{message['message_id']}/edit"
    edited = await play.act(path, **{"from": GRIET}, text="Meer bomen")
    update = (await play.updates())[-1]
    assert update["edited_message"] == edited
    assert edited["message_id"] == message["message_id"]
    assert (edited["date"], edited["edit_date"]) == (message["date"], message["date"] + 30)
    assert "entities" not in edited


async def test_people_edit_their_own_messages_alone(play: Play) -> None:
    welcome = await play.say("Welkom", LAB)
    theirs = await play.write(NOOR, "Hallo", LAB)
    for message in (welcome, theirs):
        path = f"chats/{LAB}/messages/{message['message_id']}/edit"
        assert await refused(play, path, **{"from": GRIET}, text="x")


async def test_a_reply_holds_what_it_answers(play: Play) -> None:
    question = await play.say("Wat vindt u?")
    answer = await play.write(GRIET, "Goed", reply_to_message_id=question["message_id"])
    again = await play.write(GRIET, "Heel goed", reply_to_message_id=answer["message_id"])
    assert answer["reply_to_message"] == question
    assert "reply_to_message" not in again["reply_to_message"]


async def test_a_forward_names_who_wrote_first(play: Play) -> None:
    known = await play.write(GRIET, "Meer bomen", forward_from=NOOR)
    hidden = await play.write(GRIET, "Meer bomen", forward_from="Een buur")
    assert known["forward_origin"]["type"] == "user"
    assert known["forward_origin"]["sender_user"]["id"] == NOOR
    assert hidden["forward_origin"]["type"] == "hidden_user"
    assert hidden["forward_origin"]["sender_user_name"] == "Een buur"
    assert all(isinstance(message["forward_origin"]["date"], int) for message in (known, hidden))


async def test_a_block_and_its_end_are_told(play: Play) -> None:
    for blocked in (True, True, False):
        await play.act(f"people/{GRIET}/block", blocked=blocked)
    changes = [update["my_chat_member"] for update in await play.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert [change["from"]["id"] for change in changes] == [GRIET, GRIET]
    assert changes[0]["new_chat_member"]["until_date"] == 0


async def test_who_blocked_the_bot_and_writes_again_is_back(play: Play) -> None:
    await play.act(f"people/{GRIET}/block", blocked=True)
    await play.write(GRIET, "/start")
    await play.say("Welkom terug")
    kinds = [set(update) - {"update_id"} for update in await play.updates()]
    assert kinds == [{"my_chat_member"}, {"my_chat_member"}, {"message"}]


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("Hallo allemaal", False),
        ("/help", True),
        ("/help@morgen_sandbox_bot", True),
        ("/help@other_bot", False),
        ("Wat denkt @morgen_sandbox_bot ervan?", True),
    ],
)
async def test_privacy_mode_lets_a_bot_hear_what_is_meant_for_it(
    play: Play, text: str, is_heard: bool
) -> None:
    await play.write(NOOR, text, LAB)
    assert await heard(play) == [text] * is_heard


async def test_a_reply_to_the_bot_is_meant_for_it(play: Play) -> None:
    question = await play.say("Wat vindt u?", LAB)
    other = await play.write(NOOR, "Ssst", LAB)
    await play.write(NOOR, "Goed", LAB, reply_to_message_id=question["message_id"])
    await play.write(NOOR, "Jij ook", LAB, reply_to_message_id=other["message_id"])
    assert await heard(play) == ["Goed"]


async def test_an_administrator_hears_everything(play: Play) -> None:
    await play.write(LIEN, "Hallo allemaal", DESK)
    assert await heard(play) == ["Hallo allemaal"]


async def test_a_bot_without_privacy_mode_hears_everything(play: Play) -> None:
    play.sandbox.world.privacy_mode = False
    await play.write(NOOR, "Hallo allemaal", LAB)
    assert await heard(play) == ["Hallo allemaal"]
    assert (await play.do("getMe"))["can_read_all_group_messages"] is True


@pytest.mark.parametrize(
    ("kind", "more", "fields"),
    [
        ("location", {"latitude": 50.8, "longitude": 4.9}, {"latitude", "longitude"}),
        ("venue", {"latitude": 50.8, "longitude": 4.9}, {"location", "title", "address"}),
        ("sticker", {}, {"file_id", "file_unique_id", "type", "width", "height", "is_animated", "is_video"}),
        ("contact", {}, {"phone_number", "first_name"}),
        ("dice", {}, {"emoji", "value"}),
        (
            "poll",
            {"question": "Bomen?", "options": ["Ja", "Nee"]},
            {"id", "question", "options", "total_voter_count", "is_closed", "is_anonymous", "type"},
        ),
    ],
)
async def test_other_kinds_have_the_fields_that_they_must_have(
    play: Play, kind: str, more: Json, fields: set[str]
) -> None:
    await play.act(f"chats/{GRIET}/send", **{"from": GRIET}, kind=kind, **more)
    [update] = await play.updates()
    assert fields <= set(update["message"][kind])


@pytest.mark.parametrize(
    "asked",
    [
        {"from": GRIET, "text": ""},
        {"from": GRIET, "text": "a" * 4097},
        {"from": GRIET, "kind": "smell"},
        {"from": GRIET, "kind": "location", "latitude": 91, "longitude": 0},
        {"from": GRIET, "kind": "location"},
        {"from": NOOR, "text": "in another's chat"},
        {"from": 5, "text": "nobody"},
        {"text": "nobody"},
        {"from": GRIET, "text": "x", "reply_to_message_id": 3},
        {"from": GRIET, "text": "x", "message_thread_id": 3},
    ],
)
async def test_what_people_cannot_do_is_refused_and_not_told(play: Play, asked: Json) -> None:
    assert await refused(play, f"chats/{GRIET}/send", **asked)
    assert await play.updates() == []


async def test_an_album_has_one_id(play: Play) -> None:
    for _ in range(2):
        await play.upload(GRIET, b"%PDF", "document", "plan.pdf", media_group_id="7")
    assert [update["message"]["media_group_id"] for update in await play.updates()] == ["7", "7"]


async def test_a_new_person_can_be_let_in(play: Play) -> None:
    person = await play.act("people", first_name="Yasmine", language_code="fr", started=True)
    await play.say("Bienvenue", person["id"])
    assert await refused(play, "people", first_name="Dubbel", id=person["id"])
