"""Inline mode from both sides: https://core.telegram.org/bots/api#inline-mode"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InlineQueryResultVenue,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from sandbox.values import Json
from tests.sandbox.playing import DESK, GRIET, JONAS, LAB, LIEN, NOOR, FakeClock, Play
from tests.sandbox.test_ptb import new_bot

SUPPORT = InlineKeyboardMarkup([[InlineKeyboardButton("Steun", callback_data="s1")]])


@pytest.fixture
async def bot(play: Play) -> AsyncIterator[Bot]:
    async with new_bot(play.sandbox) as bot:
        yield bot


def article(result_id: str, words: str = "<b>Meer bomen</b>", **more: object) -> InlineQueryResultArticle:
    content = InputTextMessageContent(words, parse_mode=ParseMode.HTML)
    return InlineQueryResultArticle(result_id, f"Idee {result_id}", content, **more)  # type: ignore[arg-type]


async def ask(play: Play, person: int, query: str, chat: int | None = None, **more: object) -> Json:
    """Ask without waiting for the bot; gives what is there."""
    return await play.act(f"chats/{chat or person}/inline", **{"from": person}, query=query, wait=0, **more)


async def choose(
    play: Play, person: int, asked: Json, result: str, chat: int | None = None, **more: object
) -> Json:
    chosen = {"from": person, "inline_query_id": asked["inline_query_id"], "result_id": result, **more}
    return await play.act(f"chats/{chat or person}/inline/choose", **chosen)


async def newest(play: Play) -> Update:
    """The newest update that was not confirmed."""
    return (await play.heard())[-1]


@pytest.mark.parametrize(
    ("person", "chat", "kind"), [(GRIET, GRIET, "sender"), (NOOR, LAB, "group"), (JONAS, JONAS, "sender")]
)
async def test_a_query_says_who_asks_what_and_where(play: Play, person: int, chat: int, kind: str) -> None:
    asked = await ask(play, person, " fietspad ", chat)
    query = (await newest(play)).inline_query
    assert query is not None
    assert (query.id, query.from_user.id) == (asked["inline_query_id"], person)
    assert (query.query, query.offset, query.chat_type) == ("fietspad", "", kind)
    assert asked["results"] is None


async def test_a_person_waits_for_what_the_bot_answers(play: Play, bot: Bot) -> None:
    waiting = asyncio.create_task(
        play.act(f"chats/{LAB}/inline", **{"from": NOOR}, query="bomen", offset="20", wait=60)
    )
    [update] = await play.heard(timeout=20)
    assert update.inline_query is not None
    button = InlineQueryResultsButton("Alle ideeën", start_parameter="ideas")
    results = [article("7", description="23 keer gesteund", reply_markup=SUPPORT), article("8")]
    assert await bot.answer_inline_query(
        update.inline_query.id, results, cache_time=5, next_offset="40", button=button
    )
    answered = await waiting
    assert [result["title"] for result in answered["results"]] == ["Idee 7", "Idee 8"]
    assert answered["results"][0]["description"] == "23 keer gesteund"
    assert answered["button"] == {"text": "Alle ideeën", "start_parameter": "ideas"}
    assert (answered["next_offset"], answered["is_cached"]) == ("40", False)
    assert await play.look(f"inline/{answered['inline_query_id']}") == answered


async def test_what_is_chosen_is_a_message_of_the_person_via_the_bot(play: Play, bot: Bot) -> None:
    asked = await ask(play, NOOR, "bomen", LAB)
    await bot.answer_inline_query(asked["inline_query_id"], [article("7", reply_markup=SUPPORT)])
    message = await choose(play, NOOR, asked, "7", LAB)
    _, said, chosen = await play.heard()
    assert (
        said.message is not None and said.message.via_bot is not None and said.message.from_user is not None
    )
    assert (said.message.from_user.id, said.message.via_bot.id) == (NOOR, bot.id)
    assert (said.message.text, said.message.entities[0].type) == ("Meer bomen", "bold")
    assert said.message.reply_markup == SUPPORT
    assert said.message.message_id == message["message_id"]
    assert chosen.chosen_inline_result is not None
    result = chosen.chosen_inline_result
    assert (result.result_id, result.query, result.from_user.id) == ("7", "bomen", NOOR)
    assert result.inline_message_id


async def test_without_buttons_there_is_nothing_to_edit(play: Play, bot: Bot) -> None:
    asked = await ask(play, GRIET, "bomen")
    await bot.answer_inline_query(asked["inline_query_id"], [article("7")])
    await choose(play, GRIET, asked, "7")
    result = (await newest(play)).chosen_inline_result
    assert result is not None and result.inline_message_id is None


async def chosen_card(play: Play, bot: Bot) -> tuple[Json, str]:
    """A card that Noor sent in a group; gives the message and its inline_message_id."""
    asked = await ask(play, NOOR, "bomen", LAB)
    await bot.answer_inline_query(asked["inline_query_id"], [article("7", reply_markup=SUPPORT)])
    message = await choose(play, NOOR, asked, "7", LAB)
    result = (await newest(play)).chosen_inline_result
    assert result is not None and result.inline_message_id is not None
    return message, result.inline_message_id


async def test_a_press_on_an_inline_message_names_it_instead_of_showing_it(play: Play, bot: Bot) -> None:
    message, inline_id = await chosen_card(play, bot)
    query_id = await play.press(GRIET, message, "s1")
    query = (await newest(play)).callback_query
    assert query is not None
    assert (query.id, query.inline_message_id, query.message) == (query_id, inline_id, None)
    assert await bot.answer_callback_query(query.id, "Gesteund")


async def test_an_inline_message_is_edited_by_its_own_id(play: Play, bot: Bot) -> None:
    message, inline_id = await chosen_card(play, bot)
    assert (
        await bot.edit_message_text("Meer bomen · 24", inline_message_id=inline_id, reply_markup=SUPPORT)
        is True
    )
    assert await bot.edit_message_reply_markup(inline_message_id=inline_id) is True
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(inline_message_id=inline_id)
    with pytest.raises(BadRequest, match="no caption"):
        await bot.edit_message_caption(inline_message_id=inline_id, caption="x")
    [shown] = (await play.look(f"chats/{LAB}/messages"))["messages"]
    assert (shown["text"], shown["message_id"]) == ("Meer bomen · 24", message["message_id"])
    assert "reply_markup" not in shown
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id="nowhere")


async def test_an_inline_message_can_be_edited_after_the_bot_was_removed(play: Play, bot: Bot) -> None:
    _, inline_id = await chosen_card(play, bot)
    await play.act(f"chats/{LAB}/bot", **{"from": LIEN}, status="kicked")
    assert await bot.edit_message_text("Meer bomen · 24", inline_message_id=inline_id) is True


async def test_answers_are_kept_for_a_while_for_everybody(play: Play, bot: Bot, clock: FakeClock) -> None:
    asked = await ask(play, GRIET, "bomen")
    await bot.answer_inline_query(asked["inline_query_id"], [article("7")], cache_time=30)
    await play.updates(offset=-1)
    again = await ask(play, NOOR, "bomen", LAB)
    assert ([result["id"] for result in again["results"]], again["is_cached"]) == (["7"], True)
    assert (await ask(play, GRIET, "bomen", offset="20"))["results"] is None
    clock.forward(31)
    assert (await ask(play, GRIET, "bomen"))["results"] is None
    queries = [update.inline_query for update in await play.heard() if update.inline_query]
    assert [query.offset for query in queries] == ["", "20", ""]


async def test_personal_answers_are_kept_for_one(play: Play, bot: Bot) -> None:
    asked = await ask(play, GRIET, "mijn")
    await bot.answer_inline_query(asked["inline_query_id"], [article("7")], is_personal=True)
    assert (await ask(play, GRIET, "mijn"))["is_cached"] is True
    assert (await ask(play, LIEN, "mijn"))["is_cached"] is False


async def test_no_answer_is_kept_that_may_not_be(play: Play, bot: Bot) -> None:
    asked = await ask(play, GRIET, "bomen")
    await bot.answer_inline_query(asked["inline_query_id"], [article("7")], cache_time=0)
    assert (await ask(play, GRIET, "bomen"))["is_cached"] is False


async def test_a_place_can_be_a_result(play: Play, bot: Bot) -> None:
    asked = await ask(play, GRIET, "plein")
    venue = InlineQueryResultVenue("1", 50.8, 4.9, "Veemarkt", "Veemarkt 1")
    await bot.answer_inline_query(asked["inline_query_id"], [venue])
    await choose(play, GRIET, asked, "1")
    said = [update.message for update in await play.heard() if update.message]
    assert said[0].venue is not None and said[0].venue.title == "Veemarkt"


TEXT = {"message_text": "x"}


@pytest.mark.parametrize(
    ("results", "more", "reason"),
    [
        (
            [{"type": "article", "id": "1", "title": "x", "input_message_content": TEXT}] * 2,
            {},
            "RESULT_ID_DUPLICATE",
        ),
        (
            [{"type": "article", "id": "a" * 65, "title": "x", "input_message_content": TEXT}],
            {},
            "RESULT_ID_INVALID",
        ),
        (
            [{"type": "article", "id": "1", "title": "", "input_message_content": TEXT}],
            {},
            "ARTICLE_TITLE_EMPTY",
        ),
        (
            [{"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": ""}}],
            {},
            "message text is empty",
        ),
        ([{"type": "photo", "id": "1", "photo_file_id": "x"}], {}, "wrong file identifier specified"),
        ([{}] * 51, {}, "RESULTS_TOO_MUCH"),
        ([], {"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ([], {"button": {"text": "x", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ("x", {}, "can't parse results JSON object"),
    ],
)
async def test_an_answer_that_telegram_would_refuse_is_refused(
    play: Play, results: object, more: Json, reason: str
) -> None:
    asked = await ask(play, GRIET, "bomen")
    query_id = asked["inline_query_id"]
    refused = await play.refused("answerInlineQuery", inline_query_id=query_id, results=results, **more)
    assert refused == f"Bad Request: {reason}"
    assert (await play.look(f"inline/{query_id}"))["results"] is None


async def test_a_query_is_answered_once_and_soon(play: Play, bot: Bot, clock: FakeClock) -> None:
    first, second = await ask(play, GRIET, "bomen"), await ask(play, GRIET, "fietsen")
    await bot.answer_inline_query(first["inline_query_id"], [])
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(first["inline_query_id"], [])
    clock.forward(61)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(second["inline_query_id"], [])


async def test_one_chooses_from_ones_own_results_alone(play: Play, bot: Bot) -> None:
    asked = await ask(play, NOOR, "bomen", LAB)
    await bot.answer_inline_query(asked["inline_query_id"], [article("7")])
    chosen = {"inline_query_id": asked["inline_query_id"]}
    assert await play.refuses(f"chats/{LAB}/inline/choose", **{"from": NOOR}, **chosen, result_id="8")
    assert await play.refuses(f"chats/{LAB}/inline/choose", **{"from": GRIET}, **chosen, result_id="7")
    assert await play.refuses(f"chats/{DESK}/inline", **{"from": NOOR}, query="bomen")


async def test_a_reply_to_what_was_sent_via_the_bot_is_meant_for_it(play: Play, bot: Bot) -> None:
    message, _ = await chosen_card(play, bot)
    await play.updates(offset=-1)
    await play.write(GRIET, "Goed idee", LAB, reply_to_message_id=message["message_id"])
    said = (await newest(play)).message
    assert said is not None and said.text == "Goed idee"


async def test_people_cannot_correct_what_the_bot_wrote_for_them(play: Play, bot: Bot) -> None:
    message, _ = await chosen_card(play, bot)
    path = f"chats/{LAB}/messages/{message['message_id']}/edit"
    assert await play.refuses(path, **{"from": NOOR}, text="Minder bomen")
