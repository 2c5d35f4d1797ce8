"""A resident writes, whatever it is: each message gets a clear answer, and nothing is lost."""

import io
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from sandbox import kinds, people
from sandbox.faults import Fault
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Town, a_town

GPS_PLACE = 0x8825


async def kept(town: Town) -> list[str]:
    return [
        text for (text,) in await town.rows("SELECT text FROM ideas WHERE state = 'published' ORDER BY id")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Meer bankjes",
        "<b>vet</b> & <script>alert(1)</script> <a href='https://x.example'>x</a>",
        "مقاعد في الظل قرب الملعب",
        "\u202ehcsrevni",
        "a\u0301\u200d👨‍👩‍👧‍👦 e\u0301én",
        "*niet* _schuin_ `code` [link](https://x.example)",
        "x" * 4096,
        "😀" * 2048,
        "&lt;" * 1000,
    ],
    ids=["plain", "html", "arabic", "override", "joined", "markdown", "longest", "emoji", "entities"],
)
async def test_any_text_is_kept_as_it_was_written_and_answered(town: Town, text: str) -> None:
    town.write(GRIET, text)
    card = await town.answer(GRIET, 1)
    # Telegram itself makes links of addresses.
    found = {entity["type"] for entity in card["entities"]} - {"url"}
    assert found in ({"blockquote"}, {"expandable_blockquote"})
    (idea,) = await kept(town)
    assert idea == text.replace("a\u0301", "á").replace("e\u0301", "é")


async def test_emoji_alone_are_kept_and_words_are_asked_for(town: Town) -> None:
    town.write(GRIET, "🌳🌳🌳")
    card = await town.answer(GRIET, 1)
    assert "paar woorden" in card["text"]
    assert await kept(town) == ["🌳🌳🌳"]


async def test_the_command_for_groups_keeps_and_corrects_the_words_behind_it(town: Town) -> None:
    sent = town.write(GRIET, "/idea Een bank bij de kapel")
    await town.reads(GRIET, "Een bank bij de kapel")
    for text, words in (
        ("/idea Twee banken bij de kapel", "Twee banken bij de kapel"),
        ("Drie banken", "Drie banken"),
        ("/idea@" + town.world.bot.username + " Vier banken", "Vier banken"),
    ):
        people.edit(town.world, GRIET, GRIET, sent["message_id"], text)
        assert "/idea" not in (await town.reads(GRIET, words))["text"]
        assert await kept(town) == [words]
    # Without words behind it there is nothing to correct.
    people.edit(town.world, GRIET, GRIET, sent["message_id"], "/idea")
    town.write(GRIET, "/idea")
    await town.answer(GRIET, 2)
    assert await kept(town) == ["Vier banken"]


@pytest.mark.parametrize("kind", ["sticker", "poll", "contact", "dice"])
async def test_what_is_no_idea_gets_one_friendly_line(town: Town, kind: str) -> None:
    town.send(YASMINE, kinds.content_of(town.world, {"kind": kind}))
    answer = await town.answer(YASMINE, 1)
    assert "photos" in answer["text"]
    assert "reply_markup" not in answer
    assert await kept(town) == []


async def test_the_same_words_again_count_once(town: Town) -> None:
    town.write(GRIET, "Een bank op het plein")
    await town.answer(GRIET, 1)
    town.write(GRIET, "Een bank op het plein")
    await town.answer(GRIET, 2)
    assert await kept(town) == ["Een bank op het plein"]


def picture(size: tuple[int, int] = (640, 480), place: bool = False) -> bytes:
    image = Image.new("RGB", size, "seagreen")
    exif = image.getexif()
    if place:
        exif[GPS_PLACE] = {1: "N", 2: (50.0, 48.0, 27.0)}
        exif[0x010E] = "taken at home"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    return written.getvalue()


async def sent_file(
    town: Town, kind: str, content: bytes, caption: str = "", mime: str = "image/jpeg"
) -> None:
    file = kinds.SentFile(content, "beeld.jpg", mime)
    town.send(GRIET, await kinds.file_content(town.world, kind, file, caption))


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_photo_reaches_the_board_without_what_the_camera_wrote_into_it(town: Town, kind: str) -> None:
    await sent_file(town, kind, picture((2400, 1200), place=True), "Hier een fontein")
    card = await town.answer(GRIET, 1)
    assert "1 foto" in card["text"]
    await town.until(lambda: town.world.calls.matching("getFile"))
    await stored(town)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{town.settings.board.port}") as visitor:
        answer = await visitor.get("/media/1")
    shown = Image.open(io.BytesIO(answer.content))
    assert shown.format == "JPEG"
    assert max(shown.size) <= 1600
    assert not shown.getexif()
    assert b"taken at home" not in answer.content


async def stored(town: Town, count: int = 1) -> None:
    """Wait for the files, which the bot keeps after its last call: the next answer comes later than that."""
    while len(await town.rows("SELECT id FROM media WHERE state = 'stored'")) < count:
        heard = len(town.shown(LIEN))
        town.write(LIEN, "/help")
        await town.answer(LIEN, heard + 1)


async def test_a_photo_without_words_waits_for_them(town: Town) -> None:
    await sent_file(town, "photo", picture())
    await town.answer(GRIET, 1)
    assert await kept(town) == []
    town.write(GRIET, "Hier een fontein")
    card = await town.reads(GRIET, "Hier een fontein")
    assert "1 foto" in card["text"]
    assert await kept(town) == ["Hier een fontein"]


async def test_a_photo_may_be_sent_with_the_command_of_groups(town: Town) -> None:
    await sent_file(town, "photo", picture(), "/idea Hier een fontein")
    assert "Hier een fontein" in (await town.answer(GRIET, 1))["text"]
    assert await kept(town) == ["Hier een fontein"]


async def test_a_file_that_is_no_picture_is_refused_and_the_idea_stays(town: Town) -> None:
    await sent_file(town, "document", b"not a picture", "Hier een fontein", "image/png")
    await town.reads(GRIET, "JPEG")
    assert await kept(town) == ["Hier een fontein"]


async def test_a_file_of_more_than_20_mb_is_refused_and_the_idea_stays(town: Town) -> None:
    large = {"file_id": "x" * 20, "file_unique_id": "y" * 10, "file_size": 21 * 1024 * 1024}
    document = {**large, "file_name": "groot.jpg", "mime_type": "image/jpeg"}
    town.send(GRIET, {"document": document, "caption": "Hier een fontein"})
    card = await town.answer(GRIET, 1)
    assert "20 MB" in card["text"]
    assert await kept(town) == ["Hier een fontein"]
    town.send(YASMINE, {"document": document})
    assert "20 Mo" in (await town.answer(YASMINE, 1))["text"]


async def test_a_place_sent_after_an_idea_joins_it(town: Town) -> None:
    town.write(GRIET, "Een fontein om in te spelen")
    await town.answer(GRIET, 1)
    place: dict[str, Any] = {"kind": "venue", "latitude": 50.8, "longitude": 4.9, "title": "Grote Markt"}
    town.send(GRIET, kinds.content_of(town.world, place))
    card = await town.reads(GRIET, "Grote Markt")
    assert "Een fontein" in card["text"]
    assert await town.rows("SELECT latitude, place FROM ideas") == [(50.8, "Grote Markt")]


async def test_in_a_group_the_bot_speaks_only_when_spoken_to(town: Town) -> None:
    town.write(LIEN, "Wat een week", FACILITATORS)
    town.write(LIEN, "/start", FACILITATORS)
    answer = await town.answer(FACILITATORS, 1)
    assert answer["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/")
    assert await kept(town) == []
    assert len(town.shown(FACILITATORS)) == 1


async def test_a_language_is_chosen_by_button_and_stays(town: Town) -> None:
    town.write(GRIET, "/start")
    welcome = await town.answer(GRIET, 1)
    town.press(GRIET, welcome, "Deutsch")
    await town.until(lambda: "Schreib" in town.texts(GRIET)[0])
    await town.rest()
    town.wake()
    town.write(GRIET, "Eine Bank auf dem Platz")
    card = await town.unfold(GRIET, await town.answer(GRIET, 2))
    assert "Idee" in card["text"]
    assert "Zurückziehen" in str(card["reply_markup"])


async def test_an_unknown_command_and_an_old_button_are_answered(town: Town) -> None:
    town.write(GRIET, "/budget")
    assert "/help" in (await town.answer(GRIET, 1))["text"]
    town.write(GRIET, "Een bank op het plein")
    card = await town.answer(GRIET, 2)
    card["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = "0:of an older version"
    town.press(GRIET, card, card["reply_markup"]["inline_keyboard"][0][0]["text"])
    await town.until(lambda: town.world.calls.matching("answerCallbackQuery"))
    (call,) = town.world.calls.matching("answerCallbackQuery")
    assert "/me" in call.params["text"]


async def test_nobody_changes_somebody_elses_idea(town: Town) -> None:
    town.write(GRIET, "Een bank op het plein")
    card = await town.answer(GRIET, 1)
    data = next(
        button["callback_data"]
        for row in card["reply_markup"]["inline_keyboard"]
        for button in row
        if "⋯" in button["text"]
    )
    town.write(YASMINE, "/start")
    welcome = await town.answer(YASMINE, 1)
    welcome["reply_markup"]["inline_keyboard"][0][0] = {"text": "forged", "callback_data": data}
    town.press(YASMINE, welcome, "forged")
    await town.until(lambda: town.world.calls.matching("answerCallbackQuery"))
    assert await kept(town) == ["Een bank op het plein"]


async def test_who_reads_the_first_idea_stands_on_its_card_for_good(tmp_path: Path) -> None:
    async with a_town(tmp_path, board={"public_url": "https://ideas.example"}) as town:
        town.wake()
        town.write(GRIET, "Een fontein om in te spelen")
        card = await town.answer(GRIET, 1)
        assert "Privacy" in card["text"]
        assert "Privacy" in (await town.unfold(GRIET, card))["text"]
        town.write(GRIET, "En een bank")
        assert "Privacy" not in (await town.answer(GRIET, 2))["text"]


async def test_half_an_emoji_in_a_place_or_a_text_is_left_out(town: Town) -> None:
    town.write(GRIET, "Een fontein om in te spelen")
    await town.answer(GRIET, 1)
    chat = {"id": GRIET, "type": "private", "first_name": "Griet"}
    place = {"latitude": 50.8, "longitude": 4.9}
    venue = {"location": place, "title": "Markt \ud83d", "address": ""}
    message = {
        "message_id": 9_000_001,
        "date": town.world.now(),
        "chat": chat,
        "from": {**chat, "is_bot": False},
    }
    town.world.updates.add_raw({"message": {**message, "location": place, "venue": venue}})
    await town.reads(GRIET, "Markt")
    town.world.updates.add_raw({"message": {**message, "message_id": 9_000_002, "text": "\ud83d bomen"}})
    await town.reads(GRIET, "bomen")
    assert await town.rows("SELECT count(*) FROM dead_letters") == [(0,)]


async def test_one_bad_picture_does_not_hold_up_the_next(town: Town) -> None:
    broken = bytes.fromhex("0000001c667479706176696600000000617669666d6966316d696166") + bytes(100)
    await sent_file(town, "document", broken, "Een bank", "image/avif")
    await town.answer(GRIET, 1)
    await sent_file(town, "photo", picture(), "Een fontein")
    await town.answer(GRIET, 2)
    await stored(town)
    await town.reads(GRIET, "JPEG")


async def test_a_file_that_telegram_cannot_find_now_is_asked_for_again(town: Town) -> None:
    temporary = "Bad Request: wrong file_id or the file is temporarily unavailable"
    town.world.faults.add(Fault("getFile", status=400, description=temporary))
    await sent_file(town, "photo", picture(), "Een fontein")
    await town.answer(GRIET, 1)
    await stored(town)
    assert len(town.shown(GRIET)) == 1


async def test_the_theme_appears_on_the_card_without_a_new_message(town: Town, tmp_path: Path) -> None:
    from bot.errands import import_table
    from examples import demo_files

    town.write(GRIET, "/start")
    await town.answer(GRIET, 1)
    await import_table(town.settings, demo_files()[0], lambda rows: None)
    town.write(GRIET, "Een veilig fietspad naar de school, met een zebrapad voor de kinderen")
    card = await town.reads(GRIET, "Thema")
    assert "veilig fietspad" in card["text"]
    assert len(town.shown(GRIET)) == 2


async def test_a_corrected_message_that_is_no_idea_is_answered_with_what_to_do(town: Town) -> None:
    town.write(GRIET, "Meer bomen")
    await town.answer(GRIET, 1)
    again = town.write(GRIET, "Meer bomen")
    await town.answer(GRIET, 2)
    people.edit(town.world, GRIET, GRIET, again["message_id"], "Meer banken")
    await town.reads(GRIET, "als een nieuw bericht")
    assert await town.rows("SELECT text FROM ideas") == [("Meer bomen",)]
