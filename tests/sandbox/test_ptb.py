"""python-telegram-bot talks to the sandbox over HTTP as it talks to the real one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ChatMemberStatus, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from sandbox.server import Sandbox
from tests.sandbox.playing import GRIET, LAB, LIEN, NOOR, SQUARE, Play, buttons

OTHER_TOKEN = "7000000001:sandbox-other"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])


def new_bot(sandbox: Sandbox) -> Bot:
    return Bot(
        sandbox.token,
        base_url=sandbox.base_url,
        base_file_url=sandbox.base_file_url,
        request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"trust_env": False}),
    )


@pytest.fixture
async def bot(play: Play) -> AsyncIterator[Bot]:
    async with new_bot(play.sandbox) as bot:
        yield bot


async def test_the_bot_knows_itself(bot: Bot) -> None:
    assert (bot.id, bot.username) == (7_000_000_001, "morgen_sandbox_bot")


async def test_a_message_in_html_has_its_entities(bot: Bot) -> None:
    message = await bot.send_message(
        GRIET,
        "🌳 <b>Meer &lt;bomen&gt;</b>",
        ParseMode.HTML,
        reply_markup=KEYBOARD,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert message.text == "🌳 Meer <bomen>"
    assert message.parse_entities() == {message.entities[0]: "Meer <bomen>"}
    assert message.text_html == "🌳 <b>Meer &lt;bomen&gt;</b>"
    assert message.reply_markup == KEYBOARD


async def test_entities_are_sent_as_they_are(bot: Bot) -> None:
    bold = MessageEntity(MessageEntity.BOLD, 0, 4)
    message = await bot.send_message(GRIET, "Meer bomen", entities=[bold])
    assert message.entities == (bold,)


async def test_a_message_answers_another(play: Play, bot: Bot) -> None:
    asked = await play.write(GRIET, "Meer bomen")
    answer = await bot.send_message(GRIET, "Bedankt", reply_parameters=ReplyParameters(asked["message_id"]))
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "Meer bomen"


async def test_a_message_is_edited_and_deleted(bot: Bot) -> None:
    message = await bot.send_message(GRIET, "Welkm", reply_markup=KEYBOARD)
    edited = await message.edit_text("Welkom")
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("Welkom", None)
    with pytest.raises(BadRequest, match=r"^Message is not modified: specified new message content"):
        await message.edit_text("Welkom")
    assert await message.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await message.delete()


async def test_a_photo_goes_up_and_comes_down(bot: Bot) -> None:
    written = BytesIO()
    Image.new("RGB", (400, 300), "green").save(written, "JPEG")
    message = await bot.send_photo(
        GRIET, written.getvalue(), caption="<i>Park</i>", parse_mode=ParseMode.HTML
    )
    assert message.caption == "Park"
    assert [size.width for size in message.photo] == [90, 320, 400]
    file = await message.photo[-1].get_file()
    with Image.open(BytesIO(bytes(await file.download_as_bytearray()))) as shown:
        assert shown.size == (400, 300)
    again = await bot.send_photo(GRIET, message.photo[-1])
    assert again.photo[-1].file_unique_id == message.photo[-1].file_unique_id


async def test_a_document_takes_the_place_of_another(bot: Bot) -> None:
    message = await bot.send_document(GRIET, b"one", filename="een.txt")
    edited = await message.edit_media(InputMediaDocument(b"two", filename="twee.txt", caption="Twee"))
    assert not isinstance(edited, bool)
    assert edited.document is not None
    assert (edited.document.file_name, edited.caption) == ("twee.txt", "Twee")
    assert bytes(await (await edited.document.get_file()).download_as_bytearray()) == b"two"


async def test_a_press_is_answered(play: Play, bot: Bot) -> None:
    question = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
    await play.press(GRIET, question, "yes")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "yes"
    assert await update.callback_query.answer("Bedankt")
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query("1")


async def test_commands_are_set_for_a_chat(bot: Bot) -> None:
    scope = BotCommandScopeChat(LAB)
    assert await bot.set_my_commands([BotCommand("idee", "Deel een idee")], scope, "nl")
    assert await bot.get_my_commands(scope, "nl") == (BotCommand("idee", "Deel een idee"),)
    assert await bot.get_my_commands() == ()


async def test_members_are_read(bot: Bot) -> None:
    assert (await bot.get_chat_member(LAB, NOOR)).status == ChatMemberStatus.MEMBER
    assert (await bot.get_chat_member(LAB, LIEN)).status == ChatMemberStatus.ADMINISTRATOR
    assert (await bot.get_chat_member(SQUARE, bot.id)).status == ChatMemberStatus.ADMINISTRATOR
    assert [member.user.id for member in await bot.get_chat_administrators(LAB)] == [LIEN]
    assert (await bot.get_chat(SQUARE)).is_forum


async def test_a_topic_is_made(bot: Bot) -> None:
    topic = await bot.create_forum_topic(SQUARE, "Bomen")
    message = await bot.send_message(SQUARE, "Welkom", message_thread_id=topic.message_thread_id)
    assert message.is_topic_message


async def test_an_action_and_a_place_are_sent(bot: Bot) -> None:
    assert await bot.send_chat_action(GRIET, ChatAction.TYPING)
    assert (await bot.send_location(GRIET, 50.8, 4.9)).location is not None


async def test_a_webhook_is_set_and_removed(bot: Bot) -> None:
    assert await bot.set_webhook("http://127.0.0.1:9/hook", secret_token="s", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates, info.pending_update_count) == (
        "http://127.0.0.1:9/hook",
        ("message",),
        0,
    )
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_too_many_requests_says_how_long_to_wait(
    play: Play, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await play.act("faults", method="sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(GRIET, "x")
    assert refused.value.retry_after == timedelta(seconds=7)


async def test_a_block_is_forbidden(play: Play, bot: Bot) -> None:
    await play.act(f"people/{GRIET}/block", blocked=True)
    with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
        await bot.send_message(GRIET, "x")


async def test_a_group_that_moved_tells_where_to(play: Play, bot: Bot) -> None:
    supergroup = await play.act(f"chats/{LAB}/upgrade")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(LAB, "x")
    assert moved.value.new_chat_id == supergroup["id"]
    assert (await bot.send_message(moved.value.new_chat_id, "x")).chat.id == supergroup["id"]


async def test_a_conflict_a_cut_and_an_error_of_the_server_have_their_own_exceptions(
    play: Play, bot: Bot
) -> None:
    await play.act("faults", method="getUpdates", status=409)
    with pytest.raises(Conflict):
        await bot.get_updates()
    await play.act("faults", method="sendMessage", drop="after")
    with pytest.raises(NetworkError):
        await bot.send_message(GRIET, "x")
    await play.act("faults", method="sendMessage", status=502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(GRIET, "x")
    await play.act("faults", method="sendMessage", delay=0.3)
    with pytest.raises(TimedOut):
        await bot.send_message(GRIET, "x", read_timeout=0.05)


async def test_another_token_is_invalid(play: Play) -> None:
    request = HTTPXRequest(httpx_kwargs={"trust_env": False})
    async with request:
        with pytest.raises(InvalidToken):
            await Bot(OTHER_TOKEN, base_url=play.sandbox.base_url, request=request).get_me()


async def test_every_kind_of_message_is_read(play: Play, bot: Bot) -> None:
    places = {"latitude": 50.8, "longitude": 4.9}
    for kind in ("location", "venue", "sticker", "contact", "dice", "poll"):
        await play.act(f"chats/{GRIET}/send", **{"from": GRIET}, kind=kind, **places)
    for kind in ("voice", "document", "video"):
        await play.upload(GRIET, b"%PDF", kind, "plan.pdf")
    await play.act(f"people/{GRIET}/block", blocked=True)
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    kinds = [update.effective_message.effective_attachment for update in updates if update.message]  # type: ignore[union-attr]
    assert len(kinds) == 9
    assert all(kinds)
    assert updates[-1].my_chat_member is not None


async def test_an_application_polls_and_answers(play: Play) -> None:
    answered = asyncio.Event()

    async def thank(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Bedankt")
        answered.set()

    application = Application.builder().bot(new_bot(play.sandbox)).build()
    application.add_handler(MessageHandler(filters.TEXT, thank))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()
        await play.write(GRIET, "Meer bomen")
        await answered.wait()
        await application.updater.stop()
        await application.stop()
    texts = [message["text"] for message in (await play.look(f"chats/{GRIET}/messages"))["messages"]]
    assert texts == ["Meer bomen", "Bedankt"]
    assert await play.updates() == []
