"""Facilitators' messages lose the words of somebody who is forgotten."""

from tests.bot.town import FACILITATORS, GRIET, LIEN, Town
from tests.handlers.acting import wrote
from tests.handlers.test_moderation import pressed, queue
from tests.handlers.test_replies import asked, reply_in_group
from tests.handlers.test_reports import reported


async def forgotten(town: Town, person: int) -> None:
    town.write(person, "/forget")
    town.press(person, await town.reads(person, "Dit verdwijnt"), "Alles wissen")
    await town.reads(person, "Het is gewist")


async def test_reports_answers_lists_and_cases_lose_the_words(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await reported(town)
    await town.notes(FACILITATORS, "report:1")
    reply_in_group(town, await asked(town), "Over domme buren: wij praten met hen")
    await town.notes(FACILITATORS, "reply:1")
    await queue(town)
    await town.notes(FACILITATORS, "moderation")
    await town.until(lambda: sum("omme buren" in text for text in town.texts(FACILITATORS)) == 4)
    await forgotten(town, GRIET)
    await town.until(lambda: not any("omme buren" in text for text in town.texts(FACILITATORS)))


async def test_a_question_about_somebody_elses_idea_stays(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await wrote(town, LIEN, "Domme buren")
    await reported(town)
    await queue(town)
    await pressed(town, "❓", "Schrijf je vraag")
    await forgotten(town, GRIET)
    assert "Schrijf je vraag" in town.texts(FACILITATORS)[-1]
