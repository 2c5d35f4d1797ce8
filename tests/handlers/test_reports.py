"""What should not be there is reported, hidden or kept by facilitators, and that can be undone."""

from pathlib import Path

from sandbox import people
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world
from tests.handlers.acting import asks, buttons, forges, reply, toasted, turned, wrote
from tests.handlers.test_ideas import picture, sent_file


async def reported(town: Town, person: int = YASMINE, reason: str = "Grossier") -> str:
    """Report the newest idea; what flashes up."""
    await asks(town, person, "/ideas")
    await turned(town, person, "1")
    asked = await turned(town, person, "⚑")
    return await toasted(town, person, asked, reason)


async def decided(town: Town, label: str, words: str) -> Json:
    before = buttons(town.shown(FACILITATORS)[-1])
    town.press(LIEN, town.shown(FACILITATORS)[-1], label, FACILITATORS)
    await town.until(lambda: buttons(town.shown(FACILITATORS)[-1]) != before)
    return await town.reads(FACILITATORS, words)


async def state(town: Town) -> str:
    ((found,),) = await town.rows("SELECT state FROM ideas ORDER BY id DESC LIMIT 1")
    return str(found)


async def test_a_report_reaches_facilitators_with_its_reason_and_without_its_sender(town: Town) -> None:
    await wrote(town, GRIET, "Domme <b>buren</b>")
    assert "va regarder" in await reported(town)
    told = await town.reads(FACILITATORS, "Domme <b>buren</b>")
    assert "1 persoon" in told["text"] and "Grof" in told["text"]
    assert "Yasmine" not in str(told)
    assert "déjà" in await reported(town)
    await reported(town, LIEN, "Reclame")
    told = await town.reads(FACILITATORS, "2 mensen")
    assert "Reclame" in told["text"]
    assert len(town.shown(FACILITATORS)) == 1


async def test_what_is_hidden_vanishes_everywhere_and_its_author_is_told(town: Town) -> None:
    await wrote(town, GRIET, "Domme buren")
    await reported(town)
    await town.reads(FACILITATORS, "Domme buren")
    await decided(town, "🙈", "Verborgen")
    assert await state(town) == "hidden"
    own = await town.reads(GRIET, "Dit is voorlopig verborgen")
    assert "Domme buren" in own["text"]
    assert "⋯" not in str(own)
    assert "privacy@town.example" in own["text"]
    # The card that lies open in the other's chat.
    await town.reads(YASMINE, "n’est plus ici")
    assert "Domme buren" not in (await asks(town, YASMINE, "/ideas"))["text"]
    assert "Domme buren" not in (await asks(town, YASMINE, "/ideas domme"))["text"]
    await decided(town, "↩️", "Domme buren")
    assert await state(town) == "published"
    await town.until(lambda: any("⋯" in str(message.get("reply_markup")) for message in town.shown(GRIET)))
    assert "Domme buren" in (await asks(town, YASMINE, "/ideas"))["text"]


async def test_what_is_kept_stays_and_what_its_author_took_back_stays_theirs(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await reported(town)
    await town.reads(FACILITATORS, "Een fontein")
    kept = await decided(town, "✅", "zoals het is")
    assert any("↩️" in label for label in buttons(kept))
    assert await state(town) == "published"
    await decided(town, "↩️", "Een fontein")
    await town.until(lambda: any("🙈" in label for label in buttons(town.shown(FACILITATORS)[-1])))
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[-1]), "🗑")
    await town.reads(GRIET, "Ingetrokken")
    town.press(LIEN, town.shown(FACILITATORS)[-1], "🙈", FACILITATORS)
    await town.until(lambda: any("↩️" in label for label in buttons(town.shown(FACILITATORS)[-1])))
    await decided(town, "↩️", "Een fontein")
    assert await state(town) == "withdrawn"


async def test_only_facilitators_decide_and_nobody_reports_their_own(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    page = await asks(town, GRIET, "/ideas")
    assert len(town.shown(GRIET)) == 2
    assert "zelf geschreven" in await forges(town, GRIET, page, "1:p:i1:r:n:0")
    await reported(town)
    await town.reads(FACILITATORS, "Een fontein")
    for verb in ("h", "k", "u"):
        assert "begeleiders" in await forges(town, GRIET, town.shown(GRIET)[-1], f"1:H:1:{verb}")
    assert await state(town) == "published"
    for data in ("1:p:x9:r", "1:p:i99:r", "1:p"):
        assert await forges(town, GRIET, town.shown(GRIET)[-1], data) != ""


async def test_a_forged_report_reads_nothing_that_is_not_there_for_all(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    reply(town, YASMINE, await turned(town, YASMINE, "1"), "Domme buren")
    await town.reads(YASMINE, "est gardé")
    page = await asks(town, LIEN, "/ideas")
    town.press(YASMINE, town.shown(YASMINE)[-1], "🗑")
    await town.until(lambda: any("↩️" in label for label in buttons(town.shown(YASMINE)[-1])))
    assert "Dit is er niet meer" in await forges(town, LIEN, page, "1:p:c1:-")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[0]), "🗑")
    await town.reads(GRIET, "Ingetrokken")
    await forges(town, LIEN, town.shown(LIEN)[-1], "1:p:i1:-:n:0")
    await town.reads(LIEN, "niet meer")
    assert "Wat is er mis" not in str(town.texts(LIEN))


async def test_a_comment_is_reported_hidden_and_shown_again(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    reply(town, YASMINE, await turned(town, YASMINE, "1"), "Domme buren")
    await town.reads(YASMINE, "est gardé")
    await asks(town, GRIET, "/ideas")
    await turned(town, GRIET, "1")
    town.press(GRIET, town.shown(GRIET)[-1], "◂")
    card = await asks(town, LIEN, "/ideas")
    assert "1 💬" in card["text"]
    await turned(town, LIEN, "1")
    await turned(town, LIEN, "💬", "Domme buren")
    await turned(town, LIEN, "1", "Bij het idee")
    asked = await turned(town, LIEN, "⚑", "Wat is er mis")
    assert "kijken ernaar" in await toasted(town, LIEN, asked, "Iets anders")
    told = await town.reads(FACILITATORS, "Domme buren")
    assert "Een fontein" in told["text"]
    await decided(town, "🙈", "Verborgen")
    assert await town.rows("SELECT state FROM comments") == [("hidden",)]
    await town.reads(YASMINE, "a masqué ce texte")
    assert "💬" not in (await asks(town, LIEN, "/ideas"))["text"]
    await decided(town, "↩️", "Domme buren")
    await town.until(lambda: not any("masqué" in text for text in town.texts(YASMINE)))
    assert await town.rows("SELECT state FROM comments") == [("published",)]


async def test_without_a_facilitators_chat_administrators_decide_in_their_own(tmp_path: Path) -> None:
    noor, absent, world = 1011, 1012, a_world()
    world.add_person("Noor", id=noor, language_code="en")
    world.add_person("Jef", id=absent, language_code="nl")
    told = {"facilitator_chat": None, "administrators": [LIEN, noor, absent]}
    async with a_town(tmp_path, world, town=told) as town:
        town.wake()
        for administrator in (LIEN, noor):
            await asks(town, administrator, "/start")
        await wrote(town, GRIET, "Domme buren")
        await reported(town)
        await town.reads(LIEN, "1 persoon")
        asked = await town.reads(noor, "1 person")
        # Nobody else decides, and who never wrote to the bot cannot be written to.
        assert "begeleiders" in await forges(town, GRIET, town.shown(GRIET)[-1], "1:H:1:h")
        assert await state(town) == "published"
        assert town.shown(absent) == []
        town.press(noor, asked, "🙈")
        await town.reads(noor, "Hidden")
        await town.reads(LIEN, "Verborgen")
        assert await state(town) == "hidden"
        town.press(LIEN, town.shown(LIEN)[-1], "↩️")
        await town.until(lambda: any("🙈" in label for label in buttons(town.shown(noor)[-1])))
        assert await state(town) == "published"
        assert [len(town.shown(each)) for each in (LIEN, noor)] == [2, 2]


async def test_a_card_that_asks_goes_on_asking_when_facilitators_keep_the_idea(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await reported(town)
    await town.reads(FACILITATORS, "Een fontein")
    town.press(GRIET, town.shown(GRIET)[0], "Aanpassen")
    await town.reads(GRIET, "opnieuw")
    await decided(town, "✅", "zoals het is")
    await decided(town, "↩️", "Een fontein")
    assert buttons(town.shown(GRIET)[0]) == ["✖️ Annuleren"]
    await decided(town, "🙈", "Verborgen")
    await town.reads(GRIET, "Dit is voorlopig verborgen")
    assert await town.rows("SELECT step FROM conversations") == []
    await decided(town, "↩️", "Een fontein")
    await town.until(lambda: "⋯" in str(town.shown(GRIET)[0].get("reply_markup")))
    await wrote(town, GRIET, "Een bank")
    assert await town.rows("SELECT text FROM ideas ORDER BY id") == [("Een fontein",), ("Een bank",)]


async def test_what_its_author_took_back_still_says_so_after_a_decision(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await asks(town, YASMINE, "/ideas")
    card = await turned(town, YASMINE, "1")
    reply(town, YASMINE, card, "Domme buren")
    await town.reads(YASMINE, "est gardé")
    page = await asks(town, LIEN, "/ideas")
    await forges(town, LIEN, page, "1:p:c1:r:n:0")
    await town.reads(FACILITATORS, "Domme buren")
    town.press(YASMINE, town.shown(YASMINE)[-1], "🗑")
    await town.reads(YASMINE, "C’est retiré")
    await decided(town, "🙈", "Verborgen")
    await town.reads(YASMINE, "a masqué ce texte")
    await decided(town, "↩️", "Domme buren")
    own = await town.reads(YASMINE, "C’est retiré")
    assert any("↩️" in label for label in buttons(own))
    await town.reads(YASMINE, "comme vous l’aviez laissé")


async def test_what_is_hidden_can_neither_be_changed_nor_be_sent_again(town: Town) -> None:
    sent = town.write(GRIET, "Domme buren")
    await town.answer(GRIET, 1)
    await reported(town)
    await town.reads(FACILITATORS, "Domme buren")
    await decided(town, "🙈", "Verborgen")
    await town.reads(GRIET, "Dit is voorlopig verborgen")
    await town.reads(GRIET, "De reden")
    people.edit(town.world, GRIET, GRIET, sent["message_id"], text="Nog dommere buren")
    again = await asks(town, GRIET, "Domme buren")
    assert "Dit is voorlopig verborgen" in again["text"]
    await sent_file(town, "photo", picture(), "Domme buren")
    await town.answer(GRIET, 3)
    assert await town.rows("SELECT text, state FROM ideas") == [("Domme buren", "hidden")]
    assert await town.rows("SELECT count(*) FROM media") == [(0,)]
    await decided(town, "↩️", "Domme buren")
    assert await town.rows("SELECT text, state FROM ideas") == [("Domme buren", "published")]
