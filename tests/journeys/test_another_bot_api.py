"""A conversation through a Bot API that is not the sandbox's, on a bad line."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.journeys.awake import Awake
from tests.journeys.hurried import HurriedLoop
from tests.journeys.ledger import actions
from tests.journeys.other_api import TOKEN, OtherApi, serve_other
from tests.journeys.village import UNDER_WAY, VillageClock, complaints

PEOPLE, IDEAS = 8, 5


@pytest.mark.parametrize("seed", range(3))
def test_on_a_bad_line_every_idea_is_kept_once_and_every_reply_given_once(tmp_path: Path, seed: int) -> None:
    with complaints() as heard, asyncio.Runner(loop_factory=HurriedLoop) as runner:
        api = runner.run(converse(tmp_path, seed))
    assert heard.said == []
    assert set(api.troubles) == {"429", "500", "cut before", "cut after", "redelivery"}
    written = sorted(text for person in range(PEOPLE) for text in ideas_of(person))
    with closing(sqlite3.connect(tmp_path / "morgen.db")) as database:
        kept = database.execute("SELECT text, state FROM ideas ORDER BY text").fetchall()
        assert database.execute("SELECT count(*) FROM dead_letters").fetchone() == (0,)
    assert kept == [(text, "withdrawn" if text.endswith("0") else "published") for text in written]
    for text in written:
        assert len([said for _, said in api.sent if f">{text}<" in said]) == 1
    assert len(api.sent) == PEOPLE * IDEAS
    assert set(api.answers.values()) == {1}


async def converse(folder: Path, seed: int) -> OtherApi:
    """Everybody writes some ideas, and takes the first one back."""
    async with serve_other(seed) as api:
        settings = Settings.model_validate(
            {
                "telegram": {"token": TOKEN, "base_url": f"{api.url}/bot"},
                "storage": {"url": f"sqlite:///{folder}/morgen.db"},
                "board": {"enabled": False},
            }
        )
        awake = await Awake(settings, VillageClock()).start()
        for number in range(IDEAS):
            for person in range(PEOPLE):
                api.write(1000 + person, ideas_of(person)[number])
            await rest(api, folder)
        for person in range(PEOPLE):
            press(api, 1000 + person, "1:m:")
        await rest(api, folder)
        for person in range(PEOPLE):
            press(api, 1000 + person, "1:w:")
        await rest(api, folder)
        await awake.rest()
        return api


def press(api: OtherApi, person: int, begins: str) -> None:
    """Press a button on the card of a person's first idea."""
    card = next(each for each in api.chats[person].values() if ">Idee" in each["text"])
    api.press(person, card, next(data for data in actions(card) if data.startswith(begins)))


def ideas_of(person: int) -> list[str]:
    return [f"Idee van {person}, nummer {number}" for number in range(IDEAS)]


async def rest(api: OtherApi, folder: Path) -> None:
    """Until all is handled and has arrived."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, HurriedLoop)
    with closing(sqlite3.connect(folder / "morgen.db")) as database:
        while api.updates or database.execute(UNDER_WAY).fetchall():
            await loop.silence()
            loop.hop()
