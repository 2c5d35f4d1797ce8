"""An idea in several messages: a second thought, an album, what was passed on, a voice."""

import itertools
from pathlib import Path
from typing import Any

from sandbox import files, people
from sandbox.context import Context
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town
from tests.handlers.acting import asks, buttons, forges, reply, toasted, turned, wrote
from tests.handlers.test_ideas import kept, picture, sent_file

_SIZES = itertools.count()
FIRST, REST = "Een fontein op het plein", "met banken eromheen"


async def states(town: Town) -> list[tuple[Any, ...]]:
    return list(await town.rows("SELECT text, state, words_of FROM ideas ORDER BY id"))


def photo(town: Town, caption: str = "") -> Json:
    # Telegram knows the same picture again: each is another one.
    content = picture((64 + next(_SIZES), 48))
    sizes = files.add_photo(town.world.files, files.photo_sizes(content))
    words = people.text_content(caption, field="caption", entities="caption_entities") if caption else {}
    return {"photo": sizes, **words}


async def test_a_second_thought_joins_the_first_and_leaves_it_again(town: Town) -> None:
    await wrote(town, GRIET, FIRST)
    card = await asks(town, GRIET, REST)
    assert any("vorige idee" in label for label in buttons(card))
    town.press(GRIET, card, "vorige idee")
    pointer = await town.reads(GRIET, "Bij je vorige idee gevoegd")
    assert pointer["message_id"] == card["message_id"]
    await town.reads(GRIET, f"{FIRST}\n{REST}")
    assert await kept(town) == [f"{FIRST}\n{REST}"]
    undo = pointer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await forges(town, GRIET, town.shown(GRIET)[1], undo.removesuffix(":u"))
    assert await kept(town) == [f"{FIRST}\n{REST}"]
    await town.rest()
    town.wake()
    town.press(GRIET, await town.reads(GRIET, "Bij je vorige idee gevoegd"), "Ongedaan maken")
    await town.until(lambda: sum("weer twee ideeën" in text for text in town.texts(GRIET)) == 2)
    assert await kept(town) == [FIRST, REST]


async def test_a_correction_of_either_message_corrects_what_both_say(town: Town) -> None:
    first = town.write(GRIET, FIRST)
    await town.answer(GRIET, 1)
    second = town.write(GRIET, REST)
    card = await town.answer(GRIET, 2)
    town.press(GRIET, card, "vorige idee")
    await town.reads(GRIET, f"{FIRST}\n{REST}")
    people.edit(town.world, GRIET, GRIET, second["message_id"], "met bomen")
    await town.reads(GRIET, f"{FIRST}\nmet bomen")
    people.edit(town.world, GRIET, GRIET, first["message_id"], "Een vijver")
    await town.reads(GRIET, "Een vijver\nmet bomen")
    assert await kept(town) == ["Een vijver\nmet bomen"]
    assert await town.rows("SELECT count(*) FROM idea_versions") == [(3,)]


async def test_what_others_have_answered_stays_on_its_own(town: Town) -> None:
    await wrote(town, GRIET, FIRST)
    card = await asks(town, GRIET, REST)
    await asks(town, YASMINE, "/ideas")
    opened = await turned(town, YASMINE, "1", REST)
    reply(town, YASMINE, opened, "Heel goed")
    await town.until(lambda: len(town.shown(YASMINE)) > 1)
    assert "geantwoord" in await toasted(town, GRIET, card, "vorige idee")
    assert await kept(town) == [FIRST, REST]


async def test_an_album_is_one_idea_wherever_its_words_are(town: Town) -> None:
    for person, captions in ((GRIET, ("", FIRST, "")), (YASMINE, (FIRST, "", REST))):
        people.send_album(town.world, person, person, [photo(town, caption) for caption in captions])
        card = await town.reads(person, "3 ")
        assert "📷 3" in card["text"]
    assert await kept(town) == [FIRST, f"{FIRST}\n{REST}"]
    assert await town.rows("SELECT idea_id, count(*) FROM media GROUP BY idea_id") == [(1, 3), (2, 3)]
    town.world.redeliver(6)
    await asks(town, GRIET, "/help")
    assert await town.rows("SELECT count(*) FROM media") == [(6,)]


async def test_an_album_with_words_after_an_idea_is_another_one(town: Town) -> None:
    await wrote(town, GRIET, FIRST)
    people.send_album(town.world, GRIET, GRIET, [photo(town), photo(town, "Een speeltuin")])
    await town.reads(GRIET, "Een speeltuin")
    assert await kept(town) == [FIRST, "Een speeltuin"]
    assert await town.rows("SELECT idea_id, count(*) FROM media GROUP BY idea_id") == [(2, 2)]
    people.send_album(town.world, GRIET, GRIET, [photo(town), photo(town)])
    await town.reads(GRIET, "4 foto")
    assert await kept(town) == [FIRST, "Een speeltuin"]


async def test_what_was_passed_on_counts_once_its_author_is_named(town: Town) -> None:
    town.send(GRIET, {"text": FIRST}, forward_from=YASMINE)
    card = await town.answer(GRIET, 1)
    assert FIRST in card["text"]
    assert await kept(town) == []
    await town.rest()
    town.wake()
    town.press(GRIET, card, "Van iemand anders")
    await town.reads(GRIET, "van iemand anders.")
    town.send(GRIET, {"text": REST}, forward_from=YASMINE)
    other = await town.answer(GRIET, 2)
    town.press(GRIET, other, "Van mij")
    await town.reads(GRIET, "Je idee is bewaard.")
    assert await states(town) == [(FIRST, "published", "somebody_else"), (REST, "published", "author")]
    # Pressed again, from a phone that was offline: nothing is said twice.
    await forges(town, GRIET, town.shown(GRIET)[0], "1:o:1:m")
    assert (await states(town))[0] == (FIRST, "published", "somebody_else")


async def test_what_was_passed_on_may_be_left(town: Town) -> None:
    town.send(GRIET, {"text": FIRST}, forward_from="Een buur")
    card = await town.answer(GRIET, 1)
    town.press(GRIET, card, "Niet bewaren")
    gone = await town.reads(GRIET, "24 uur")
    town.press(GRIET, gone, "Ongedaan maken")
    await town.until(lambda: any("Van mij" in label for label in buttons(town.shown(GRIET)[0])))
    assert await states(town) == [(FIRST, "draft", "asked")]


async def test_what_one_passes_on_from_oneself_is_an_idea_at_once(town: Town) -> None:
    town.send(GRIET, {"text": FIRST}, forward_from=GRIET)
    await town.answer(GRIET, 1)
    assert await kept(town) == [FIRST]


def speak(town: Town, person: int = GRIET, content: bytes = b"OggS spoken") -> Json:
    voice = town.world.files.add("voice", content, mime_type="audio/ogg", seconds=4)
    return town.send(person, {"voice": files.voice(voice)})


async def test_facilitators_hear_a_voice_and_type_what_it_says(town: Town) -> None:
    speak(town)
    card = await town.answer(GRIET, 1)
    assert "spraakbericht" in card["text"]
    played = await town.answer(FACILITATORS, 1)
    assert played["voice"]["duration"] == 4
    assert "4 seconden" in played["caption"]
    town.press(LIEN, played, "Uittikken", FACILITATORS)
    question = await town.reads(FACILITATORS, "Antwoord op dit bericht")
    await town.rest()
    town.wake()
    people.write(town.world, FACILITATORS, LIEN, "Wat een stem", Context())
    people.write(town.world, FACILITATORS, LIEN, "🌳", Context(reply_to_message_id=question["message_id"]))
    await town.reads(FACILITATORS, "Antwoord op dit bericht")
    people.write(town.world, FACILITATORS, LIEN, FIRST, Context(reply_to_message_id=played["message_id"]))
    typed = await town.reads(GRIET, FIRST)
    assert "uitgetikt" in typed["text"]
    assert await kept(town) == [FIRST]
    assert "al woorden" in await toasted(town, LIEN, played, "Uittikken", FACILITATORS)


async def test_who_spoke_may_write_the_words_and_a_stranger_may_not(town: Town) -> None:
    speak(town)
    await town.answer(GRIET, 1)
    played = await town.answer(FACILITATORS, 1)
    data = played["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    welcome = await asks(town, YASMINE, "/start")
    welcome["reply_markup"] = {"inline_keyboard": [[{"text": "forged", "callback_data": data}]]}
    assert await toasted(town, YASMINE, welcome, "forged")
    town.write(GRIET, FIRST)
    spoken = await town.reads(GRIET, FIRST)
    assert "met je stem" in spoken["text"]
    assert await kept(town) == [FIRST]
    assert await town.rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_an_administrator_hears_voices_where_there_is_no_facilitators_chat(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"facilitator_chat": None, "administrators": [LIEN]}) as town:
        town.wake()
        await asks(town, LIEN, "/start")
        speak(town)
        played = await town.answer(LIEN, 2)
        town.press(LIEN, played, "Uittikken")
        await town.answer(LIEN, 3)
        town.write(LIEN, FIRST)
        await town.reads(GRIET, FIRST)
        assert await town.rows("SELECT text, author_id FROM ideas") == [(FIRST, 2)]


async def test_of_a_film_the_words_are_kept_and_it_is_said(town: Town) -> None:
    await sent_file(town, "video", b"film", FIRST, "video/mp4")
    card = await town.answer(GRIET, 1)
    assert "Filmpjes" in card["text"]
    assert await kept(town) == [FIRST]


async def test_who_writes_very_much_is_told_when_to_go_on(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"ideas_in_ten_minutes": 2}) as town:
        town.wake()
        await wrote(town, GRIET, FIRST, REST)
        told = await asks(town, GRIET, "En nog iets")
        assert "kun je verder" in told["text"]
        again = await asks(town, GRIET, FIRST)
        assert "één keer" in again["text"]
        await sent_file(town, "photo", picture())
        await town.reads(GRIET, "1 foto")
        assert await kept(town) == [FIRST, REST]
        await wrote(town, YASMINE, "Een boom")
        assert len(await kept(town)) == 3


async def test_an_album_that_is_refused_leaves_no_photo_behind(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"ideas_in_ten_minutes": 2}) as town:
        town.wake()
        await wrote(town, GRIET, FIRST, REST)
        people.send_album(town.world, GRIET, GRIET, [photo(town, "Een speeltuin"), photo(town)])
        await town.reads(GRIET, "kun je verder")
        await asks(town, GRIET, "/help")
        assert await kept(town) == [FIRST, REST]
        assert await town.rows("SELECT * FROM media") == []


async def test_what_others_have_open_of_a_second_thought_becomes_the_whole_idea(town: Town) -> None:
    await wrote(town, GRIET, FIRST)
    card = await asks(town, GRIET, REST)
    for neighbour in (YASMINE, LIEN):
        await asks(town, neighbour, "/ideas")
        await turned(town, neighbour, "1", REST)
        await town.notes(neighbour, "card:2")
    await turned(town, LIEN, "💬 Reageren", "over dit idee zeggen")
    await town.notes(LIEN, "comments:2")
    town.press(GRIET, card, "vorige idee")
    for neighbour in (YASMINE, LIEN):
        await town.until(lambda neighbour=neighbour: FIRST in town.texts(neighbour)[-1])  # type: ignore[misc]
    await town.notes(YASMINE, "card:1")
    await town.notes(LIEN, "comments:1")
    assert await town.rows("SELECT 1 FROM shown WHERE slot IN ('card:2', 'comments:2')") == []
    town.write(LIEN, "Met schaduw graag")
    await town.reads(LIEN, "Je reactie is bewaard")
    town.press(YASMINE, town.shown(YASMINE)[-1], "👍")
    await town.reads(YASMINE, "1 personne")
    assert await town.rows("SELECT idea_id, text FROM comments") == [(1, "Met schaduw graag")]
    assert await town.rows("SELECT idea_id FROM supports") == [(1,)]
