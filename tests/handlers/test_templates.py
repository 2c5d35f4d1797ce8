"""Facilitators keep words for answers, and use them."""

from tests.bot.town import FACILITATORS, LIEN, Json, Town
from tests.handlers.acting import asks
from tests.handlers.test_replies import an_idea, asked, last, reply_in_group

WORDS = "Bedankt. {town} leest dit: {idea}"


async def kept(town: Town, text: str = WORDS, status: str = "Gepland") -> Json:
    """A template in Dutch."""
    page = await asks(town, LIEN, "/templates", FACILITATORS)
    town.press(LIEN, page, "Nieuw sjabloon", FACILITATORS)
    town.press(LIEN, await last(town, "Voor welke antwoorden"), status, FACILITATORS)
    town.press(LIEN, await last(town, "In welke taal"), "Nederlands", FACILITATORS)
    reply_in_group(town, await last(town, "Schrijf nu de tekst"), text)
    return await last(town, "is bewaard")


async def test_a_template_is_kept_changed_deleted_and_put_back(town: Town) -> None:
    made = await kept(town)
    town.press(LIEN, made, "Wijzigen", FACILITATORS)
    question = await last(town, "tekst tot nu toe")
    reply_in_group(town, question, "…")
    await last(town, "heeft woorden nodig")
    town.press(LIEN, await last(town, "heeft woorden nodig"), "Annuleren", FACILITATORS)
    page = await last(town, "1 sjabloon")
    town.press(LIEN, page, "📝 1", FACILITATORS)
    await town.until(lambda: "1 sjabloon" not in town.texts(FACILITATORS)[-1])
    town.press(LIEN, await last(town, "leest dit"), "Wijzigen", FACILITATORS)
    reply_in_group(town, await last(town, "tekst tot nu toe"), "Dank je, {town} kijkt")
    changed = await last(town, "is gewijzigd")
    assert "Dank je" in changed["text"]
    town.press(LIEN, changed, "Verwijderen", FACILITATORS)
    deleted = await last(town, "is verwijderd")
    town.press(LIEN, deleted, "Ongedaan maken", FACILITATORS)
    back = await last(town, "is terug")
    town.press(LIEN, back, "Verwijderen", FACILITATORS)
    deleted = await last(town, "is verwijderd")
    town.press(LIEN, deleted, "Sjablonen", FACILITATORS)
    await last(town, "nog geen sjablonen")


async def test_a_template_becomes_the_draft_with_the_towns_name_and_the_idea(town: Town) -> None:
    await kept(town)
    await an_idea(town, text="Een bank {town}")
    question = await asked(town)
    town.press(LIEN, question, "📝", FACILITATORS)
    preview = await last(town, "nog niet verstuurd")
    assert "Bedankt. Wilgenbeke leest dit: Een bank {town}" in preview["text"]
    town.press(LIEN, preview, "Wijzigen", FACILITATORS)
    await last(town, "tekst tot nu toe")
    assert await town.rows("SELECT count(*) FROM replies") == [(0,)]


async def test_a_template_is_in_one_of_the_towns_languages(town: Town) -> None:
    for language in ("English", "Français", "Deutsch"):
        page = await asks(town, LIEN, "/templates", FACILITATORS)
        town.press(LIEN, page, "Nieuw sjabloon", FACILITATORS)
        town.press(LIEN, await last(town, "Voor welke antwoorden"), "Niet nu", FACILITATORS)
        town.press(LIEN, await last(town, "In welke taal"), language, FACILITATORS)
        question = await last(town, "Schrijf nu de tekst")
        assert language.lower() in question["text"].lower()
    await an_idea(town)
    await asked(town)
    assert any("opzijgelegd" in text for text in town.texts(FACILITATORS))


async def test_many_templates_are_turned_over(town: Town) -> None:
    await kept(town)
    await town.rest()
    insert = "INSERT INTO reply_templates (status, language, text) VALUES ('planned', 'nl', 'Tekst {}')"
    town.run_sql(*(insert.format(number) for number in range(6)))
    town.wake()
    page = await asks(town, LIEN, "/templates", FACILITATORS)
    assert "7 sjablonen" in page["text"]
    town.press(LIEN, page, "▸", FACILITATORS)
    later = await last(town, "Tekst 5")
    town.press(LIEN, later, "◂", FACILITATORS)
    await last(town, "Tekst 1")
