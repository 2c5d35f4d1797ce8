"""The demo: a town on this machine, with a chat page in place of Telegram and ideas to start with."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.faults import StartError
from bot.runtime import now, run
from bot.settings import Settings
from cocreation.services.import_ideas import import_ideas
from cocreation.services.read_ideas import TableIdea, read_ideas
from cocreation.services.read_table import open_table
from examples import demo_files
from sandbox import persistence
from sandbox.demo import FACILITATORS, LIEN
from sandbox.errors import AddressError
from sandbox.server import Sandbox, serve
from sandbox.world import World, demo_world
from storage.engine import SqlStorage

TOWN = "Wilgenbeke"
HOST = "127.0.0.1"


async def run_demo(folder: Path, port: int, stopped: asyncio.Event, on_ready: Callable[[str], None]) -> None:
    """Run until `stopped` is set, keeping everything in `folder`; the board takes the port after `port`.

    `on_ready` hears the one address to open. Raises StartError or StorageError when it cannot run.
    """
    chat = folder / "chat"
    world = World.load(chat) if persistence.exists(chat) else demo_world(TOWN, folder=chat)
    try:
        async with serve(world, HOST, port) as sandbox:
            settings = demo_settings(sandbox, folder, port + 1)
            world.links["board"] = settings.board.public_url
            await _fill(settings)
            await run(settings, stopped, lambda: on_ready(sandbox.url), chat_url=f"{sandbox.url}/")
    except AddressError:
        raise StartError(
            f"port {port} is in use, perhaps by a demo that is running already: http://{HOST}:{port}/ "
            f'Stop it, or take another port: make demo ARGS="--port {port + 1000}"'
        ) from None


def demo_settings(sandbox: Sandbox, folder: Path, port: int) -> Settings:
    """The settings of the demo's town, whatever config.toml and the environment say."""
    return Settings.model_validate(
        {
            "town": {
                "name": TOWN,
                "facilitator_chat": FACILITATORS,
                "administrators": [LIEN],
                "contact": "privacy@wilgenbeke.example",
            },
            "telegram": {
                "token": sandbox.token,
                "base_url": sandbox.base_url,
                "base_file_url": sandbox.base_file_url,
            },
            "storage": {"url": f"sqlite:///{folder / 'morgen.db'}"},
            "board": {"host": HOST, "port": port, "public_url": f"http://{HOST}:{port}"},
        }
    )


async def _fill(settings: Settings) -> None:
    """Bring in the ideas that ship with the program, as if the newest had been written yesterday."""
    storage = SqlStorage(settings.storage.url)
    await storage.open()
    try:
        async with storage.reading() as work:
            if await work.ideas.count():
                return
        ideas = _recent(list(_examples(settings.town.time_zone)), now())
        await import_ideas(storage, ideas, language=settings.town.languages[0], now=now())
    finally:
        await storage.close()


def _examples(zone: ZoneInfo) -> Iterator[TableIdea]:
    for file in demo_files():
        yield from (idea for idea in read_ideas(open_table(file), zone) if isinstance(idea, TableIdea))


def _recent(ideas: list[TableIdea], moment: datetime) -> list[TableIdea]:
    """All of them moved by the same whole number of days, in order of time."""
    written = [(idea.created_at or moment, idea) for idea in ideas]
    newest = max(created for created, _ in written)
    days = timedelta(days=(moment - timedelta(days=1) - newest) // timedelta(days=1))
    return [
        replace(idea, created_at=created + days)
        for created, idea in sorted(written, key=lambda each: each[0])
    ]
