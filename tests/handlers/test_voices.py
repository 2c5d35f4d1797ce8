"""Facilitators type what somebody spoke, who learns of it and is not woken; one question at a time stands in
their chat."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, Language, OutboxId
from cocreation.ideas.messages import Show
from cocreation.ideas.notice import AT_FIRST, Frequency, Wishes
from cocreation.ideas.town import Town
from handlers.voices import tell_author
from sandbox import kinds
from storage.engine import SqlStorage
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json
from tests.bot.town import Town as RunningTown
from tests.handlers.acting import forges, toasted
from tests.handlers.test_replies import an_idea, asked, last, reply_in_group
from tests.sandbox.pictures import opus

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
LATE = datetime(2026, 6, 10, 21, tzinfo=UTC)
"""23:00 on the town's clock."""
NL = Language("nl")
WORDS = "Een bank aan de halte"
TOWN = Town("Tienen", (NL,), ZoneInfo("Europe/Brussels"), ChatId(-5), frozenset(), NL, None)


@pytest.mark.parametrize(
    ("wishes", "now", "sounds"),
    [
        (AT_FIRST, NOON, True),
        (AT_FIRST, LATE, False),
        (Wishes(quiet=None), LATE, True),
        (Wishes(Frequency.NONE), NOON, False),
        (Wishes(Frequency.WEEKLY), NOON, False),
    ],
)
async def test_typed_words_sound_only_when_their_author_may_be_told(
    storage: SqlStorage, wishes: Wishes, now: datetime, *, sounds: bool
) -> None:
    async with storage.writing() as work:
        author = await work.residents.meet(ChatId(41), NL, NOON)
        await work.residents.set_wishes(author.id, wishes)
        idea = await work.ideas.add(NewIdea("Bomen", NOON, author.id, NL))
        await tell_author(work, idea, TOWN, now)
    async with storage.reading() as work:
        (row,) = await work.outbox.waiting(OutboxId(0), 10)
    assert isinstance(row.post, Show)
    assert row.post.message.silent is not sounds


async def _spoken(town: RunningTown) -> Json:
    """A voice message in the facilitators' chat."""
    file = kinds.SentFile(opus(4), "stem.ogg", "audio/ogg")
    town.send(GRIET, await kinds.file_content(town.world, "voice", file, None))
    await town.until(lambda: _voices(town))
    return _voices(town)[-1]


def _voices(town: RunningTown) -> list[Json]:
    return [message for message in town.shown(FACILITATORS) if "voice" in message]


def _now(town: RunningTown, message: Json) -> Json:
    return town.world.chats[FACILITATORS].messages[message["message_id"]]


async def _asked_to_type(town: RunningTown, voice: Json) -> Json:
    town.press(LIEN, voice, "Uittikken wat er gezegd wordt", FACILITATORS)
    return await last(town, "Antwoord")


async def test_what_a_facilitator_types_becomes_the_idea_of_who_spoke(town: RunningTown) -> None:
    voice = await _spoken(town)
    await _asked_to_type(town, voice)
    reply_in_group(town, voice, WORDS)
    await town.reads(GRIET, WORDS)
    assert await town.rows("SELECT text, state FROM ideas") == [(WORDS, "published")]


async def test_a_half_written_answer_is_put_aside_for_a_voice_message_and_not_lost(town: RunningTown) -> None:
    await an_idea(town)
    question = await asked(town)
    reply_in_group(town, question, "We planten bomen.")
    await last(town, "nog niet verstuurd")
    voice = await _spoken(town)
    town.press(LIEN, voice, "Uittikken wat er gezegd wordt", FACILITATORS)
    await town.until(lambda: "opzijgelegd" in _now(town, question)["text"])
    assert "We planten bomen." in _now(town, question)["text"]


async def test_cancel_takes_back_its_own_question_and_nothing_else(town: RunningTown) -> None:
    question = await _asked_to_type(town, await _spoken(town))
    cancel = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert "verandert niets" in await toasted(town, LIEN, question, "Annuleren", FACILITATORS)
    await last(town, "wacht nog")
    assert await town.rows("SELECT * FROM conversations") == []
    await an_idea(town, YASMINE)
    town.write(LIEN, "/reply 2", FACILITATORS)
    town.press(LIEN, await last(town, "Hoever"), "Gepland", FACILITATORS)
    await last(town, "Schrijf nu")
    await forges(town, LIEN, _now(town, question), cancel, FACILITATORS)
    assert await town.rows("SELECT step FROM conversations") == [("reply",)]
