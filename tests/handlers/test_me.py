"""What a person has here, page by page in one message, and their settings."""

import pytest

from sandbox import kinds
from tests.bot.town import GRIET, YASMINE, Town
from tests.handlers.acting import asks, buttons, forges, turned, wrote
from tests.sandbox.pictures import opus, picture


async def test_who_wrote_nothing_is_told_how_to_begin(town: Town) -> None:
    page = await asks(town, GRIET, "/me")
    assert "nog niets van jou" in page["text"]
    assert buttons(page) == ["⚙️ Mijn instellingen", "📦 Mijn gegevens", "🗑 Vergeet mij"]


async def test_own_ideas_are_turned_over_in_place_and_open_below(town: Town) -> None:
    await wrote(town, GRIET, *(f"Idee nummer {number}" for number in range(1, 8)))
    page = await asks(town, GRIET, "/me")
    assert "7 ideeën" in page["text"]
    ((name,),) = await town.rows("SELECT pseudonym FROM residents")
    assert page["text"].startswith(name)
    first = await turned(town, GRIET, "Mijn ideeën", "1 · Idee nummer 7")
    assert "◂" not in buttons(first)
    second = await turned(town, GRIET, "▸", "2 · Idee nummer 1")
    assert [label for label in buttons(second) if label != "◂ Terug"] == ["1", "2", "◂"]
    town.press(GRIET, second, "2")
    card = await town.answer(GRIET, 9)
    assert "Idee nummer 1" in card["text"]
    assert any("Intrekken" in label or "⋯" in label for label in buttons(card))


async def test_a_withdrawn_idea_is_listed_as_such_and_can_return(town: Town) -> None:
    await wrote(town, GRIET, "Een bank")
    await town.rest()
    town.run_sql("UPDATE ideas SET state = 'withdrawn', withdrawn_at = '2999-01-01T00:00:00.000000+00:00'")
    town.wake()
    await asks(town, GRIET, "/me")
    page = await turned(town, GRIET, "Mijn ideeën", "ingetrokken")
    town.press(GRIET, page, "1")
    assert "↩️ Ongedaan maken" in buttons(await town.answer(GRIET, 3))


@pytest.mark.parametrize(
    ("content", "shown", "waits"),
    [
        ("photo", "📷 Foto", "wacht op woorden"),
        ("voice", "🎤 Spraakbericht", "wacht op woorden"),
        ("place", "📍 Plaats", "wacht op woorden"),
        ("forwarded", "Een bank", "wacht op je antwoord"),
    ],
)
async def test_what_waits_is_listed_and_what_is_not_kept_is_gone(
    town: Town, content: str, shown: str, waits: str
) -> None:
    await _sends(town, content)
    await town.answer(GRIET, 1)
    await asks(town, GRIET, "/me")
    page = await turned(town, GRIET, "Mijn ideeën", waits)
    assert f"1 · {shown}\n" in page["text"]
    town.press(GRIET, page, "1")
    card = await town.answer(GRIET, 3)
    town.press(GRIET, card, "Niet bewaren")
    await town.reads(GRIET, "24 uur")
    overview = await asks(town, GRIET, "/me")
    assert ("nog niets van jou" in overview["text"]) is (content != "forwarded")


async def _sends(town: Town, what: str) -> None:
    """Something that is no idea yet."""
    match what:
        case "photo":
            file = kinds.SentFile(picture(), "bank.jpg", "image/jpeg")
        case "voice":
            file = kinds.SentFile(opus(4), "bank.ogg", "audio/ogg")
        case "place":
            town.send(GRIET, {"location": {"latitude": 50.8, "longitude": 4.9}})
            return
        case _:
            town.send(GRIET, {"text": "Een bank"}, forward_from=YASMINE)
            return
    town.send(GRIET, await kinds.file_content(town.world, what, file, None))


async def test_what_is_supported_and_said_opens_as_a_neighbours_card(town: Town) -> None:
    await wrote(town, YASMINE, "Des bancs au soleil")
    await town.rest()
    await _knows_griet(town)
    town.run_sql(
        "INSERT INTO supports SELECT 1, id, created_at FROM residents WHERE telegram_id = 1001",
        "INSERT INTO follows SELECT 1, id, created_at FROM residents WHERE telegram_id = 1001",
        "INSERT INTO comments (idea_id, author_id, text, created_at) "
        "SELECT 1, id, 'Ook in de schaduw', created_at FROM residents WHERE telegram_id = 1001",
    )
    town.wake()
    overview = await asks(town, GRIET, "/me")
    lists = ["👍 Wat ik steun", "👁 Wat ik volg", "💬 Mijn reacties"]
    assert buttons(overview)[:3] == lists
    for label, words in zip(lists, ["Des bancs", "Des bancs", "Ook in de schaduw"], strict=True):
        await turned(town, GRIET, label, words)
        await turned(town, GRIET, "Terug", "reactie")
    page = await turned(town, GRIET, "Mijn reacties", "Bij: Des bancs")
    town.press(GRIET, page, "1")
    assert "Des bancs" in (await town.answer(GRIET, 3))["text"]


async def test_settings_change_where_they_stand(town: Town) -> None:
    await asks(town, GRIET, "/me")
    page = await turned(town, GRIET, "Mijn instellingen", "Taal: Nederlands")
    assert "📍 Vergeet mijn plek" not in buttons(page)
    page = await turned(town, GRIET, "Français", "Langue")
    assert await town.rows("SELECT language FROM residents") == [("fr",)]
    await turned(town, GRIET, "Retour", "rien de vous")


async def test_a_place_is_forgotten(town: Town) -> None:
    await asks(town, GRIET, "/me")
    await town.rest()
    town.run_sql("UPDATE residents SET near_latitude = 50.8, near_longitude = 4.9")
    town.wake()
    page = await turned(town, GRIET, "Mijn instellingen", "een plek van je")
    place = next(label for label in buttons(page) if "📍" in label)
    await turned(town, GRIET, place, "Taal")
    assert await town.rows("SELECT near_latitude FROM residents") == [(None,)]


async def test_the_privacy_notice_leads_back_to_the_settings(town: Town) -> None:
    await asks(town, GRIET, "/me")
    await turned(town, GRIET, "Mijn instellingen", "Taal")
    await turned(town, GRIET, "Privacyverklaring", "Wat bewaard wordt")
    await turned(town, GRIET, "Terug", "Taal: Nederlands")


async def test_nobody_opens_the_idea_of_somebody_else_as_their_own(town: Town) -> None:
    await wrote(town, YASMINE, "Des bancs au soleil")
    page = await asks(town, GRIET, "/me")
    assert "iemand anders" in await forges(town, GRIET, page, "1:M:o:1")


@pytest.mark.parametrize("data", ["1:M:z:1", "1:M:i", "1:M:i:-1", "1:S:l:xx", "1:S:p:1"])
async def test_buttons_that_nobody_made_say_so(town: Town, data: str) -> None:
    page = await asks(town, GRIET, "/me")
    assert "niet meer" in await forges(town, GRIET, page, data)


async def _knows_griet(town: Town) -> None:
    town.wake()
    await asks(town, GRIET, "/start")
    await town.rest()


@pytest.mark.parametrize("person", [GRIET, YASMINE])
async def test_who_opens_what_is_gone_is_sent_to_the_own_ideas(town: Town, person: int) -> None:
    page = await asks(town, person, "/me")
    said = await forges(town, person, page, "1:e:999")
    assert "/me" in said
    assert "/ideas" not in said
