"""A town that runs in the test's own event loop, against a sandbox, over real HTTP."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.runtime import run
from bot.settings import Settings
from sandbox import people
from sandbox.context import Context
from sandbox.server import Sandbox, serve
from sandbox.world import World

GRIET, YASMINE, LIEN = 1001, 1002, 1007
FACILITATORS = -2001
PATIENCE = 100.0
"""Seconds after which something that was waited for will not come any more."""

Json = dict[str, Any]


def a_world() -> World:
    """A Dutch- and a French-speaking resident, and a facilitator in a group that has the bot since long."""
    world = World()
    world.add_person("Griet", id=GRIET, language_code="nl")
    world.add_person("Yasmine", id=YASMINE, language_code="fr-BE")
    world.add_person("Lien", id=LIEN, language_code="nl", role="facilitator")
    world.add_group("Participatie", [], admins=[LIEN], id=FACILITATORS, bot_status="administrator")
    world.updates.clear()
    return world


def settings_for(sandbox: Sandbox, folder: Path, **sections: Json) -> Settings:
    """The settings of a town that talks to the sandbox and keeps its data in the folder."""
    values: dict[str, Json] = {
        "town": {
            "name": "Wilgenbeke",
            "facilitator_chat": FACILITATORS,
            "contact": "privacy@town.example",
            "ideas_in_ten_minutes": 1000,
        },
        "telegram": {
            "token": sandbox.token,
            "base_url": sandbox.base_url,
            "base_file_url": sandbox.base_file_url,
        },
        "storage": {"url": f"sqlite:///{folder}/morgen.db"},
        "board": {"port": free_port()},
    }
    for section, given in sections.items():
        values[section] = values.get(section, {}) | given
    return Settings.model_validate(values)


def free_port() -> int:
    """A port that nobody uses, nor the one after it; no connection is given one of these by the system."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000, 2)
        with socket.socket() as one, socket.socket() as next_one, suppress(OSError):
            one.bind(("127.0.0.1", port))
            next_one.bind(("127.0.0.1", port + 1))
            return port


@dataclass
class Town:
    """People who write, and what they see."""

    sandbox: Sandbox
    settings: Settings
    runs: list[tuple[asyncio.Task[None], asyncio.Event]] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.sandbox.world

    def wake(self) -> None:
        """Start the bot."""
        stopped = asyncio.Event()
        self.runs.append((asyncio.create_task(run(self.settings, stopped)), stopped))

    async def rest(self) -> None:
        """Stop the bot as Ctrl-C does; raises what it failed with."""
        task, stopped = self.runs.pop()
        stopped.set()
        await task

    def write(self, person: int, text: str, chat: int | None = None) -> Json:
        return people.write(self.world, person if chat is None else chat, person, text)

    def send(self, person: int, content: Json, **context: Any) -> Json:
        return people.send(self.world, person, person, content, Context(**context))

    def press(self, person: int, message: Json, label: str, chat: int | None = None) -> None:
        """Press the button with this label, else the one whose label contains the words."""
        buttons = [
            button
            for row in message["reply_markup"]["inline_keyboard"]
            for button in row
            if label in button["text"]
        ]
        (data,) = [
            button["callback_data"]
            for button in [button for button in buttons if button["text"] == label] or buttons
        ]
        self.press_data(person, message, data, person if chat is None else chat)

    def press_data(self, person: int, message: Json, data: str, chat: int) -> None:
        """Press the button that says this to the bot."""
        people.press(self.world, chat, person, message["message_id"], data)

    async def unfold(self, person: int, card: Json) -> Json:
        """Press ⋯ below a card; gives it with all its buttons."""
        self.press(person, card, "⋯")
        number = card["message_id"]
        await self.until(lambda: "▴" in str(self.world.chats[person].messages[number]["reply_markup"]))
        return self.world.chats[person].messages[number]

    def shown(self, chat: int) -> list[Json]:
        """What the bot shows in a chat now, oldest first."""
        messages = self.world.chats[chat].messages.values()
        return [message for message in messages if message["from"]["id"] == self.world.bot.id]

    def texts(self, chat: int) -> list[str]:
        return [words_of(message) for message in self.shown(chat)]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so; looks again after each call of the bot."""
        calls = self.world.calls
        async with asyncio.timeout(PATIENCE):
            while not condition():
                news = asyncio.create_task(calls.wait_for(1, PATIENCE, since=calls.last_seq))
                running = [task for task, _ in self.runs]
                await asyncio.wait((news, *running), return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
                for task in running:
                    if task.done():
                        task.result()

    async def answer(self, chat: int, count: int) -> Json:
        """The newest of `count` messages of the bot in a chat, once there are so many."""
        await self.until(lambda: len(self.shown(chat)) >= count)
        return self.shown(chat)[-1]

    async def reads(self, chat: int, words: str) -> Json:
        """A message of the bot with these words, once there is one."""
        await self.until(lambda: any(words in text for text in self.texts(chat)))
        return next(message for message in self.shown(chat) if words in words_of(message))

    async def notes(self, chat: int, slot: str) -> None:
        """Wait until it is noted which message shows this: a moment after that has arrived."""
        async with asyncio.timeout(PATIENCE):
            while not await self.rows("SELECT 1 FROM shown WHERE chat_id = ? AND slot = ?", chat, slot):
                pass

    async def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """What the database file holds, as another program reads it."""
        return await asyncio.to_thread(read_rows, self.settings.storage.database, query, *values)

    def run_sql(self, *statements: str) -> None:
        """Change the database file of a bot that is asleep, as something that is not here yet would."""
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(self.settings.storage.database)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()


def words_of(message: Json) -> str:
    """A text, or what stands below a file."""
    return str(message.get("text") or message.get("caption") or "")


def read_rows(database: Path, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


@asynccontextmanager
async def a_town(folder: Path, world: World | None = None, **sections: Json) -> AsyncIterator[Town]:
    """A sandbox and the settings of a town; the bot starts when it is woken."""
    async with serve(world or a_world(), page=False) as sandbox:
        town = Town(sandbox, settings_for(sandbox, folder, **sections))
        try:
            yield town
        finally:
            while town.runs:
                await town.rest()
