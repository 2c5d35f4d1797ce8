"""Commands, texts and menu buttons: https://core.telegram.org/bots/api#botcommandscope"""

import pytest

from sandbox.values import Json
from tests.sandbox.playing import GRIET, LAB, LIEN, NOOR, Play


def command(name: str, description: str = "Doe iets") -> Json:
    return {"command": name, "description": description}


async def offer(play: Play, name: str, scope: Json | None = None, language: str = "") -> None:
    await play.do("setMyCommands", commands=[command(name)], scope=scope, language_code=language)


async def seen(play: Play, person: int, chat: int | None = None) -> str:
    """Name the command that a person is offered in a chat."""
    shown = await play.look(f"chats/{chat or person}/commands?person={person}")
    return " ".join(found["command"] for found in shown["commands"])


async def test_commands_come_back_as_they_were_set(play: Play) -> None:
    commands = [command("idee", "Deel een idee"), command("hulp_2")]
    assert await play.do("setMyCommands", commands=commands) is True
    assert await play.do("getMyCommands") == commands
    assert await play.do("deleteMyCommands") is True
    assert await play.do("getMyCommands") == []


async def test_commands_belong_to_their_scope_and_language(play: Play) -> None:
    lab = {"type": "chat", "chat_id": LAB}
    await offer(play, "lab", lab, "nl")
    assert await play.do("getMyCommands", scope=lab, language_code="nl") == [command("lab")]
    assert await play.do("getMyCommands", scope=lab) == []
    assert await play.do("getMyCommands", scope={"type": "default"}, language_code="nl") == []


async def test_a_person_is_offered_the_narrowest_scope(play: Play) -> None:
    scopes: list[Json] = [
        {"type": "default"},
        {"type": "all_group_chats"},
        {"type": "all_chat_administrators"},
        {"type": "chat", "chat_id": LAB},
        {"type": "chat_administrators", "chat_id": LAB},
        {"type": "chat_member", "chat_id": LAB, "user_id": LIEN},
    ]
    offered = []
    for number, scope in enumerate(scopes):
        await offer(play, f"step{number}", scope)
        offered.append((await seen(play, NOOR, LAB), await seen(play, LIEN, LAB)))
    assert offered == [
        ("step0", "step0"),
        ("step1", "step1"),
        ("step1", "step2"),
        ("step3", "step3"),
        ("step3", "step4"),
        ("step3", "step5"),
    ]
    assert await seen(play, GRIET) == "step0"


async def test_a_person_is_offered_commands_in_their_language_first(play: Play) -> None:
    await offer(play, "idea")
    await offer(play, "idee", language="nl")
    await offer(play, "idee_fr", language="fr")
    assert await seen(play, GRIET) == "idee"
    assert await seen(play, NOOR) == "idee_fr"
    assert await seen(play, LIEN) == "idea"


async def test_a_narrow_scope_goes_before_a_language(play: Play) -> None:
    await offer(play, "idee", language="nl")
    await offer(play, "idea", {"type": "all_private_chats"})
    assert await seen(play, GRIET) == "idea"


@pytest.mark.parametrize(
    ("name", "description", "reason"),
    [
        ("Idee", "x", "BOT_COMMAND_INVALID"),
        ("i dee", "x", "BOT_COMMAND_INVALID"),
        ("", "x", "BOT_COMMAND_INVALID"),
        ("a" * 33, "x", "BOT_COMMAND_INVALID"),
        ("idee", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("idee", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_has_a_name_and_a_description(
    play: Play, name: str, description: str, reason: str
) -> None:
    refused = await play.refused("setMyCommands", commands=[command(name, description)])
    assert refused == f"Bad Request: {reason}"
    await play.do("setMyCommands", commands=[command("a" * 32, "x" * 256)])


async def test_at_most_100_commands_are_offered(play: Play) -> None:
    many = [command(f"c{number}") for number in range(101)]
    assert await play.refused("setMyCommands", commands=many) == "Bad Request: BOT_COMMANDS_TOO_MUCH"
    await play.do("setMyCommands", commands=many[:100])


@pytest.mark.parametrize("scope", [{"type": "everybody"}, {"type": "chat"}, {}, "chat", [1]])
async def test_a_scope_is_one_of_those_that_exist(play: Play, scope: object) -> None:
    await play.refused("setMyCommands", commands=[command("idee")], scope=scope)


async def test_a_language_has_two_letters(play: Play) -> None:
    refused = await play.refused("setMyCommands", commands=[command("idee")], language_code="nld")
    assert refused == "Bad Request: invalid language code specified"


@pytest.mark.parametrize(
    ("method", "field", "limit"),
    [
        ("Name", "name", 64),
        ("Description", "description", 512),
        ("ShortDescription", "short_description", 120),
    ],
)
async def test_texts_have_their_limit_and_language(play: Play, method: str, field: str, limit: int) -> None:
    await play.do(f"setMy{method}", **{field: "x" * limit})
    await play.do(f"setMy{method}", **{field: "nederlands", "language_code": "nl"})
    await play.refused(f"setMy{method}", **{field: "x" * (limit + 1)})
    assert await play.do(f"getMy{method}") == {field: "x" * limit}
    assert await play.do(f"getMy{method}", language_code="nl") == {field: "nederlands"}
    assert await play.do(f"getMy{method}", language_code="fr") == {field: "x" * limit}
    await play.do(f"setMy{method}", **{field: "", "language_code": "nl"})
    assert await play.do(f"getMy{method}", language_code="nl") == {field: "x" * limit}


async def test_a_menu_button_is_that_of_the_chat_or_the_default(play: Play) -> None:
    assert await play.do("getChatMenuButton") == {"type": "commands"}
    app = {"type": "web_app", "text": "Bord", "web_app": {"url": "https://tienen.be"}}
    await play.do("setChatMenuButton", chat_id=GRIET, menu_button=app)
    assert await play.do("getChatMenuButton", chat_id=GRIET) == app
    assert await play.do("getChatMenuButton", chat_id=LIEN) == {"type": "commands"}
    await play.refused("setChatMenuButton", menu_button={"type": "door"})


async def test_the_bot_knows_itself(play: Play) -> None:
    bot = await play.do("getMe")
    assert (bot["id"], bot["is_bot"], bot["username"]) == (7_000_000_001, True, "morgen_sandbox_bot")
    assert bot["can_read_all_group_messages"] is False
