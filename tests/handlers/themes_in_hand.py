"""A town with three themes, and a facilitator who has them in hand."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.errands import joined
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import Clustering, FoundTheme, Member, Spot
from sandbox import people
from sandbox.context import Context
from tests.bot.town import FACILITATORS, LIEN, Json, Town, a_town, words_of

NEVER = datetime(2100, 1, 1, tzinfo=UTC)
"""The last run was then, so that no other is due while a test looks at its themes."""

NL = Language("nl")
TREES = ["Meer bomen <op> het plein", "Schaduw & bomen", "Bomen langs de weg", "Een boom per kind", "Linden"]
BIKES = ["Een fietspad naar school", "Fietsen stallen", "Veilig fietsen"]
BUSES = ["Een nachtbus"]


@asynccontextmanager
async def a_town_with_themes(folder: Path, *, more: int = 0, **sections: Json) -> AsyncIterator[Town]:
    """Its bot is awake. The themes are 1 'Bomen' (five ideas), 2 'Fietsen' (three), 3 'Bussen' (one), and
    so many more with one idea each."""
    async with a_town(folder, None, **sections) as town:
        async with joined(town.settings) as storage, storage.writing() as work:
            now = datetime.now(UTC)
            days = count(0, 10)
            others = [[f"Een ander idee, {number}"] for number in range(more)]
            made: list[list[IdeaId]] = [
                [
                    await work.ideas.add(NewIdea(text, now - timedelta(days=next(days), hours=1)))
                    for text in texts
                ]
                for texts in (TREES, BIKES, BUSES, *others)
            ]
            found = (
                _found("Bomen", made[0], ("bomen", "schaduw"), Spot(0, 0)),
                _found("Fietsen", made[1], ("fietsen", "school"), Spot(1, 1)),
                _found("Bussen", made[2], ("nachtbus",), Spot(0, 0.5)),
                *(
                    _found(f"Thema {at}", ideas, (), Spot(0.5, 0.9))
                    for at, ideas in enumerate(made[3:], start=4)
                ),
            )
            await work.themes.replace(Clustering(found, ()), NEVER)
        town.wake()
        yield town


def _found(label: str, ideas: Sequence[IdeaId], words: tuple[str, ...], spot: Spot) -> FoundTheme:
    members = tuple(Member(idea, 1 - at / 10) for at, idea in enumerate(ideas))
    return FoundTheme(None, label, words, members, tuple(ideas[:1]), spot, {NL: words})


async def newest(town: Town, *words: str, chat: int = FACILITATORS) -> Json:
    """The newest message of the bot in a chat, once it has these words."""
    await town.until(lambda: all(each in ["", *town.texts(chat)][-1] for each in words))
    return town.shown(chat)[-1]


async def opened(town: Town, number: int = 1, chat: int = FACILITATORS) -> Json:
    """The card of the theme with this number in the list."""
    count = len(town.shown(chat))
    town.write(LIEN, "/themes", chat)
    await town.answer(chat, count + 1)
    return await pressed(town, str(number), chat=chat)


async def pressed(town: Town, label: str, *words: str, chat: int = FACILITATORS) -> Json:
    """Press a button of the newest message; that message, once it has changed and has the words."""
    before = town.shown(chat)[-1]
    was, count = str(before), len(town.shown(chat))
    town.press(LIEN, before, label, chat)
    await town.until(
        lambda: str(town.shown(chat)[-1]) != was and all(word in town.texts(chat)[-1] for word in words)
    )
    assert len(town.shown(chat)) == count
    return town.shown(chat)[-1]


def replies(town: Town, question: Json, text: str, person: int = LIEN) -> None:
    """Reply in the facilitators' group to a message of the bot."""
    context = Context(reply_to_message_id=question["message_id"])
    people.write(town.world, FACILITATORS, person, text, context)


async def inside(town: Town) -> dict[str, int]:
    """The present themes with their sizes."""
    rows: Sequence[Any] = await town.rows(
        "SELECT coalesce(t.given_label, t.label), count(*) FROM themes t JOIN theme_members m "
        "ON m.theme_id = t.id WHERE t.is_current GROUP BY t.id"
    )
    return dict(rows)


def text_at(town: Town, message: Json, chat: int = FACILITATORS) -> str:
    """What a message says now."""
    return words_of(town.world.chats[chat].messages[message["message_id"]])
