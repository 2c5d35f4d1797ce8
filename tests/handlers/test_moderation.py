"""Facilitators work through what waits for moderation, and authors hear of it and can answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world, words_of
from tests.handlers.acting import asks, buttons, forges, reply, toasted, turned, wrote
from tests.handlers.test_reports import reported, state


async def queue(town: Town) -> Json:
    """The newest queue in the facilitators' chat."""
    return await asks(town, LIEN, "/moderation", FACILITATORS)


async def pressed(town: Town, label: str, words: str, person: int = LIEN, chat: int = FACILITATORS) -> Json:
    """Press a button of the newest message, which then has the words."""
    before = town.texts(chat)[-1]
    town.press(person, town.shown(chat)[-1], label, chat)
    await town.until(lambda: town.texts(chat)[-1] != before and words in town.texts(chat)[-1])
    return town.shown(chat)[-1]


async def hidden(town: Town, text: str = "Domme buren") -> Json:
    """Griet's idea is reported and hidden as rude; what she is told."""
    await wrote(town, GRIET, text)
    await reported(town)
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    await pressed(town, "🙈", "Waarom moet")
    await pressed(town, "Grof", "Verborgen")
    return await town.reads(GRIET, "De reden: grof taalgebruik")


async def acts(town: Town, columns: str = "kind, what, reason") -> Sequence[tuple[Any, ...]]:
    return await town.rows(f"SELECT {columns} FROM moderation_acts ORDER BY id")


async def test_an_empty_queue_says_so(town: Town) -> None:
    assert "Er wacht niets" in (await queue(town))["text"]
    shown = await pressed(town, "📋", "nog niets beslist")
    assert buttons(shown) == ["🛡 De wachtrij"]
    await pressed(town, "🛡", "Er wacht niets")


async def test_one_case_at_a_time_is_decided_in_one_message(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren", "Een fontein")
    await reported(town)
    await town.reads(FACILITATORS, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    await forges(town, YASMINE, town.shown(YASMINE)[-1], "1:p:i1:a:n:0")
    await town.reads(FACILITATORS, "Reclame (1)")
    first = await queue(town)
    assert "1 van 2" in first["text"] and "Een fontein" in first["text"] and "Grof (1)" in first["text"]
    count = len(town.shown(FACILITATORS))
    await pressed(town, "▸", "2 van 2")
    await pressed(town, "◂", "1 van 2")
    await pressed(town, "🙈", "Waarom moet")
    await pressed(town, "✖️", "1 van 2")
    kept = await pressed(town, "✅", "Het blijft zoals het is")
    assert "↩️ Ongedaan maken" in buttons(kept)
    following = await pressed(town, "▸ Volgende", "1 van 1")
    assert "Domme buren" in following["text"]
    await pressed(town, "🙈", "Waarom moet")
    await pressed(town, "Reclame", "Verborgen: Reclame")
    log = await pressed(town, "📋", "Wat er beslist is")
    assert log["text"].index("Verborgen") < log["text"].index("Het blijft")
    await pressed(town, "1", "Domme buren")
    await pressed(town, "↩️", "1 van 1")
    assert len(town.shown(FACILITATORS)) == count
    assert await acts(town, "kind, undone_at IS NULL") == [("keep", 1), ("hide", 0)]
    assert await town.rows("SELECT state FROM ideas") == [("published",), ("published",)]


async def test_an_author_is_told_why_and_an_objection_brings_it_back(town: Town) -> None:
    told = await hidden(town)
    assert "Domme buren" in told["text"]
    await pressed(town, "✋", "waarom het getoond moet worden", GRIET, GRIET)
    await pressed(town, "✖️", "De reden: grof taalgebruik", GRIET, GRIET)
    await pressed(town, "✋", "waarom het getoond moet worden", GRIET, GRIET)
    town.write(GRIET, "Het ging over <b>de buren van mijn hond</b>")
    await town.reads(GRIET, "Je bezwaar is bij de begeleiders")
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]
    rung = await town.reads(FACILITATORS, "1 bericht wacht op een beslissing")
    town.press(LIEN, rung, "🛡", FACILITATORS)
    case = await town.reads(FACILITATORS, "<b>de buren van mijn hond</b>")
    assert "maakt bezwaar" in case["text"]
    # A second objection, by a button pressed weeks later.
    assert "niet meer" in await forges(town, GRIET, town.shown(GRIET)[-1], "1:4:1")
    await pressed(town, "👁", "Weer getoond")
    await town.reads(GRIET, "Iedereen kan het weer zien")
    assert await state(town) == "published"
    assert [row[0] for row in await acts(town)] == ["hide", "object", "restore"]
    await pressed(town, "↩️", "maakt bezwaar")
    await town.reads(GRIET, "weer verborgen")
    assert await state(town) == "hidden"


async def test_an_objection_may_change_nothing_and_its_author_hears_that_too(town: Town) -> None:
    await hidden(town)
    await pressed(town, "✋", "waarom", GRIET, GRIET)
    town.write(GRIET, "…")
    await town.reads(GRIET, "woorden voor nodig")
    town.write(GRIET, "lang " * 200)
    await town.reads(GRIET, "500 tekens")
    town.write(GRIET, "Ze zijn echt dom")
    await town.reads(GRIET, "Je bezwaar is")
    await town.reads(FACILITATORS, "1 bericht wacht op een beslissing")
    await queue(town)
    await pressed(town, "Verborgen laten", "Het blijft verborgen")
    await town.reads(GRIET, "Het blijft verborgen")
    assert await state(town) == "hidden"


async def test_a_question_reaches_the_author_and_the_answer_comes_back_after_a_restart(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await reported(town)
    await town.reads(FACILITATORS, "1 persoon")
    case = await queue(town)
    asked = await pressed(town, "❓", "Schrijf je vraag")
    await town.rest()
    town.wake()
    town.write(LIEN, "Dit is geen antwoord", FACILITATORS)
    replied(town, asked, "Wie <bedoel> je?")
    await town.reads(GRIET, "Wie <bedoel> je?")
    assert await town.reads(FACILITATORS, "wacht op de schrijver")
    await pressed(town, "💬", "Schrijf je antwoord", GRIET, GRIET)
    await town.rest()
    town.wake()
    town.write(GRIET, "De eenden")
    await town.reads(GRIET, "Je antwoord is bij")
    await town.reads(FACILITATORS, "1 bericht wacht")
    assert "De eenden" in (await queue(town))["text"]
    assert case["message_id"] == asked["message_id"]
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]


def replied(town: Town, to: Json, text: str) -> None:
    """Lien replies in the facilitators' chat."""
    from sandbox import people
    from sandbox.context import Context
    from sandbox.people import text_content

    context = Context(reply_to_message_id=to["message_id"])
    people.send(town.world, FACILITATORS, LIEN, text_content(text), context)


async def test_a_reason_in_own_words_is_told_and_gives_way_to_something_else(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await reported(town)
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    await pressed(town, "🙈", "Waarom moet")
    asked = await pressed(town, "In eigen woorden", "Schrijf waarom")
    replied(town, asked, "!")
    await town.reads(FACILITATORS, "woorden voor nodig")
    await pressed(town, "✖️", "1 van 1")
    assert await town.rows("SELECT * FROM conversations") == []
    await pressed(town, "🙈", "Waarom moet")
    asked = await pressed(town, "In eigen woorden", "Schrijf waarom")
    replied(town, asked, "Buren zijn mensen")
    await town.reads(GRIET, "Buren zijn mensen")
    assert await acts(town) == [("hide", "idea", "o")]
    await town.reads(FACILITATORS, "“Buren zijn mensen”")


async def test_a_warning_and_its_undo_reach_the_author(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await reported(town)
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    await pressed(town, "⚠️", "Waarom waarschuw")
    await pressed(town, "Grof", "gewaarschuwd: Grof")
    await town.reads(GRIET, "Iedereen kan het nog zien")
    await pressed(town, "↩️", "(ongedaan gemaakt)")
    await town.reads(GRIET, "waarschuwing is ingetrokken")
    await pressed(town, "⚠️", "Waarom waarschuw")
    asked = await pressed(town, "In eigen woorden", "Schrijf de waarschuwing")
    replied(town, asked, "Wees vriendelijk")
    await town.reads(GRIET, "Wees vriendelijk")


async def test_who_is_blocked_is_told_until_when_and_why_and_nothing_is_kept(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await wrote(town, YASMINE, "Un banc")
    await reported(town, GRIET, "Iets anders")
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    await pressed(town, "⛔", "Waarom blokkeer")
    await pressed(town, "Grof", "Voor hoe lang")
    await pressed(town, "1 week", "geblokkeerd tot")
    await town.reads(YASMINE, "La raison\u00a0: des propos grossiers")
    refused = await asks(town, YASMINE, "Encore un banc")
    assert "n’est pas gardé" in refused["text"]
    assert await town.rows("SELECT count(*) FROM ideas") == [(2,)]
    page = await asks(town, YASMINE, "/ideas")
    assert "jusqu’au" in await forges(town, YASMINE, page, "1:s:1:+:n:0")
    assert await town.rows("SELECT count(*) FROM supports") == [(0,)]
    await pressed(town, "🔓", "mag weer schrijven")
    await town.reads(YASMINE, "de nouveau écrire")
    await asks(town, YASMINE, "Encore un banc")
    assert await town.rows("SELECT count(*) FROM ideas") == [(3,)]
    # Undoing the lifting blocks again.
    await pressed(town, "↩️", "(ongedaan gemaakt)")
    assert "n’est pas gardé" in (await asks(town, YASMINE, "Et un autre"))["text"]
    # A second block, from a card that was open before: without it the first one holds, and Yasmine reads so.
    await forges(town, LIEN, town.shown(FACILITATORS)[-1], "1:C:i2:b:a:d", FACILITATORS)
    await town.until(lambda: "Reclame" in town.texts(FACILITATORS)[-1])
    told = (await town.reads(YASMINE, "La raison\u00a0: de la publicité"))["message_id"]
    shown = town.world.chats[YASMINE].messages
    await pressed(town, "↩️", "(ongedaan gemaakt)")
    await town.until(lambda: "La raison\u00a0: des propos grossiers" in words_of(shown[told]))
    for length in ("1 dag", "1 maand"):
        await pressed(town, "🔓", "mag weer schrijven")
        await pressed(town, "⛔", "Waarom blokkeer")
        await pressed(town, "Reclame", "Voor hoe lang")
        await pressed(town, length, "geblokkeerd tot")
    assert await town.rows("SELECT reason FROM blocks") == [("a",)]


STREET = -3001


async def test_a_group_does_not_read_that_somebody_is_blocked(town: Town) -> None:
    town.world.add_group("Straat", [YASMINE], id=STREET, bot_status="member")
    await wrote(town, YASMINE, "Un banc")
    await reported(town, GRIET, "Iets anders")
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    await pressed(town, "⛔", "Waarom blokkeer")
    await pressed(town, "Grof", "Voor hoe lang")
    await pressed(town, "1 week", "geblokkeerd tot")
    await town.reads(YASMINE, "ni écrire ni soutenir ici jusqu’au")
    town.write(YASMINE, "/idea Encore un banc", STREET)
    await town.reads(YASMINE, "n’est pas gardé")
    assert "banc" not in str(town.texts(STREET))
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]


async def test_an_idea_is_hidden_from_its_card_without_a_report(tmp_path: Path) -> None:
    world = a_world()
    async with a_town(tmp_path, world, town={"administrators": [LIEN]}) as town:
        town.wake()
        await wrote(town, GRIET, "Domme buren")
        await asks(town, LIEN, "/ideas")
        town.press(LIEN, town.shown(LIEN)[-1], "1")
        card = await town.reads(LIEN, "Domme buren")
        await town.until(lambda: "Modereren" in str(town.shown(LIEN)[-1]))
        card = town.shown(LIEN)[-1]
        town.press(LIEN, card, "🛡")
        await town.answer(LIEN, len(town.shown(LIEN)) + 1)
        await pressed(town, "🙈", "Waarom moet", LIEN, LIEN)
        await pressed(town, "Privégegevens", "Verborgen", LIEN, LIEN)
        await town.reads(GRIET, "De reden: privégegevens")
        assert await state(town) == "hidden"
        again = await pressed(town, "👁", "Weer getoond", LIEN, LIEN)
        assert await state(town) == "published"
        assert "✅" not in str(buttons(again))


async def test_nobody_but_an_administrator_decides_about_their_own(town: Town) -> None:
    await wrote(town, LIEN, "Een bank")
    await reported(town)
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    card = town.shown(FACILITATORS)[-1]
    assert "zelf geschreven" in await toasted(town, LIEN, card, "✅", FACILITATORS)
    assert await acts(town) == []
    assert await state(town) == "published"


@pytest.mark.parametrize(
    "said",
    [
        "0",
        "0:new",
        "0:g:0",
        "i1",
        "i1:new",
        "i1:k",
        "i1:h",
        "i1:h:r",
        "i1:w:q",
        "i1:s",
        "i1:a:r",
        "i1:b:r:d",
        "i1:l",
    ],
)
async def test_nobody_else_moderates(town: Town, said: str) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = town.shown(GRIET)[-1]
    assert "begeleiders" in await forges(town, GRIET, card, f"1:C:{said}")
    assert await acts(town) == []


async def test_buttons_that_nobody_made_and_things_that_are_gone(town: Town) -> None:
    assert "begeleiders" in (await asks(town, GRIET, "/moderation"))["text"]
    await wrote(town, GRIET, "Een fontein")
    await queue(town)
    for said in ("", "x9", "i99:k", "i1:h:z", "i1:b:r:z", "i1:u:x", "i1:u:99", "0:g:x", "b9", "i1:w:z"):
        await forges(town, LIEN, town.shown(FACILITATORS)[-1], f"1:C:{said}", FACILITATORS)
    for said in ("", "9", "x"):
        assert await forges(town, GRIET, town.shown(GRIET)[-1], f"1:4:{said}") != ""
    assert await acts(town) == []


async def test_a_button_pressed_twice_decides_once(town: Town) -> None:
    await hidden(town)
    for said in ("i1:h:r", "i1:k"):
        await forges(town, LIEN, town.shown(FACILITATORS)[-1], f"1:C:{said}", FACILITATORS)
    assert [row[0] for row in await acts(town)] == ["hide"]
    for _ in range(2):
        await forges(town, LIEN, town.shown(FACILITATORS)[-1], "1:C:i1:u:1", FACILITATORS)
    assert await state(town) == "published"
    assert await town.rows("SELECT count(*) FROM moderation_cases WHERE settled_at IS NULL") == [(1,)]


REASONS = {"Grof": "r", "Privégegevens": "p", "Reclame": "a", "Iets anders": "o"}
LENGTHS = ("1 dag", "1 week", "1 maand")


async def goes_through_all(town: Town) -> None:
    """Each reason and each length once, on the case that the newest message shows."""
    for reason in REASONS:
        await pressed(town, "🙈", "Waarom moet")
        await pressed(town, reason, "Het is verborgen")
        await pressed(town, "↩️", "van 1")
        await pressed(town, "⚠️", "Waarom waarschuw")
        await pressed(town, reason, f"gewaarschuwd: {reason}")
        for length in LENGTHS:
            await pressed(town, "⛔", "Waarom blokkeer")
            await pressed(town, reason, "Voor hoe lang")
            await pressed(town, length, "geblokkeerd tot")
            await pressed(town, "🔓", "mag weer schrijven")
    for label, question in {"🙈": "Waarom moet", "⚠️": "Waarom waarschuw"}.items():
        await pressed(town, label, question)
        asked = await pressed(town, "In eigen woorden", "Schrijf")
        replied(town, asked, "Zo spreken we hier niet")
        await town.until(lambda: "Ongedaan" in str(buttons(town.shown(FACILITATORS)[-1])))
    await pressed(town, "👁", "Weer getoond")
    await pressed(town, "↩️", "Het is verborgen")
    asked = await pressed(town, "❓", "Schrijf je vraag")
    replied(town, asked, "Waarom zo boos?")
    await town.until(lambda: "Waarom zo boos" in town.texts(FACILITATORS)[-1])
    await pressed(town, "Verborgen laten", "Het blijft verborgen")


async def test_every_reason_and_length_works_for_an_idea(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await reported(town)
    await town.reads(FACILITATORS, "1 persoon")
    await queue(town)
    await goes_through_all(town)
    reasons = [row[0] for row in await town.rows("SELECT reason FROM moderation_acts WHERE kind = 'block'")]
    assert reasons == [letter for letter in REASONS.values() for _ in LENGTHS]
    assert await state(town) == "hidden"


async def test_every_reason_and_length_works_for_a_comment(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    reply(town, YASMINE, await turned(town, YASMINE, "1"), "Domme buren")
    await town.reads(YASMINE, "est gardé")
    page = await asks(town, GRIET, "/ideas")
    await forges(town, GRIET, page, "1:p:c1:r:n:0")
    await town.reads(FACILITATORS, "1 persoon")
    assert "Bij het idee" in (await queue(town))["text"]
    await goes_through_all(town)
    assert await town.rows("SELECT state FROM comments") == [("hidden",)]
    await pressed(town, "📋", "Het blijft verborgen")
    await pressed(town, "▸", "Wat er beslist is")
    await pressed(town, "◂", "Het blijft verborgen")


async def test_two_comments_are_leafed_through(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    card = await turned(town, YASMINE, "1")
    for text in ("Domme buren", "Domme eenden"):
        reply(town, YASMINE, card, text)
        await town.reads(YASMINE, text)
    page = await asks(town, GRIET, "/ideas")
    for number in (1, 2):
        await forges(town, GRIET, page, f"1:p:c{number}:r:n:0")
    await town.reads(FACILITATORS, "Domme eenden")
    await queue(town)
    await pressed(town, "▸", "2 van 2")
    await pressed(town, "◂", "1 van 2")
    await pressed(town, "🙈", "Waarom moet")
    await pressed(town, "✖️", "1 van 2")
    await pressed(town, "✅", "Het blijft zoals")
    log = await pressed(town, "📋", "Wat er beslist is")
    assert "1" in buttons(log)
    await pressed(town, "1", "Domme buren")
