"""python -m sandbox: a world with a chat page, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from sandbox import persistence
from sandbox.errors import SandboxError
from sandbox.server import serve
from sandbox.tokens import DEFAULT_TOKEN
from sandbox.world import World, demo_world


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="A local Bot API with a chat page."
    )
    parser.add_argument("--host", default="127.0.0.1", help="loopback only (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one (8081)")
    parser.add_argument("--token", default=DEFAULT_TOKEN, help=f"a sandbox token ({DEFAULT_TOKEN})")
    parser.add_argument("--town", default="Tienen", help="the town in the names of the bot and the groups")
    parser.add_argument("--folder", type=Path, help="keep the world here across restarts")
    parser.add_argument("--empty", action="store_true", help="begin without people")
    parser.add_argument("--limits", action="store_true", help="apply Telegram's flood limits")
    return parser.parse_args()


def _world(options: argparse.Namespace) -> World:
    folder: Path | None = options.folder
    if folder is not None and persistence.exists(folder):
        return World.load(folder, limits=options.limits)
    if options.empty:
        return World(options.token, limits=options.limits, folder=folder)
    return demo_world(options.town, folder=folder, token=options.token, limits=options.limits)


async def _run(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    async with serve(_world(options), options.host, options.port) as sandbox:
        sys.stdout.write(
            f"Chat page:     {sandbox.url}/\n"
            f"base_url:      {sandbox.base_url}\n"
            f"base_file_url: {sandbox.base_file_url}\n"
            f"token:         {sandbox.token}\n"
        )
        sys.stdout.flush()
        await stopped.wait()


def main() -> int:
    """Serve until stopped; 2 when it cannot begin."""
    try:
        asyncio.run(_run(_options()))
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
