"""Where a message offers a choice, each of its buttons does what it says: languages, reasons, statuses."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from cocreation.ideas.reply import Status
from cocreation.ideas.report import Reason
from handlers.statuses import number_of
from locales import translator
from sandbox import deeplinks
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town
from tests.handlers.acting import asks, reply, toasts, turned, wrote
from tests.journeys.ledger import actions

AROUND = ("fr", "de", "en", "nl")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path) as running:
        running.wake()
        yield running


def press(town: Town, person: int, message: Json, begins: str, chat: int | None = None) -> None:
    """Press the only button that begins so, of a message as it stands now."""
    place = person if chat is None else chat
    now = town.world.chats[place].messages[message["message_id"]]
    (data,) = [data for data in actions(now) if data.startswith(begins)]
    town.press_data(person, now, data, place)


async def speaks(town: Town, person: int, message: Json, verb: str, chat: int | None = None) -> None:
    """Choose each language; the message then is in it, which its offer of the other three tells."""
    place = person if chat is None else chat
    for code in AROUND:
        press(town, person, message, f"1:{verb}:{code}", chat)
        own = translator(code).language_name(code)
        await town.until(partial(offers_all_but, town, place, message, own))
        assert toasts(town)[-1] == own


def offers_all_but(town: Town, chat: int, message: Json, language: str) -> bool:
    now = town.world.chats[chat].messages[message["message_id"]]
    labels = [each["text"] for row in now["reply_markup"]["inline_keyboard"] for each in row]
    known = [translator(code).language_name(code) for code in AROUND]
    return [name for name in known if name not in labels] == [language]


async def test_a_language_is_chosen_on_the_welcome_and_in_the_settings(town: Town) -> None:
    await speaks(town, GRIET, await asks(town, GRIET, "/start"), "l")
    me = await asks(town, GRIET, "/me")
    press(town, GRIET, me, "1:S")
    await town.reads(GRIET, "Mijn instellingen")
    await speaks(town, GRIET, me, "S:l")
    assert await town.rows("SELECT language FROM residents") == [("nl",)]


async def test_a_language_is_chosen_on_the_first_card_and_beside_what_a_link_opened(town: Town) -> None:
    await speaks(town, GRIET, await asks(town, GRIET, "Een bank bij de kapel"), "l")
    ((token,),) = await town.rows("SELECT token FROM ideas")
    deeplinks.follow(town.world, LIEN, f"https://t.me/{town.world.bot.username}?start=idea_{token}")
    await town.answer(LIEN, 2)
    await speaks(town, LIEN, town.shown(LIEN)[0], "l")


async def test_administrators_choose_the_language_of_a_group(town: Town) -> None:
    await speaks(town, LIEN, await asks(town, LIEN, "/help", FACILITATORS), "U", FACILITATORS)


def reasons(town: Town, person: int) -> dict[str, str]:
    """The reasons that the newest message offers, and what their buttons say."""
    shown = [data.split(":") for data in actions(town.shown(person)[-1])]
    return {said[3]: ":".join(said) for said in shown if said[1] == "p" and said[3] != "-"}


async def reports(town: Town, person: int, begins: str, reason: Reason) -> None:
    """Report what the newest message shows, for a reason."""
    press(town, person, town.shown(person)[-1], begins)
    await town.until(lambda: reasons(town, person))
    assert set(reasons(town, person)) == set(Reason)
    told = len(town.shown(FACILITATORS))
    town.press_data(person, town.shown(person)[-1], reasons(town, person)[reason], person)
    await town.answer(FACILITATORS, told + 1)


async def test_each_reason_to_report_an_idea_reaches_facilitators(town: Town) -> None:
    for number, reason in enumerate(Reason):
        await wrote(town, GRIET, f"Domme buren, {number}")
        await asks(town, YASMINE, "/ideas")
        await turned(town, YASMINE, "1")
        await reports(town, YASMINE, "1:p:i", reason)
    assert await town.rows("SELECT reason FROM reports") == [(str(reason),) for reason in Reason]


async def test_each_reason_to_report_a_comment_reaches_facilitators(town: Town) -> None:
    for number, reason in enumerate(Reason):
        await wrote(town, GRIET, f"Een bank bij kapel {number}")
        await asks(town, YASMINE, "/ideas")
        reply(town, YASMINE, await turned(town, YASMINE, "1"), f"Domme buren, {number}")
        await town.until(lambda: "1:G:" in str(town.shown(YASMINE)[-1]))
        await asks(town, LIEN, "/ideas")
        await turned(town, LIEN, "1")
        await turned(town, LIEN, "💬", "Domme buren")
        await turned(town, LIEN, "1")
        await reports(town, LIEN, "1:p:c", reason)
    assert await town.rows("SELECT reason FROM reports") == [(str(reason),) for reason in Reason]


async def test_each_status_leads_to_the_question_for_its_words_and_back(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de kapel")
    waiting = await asks(town, LIEN, "/waiting", FACILITATORS)
    press(town, LIEN, waiting, "1:R:", FACILITATORS)
    choosing = await town.answer(FACILITATORS, 2)
    for status in Status:
        press(town, LIEN, choosing, f"1:R:1:s:{number_of(status)}", FACILITATORS)
        await town.until(lambda: "1:R:1:status" in str(town.shown(FACILITATORS)[-1]))
        ((words,),) = await town.rows("SELECT words FROM conversations")
        assert status in words
        back = next(data for data in actions(town.shown(FACILITATORS)[-1]) if data.startswith("1:R:1:status"))
        town.press_data(LIEN, town.shown(FACILITATORS)[-1], back, FACILITATORS)
        await town.until(lambda: "1:R:1:s:" in str(town.shown(FACILITATORS)[-1]))


async def test_the_page_about_oneself_leads_to_forgetting(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de kapel")
    me = await asks(town, GRIET, "/me")
    press(town, GRIET, me, "1:F")
    await town.until(lambda: any("1:F:" in data for shown in town.shown(GRIET) for data in actions(shown)))
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]


async def test_the_digest_leads_to_the_themes_below_it(town: Town) -> None:
    digest = await asks(town, LIEN, "/digest", FACILITATORS)
    press(town, LIEN, digest, "1:t:0:new", FACILITATORS)
    themes = await town.answer(FACILITATORS, 2)
    assert "thema" in themes["text"]
