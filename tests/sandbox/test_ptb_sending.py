"""Albums, sounds, films, places, forwards and reactions, sent by python-telegram-bot over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MessageOriginUser,
    ReactionTypeEmoji,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter

from sandbox.limits import FloodLimits
from tests.sandbox.pictures import opus, picture
from tests.sandbox.playing import GRIET, LAB, LIEN, SQUARE, Play
from tests.sandbox.test_ptb import new_bot


@pytest.fixture
async def bot(play: Play) -> AsyncIterator[Bot]:
    async with new_bot(play.sandbox) as bot:
        yield bot


@pytest.fixture(autouse=True)
def lengths_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let python-telegram-bot read seconds in the way of its next version, without a warning."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def test_an_album_is_a_message_for_each_photo(bot: Bot) -> None:
    first = await bot.send_photo(GRIET, picture("green"))
    photos = InputMediaPhoto(picture("red")), InputMediaPhoto(first.photo[-1])
    media = (*photos, InputMediaVideo(b"film"))
    messages = await bot.send_media_group(GRIET, media, caption="<b>Plein</b>", parse_mode="HTML")
    assert [(len(message.photo) > 0, message.video is not None) for message in messages] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert len({message.media_group_id for message in messages}) == 1
    assert [message.caption_html for message in messages] == ["<b>Plein</b>", None, None]
    file = await messages[0].photo[-1].get_file()
    assert len(await file.download_as_bytearray()) == messages[0].photo[-1].file_size


async def test_an_album_answers_a_message_in_its_topic(play: Play, bot: Bot) -> None:
    topic = await bot.create_forum_topic(SQUARE, "Bomen")
    asked = await play.write(GRIET, "Foto's?", SQUARE, message_thread_id=topic.message_thread_id)
    media = [InputMediaDocument(b"a", filename="a.pdf"), InputMediaDocument(b"b", filename="b.pdf")]
    messages = await bot.send_media_group(
        SQUARE, media, message_thread_id=topic.message_thread_id, reply_to_message_id=asked["message_id"]
    )
    for message in messages:
        assert message.reply_to_message is not None
        assert message.reply_to_message.message_id == asked["message_id"]
        assert message.message_thread_id == topic.message_thread_id


async def test_an_album_that_cannot_be_is_refused_whole(play: Play, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="mixed"):
        await bot.send_media_group(
            GRIET, [InputMediaPhoto(picture()), InputMediaDocument(b"a", filename="a.pdf")]
        )
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_media_group(GRIET, [InputMediaPhoto(picture()), InputMediaPhoto(b"no picture")])
    refused = await play.refused(
        "sendMediaGroup", chat_id=GRIET, media=[{"type": "photo", "media": "x"}] * 11
    )
    assert refused == "Bad Request: too many messages to send as an album"
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == []


async def test_a_voice_message_goes_up_and_comes_down(bot: Bot) -> None:
    message = await bot.send_voice(GRIET, opus(4), caption="Luister")
    assert message.voice is not None
    assert (message.caption, message.voice.duration) == ("Luister", timedelta(seconds=4))
    file = await message.voice.get_file()
    assert bytes(await file.download_as_bytearray()) == opus(4)
    again = await bot.send_voice(LIEN, message.voice)
    assert again.voice is not None
    assert again.voice.file_unique_id == message.voice.file_unique_id
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type Voice as Photo"):
        await bot.send_photo(GRIET, message.voice.file_id)


async def test_the_length_of_a_sound_may_be_told(bot: Bot) -> None:
    message = await bot.send_voice(GRIET, b"sound", duration=9)
    assert message.voice is not None
    assert message.voice.duration == timedelta(seconds=9)


async def test_films_and_music_are_sent(bot: Bot) -> None:
    film = await bot.send_video(GRIET, b"film", filename="plein.mp4")
    music = await bot.send_audio(GRIET, b"music", filename="lied.mp3")
    assert film.video is not None
    assert music.audio is not None
    assert (film.video.file_name, music.audio.file_name) == ("plein.mp4", "lied.mp3")


async def test_a_venue_is_sent(bot: Bot) -> None:
    message = await bot.send_venue(GRIET, 50.8, 4.9, "Veemarkt", "Veemarkt 1")
    assert message.venue is not None
    assert message.location is not None
    assert (message.venue.title, message.location.latitude) == ("Veemarkt", 50.8)


async def test_a_message_is_forwarded_with_its_author(play: Play, bot: Bot) -> None:
    written = await play.write(GRIET, "Meer bomen")
    forwarded = await bot.forward_message(LIEN, GRIET, written["message_id"])
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert (forwarded.text, forwarded.forward_origin.sender_user.id) == ("Meer bomen", GRIET)


async def test_a_copy_does_not_say_where_it_is_from(play: Play, bot: Bot) -> None:
    written = await play.send_files(GRIET, (picture(), "a.jpg"), act="upload", caption="Mijn straat")
    copied = await bot.copy_message(LIEN, GRIET, written["message_id"], caption="Een straat")
    [shown] = (await play.look(f"chats/{LIEN}/messages"))["messages"]
    assert (shown["message_id"], shown["caption"]) == (copied.message_id, "Een straat")
    assert "forward_origin" not in shown
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(LIEN, GRIET, 1)


async def test_the_bot_reacts_once_and_takes_it_back(play: Play, bot: Bot) -> None:
    written = await play.write(GRIET, "Meer bomen")
    await bot.set_message_reaction(GRIET, written["message_id"], "👍")
    await bot.set_message_reaction(GRIET, written["message_id"], ReactionTypeEmoji("❤"))
    look = f"chats/{GRIET}/messages"
    assert (await play.look(look))["reactions"] == {str(written["message_id"]): {str(bot.id): ["❤"]}}
    await bot.set_message_reaction(GRIET, written["message_id"])
    assert (await play.look(look))["reactions"] == {}
    with pytest.raises(BadRequest, match=r"(?i)reaction_invalid"):
        await bot.set_message_reaction(GRIET, written["message_id"], "🚲")
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(GRIET, 1, "👍")
    assert ["message_reaction" in update for update in await play.updates()] == [False]


async def every_new_method(bot: Bot, play: Play, chat: int) -> list[BaseException | None]:
    """Call all of them in one chat; gives what each raised."""
    own = (await play.write(GRIET, "Bron"))["message_id"]
    query = await play.act(f"chats/{GRIET}/inline", **{"from": GRIET}, query=f"in {chat}", wait=0)
    calls = [
        bot.send_media_group(chat, [InputMediaPhoto(picture()), InputMediaPhoto(picture())]),
        bot.send_voice(chat, opus(1)),
        bot.send_audio(chat, b"music", filename="lied.mp3"),
        bot.send_video(chat, b"film"),
        bot.send_venue(chat, 50.8, 4.9, "Veemarkt", "Veemarkt 1"),
        bot.forward_message(chat, GRIET, own),
        bot.copy_message(chat, GRIET, own),
        bot.set_message_reaction(chat, own, "👍"),
        bot.answer_inline_query(query["inline_query_id"], [], cache_time=0),
    ]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    return [outcome if isinstance(outcome, BaseException) else None for outcome in outcomes]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"retry_after": 3}, RetryAfter),
        ({"status": 500}, NetworkError),
        ({"drop": "before"}, NetworkError),
        ({"drop": "after"}, NetworkError),
    ],
)
async def test_every_method_can_fail_on_demand(
    play: Play, bot: Bot, fault: dict[str, object], error: type[Exception]
) -> None:
    await play.act("faults", method="*", times=9, **fault)
    raised = await every_new_method(bot, play, GRIET)
    assert [isinstance(one, error) for one in raised] == [True] * 9
    assert await every_new_method(bot, play, GRIET) == [None] * 9


async def test_nothing_reaches_who_blocked_the_bot(play: Play, bot: Bot) -> None:
    await play.act(f"people/{LIEN}/block", blocked=True)
    *raised, inline = await every_new_method(bot, play, LIEN)
    assert [str(error) for error in raised] == ["Forbidden: bot was blocked by the user"] * 8
    assert [type(error) for error in raised] == [Forbidden] * 8
    assert inline is None
    await play.act(f"people/{LIEN}/block", blocked=False)
    assert (await bot.send_voice(LIEN, opus(1))).voice is not None


async def test_a_group_that_moved_says_where_to(play: Play, bot: Bot) -> None:
    new = (await play.act(f"chats/{LAB}/upgrade"))["id"]
    *raised, _ = await every_new_method(bot, play, LAB)
    assert [error.new_chat_id for error in raised if isinstance(error, ChatMigrated)] == [new] * 8


async def test_an_album_counts_as_many_messages_as_it_has(play: Play, bot: Bot) -> None:
    play.sandbox.world.limits = FloodLimits(play.sandbox.world.clock)
    await bot.send_media_group(GRIET, [InputMediaPhoto(picture())] * 6)
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(GRIET, "Nog iets")
    assert raised.value.retry_after == timedelta(seconds=4)
