"""A person says how often they want to hear of things, and when not, and it holds."""

import pytest

from sandbox import people
from tests.bot.town import GRIET, Town
from tests.handlers.test_replies import Json, alerts


async def page(town: Town, data: str = "1:v") -> Json:
    """The settings of notices, as a button of another page opens them."""
    town.write(GRIET, "/start")
    opened = await town.answer(GRIET, 1)
    opened["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = data
    people.press(town.world, GRIET, GRIET, opened["message_id"], data)
    return await town.reads(GRIET, "hoort" if data == "1:v" else "Stille uren")


async def wishes(town: Town) -> tuple[object, ...]:
    (row,) = await town.rows("SELECT notices, quiet_from, quiet_until FROM residents")
    return row


async def test_how_often_is_chosen_by_a_button_and_shown_at_once(town: Town) -> None:
    opened = await page(town)
    town.press(GRIET, opened, "Eén keer per week")
    weekly = await town.reads(GRIET, "Maandag om 9 uur")
    assert await wishes(town) == ("weekly", 21, 8)
    town.press(GRIET, weekly, "Nooit")
    never = await town.reads(GRIET, "nooit uit mezelf")
    assert await wishes(town) == ("none", 21, 8)
    town.press(GRIET, never, "Meteen")
    await town.reads(GRIET, "hoogstens één bericht per uur")
    assert await wishes(town) == ("all", 21, 8)
    assert len(town.shown(GRIET)) == 1


async def test_quiet_hours_are_usual_ones_any_others_or_none(town: Town) -> None:
    opened = await page(town)
    town.press(GRIET, opened, "Stille uren")
    quiet = await town.reads(GRIET, "van 21 tot 8 uur")
    town.press(GRIET, quiet, "22–7")
    quiet = await town.reads(GRIET, "van 22 tot 7 uur")
    town.press(GRIET, quiet, "Andere uren")
    first = await town.reads(GRIET, "Wanneer beginnen")
    town.press(GRIET, first, "19")
    last = await town.reads(GRIET, "Ze beginnen om 19 uur")
    town.press(GRIET, last, "11")
    quiet = await town.reads(GRIET, "van 19 tot 11 uur")
    assert await wishes(town) == ("all", 19, 11)
    town.press(GRIET, quiet, "geen")
    none = await town.reads(GRIET, "op elk uur")
    assert await wishes(town) == ("all", None, None)
    town.press(GRIET, none, "Berichten")
    await town.reads(GRIET, "hoogstens één bericht per uur")
    assert len(town.shown(GRIET)) == 1


@pytest.mark.parametrize("data", ["1:v:hourly", "1:Q:24", "1:Q:5:5", "1:Q:5:24", "1:Q:1:2:3", "1:Q:-1:4"])
async def test_hours_that_are_none_change_nothing(town: Town, data: str) -> None:
    opened = await page(town)
    opened["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = data
    people.press(town.world, GRIET, GRIET, opened["message_id"], data)
    await town.until(lambda: alerts(town))
    assert await wishes(town) == ("all", 21, 8)
