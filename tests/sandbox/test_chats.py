"""Groups, members and topics: https://core.telegram.org/bots/api#getchat and #forum-topics"""

import pytest

from sandbox.values import Json
from tests.sandbox.playing import DESK, GRIET, JONAS, LAB, LIEN, NOOR, SQUARE, Play


async def status(play: Play, chat_id: int, user_id: int) -> str:
    return str((await play.do("getChatMember", chat_id=chat_id, user_id=user_id))["status"])


async def set_bot_status(play: Play, chat_id: int, state: str) -> None:
    await play.act(f"chats/{chat_id}/bot", **{"from": LIEN}, status=state)


async def test_a_private_chat_has_its_persons_names(play: Play) -> None:
    chat = await play.do("getChat", chat_id=GRIET)
    assert (chat["id"], chat["type"], chat["first_name"]) == (GRIET, "private", "Griet")


async def test_a_group_has_its_title(play: Play) -> None:
    chat = await play.do("getChat", chat_id=SQUARE)
    assert (chat["type"], chat["title"], chat["is_forum"]) == ("supergroup", "Plein", True)
    assert "is_forum" not in await play.do("getChat", chat_id=LAB)


@pytest.mark.parametrize("chat_id", [5, NOOR, -7, "@plein"])
async def test_a_chat_that_the_bot_never_met_is_not_found(play: Play, chat_id: object) -> None:
    assert await play.refused("getChat", chat_id=chat_id) == "Bad Request: chat not found"


async def test_members_have_their_status(play: Play) -> None:
    bot = await play.do("getMe")
    assert await status(play, LAB, NOOR) == "member"
    assert await status(play, LAB, LIEN) == "administrator"
    assert await status(play, LAB, JONAS) == "left"
    assert await status(play, LAB, bot["id"]) == "member"
    assert await status(play, DESK, bot["id"]) == "administrator"
    assert (
        await play.refused("getChatMember", chat_id=LAB, user_id=5) == "Bad Request: PARTICIPANT_ID_INVALID"
    )
    assert await play.refused("getChatMember", chat_id=LAB) == "Bad Request: invalid user_id specified"


async def test_administrators_are_listed(play: Play) -> None:
    admins = await play.do("getChatAdministrators", chat_id=DESK)
    bot = await play.do("getMe")
    assert {admin["user"]["id"] for admin in admins} == {LIEN, bot["id"]}
    assert {admin["status"] for admin in admins} == {"administrator"}
    assert [admin["user"]["id"] for admin in await play.do("getChatAdministrators", chat_id=LAB)] == [LIEN]
    assert await play.refused("getChatAdministrators", chat_id=GRIET) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_members_are_counted_with_the_bot(play: Play) -> None:
    assert await play.do("getChatMemberCount", chat_id=LAB) == 4
    assert await play.do("getChatMemberCount", chat_id=GRIET) == 2


async def test_a_new_group_is_told(play: Play) -> None:
    chat = await play.act("chats", title="Werf", members=[GRIET, NOOR])
    [update] = await play.updates()
    told = update["my_chat_member"]
    assert told["chat"] == {"id": chat["id"], "title": "Werf", "type": "group"}
    assert told["from"]["id"] == GRIET
    assert (told["old_chat_member"]["status"], told["new_chat_member"]["status"]) == ("left", "member")
    assert told["new_chat_member"]["user"]["is_bot"] is True


async def test_a_change_of_the_bots_status_is_told(play: Play) -> None:
    await set_bot_status(play, LAB, "administrator")
    await set_bot_status(play, LAB, "administrator")
    await set_bot_status(play, LAB, "kicked")
    changes = [
        (
            update["my_chat_member"]["old_chat_member"]["status"],
            update["my_chat_member"]["new_chat_member"]["status"],
        )
        for update in await play.updates()
    ]
    assert changes == [("member", "administrator"), ("administrator", "kicked")]


@pytest.mark.parametrize(
    ("chat_id", "state", "reason"),
    [
        (LAB, "kicked", "bot was kicked from the group chat"),
        (SQUARE, "kicked", "bot was kicked from the supergroup chat"),
        (SQUARE, "left", "bot is not a member of the supergroup chat"),
    ],
)
async def test_a_bot_that_was_removed_can_neither_write_nor_look(
    play: Play, chat_id: int, state: str, reason: str
) -> None:
    await set_bot_status(play, chat_id, state)
    for method in ("sendMessage", "getChat", "getChatAdministrators", "leaveChat"):
        answer = await play.answer(method, chat_id=chat_id, text="x")
        assert (answer["error_code"], answer["description"]) == (403, f"Forbidden: {reason}")


async def test_a_bot_that_was_removed_hears_nothing(play: Play) -> None:
    await set_bot_status(play, DESK, "kicked")
    await play.write(LIEN, "Hoort u mij?", DESK)
    assert ["my_chat_member" in update for update in await play.updates()] == [True]


async def test_a_bot_leaves_a_group(play: Play) -> None:
    bot = await play.do("getMe")
    assert await play.do("leaveChat", chat_id=LAB) is True
    [update] = await play.updates()
    assert update["my_chat_member"]["from"]["id"] == bot["id"]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await play.refused("leaveChat", chat_id=GRIET) == (
        "Bad Request: chat member status can't be changed in private chats"
    )


async def test_a_group_that_became_a_supergroup_tells_where_it_is(play: Play) -> None:
    supergroup = await play.act(f"chats/{LAB}/upgrade")
    answer = await play.answer("sendMessage", chat_id=LAB, text="x")
    assert answer == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": supergroup["id"]},
    }
    assert str(supergroup["id"]).startswith("-100")
    assert (await play.say("x", supergroup["id"]))["chat"]["type"] == "supergroup"
    assert await status(play, supergroup["id"], NOOR) == "member"


async def test_an_upgrade_is_told_in_both_chats(play: Play) -> None:
    supergroup = await play.act(f"chats/{LAB}/upgrade")
    old, new = [update["message"] for update in await play.updates()]
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (LAB, supergroup["id"])
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (supergroup["id"], LAB)


async def test_an_administrator_makes_topics(play: Play) -> None:
    topic = await play.do("createForumTopic", chat_id=SQUARE, name=" Bomen ")
    thread = topic["message_thread_id"]
    assert topic["name"] == "Bomen"
    message = await play.say("Welkom", SQUARE, message_thread_id=thread)
    assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)


@pytest.mark.parametrize(
    ("chat_id", "name", "reason"),
    [(LAB, "Bomen", "the chat is not a forum"), (SQUARE, " ", "TOPIC_TITLE_EMPTY")],
)
async def test_a_topic_that_cannot_be_is_refused(play: Play, chat_id: int, name: str, reason: str) -> None:
    assert await play.refused("createForumTopic", chat_id=chat_id, name=name) == f"Bad Request: {reason}"


async def test_a_bot_without_rights_makes_no_topics(play: Play) -> None:
    await set_bot_status(play, SQUARE, "member")
    refused = await play.refused("createForumTopic", chat_id=SQUARE, name="Bomen")
    assert refused == "Bad Request: not enough rights to create a topic"


async def test_what_people_write_in_a_topic_says_so(play: Play) -> None:
    thread = (await play.do("createForumTopic", chat_id=SQUARE, name="Bomen"))["message_thread_id"]
    asked = await play.write(GRIET, "Meer bomen", SQUARE, message_thread_id=thread)
    answer = await play.write(LIEN, "Ja", SQUARE, reply_to_message_id=asked["message_id"])
    outside = await play.write(GRIET, "Hallo", SQUARE)
    shown: list[Json] = [update["message"] for update in await play.updates()]
    assert shown == [asked, answer, outside]
    assert [message.get("message_thread_id") for message in shown] == [thread, thread, None]
