"""Who corrects a message in a group means what it says now."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import people
from tests.bot.town import GRIET, LIEN, YASMINE, Json, Town
from tests.handlers.street import STREET, a_street, answer_to, ideas


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_street(tmp_path) as running:
        yield running


def correct(town: Town, person: int, written: Json, text: str) -> None:
    people.edit(town.world, STREET, person, written["message_id"], text)


async def test_a_correction_in_the_group_corrects_the_idea(town: Town) -> None:
    written = town.write(GRIET, "/idea Een bnk", STREET)
    answer = await town.answer(STREET, 1)
    correct(town, GRIET, written, "/idea Een bank")
    changed = await town.reads(STREET, "Aangepast")
    assert changed["message_id"] == answer["message_id"]
    assert await ideas(town) == [("Een bank", GRIET)]


@pytest.mark.parametrize("call", ["/idea", "@{bot}"])
async def test_a_call_that_gets_words_afterwards_is_an_idea_once(town: Town, call: str) -> None:
    call = call.format(bot=town.world.bot.username)
    written = town.write(GRIET, call, STREET)
    await town.answer(STREET, 1)
    correct(town, GRIET, written, f"{call} Een bank")
    kept = await town.answer(STREET, 2)
    assert kept["text"] == "Je idee is bewaard."
    assert kept["reply_to_message"]["message_id"] == written["message_id"]
    correct(town, GRIET, written, f"{call} Een bank bij de kapel")
    changed = await town.reads(STREET, "Aangepast")
    assert changed["message_id"] == kept["message_id"]
    assert await ideas(town) == [("Een bank bij de kapel", GRIET)]


async def test_words_that_are_said_to_nobody_stay_so_when_they_are_corrected(town: Town) -> None:
    people.set_bot_status(town.world, STREET, LIEN, "administrator")
    for said in ("Een bnk", "/help"):
        correct(town, GRIET, town.write(GRIET, said, STREET), f"{said} bank")
    town.write(GRIET, "/idea Een fontein", STREET)
    await town.reads(STREET, "bewaard.")
    assert await ideas(town) == [("Een fontein", GRIET)]


class TestWordsOfWhichTheirAuthorIsAsked:
    """are kept as they were corrected meanwhile."""

    async def asked(self, town: Town) -> tuple[Json, Json]:
        people.set_bot_status(town.world, STREET, LIEN, "administrator")
        written = town.write(GRIET, "Een fntein", STREET)
        answer_to(town, YASMINE, written, "/idea")
        return written, await town.answer(STREET, 1)

    async def test_when_the_answer_is_yes(self, town: Town) -> None:
        written, question = await self.asked(town)
        correct(town, GRIET, written, "Een fontein")
        town.press(GRIET, question, "Ja", STREET)
        await town.reads(STREET, "bewaard.")
        assert await ideas(town) == [("Een fontein", GRIET)]

    async def test_and_not_at_all_when_it_was_no(self, town: Town) -> None:
        written, question = await self.asked(town)
        town.press(GRIET, question, "Nee", STREET)
        await town.reads(STREET, "geen idee")
        correct(town, GRIET, written, "Een fontein")
        town.write(GRIET, "/help", STREET)
        await town.reads(STREET, "Ik verzamel")
        assert await town.rows("SELECT text FROM offers") == [("",)]
