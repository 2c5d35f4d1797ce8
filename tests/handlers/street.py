"""A street whose group has the bot, and what people say there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox import people
from sandbox.context import Context
from tests.bot.town import GRIET, LIEN, YASMINE, Json, Town, a_town, a_world

STREET, FORUM = -3001, -1_000_000_003_002


@asynccontextmanager
async def a_street(folder: Path) -> AsyncIterator[Town]:
    """A town that is awake, and whose bot has been in a group and a forum since long; Lien is their
    administrator."""
    world = a_world()
    world.add_group("Kapelstraat", [GRIET, YASMINE], admins=[LIEN], id=STREET)
    world.add_group("Plein", [GRIET, YASMINE], admins=[LIEN], id=FORUM, type="supergroup", is_forum=True)
    world.updates.clear()
    async with a_town(folder, world) as running:
        running.wake()
        yield running


def answer_to(town: Town, person: int, message: Json, text: str, chat: int = STREET) -> Json:
    context = Context(reply_to_message_id=message["message_id"])
    return people.write(town.world, chat, person, text, context)


async def ideas(town: Town) -> list[tuple[object, ...]]:
    """The words of each idea, and who wrote it."""
    query = (
        "SELECT ideas.text, telegram_id FROM ideas JOIN residents ON residents.id = author_id "
        "WHERE state = 'published' ORDER BY ideas.id"
    )
    return list(await town.rows(query))
