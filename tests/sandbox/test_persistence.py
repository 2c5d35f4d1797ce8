"""A world in a folder goes on where it was."""

from pathlib import Path

import aiohttp
import pytest

from sandbox.errors import SandboxError
from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.playing import GRIET, LAB, LIEN, SQUARE, FakeClock, Play, buttons, inhabit


async def lived_in(folder: Path, clock: FakeClock) -> tuple[dict[str, object], Play]:
    """Let things happen in a world and end it; gives what it showed last."""
    async with (
        serve(inhabit(World(clock=clock, folder=folder)), page=False) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        play = Play(sandbox, session)
        await play.write(GRIET, "gelezen")
        [first] = await play.updates()
        await play.updates(offset=first["update_id"] + 1)
        await play.upload(GRIET, b"%PDF-1.7 a plan", "document", "plan.pdf")
        await play.do("createForumTopic", chat_id=SQUARE, name="Bomen")
        await play.act(f"chats/{LAB}/upgrade")
        await play.do("setMyCommands", commands=[{"command": "idee", "description": "Deel"}])
        question = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
        await play.press(GRIET, question, "yes")
        shown = {
            "state": await play.look("state"),
            "messages": await play.look(f"chats/{GRIET}/messages"),
            "updates": await play.updates(),
            "commands": await play.do("getMyCommands"),
        }
        return shown, play


async def test_a_world_is_the_same_after_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    before, _ = await lived_in(tmp_path, clock)
    async with (
        serve(World.load(tmp_path, clock=clock), page=False) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        play = Play(sandbox, session)
        assert before == {
            "state": await play.look("state"),
            "messages": await play.look(f"chats/{GRIET}/messages"),
            "updates": await play.updates(),
            "commands": await play.do("getMyCommands"),
        }


async def test_numbers_go_on_after_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    before, _ = await lived_in(tmp_path, clock)
    async with (
        serve(World.load(tmp_path, clock=clock), page=False) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        play = Play(sandbox, session)
        *old, last = await play.updates()
        assert [*old, last] == before["updates"]
        message = await play.write(GRIET, "daarna")
        [update] = await play.updates(offset=last["update_id"] + 1)
        assert update["update_id"] == last["update_id"] + 1
        assert message["message_id"] == last["callback_query"]["message"]["message_id"] + 1


async def test_files_and_presses_outlive_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    await lived_in(tmp_path, clock)
    async with (
        serve(World.load(tmp_path, clock=clock), page=False) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        play = Play(sandbox, session)
        updates = await play.updates()
        file = await play.do("getFile", file_id=updates[0]["message"]["document"]["file_id"])
        async with session.get(f"{sandbox.base_file_url}{sandbox.token}/{file['file_path']}") as response:
            assert await response.read() == b"%PDF-1.7 a plan"
        query_id = updates[-1]["callback_query"]["id"]
        assert await play.do("answerCallbackQuery", callback_query_id=query_id) is True


async def test_a_webhook_and_the_kinds_asked_for_outlive_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    world = World(clock=clock, folder=tmp_path)
    async with serve(world, page=False) as sandbox, aiohttp.ClientSession() as session:
        asked = {"url": "http://127.0.0.1:9/hook", "secret_token": "s", "allowed_updates": ["message"]}
        await Play(sandbox, session).do("setWebhook", **asked)
    async with (
        serve(World.load(tmp_path, clock=clock), page=False) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        info = await Play(sandbox, session).do("getWebhookInfo")
    assert info["url"] == "http://127.0.0.1:9/hook"
    assert info["allowed_updates"] == ["message"]
    assert sandbox.world.webhook is not None
    assert sandbox.world.webhook.secret_token == "s"


async def test_a_world_without_a_folder_leaves_nothing(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with serve(inhabit(World(clock=clock)), page=False) as sandbox, aiohttp.ClientSession() as session:
        await Play(sandbox, session).upload(LIEN, b"%PDF", "document", "plan.pdf")
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240


def test_a_fresh_world_does_not_repeat_the_numbers_of_an_older_one(clock: FakeClock) -> None:
    older = World(clock=clock)
    clock.forward(60)
    fresh = World(clock=clock)
    assert fresh.updates.next_id > older.updates.next_id
    assert fresh.first_message_id > older.first_message_id


@pytest.mark.parametrize("content", ["", "{", '{"version": 99}'])
def test_a_folder_that_cannot_be_read_is_one_clear_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "world.json").write_text(content)
    with pytest.raises(SandboxError, match="remove the folder to begin anew"):
        World.load(tmp_path)


async def test_reactions_and_inline_messages_outlive_a_restart(tmp_path: Path, clock: FakeClock) -> None:
    world = inhabit(World(clock=clock, folder=tmp_path))
    async with serve(world, page=False) as sandbox, aiohttp.ClientSession() as session:
        play = Play(sandbox, session)
        asked = await play.act(f"chats/{LAB}/inline", **{"from": GRIET}, query="bomen", wait=0)
        chosen = {"inline_query_id": asked["inline_query_id"], "result_id": "7"}
        article = {"type": "article", "id": "7", "title": "Bomen", "reply_markup": buttons([("Steun", "s")])}
        results = [{**article, "input_message_content": {"message_text": "Meer bomen"}}]
        await play.do("answerInlineQuery", inline_query_id=chosen["inline_query_id"], results=results)
        card = await play.act(f"chats/{LAB}/inline/choose", **{"from": GRIET}, **chosen)
        path = f"chats/{LAB}/messages/{card['message_id']}/react"
        await play.act(path, **{"from": LIEN}, reactions=["👍"])
        inline_id = (await play.updates())[-1]["chosen_inline_result"]["inline_message_id"]
    async with (
        serve(World.load(tmp_path, clock=clock), page=False) as sandbox,
        aiohttp.ClientSession() as session,
    ):
        play = Play(sandbox, session)
        assert await play.do("editMessageText", inline_message_id=inline_id, text="Meer bomen · 1") is True
        shown = await play.look(f"chats/{LAB}/messages")
        assert [message["text"] for message in shown["messages"]] == ["Meer bomen · 1"]
        assert shown["reactions"] == {str(card["message_id"]): {str(LIEN): ["👍"]}}
