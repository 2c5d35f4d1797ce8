"""Residents read what neighbours wrote, and support it."""

from tests.bot.town import GRIET, YASMINE, Town


async def supports(town: Town) -> int:
    ((count,),) = await town.rows("SELECT count(*) FROM supports")
    return int(count)


async def test_nothing_yet_says_how_to_begin(town: Town) -> None:
    town.write(GRIET, "/ideas")
    answer = await town.answer(GRIET, 1)
    assert "eerste" in answer["text"]


async def test_pages_turn_in_place(town: Town) -> None:
    for number in range(7):
        town.write(GRIET, f"Idee nummer {number}")
    await town.answer(GRIET, 7)
    town.write(YASMINE, "/ideas")
    page = await town.answer(YASMINE, 1)
    assert "Idee nummer 6" in page["text"]
    assert "Idee nummer 1" not in page["text"]
    town.press(YASMINE, page, "▸")
    await town.reads(YASMINE, "Idee nummer 1")
    assert len(town.shown(YASMINE)) == 1


async def test_a_support_counts_once_and_can_be_taken_back(town: Town) -> None:
    town.write(GRIET, "Een fontein om in te spelen")
    await town.answer(GRIET, 1)
    town.write(YASMINE, "/ideas")
    page = await town.answer(YASMINE, 1)
    town.press(YASMINE, page, "👍 1")
    page = await town.reads(YASMINE, "1 👍")
    assert await supports(town) == 1
    town.press(YASMINE, page, "✅ 1")
    await town.until(lambda: "1 👍" not in town.texts(YASMINE)[0])
    assert await supports(town) == 0


async def test_ones_own_idea_has_no_button(town: Town) -> None:
    town.write(GRIET, "Een fontein om in te spelen")
    await town.answer(GRIET, 1)
    town.write(GRIET, "/ideas")
    page = await town.answer(GRIET, 2)
    assert "👍" not in str(page.get("reply_markup", ""))
