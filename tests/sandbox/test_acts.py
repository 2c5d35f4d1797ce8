"""What people do reaches the bot as python-telegram-bot reads it."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from telegram import MessageOriginChannel, MessageOriginChat, MessageOriginHiddenUser, MessageOriginUser

from tests.sandbox.pictures import opus, picture, sound
from tests.sandbox.playing import DESK, GRIET, JONAS, LAB, LIEN, NOOR, SQUARE, Play


@pytest.fixture(autouse=True)
def lengths_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let python-telegram-bot read seconds in the way of its next version, without a warning."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


async def test_an_album_is_one_update_for_each_photo_with_the_words_on_the_first(play: Play) -> None:
    files = [(picture("red"), "a.jpg"), (picture("blue"), "b.jpg"), (b"film", "c.mp4")]
    sent = await play.send_files(GRIET, *files, caption="Drie keer het plein")
    heard = [update.message for update in await play.heard()]
    assert [message.message_id for message in heard if message] == [
        one["message_id"] for one in sent["messages"]
    ]
    assert len({message.media_group_id for message in heard if message}) == 1
    assert [message.caption for message in heard if message] == ["Drie keer het plein", None, None]
    assert [(len(message.photo) > 0, message.video is not None) for message in heard if message] == [
        (True, False),
        (True, False),
        (False, True),
    ]


async def test_two_albums_are_told_apart(play: Play) -> None:
    one = await play.send_files(GRIET, (b"a", "a.pdf"), (b"b", "b.pdf"), kind="document")
    other = await play.send_files(GRIET, (picture(), "a.jpg"), (picture(), "b.jpg"))
    ids = [message["media_group_id"] for sent in (one, other) for message in sent["messages"]]
    assert len(set(ids)) == 2
    assert ids[0].isdigit()


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_that_cannot_be_sends_nothing(play: Play, count: int) -> None:
    with pytest.raises(AssertionError, match="an album has 2 to 10 files"):
        await play.send_files(GRIET, *[(picture(), "a.jpg")] * count)
    assert await play.updates() == []


async def test_a_broken_photo_keeps_the_whole_album_back(play: Play) -> None:
    with pytest.raises(AssertionError, match="IMAGE_PROCESS_FAILED"):
        await play.send_files(GRIET, (picture(), "a.jpg"), (b"no picture", "b.jpg"))
    assert await play.updates() == []


@pytest.mark.parametrize(
    ("content", "name", "seconds"), [(sound(2), "a.wav", 2), (opus(7), "a.ogg", 7), (b"?", "a.oga", 3)]
)
async def test_a_voice_message_says_how_long_it_is_and_can_be_fetched(
    play: Play, content: bytes, name: str, seconds: int
) -> None:
    await play.send_files(GRIET, (content, name), act="upload", kind="voice")
    [update] = await play.heard()
    assert update.message is not None and update.message.voice is not None
    assert update.message.voice.duration == timedelta(seconds=seconds)
    path = (await play.do("getFile", file_id=update.message.voice.file_id))["file_path"]
    async with play.session.get(f"{play.sandbox.base_file_url}{play.sandbox.token}/{path}") as response:
        assert await response.read() == content


async def test_who_recorded_a_voice_says_how_long_it_is(play: Play) -> None:
    await play.send_files(GRIET, (b"webm", "stem.webm"), act="upload", kind="voice", duration="12")
    assert (await play.updates())[0]["message"]["voice"]["duration"] == 12


async def test_a_picture_sent_as_a_document_has_its_type_and_a_thumbnail(play: Play) -> None:
    content = picture("red", (900, 600), "PNG")
    await play.send_files(GRIET, (content, "plan.png"), act="upload", kind="document")
    [update] = await play.heard()
    document = update.message.document if update.message else None
    assert document is not None and document.thumbnail is not None
    assert (document.mime_type, document.file_name) == ("image/png", "plan.png")
    assert (document.thumbnail.width, document.thumbnail.height) == (320, 213)
    stored = play.sandbox.world.files.find(document.thumbnail.file_id)
    assert stored is not None
    with Image.open(BytesIO(play.sandbox.world.files.read(stored))) as shown:
        assert shown.size == (320, 213)


async def test_what_only_claims_to_be_a_picture_is_a_plain_document(play: Play) -> None:
    await play.send_files(GRIET, (b"no picture", "plan.png"), act="upload", kind="document")
    assert "thumbnail" not in (await play.updates())[0]["message"]["document"]


@pytest.mark.parametrize("kind", ["video", "audio", "animation", "video_note"])
async def test_sounds_and_films_are_messages_of_their_kind(play: Play, kind: str) -> None:
    await play.send_files(GRIET, (b"film", "film.mp4"), act="upload", kind=kind)
    [update] = await play.heard()
    assert getattr(update.message, kind).file_id


async def test_a_game_is_a_message(play: Play) -> None:
    await play.act(f"chats/{GRIET}/send", **{"from": GRIET}, kind="game", title="Boompje")
    [update] = await play.heard()
    assert update.message is not None and update.message.game is not None
    assert (update.message.game.title, len(update.message.game.photo)) == ("Boompje", 2)


async def test_a_live_location_moves_and_ends_by_edits(play: Play) -> None:
    where = {"latitude": 50.8, "longitude": 4.9}
    sent = await play.act(f"chats/{GRIET}/send", **{"from": GRIET}, kind="location", live_period=600, **where)
    path = f"chats/{GRIET}/messages/{sent['message_id']}/edit"
    await play.act(path, **{"from": GRIET}, latitude=50.9, longitude=4.9, live_period=600)
    await play.act(path, **{"from": GRIET}, latitude=51.0, longitude=4.9)
    assert await play.refuses(path, **{"from": GRIET}, latitude=51.0, longitude=4.9)
    heard = await play.heard()
    places = [update.effective_message.location for update in heard if update.effective_message]
    assert [update.edited_message is not None for update in heard] == [False, True, True]
    assert [place.latitude for place in places if place] == [50.8, 50.9, 51.0]
    assert [place.live_period is not None for place in places if place] == [True, True, False]


async def test_another_photo_takes_the_place_of_the_first(play: Play) -> None:
    sent = await play.send_files(GRIET, (picture("red"), "a.jpg"), act="upload", caption="Rood")
    path = f"messages/{sent['message_id']}/edit"
    await play.send_files(GRIET, (picture("blue", (80, 60)), "b.jpg"), act=path, caption="Blauw")
    _, update = await play.heard()
    edited = update.edited_message
    assert edited is not None and edited.edit_date is not None
    assert (edited.caption, edited.photo[-1].width) == ("Blauw", 80)
    assert edited.photo[-1].file_unique_id != sent["photo"][-1]["file_unique_id"]


async def test_a_caption_can_be_taken_away(play: Play) -> None:
    sent = await play.send_files(GRIET, (picture(), "a.jpg"), act="upload", caption="#rood")
    await play.act(f"chats/{GRIET}/messages/{sent['message_id']}/edit", **{"from": GRIET}, text="")
    _, update = await play.heard()
    assert update.edited_message is not None
    assert (update.edited_message.caption, update.edited_message.caption_entities) == (None, ())


async def test_a_forwarded_album_stays_one_and_names_who_wrote_it(play: Play) -> None:
    album = await play.send_files(NOOR, (picture(), "a.jpg"), (picture(), "b.jpg"), chat=LAB, caption="Plein")
    ids = [message["message_id"] for message in album["messages"]]
    await play.act(f"chats/{GRIET}/forward", **{"from": GRIET}, from_chat_id=LAB, message_ids=ids)
    heard = [update.message for update in await play.heard() if update.message]
    assert [message.chat.id for message in heard] == [GRIET, GRIET]
    assert len({message.media_group_id for message in heard}) == 1
    assert heard[0].media_group_id != album["messages"][0]["media_group_id"]
    origin = heard[0].forward_origin
    assert isinstance(origin, MessageOriginUser)
    assert origin.sender_user.id == NOOR


async def test_a_forward_of_somebody_who_hides_gives_a_name_alone(play: Play) -> None:
    sent = await play.write(GRIET, "Meer bomen", LAB)
    where = {"from_chat_id": LAB, "message_ids": [sent["message_id"]]}
    await play.act(f"chats/{LIEN}/forward", **{"from": LIEN}, hidden=True, **where)
    [update] = await play.heard()
    assert update.message is not None
    origin = update.message.forward_origin
    assert isinstance(origin, MessageOriginHiddenUser)
    assert origin.sender_user_name == "Griet Peeters"


async def test_a_forward_of_a_forward_keeps_its_first_author(play: Play) -> None:
    source = {"type": "channel", "title": "Stad Tienen", "username": "tienen", "author_signature": "Lien"}
    first = await play.write(GRIET, "Het plein gaat open", forward_from=source)
    again = {"from_chat_id": GRIET, "message_ids": [first["message_id"]]}
    await play.act(f"chats/{LAB}/forward", **{"from": GRIET}, **again)
    play.sandbox.world.privacy_mode = False
    await play.act(f"chats/{LAB}/forward", **{"from": GRIET}, **again)
    origins = [update.message.forward_origin for update in await play.heard() if update.message]
    assert len(origins) == 2
    for origin in origins:
        assert isinstance(origin, MessageOriginChannel)
        assert (origin.chat.title, origin.chat.type, origin.author_signature) == (
            "Stad Tienen",
            "channel",
            "Lien",
        )


async def test_a_group_may_speak_in_its_own_name(play: Play) -> None:
    await play.write(GRIET, "Wij", forward_from={"type": "chat", "title": "Buurtcomité"})
    [update] = await play.heard()
    assert update.message is not None
    assert isinstance(update.message.forward_origin, MessageOriginChat)


async def test_nobody_forwards_what_they_cannot_see(play: Play) -> None:
    await play.write(LIEN, "Intern", DESK)
    path = f"chats/{GRIET}/forward"
    assert "no person" in await play.refuses(path, **{"from": GRIET}, from_chat_id=DESK, message_ids=[1])
    assert "no such message" in await play.refuses(
        path, **{"from": GRIET}, from_chat_id=GRIET, message_ids=[1]
    )


async def test_a_reaction_and_its_end_are_told_to_who_asked_for_them(play: Play) -> None:
    card = await play.say("Je idee is bewaard.")
    path = f"chats/{GRIET}/messages/{card['message_id']}/react"
    await play.act(path, **{"from": GRIET}, reactions=["👍"])
    assert await play.updates(allowed_updates=["message", "message_reaction"]) == []
    shown = await play.act(path, **{"from": GRIET}, reactions=["❤"])
    assert shown == {"reactions": {str(GRIET): ["❤"]}}
    await play.act(path, **{"from": GRIET}, reactions=["❤"])
    await play.act(path, **{"from": GRIET}, reactions=[])
    changes = [update.message_reaction for update in await play.heard()]
    read = [
        ([one.emoji for one in change.old_reaction], [one.emoji for one in change.new_reaction])  # type: ignore[attr-defined]
        for change in changes
        if change
    ]
    assert read == [(["👍"], ["❤"]), (["❤"], [])]
    assert changes[0] is not None and changes[0].user is not None
    assert (changes[0].user.id, changes[0].message_id) == (GRIET, card["message_id"])


async def test_reactions_in_a_group_are_told_to_an_administrator_alone(play: Play) -> None:
    await play.updates(allowed_updates=["message_reaction"])
    for chat in (LAB, DESK):
        sent = await play.say("Wat vindt u?", chat)
        await play.act(
            f"chats/{chat}/messages/{sent['message_id']}/react", **{"from": LIEN}, reactions=["🔥"]
        )
    told = [update["message_reaction"]["chat"]["id"] for update in await play.updates()]
    assert told == [DESK]


async def test_only_what_telegram_offers_is_a_reaction(play: Play) -> None:
    card = await play.say("Bewaard.")
    path = f"chats/{GRIET}/messages/{card['message_id']}/react"
    assert await play.refuses(path, **{"from": GRIET}, reactions=["🚲"])
    assert await play.refuses(f"chats/{GRIET}/messages/1/react", **{"from": GRIET}, reactions=["👍"])


async def test_a_person_begins_a_topic_and_what_is_written_there_answers_it(play: Play) -> None:
    began = await play.act(f"chats/{SQUARE}/topics", **{"from": GRIET}, name="Bomen")
    thread = began["message_thread_id"]
    await play.write(GRIET, "Meer schaduw", SQUARE, message_thread_id=thread)
    topic, written = [update.message for update in await play.heard()]
    assert topic is not None and topic.forum_topic_created is not None
    assert topic.forum_topic_created.name == "Bomen"
    assert written is not None and written.reply_to_message is not None
    assert (written.message_thread_id, written.is_topic_message) == (thread, True)
    assert written.reply_to_message.forum_topic_created is not None
    assert "not a forum" in await play.refuses(f"chats/{LAB}/topics", **{"from": GRIET}, name="Bomen")


async def test_a_thread_of_replies_is_no_topic(play: Play) -> None:
    chat = (await play.act(f"chats/{LAB}/upgrade"))["id"]
    await play.updates(offset=-1)
    question = await play.say("Wat vindt u?", chat)
    answer = await play.write(NOOR, "Goed", chat, reply_to_message_id=question["message_id"])
    again = await play.say("Waarom?", chat, reply_parameters={"message_id": answer["message_id"]})
    assert answer["message_thread_id"] == again["message_thread_id"] == question["message_id"]
    assert "is_topic_message" not in answer
    refused = await play.refused(
        "sendMessage", chat_id=chat, text="x", message_thread_id=question["message_id"]
    )
    assert refused == "Bad Request: message thread not found"


async def test_a_group_may_become_a_forum_at_once(play: Play) -> None:
    forum = await play.act(f"chats/{LAB}/upgrade", is_forum=True)
    await play.act(f"chats/{forum['id']}/topics", **{"from": NOOR}, name="Fietsen")
    assert (await play.do("getChat", chat_id=forum["id"]))["is_forum"] is True


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/morgen_sandbox_bot?start=lab_7-x",
        "t.me/Morgen_Sandbox_Bot?start=lab_7-x",
        "tg://resolve?domain=morgen_sandbox_bot&start=lab_7-x",
    ],
)
async def test_a_link_to_the_bot_starts_it_with_its_payload(play: Play, link: str) -> None:
    await play.act(f"people/{JONAS}/open", link=link)
    [update] = await play.heard()
    assert update.message is not None
    assert (update.message.text, update.message.chat.id) == ("/start lab_7-x", JONAS)


async def test_a_link_for_groups_lets_the_bot_into_one(play: Play) -> None:
    await play.act(f"chats/{LAB}/bot", **{"from": LIEN}, status="left")
    link = "https://t.me/morgen_sandbox_bot?startgroup=wijk"
    await play.act(f"people/{LIEN}/open", link=link, chat_id=LAB)
    *_, added, started = await play.heard()
    assert added.my_chat_member is not None
    assert added.my_chat_member.new_chat_member.status == "member"
    assert started.message is not None
    assert (started.message.text, started.message.chat.id) == ("/start@morgen_sandbox_bot wijk", LAB)
    assert await play.refuses(f"people/{LIEN}/open", link=link)


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/other_bot?start=x",
        "https://t.me/morgen_sandbox_bot?start=a+b",
        f"https://t.me/morgen_sandbox_bot?start={'a' * 65}",
        "https://example.be/morgen_sandbox_bot?start=x",
    ],
)
async def test_a_link_that_telegram_would_not_follow_is_refused(play: Play, link: str) -> None:
    assert await play.refuses(f"people/{GRIET}/open", link=link)
    assert await play.updates() == []


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [
        ("@morgen_sandbox_bot hoort u mij?", True),
        ("🌳 Hoort u mij, @Morgen_Sandbox_Bot?", True),
        ("@morgen_sandbox_bot2 hoort u mij?", False),
        ("mail naar x@morgen_sandbox_bot", False),
        ("Zie /help@morgen_sandbox_bot", True),
        ("Zie /help", False),
    ],
)
async def test_only_a_whole_name_is_a_mention(play: Play, text: str, is_heard: bool) -> None:
    await play.write(NOOR, text, LAB)
    assert len(await play.updates()) == is_heard


async def test_a_photo_with_a_mention_is_heard_in_a_group(play: Play) -> None:
    await play.send_files(
        NOOR, (picture(), "a.jpg"), act="upload", chat=LAB, caption="@morgen_sandbox_bot kijk"
    )
    await play.send_files(NOOR, (picture(), "a.jpg"), act="upload", chat=LAB, caption="kijk")
    assert [update["message"]["caption"] for update in await play.updates()] == ["@morgen_sandbox_bot kijk"]


async def test_the_last_updates_are_delivered_once_more(play: Play) -> None:
    for words in ("een", "twee", "drie"):
        await play.write(GRIET, words)
    first = await play.updates()
    next_offset = first[-1]["update_id"] + 1
    assert await play.updates(offset=next_offset) == []
    assert await play.act("updates/redeliver", last=2) == {"redelivered": 2}
    await play.write(GRIET, "vier")
    again = await play.updates(offset=next_offset)
    assert again[:2] == first[1:]
    assert again[2]["message"]["text"] == "vier"
    assert len(await play.updates(offset=next_offset)) == 1
