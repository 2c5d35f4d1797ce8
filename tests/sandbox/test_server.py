"""The sandbox answers this machine alone, and takes no real token."""

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import AddressError, RealTokenError, SandboxError
from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.playing import Play, until

ROOT = Path(__file__).parents[2]


async def run(*arguments: str) -> tuple[int | None, str, str]:
    """Run the command until it ends; gives its exit code and what it wrote."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        *arguments,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def status(play: Play, path: str, **headers: str) -> int:
    async with play.session.get(f"{play.sandbox.url}{path}", headers=headers) as response:
        return response.status


@given(number=st.integers(10**7, 10**10), secret=st.text("abcdefgXYZ0123456789_-", min_size=35, max_size=35))
def test_a_token_like_a_real_one_is_refused_without_being_repeated(number: int, secret: str) -> None:
    with pytest.raises(RealTokenError) as refused:
        World(f"{number}:{secret}")
    assert secret not in str(refused.value)


@pytest.mark.parametrize(
    "token", ["", "geheim", "7:geheim", "x:sandbox-y", "7:sandbox-", "7:sandbox-a/b", "7:sandbox-a\n"]
)
def test_any_other_token_is_refused_without_being_repeated(token: str) -> None:
    with pytest.raises(SandboxError) as refused:
        World(token)
    assert "geheim" not in str(refused.value)


def test_a_sandbox_token_names_the_bot() -> None:
    assert World("42:sandbox-x").bot.id == 42


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "tienen.be", ""])
async def test_it_listens_on_loopback_alone(host: str) -> None:
    with pytest.raises(AddressError, match="this machine alone"):
        async with serve(World(), host):
            pass


async def test_a_port_in_use_is_one_clear_error(play: Play) -> None:
    port = int(play.sandbox.url.rpartition(":")[2])
    with pytest.raises(AddressError, match=rf"^Port {port} on 127\.0\.0\.1 cannot be used \(.+\); stop"):
        async with serve(World(), port=port):
            pass


async def test_a_port_is_free_again_after_the_end() -> None:
    async with serve(World()) as first:
        port = int(first.url.rpartition(":")[2])
    async with serve(World(), port=port) as second:
        assert second.url == first.url


@pytest.mark.parametrize("path", ["/sandbox/state", "/bot7000000001:sandbox-morgen/getMe", "/"])
@pytest.mark.parametrize(
    "host", ["tienen.be", "127.0.0.1.tienen.be", "localhost.tienen.be:80", "192.0.2.7:8081"]
)
async def test_a_foreign_host_is_refused(play: Play, path: str, host: str) -> None:
    assert await status(play, path, host=host) == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8081", "127.0.0.1:1", "[::1]:8081", "127.8.8.8"])
async def test_a_loopback_host_is_answered(play: Play, host: str) -> None:
    assert await status(play, "/sandbox/state", host=host) == 200


@pytest.mark.parametrize("origin", ["https://tienen.be", "http://127.0.0.1:1", "null", "http://localhost"])
async def test_another_page_is_refused(play: Play, origin: str) -> None:
    assert await status(play, "/sandbox/state", origin=origin) == 403


async def test_the_own_page_is_answered(play: Play) -> None:
    assert await status(play, "/sandbox/state", origin=play.sandbox.url) == 200


async def test_a_waiting_poll_does_not_hold_up_the_end() -> None:
    async with aiohttp.ClientSession() as session:
        async with serve(World(), page=False) as sandbox:
            play = Play(sandbox, session)
            poll = asyncio.create_task(play.answer("getUpdates", timeout=50))
            await until(lambda: sandbox.world.updates.is_awaited)
        assert await poll == {"ok": True, "result": []}


async def test_two_worlds_stand_beside_each_other() -> None:
    async with (
        serve(World(), page=False) as here,
        serve(World("42:sandbox-x"), page=False) as there,
        aiohttp.ClientSession() as session,
    ):
        bots = [(await Play(sandbox, session).do("getMe"))["id"] for sandbox in (here, there)]
    assert bots == [7_000_000_001, 42]


async def test_help_is_given() -> None:
    code, out, err = await run("--help")
    assert (code, err) == (0, "")
    assert out.startswith("usage: python -m sandbox")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--token", f"12345678:{'a' * 35}"), "looks like a real bot's"),
        (("--host", "0.0.0.0", "--port", "0"), "this machine alone"),
    ],
)
async def test_what_it_does_not_start_with_is_one_line(arguments: tuple[str, ...], says: str) -> None:
    code, out, err = await run(*arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert "aaaa" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal")
async def test_the_command_serves_until_it_is_stopped_and_keeps_its_folder(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--folder",
        str(tmp_path),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode() for _ in range(4)]
    shown = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    address = f"{shown['base_url']}{shown['token']}/getMe"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        assert (await response.json())["result"]["first_name"] == "Morgen Tienen"
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    assert len(World.load(tmp_path).people) == 7
