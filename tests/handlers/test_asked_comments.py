"""What is said while a comment is asked for, or below a card: a comment, words for a draft, or an idea."""

import pytest

from sandbox import people
from tests.bot.town import GRIET, LIEN, YASMINE, Town
from tests.handlers.acting import asks, reply, turned, wrote
from tests.handlers.test_comments import comments, opened
from tests.handlers.test_ideas import kept, picture, sent_file
from tests.handlers.test_parts import speak, states


@pytest.mark.parametrize("content", ["photo", "voice"])
async def test_words_below_the_card_of_what_waits_for_words_are_its_words(town: Town, content: str) -> None:
    if content == "photo":
        await sent_file(town, "photo", picture())
    else:
        speak(town)
    card = await town.answer(GRIET, 1)
    reply(town, GRIET, card, "Hier een fontein")
    await town.reads(GRIET, "Hier een fontein")
    assert await kept(town) == ["Hier een fontein"]
    assert await town.rows("SELECT idea_id FROM media") == [(1,)]


async def test_words_below_an_older_card_that_waits_for_some_are_of_that(town: Town) -> None:
    await sent_file(town, "photo", picture())
    card = await town.answer(GRIET, 1)
    await town.notes(GRIET, "idea:1")
    await town.rest()
    town.run_sql("UPDATE ideas SET created_at = '2026-01-05T08:00:00.000000Z'")
    town.wake()
    speak(town)
    await town.answer(GRIET, 2)
    reply(town, GRIET, card, "Hier een fontein")
    await town.reads(GRIET, "Hier een fontein")
    assert await town.rows("SELECT id, text FROM ideas WHERE state = 'published'") == [
        (1, "Hier een fontein")
    ]


async def test_who_was_asked_for_a_comment_on_what_goes_away_writes_ideas_again(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await opened(town)
    await turned(town, YASMINE, "💬", "Que voulez-vous dire")
    await town.notes(YASMINE, "comments:1")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[-1]), "🗑")
    await town.reads(YASMINE, "n’est plus")
    assert await town.rows("SELECT * FROM conversations") == []
    assert "idée est gardée" in (await asks(town, YASMINE, "Een zwembad"))["text"]
    assert "idée est gardée" in (await asks(town, YASMINE, "Een bank"))["text"]
    assert await comments(town) == []


async def test_a_comment_that_comes_too_late_is_an_idea_and_so_is_the_next(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await opened(town)
    await turned(town, YASMINE, "💬", "Que voulez-vous dire")
    await town.rest()
    town.run_sql("UPDATE ideas SET state = 'withdrawn'")
    town.wake()
    assert "idée est gardée" in (await asks(town, YASMINE, "Een zwembad"))["text"]
    assert "idée est gardée" in (await asks(town, YASMINE, "Een bank"))["text"]


async def test_what_is_passed_on_is_no_comment_of_ones_own(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await opened(town)
    await turned(town, YASMINE, "💬", "Que voulez-vous dire")
    town.send(YASMINE, {"text": "Woorden van Lien"}, forward_from=LIEN)
    await town.reads(YASMINE, "Woorden van Lien")
    assert await comments(town) == []
    assert (await states(town))[1] == ("Woorden van Lien", "draft", "asked")


async def test_an_older_message_that_is_corrected_is_not_the_comment_that_was_asked_for(town: Town) -> None:
    await wrote(town, GRIET, "Een fietspad")
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "🔎", "Que cherchez-vous")
    searched = town.write(YASMINE, "fietspad")
    await town.reads(YASMINE, "1 · Een fietspad")
    town.world.chats[YASMINE].messages[searched["message_id"]]["date"] -= 60
    await turned(town, YASMINE, "1")
    await turned(town, YASMINE, "💬", "Que voulez-vous dire")
    people.edit(town.world, YASMINE, YASMINE, searched["message_id"], "fietspaden")
    await town.answer(YASMINE, 2)
    assert await comments(town) == []


async def test_the_question_for_a_comment_goes_away_when_the_person_does_something_else(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    question = await opened(town)
    await asks(town, YASMINE, "/ideas")
    for ask, leave in (("💬", "/help"), ("✍️", "1")):
        town.press(YASMINE, question, ask)
        await town.until(lambda: "Que voulez-vous dire" in town.texts(YASMINE)[0])
        await town.notes(YASMINE, "comments:1")
        if leave == "1":
            town.press(YASMINE, town.shown(YASMINE)[1], leave)
        else:
            town.write(YASMINE, leave)
        await town.until(lambda: "Commentaires" in town.texts(YASMINE)[0])
        question = town.shown(YASMINE)[0]
    assert "idée est gardée" in (await asks(town, YASMINE, "Een zwembad"))["text"]
    assert await comments(town) == []


async def test_a_reply_to_another_card_than_was_asked_about_is_a_comment_on_that(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein", "Een bank")
    card = await opened(town)
    await asks(town, YASMINE, "/ideas")
    await turned(town, YASMINE, "2", "Een fontein")
    await turned(town, YASMINE, "💬", "Que voulez-vous dire")
    await town.notes(YASMINE, "comments:1")
    reply(town, YASMINE, card, "Met een leuning")
    await town.reads(YASMINE, "commentaire est gardé")
    await town.until(lambda: "Commentaires" in town.texts(YASMINE)[1])
    assert await town.rows("SELECT idea_id, text FROM comments") == [(2, "Met een leuning")]


async def test_of_a_photo_with_a_comment_the_words_are_kept_and_it_is_said(town: Town) -> None:
    await wrote(town, YASMINE, "Een fontein")
    await opened(town, GRIET)
    await turned(town, GRIET, "💬", "Wat wil je over dit idee")
    await sent_file(town, "photo", picture(), "Zo een")
    thread = await town.reads(GRIET, "Wat erbij kwam niet")
    assert "Zo een" in thread["text"]
    assert await comments(town) == [("Zo een", "published")]
    assert await kept(town) == ["Een fontein"]
