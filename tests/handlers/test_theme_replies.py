"""The town answers all ideas of a theme from the chat: once to each person, whatever they wrote in it."""

from pathlib import Path

from bot.errands import joined
from bot.runtime import now
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town
from tests.handlers.acting import asks
from tests.handlers.test_replies import ANSWER, an_idea, keep_awake, last, reply_in_group, text_of

IDEAS = ("Meer bomen op het plein", "Schaduw op de speelplaats", "Bomen langs de kade")


async def a_theme(town: Town) -> list[Json]:
    """Two ideas of Griet's and one of Yasmine's are one theme; their cards."""
    await keep_awake(town, GRIET, YASMINE)
    people = zip(IDEAS, (GRIET, GRIET, YASMINE), strict=True)
    cards = [await an_idea(town, person, text) for text, person in people]
    members = tuple(Member(IdeaId(number), 0.9) for number in (1, 2, 3))
    found = FoundTheme(None, "Bomen", ("bomen",), members, ())
    async with joined(town.settings) as storage, storage.writing() as work:
        await work.themes.replace(Clustering((found,), ()), now())
    return cards


async def answered(town: Town, text: str = ANSWER) -> Json:
    choosing = await asks(town, LIEN, "/reply theme 1", FACILITATORS)
    assert "3 ideeën" in choosing["text"]
    assert "2 mensen horen ervan" in choosing["text"]
    town.press(LIEN, choosing, "Gepland", FACILITATORS)
    reply_in_group(town, await last(town, "Schrijf nu"), text)
    preview = await last(town, "nog niet verstuurd")
    assert "3 ideeën" in preview["text"]
    town.press(LIEN, preview, "Versturen", FACILITATORS)
    return await last(town, "staat nu bij")


async def heard_again(town: Town) -> None:
    """People may be told again before the hour is over."""
    await town.rest()
    town.run_sql("UPDATE residents SET noticed_at = NULL")
    town.wake()


async def test_a_theme_is_answered_corrected_and_taken_back_as_a_whole(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        cards = await a_theme(town)
        sent = await answered(town)
        news = await town.reads(GRIET, "alle ideeën over “Bomen”, ook op dat van jou")
        assert ANSWER in news["text"]
        await town.reads(YASMINE, "toutes les idées sur")
        with_people = list(zip(cards, (GRIET, GRIET, YASMINE), strict=True))
        await town.until(lambda: all(ANSWER in text_of(town, who, card) for card, who in with_people))
        assert sum("over “Bomen”" in text for text in town.texts(GRIET)) == 1
        assert await town.rows("SELECT status, count(*) FROM ideas GROUP BY status") == [("planned", 3)]

        await heard_again(town)
        town.press(LIEN, sent, "Verbeteren", FACILITATORS)
        town.press(LIEN, await last(town, "Wat moet het antwoord zeggen"), "Gedaan", FACILITATORS)
        reply_in_group(town, await last(town, "tekst tot nu toe"), "Ze staan er.")
        town.press(LIEN, await last(town, "in plaats van"), "Versturen", FACILITATORS)
        done = await last(town, "is verbeterd")
        await town.reads(GRIET, "haar antwoord over “Bomen” verbeterd")
        await town.until(lambda: "Ze staan er." in text_of(town, YASMINE, cards[2]))
        town.press(LIEN, done, "Ongedaan maken", FACILITATORS)
        undone = await last(town, "zegt weer wat het eerder zei")
        await heard_again(town)
        await town.until(lambda: sum("“Bomen” verbeterd" in text for text in town.texts(GRIET)) == 2)

        await heard_again(town)
        town.press(LIEN, undone, "Antwoord terugnemen", FACILITATORS)
        question = await last(town, "3 ideeën hebben het")
        town.press(LIEN, question, "Zo laten", FACILITATORS)
        town.press(LIEN, await last(town, "Hoever staat het nu"), "Antwoord terugnemen", FACILITATORS)
        question = await last(town, "3 ideeën hebben het")
        town.press(LIEN, question, "Antwoord terugnemen", FACILITATORS)
        await last(town, "teruggenomen. 2 mensen")
        await town.reads(GRIET, "haar antwoord over “Bomen” teruggenomen")
        await town.until(lambda: ANSWER not in text_of(town, GRIET, cards[0]))
        assert await town.rows("SELECT count(*) FROM replies") == [(0,)]
        who = "SELECT taken_back_by_id = (SELECT id FROM residents WHERE telegram_id = ?) FROM theme_replies"
        assert await town.rows(who, LIEN) == [(1,)]
        assert await town.rows("SELECT count(*) FROM stale_cards") == [(0,)]


async def test_the_way_to_a_theme_leads_back_and_a_theme_that_is_gone_is_said_to_be(town: Town) -> None:
    await a_theme(town)
    assert (
        "3 ideeën"
        in (await asks(town, LIEN, "/reply https://ideas.example/nl/themes/1", FACILITATORS))["text"]
    )
    await asks(town, LIEN, "/themes", FACILITATORS)
    town.press(LIEN, town.shown(FACILITATORS)[-1], "1", FACILITATORS)
    card = await last(town, "week na week")
    town.press(LIEN, card, "💬", FACILITATORS)
    choosing = await last(town, "Hoever staat de gemeente met dit thema")
    town.press(LIEN, choosing, "Niet nu", FACILITATORS)
    question = await last(town, "Zeg waarom")
    town.press(LIEN, question, "Andere status", FACILITATORS)
    town.press(LIEN, await last(town, "Hoever"), "Niet nu", FACILITATORS)
    reply_in_group(town, await last(town, "Zeg waarom"), "Te duur")
    town.press(LIEN, await last(town, "nog niet verstuurd"), "Wijzigen", FACILITATORS)
    town.press(LIEN, await last(town, "tekst tot nu toe"), "Annuleren", FACILITATORS)
    cancelled = await last(town, "niets verstuurd")
    town.press(LIEN, cancelled, "Toch antwoorden", FACILITATORS)
    await last(town, "Hoever staat de gemeente met dit thema")
    for said in ("theme 99", "theme", "theme x"):
        assert "/themes" in (await asks(town, LIEN, f"/reply {said}", FACILITATORS))["text"]
    assert await town.rows("SELECT count(*) FROM theme_replies") == [(0,)]


async def test_what_was_said_to_a_theme_can_be_changed_when_the_theme_is_gone(town: Town) -> None:
    cards = await a_theme(town)
    sent = await answered(town)
    await town.until(lambda: ANSWER in text_of(town, YASMINE, cards[2]))
    await town.rest()
    town.run_sql("UPDATE themes SET is_current = 0")
    town.wake()
    town.press(LIEN, sent, "Verbeteren", FACILITATORS)
    town.press(LIEN, await last(town, "Wat moet het antwoord zeggen"), "Gedaan", FACILITATORS)
    reply_in_group(town, await last(town, "tekst tot nu toe"), "Ze staan er.")
    town.press(LIEN, await last(town, "in plaats van"), "Versturen", FACILITATORS)
    done = await last(town, "is verbeterd")
    assert "Thema: Bomen" in done["text"]
    town.press(LIEN, done, "Antwoord terugnemen", FACILITATORS)
    town.press(LIEN, await last(town, "3 ideeën hebben het"), "Antwoord terugnemen", FACILITATORS)
    await last(town, "Het antwoord is teruggenomen")
    assert await town.rows("SELECT count(*), (SELECT count(*) FROM conversations) FROM replies") == [(0, 0)]
