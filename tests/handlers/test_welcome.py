"""First contact: who collects what and why, what a link opens, and the language that it is said in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.town import Town as Municipality
from handlers.privacy import privacy_notice
from handlers.welcome import welcome
from locales import translator
from sandbox import deeplinks, kinds, people
from sandbox.context import Context
from sandbox.markup import parse_html
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town
from tests.handlers.acting import asks
from tests.handlers.test_ideas import picture, sent_file
from tests.sandbox.pictures import opus

FOUR = tuple(map(Language, ("nl", "fr", "de", "en")))


def municipality(name: str) -> Municipality:
    return Municipality(name, FOUR, ZoneInfo("Europe/Brussels"), None, frozenset(), FOUR[0], None, "x" * 300)


@given(name=st.text(min_size=1, max_size=100))
def test_the_welcome_fits_in_400_characters_however_long_the_towns_name(name: str) -> None:
    for language in FOUR:
        text, _ = parse_html(welcome(language, municipality(name)).html)
        assert 0 < len(text) <= 400


@pytest.mark.parametrize("language", FOUR)
def test_the_privacy_notice_fits_in_a_message(language: Language) -> None:
    text, _ = parse_html(privacy_notice(translator(language), municipality("W" * 100)))
    assert "/forget" in text
    assert len(text) <= 4096


def follow(town: Town, person: int, payload: str) -> None:
    deeplinks.follow(town.world, person, f"https://t.me/{town.world.bot.username}?start={payload}")


async def first_message(town: Town, kind: str) -> tuple[Json, Json]:
    """Something that is no idea yet, and what is around it."""
    if kind == "forwarded":
        return people.text_content("Une fontaine pour jouer"), {"forward_from": LIEN}
    file = {
        "voice": kinds.SentFile(opus(4), "voix.ogg", "audio/ogg"),
        "photo": kinds.SentFile(picture(), "photo.jpg", "image/jpeg"),
    }[kind]
    return await kinds.file_content(town.world, kind, file, None), {}


async def an_idea(town: Town, text: str = "Een bank bij de kapel") -> str:
    """The token of an idea of Griet's."""
    town.write(GRIET, text)
    await town.reads(GRIET, text)
    ((token,),) = await town.rows("SELECT token FROM ideas WHERE text = ?", text)
    return str(token)


def labels(message: Json) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def test_a_town_without_a_board_shows_the_privacy_notice_in_place(town: Town) -> None:
    town.write(YASMINE, "/start")
    message = await town.answer(YASMINE, 1)
    town.press(YASMINE, message, "vie privée")
    notice = await town.reads(YASMINE, "/forget")
    assert notice["message_id"] == message["message_id"]
    town.press(YASMINE, notice, "Retour")
    await town.until(lambda: town.texts(YASMINE) == [message["text"]])


async def test_a_town_with_a_board_leads_to_its_page(tmp_path: Path) -> None:
    async with a_town(tmp_path, board={"public_url": "https://ideas.example"}) as town:
        town.wake()
        town.write(YASMINE, "/start")
        message = await town.answer(YASMINE, 1)
        links = [b.get("url") for row in message["reply_markup"]["inline_keyboard"] for b in row]
        assert "https://ideas.example/fr/privacy" in links


async def test_a_language_is_kept_and_everything_after_it_speaks_it(town: Town) -> None:
    town.write(GRIET, "Een bank bij de kapel")
    card = await town.answer(GRIET, 1)
    town.write(GRIET, "/start")
    message = await town.answer(GRIET, 2)
    town.press(GRIET, message, "Deutsch")
    await town.reads(GRIET, "Schreib")
    await town.rest()
    town.wake()
    card = await town.unfold(GRIET, card)
    town.press(GRIET, card, "Zurückziehen")
    await town.reads(GRIET, "24 Stunden")


class TestTheFirstMessage:
    """may be the idea: its card says who asks, and changes the language."""

    async def test_is_kept_and_its_card_is_the_welcome(self, town: Town) -> None:
        town.write(YASMINE, "Une fontaine pour jouer")
        card = await town.answer(YASMINE, 1)
        assert "Une fontaine pour jouer" in card["text"]
        assert "Wilgenbeke" in card["text"]
        town.press(YASMINE, card, "Deutsch")
        german = await town.reads(YASMINE, "Deine Idee")
        assert german["message_id"] == card["message_id"]
        town.press(YASMINE, german, "Datenschutz")
        notice = await town.reads(YASMINE, "/mydata")
        town.press(YASMINE, notice, "Zurück")
        await town.until(lambda: town.texts(YASMINE) == [german["text"]])

    @pytest.mark.parametrize("kind", ["voice", "photo", "forwarded"])
    async def test_that_waits_for_something_says_it_as_well(self, town: Town, kind: str) -> None:
        content, around = await first_message(town, kind)
        town.send(YASMINE, content, **around)
        card = await town.answer(YASMINE, 1)
        assert "Wilgenbeke" in card["text"]
        town.press(YASMINE, card, "Deutsch")
        german = await town.reads(YASMINE, "Wilgenbeke sammelt")
        assert german["message_id"] == card["message_id"]
        town.press(YASMINE, german, "Datenschutz")
        notice = await town.reads(YASMINE, "/mydata")
        town.press(YASMINE, notice, "Zurück")
        await town.until(lambda: town.texts(YASMINE) == [german["text"]])

    async def test_that_was_spoken_keeps_the_language_once_it_is_typed(self, town: Town) -> None:
        content, _ = await first_message(town, "voice")
        town.send(YASMINE, content)
        await town.until(lambda: any("voice" in message for message in town.shown(FACILITATORS)))
        voice = town.shown(FACILITATORS)[-1]
        town.press(LIEN, voice, "Uittikken", FACILITATORS)
        await town.reads(FACILITATORS, "Antwoord")
        reply = Context(reply_to_message_id=voice["message_id"])
        people.write(town.world, FACILITATORS, LIEN, "Une fontaine pour jouer", reply)
        card = await town.reads(YASMINE, "Une fontaine pour jouer")
        assert "Wilgenbeke" in card["text"]
        assert "Deutsch" in labels(card)

    async def test_of_somebody_who_was_welcomed_before_says_it_no_more(self, town: Town) -> None:
        town.write(YASMINE, "/start")
        await town.answer(YASMINE, 1)
        town.write(YASMINE, "Une fontaine pour jouer")
        card = await town.answer(YASMINE, 2)
        assert "Wilgenbeke" not in card["text"]
        assert "Deutsch" not in labels(card)

    async def test_of_somebody_who_reads_the_notice_in_place_of_the_welcome_says_it_no_more(
        self, town: Town
    ) -> None:
        town.write(YASMINE, "/start")
        town.press(YASMINE, await town.answer(YASMINE, 1), "vie privée")
        await town.reads(YASMINE, "/forget")
        await town.rest()
        town.wake()
        town.write(YASMINE, "Une fontaine pour jouer")
        card = await town.answer(YASMINE, 2)
        assert "Wilgenbeke" not in card["text"]

    async def test_of_somebody_who_wrote_before_says_it_no_more(self, town: Town) -> None:
        town.write(YASMINE, "Une fontaine pour jouer")
        town.write(YASMINE, "Un banc devant l’école")
        card = await town.answer(YASMINE, 2)
        assert "Wilgenbeke" not in card["text"]
        assert "Deutsch" not in labels(card)


async def test_the_command_of_groups_is_understood_in_private(town: Town) -> None:
    town.write(GRIET, "/idea")
    await town.reads(GRIET, "geen commando")
    town.write(GRIET, "/idea Een bank")
    await town.reads(GRIET, "Een bank")
    assert await town.rows("SELECT text FROM ideas") == [("Een bank",)]


class TestALink:
    """What follows `?start=`."""

    async def test_to_an_idea_opens_its_card_and_says_who_asks_to_somebody_new(self, town: Town) -> None:
        token = await an_idea(town)
        follow(town, YASMINE, f"idea_{token}")
        await town.reads(YASMINE, "Een bank bij de kapel")
        first, card = town.texts(YASMINE)
        assert "Wilgenbeke" in first
        assert "Een bank bij de kapel" in card
        follow(town, YASMINE, f"idea_{token}")
        await town.answer(YASMINE, 3)
        assert sum("Wilgenbeke" in text for text in town.texts(YASMINE)) == 1
        town.press(YASMINE, town.shown(YASMINE)[0], "Deutsch")
        german = await town.reads(YASMINE, "sammelt Ideen")
        assert german["message_id"] == town.shown(YASMINE)[0]["message_id"]
        assert "?" not in german["text"]
        town.press(YASMINE, german, "Datenschutz")
        town.press(YASMINE, await town.reads(YASMINE, "/forget"), "Zurück")
        await town.until(lambda: town.texts(YASMINE)[0] == german["text"])

    async def test_to_an_own_idea_opens_the_own_card(self, town: Town) -> None:
        token = await an_idea(town)
        follow(town, GRIET, f"idea_{token}")
        card = await town.answer(GRIET, 2)
        assert any("Intrekken" in label or "⋯" in label for label in labels(card))

    @pytest.mark.parametrize(
        ("payload", "said"),
        [
            ("anything", "mène plus"),
            ("idea_AAAAAAAAAAAAAAAAAAAAAA", "n’est plus là"),
            ("theme_77", "n’est plus là"),
            ("process_77", "mène plus"),
            ("prompt_3", "n’est pas ouverte"),
            ("lab_tien", "nouveau"),
        ],
    )
    async def test_that_opens_nothing_says_why_and_welcomes(
        self, town: Town, payload: str, said: str
    ) -> None:
        follow(town, YASMINE, payload)
        message = await town.answer(YASMINE, 1)
        assert said in message["text"]
        assert "Écrivez-le ici" in message["text"]
        assert "Deutsch" in labels(message)

    async def test_to_a_withdrawn_idea_shows_none_of_it(self, town: Town) -> None:
        token = await an_idea(town)
        town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[0]), "Intrekken")
        await town.reads(GRIET, "24 uur")
        follow(town, YASMINE, f"idea_{token}")
        message = await town.answer(YASMINE, 1)
        assert "kapel" not in message["text"]

    async def test_to_a_process_keeps_the_next_idea_for_it_and_no_other(self, town: Town) -> None:
        process = await a_process(town, "Groen & <klimaat>")
        follow(town, GRIET, f"process_{process}")
        question = await town.reads(GRIET, "Groen & <klimaat>")
        assert "bewaard" in question["text"]
        await town.rest()
        town.wake()
        town.write(GRIET, "/help")
        town.write(GRIET, "Bomen op het plein")
        await town.reads(GRIET, "Bomen op het plein")
        town.write(GRIET, "Een andere fontein")
        await town.reads(GRIET, "Een andere fontein")
        assert await town.rows("SELECT text, process_id FROM ideas WHERE author_id IS NOT NULL") == [
            ("Bomen op het plein", process),
            ("Een andere fontein", None),
        ]

    async def test_to_a_process_takes_no_earlier_idea_with_it(self, town: Town) -> None:
        process = await a_process(town, "Groen")
        await asks(town, GRIET, "Een bank bij de kapel")
        follow(town, GRIET, f"process_{process}")
        await town.answer(GRIET, 2)
        await sent_file(town, "photo", picture())
        await town.answer(GRIET, 3)
        await asks(town, GRIET, "/help")
        town.write(GRIET, "Bomen op het plein")
        await town.reads(GRIET, "Bomen op het plein")
        await asks(town, GRIET, "Een fontein")
        assert await town.rows("SELECT text, process_id FROM ideas WHERE author_id IS NOT NULL") == [
            ("Een bank bij de kapel", None),
            ("Bomen op het plein", process),
            ("Een fontein", None),
        ]
        assert await town.rows("SELECT idea_id FROM media") == [(2,)]

    async def test_to_a_process_counts_the_command_of_groups_too(self, town: Town) -> None:
        process = await a_process(town, "Groen")
        follow(town, GRIET, f"process_{process}")
        await town.reads(GRIET, "Groen")
        for text in ("Bomen op het plein", "Een fontein"):
            town.write(GRIET, f"/idea {text}")
            await town.reads(GRIET, text)
        query = "SELECT text, process_id FROM ideas WHERE author_id IS NOT NULL"
        assert await town.rows(query) == [("Bomen op het plein", process), ("Een fontein", None)]


async def a_process(town: Town, name: str) -> int:
    """The id of a new process, which the running town has as another program wrote it."""
    import sqlite3
    from contextlib import closing

    town.write(LIEN, "/help")
    await town.answer(LIEN, 1)
    with closing(sqlite3.connect(town.settings.storage.database)) as database, database:
        number = database.execute("INSERT INTO processes (name) VALUES (?)", (name,)).lastrowid
    assert number is not None
    return number


def test_a_process_waits_for_a_day_and_a_question_for_an_hour() -> None:
    asked = datetime(2026, 3, 1, tzinfo=UTC)
    process = Conversation(ChatId(1), Step.PROCESS, asked)
    question = Conversation(ChatId(1), Step.EDIT, asked)
    assert not process.is_over(asked + timedelta(hours=23))
    assert process.is_over(asked + timedelta(hours=25))
    assert question.is_over(asked + timedelta(hours=2))
