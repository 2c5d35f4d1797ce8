"""Every message counts once, what belongs together comes together, and a correction corrects."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.digest import MAIN
from cocreation.ideas.idea import IdeaState, IdeaView, Place, WordsOf
from cocreation.ideas.ids import ChatId, Language, MessageId
from cocreation.ideas.media import DOWNLOAD_LIMIT, MediaKind
from cocreation.ideas.period import Period
from cocreation.ideas.submission import Attachment, Outcome, Receipt, Submission
from cocreation.services.add_by_button import name_place
from cocreation.services.correct_idea import correct_idea
from cocreation.services.own_idea import settle_whose, withdraw_idea
from cocreation.services.submit_idea import JOIN_WITHIN, WORDS_WITHIN, submit_idea
from cocreation.services.type_words import type_words
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANN, BOB = ChatId(41), ChatId(42)
MARKT = Place(50.98, 3.52, "Markt")


def message(number: int, text: str = "", at: datetime = NOW, chat: ChatId = ANN) -> Submission:
    return Submission(chat, MessageId(number), at, text)


def photo(number: int, text: str = "", at: datetime = NOW, size: int | None = 1000) -> Submission:
    attachment = Attachment(MediaKind.PHOTO, f"file {number}", f"unique {number}", size)
    return replace(message(number, text, at), attachment=attachment)


def place(number: int, at: datetime = NOW) -> Submission:
    return replace(message(number, at=at), place=MARKT)


async def submit(storage: SqlStorage, sent: Submission, now: datetime | None = None) -> Receipt:
    now = now or sent.sent_at
    async with storage.writing() as work:
        resident = await work.residents.meet(sent.chat, Language("nl"), now)
        return await submit_idea(work, resident, sent, now)


async def edit(storage: SqlStorage, sent: Submission, now: datetime = NOW + MINUTE) -> Receipt | None:
    async with storage.writing() as work:
        return await correct_idea(work, sent, now)


async def withdraw(storage: SqlStorage, receipt: Receipt) -> None:
    async with storage.writing() as work:
        resident = await work.residents.meet(ANN, Language("nl"), NOW)
        assert receipt.idea is not None
        await withdraw_idea(work, resident.id, receipt.idea, NOW)


async def published(storage: SqlStorage) -> list[IdeaView]:
    """Oldest first."""
    async with storage.reading() as work:
        return list(await work.ideas.newest(100))[::-1]


async def texts(storage: SqlStorage) -> list[str]:
    return [view.idea.text for view in await published(storage)]


async def drafts(storage: SqlStorage) -> list[str]:
    with closing(sqlite3.connect(storage.path)) as connection:
        rows = connection.execute("SELECT text FROM ideas WHERE state = 'draft' ORDER BY id")
        return [text for (text,) in rows]


def history(storage: SqlStorage) -> list[str]:
    with closing(sqlite3.connect(storage.path)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM idea_versions ORDER BY id")]


async def test_words_are_an_idea_at_once(storage: SqlStorage) -> None:
    receipt = await submit(storage, message(1, "  Meer bomen\x00 "))
    (view,) = await published(storage)
    assert receipt == Receipt(view.idea.id, Outcome.KEPT)
    assert (view.idea.text, view.idea.created_at, view.idea.language) == ("Meer bomen", NOW, "nl")


async def test_only_the_first_idea_of_a_person_is_the_first(storage: SqlStorage) -> None:
    for number in (1, 2):
        await submit(storage, message(number, f"Idee {number}"))
    assert {view.idea.text: view.is_first for view in await published(storage)} == {
        "Idee 1": True,
        "Idee 2": False,
    }


async def test_the_same_message_twice_counts_once(storage: SqlStorage) -> None:
    for sent in (
        message(1, "Bomen"),
        photo(2, "Een bank"),
        replace(message(3, "Gelezen"), is_forwarded=True),
    ):
        first = await submit(storage, sent)
        again = await submit(storage, sent, NOW + MINUTE)
        assert (again.idea, again.outcome) == (first.idea, first.outcome)
    assert await texts(storage) == ["Bomen", "Een bank"]
    assert (first.outcome, await drafts(storage)) == (Outcome.WHOSE, ["Gelezen"])


async def test_a_message_handled_again_does_not_undo_what_came_after(storage: SqlStorage) -> None:
    sent = message(1, "Bomem")
    receipt = await submit(storage, sent)
    await edit(storage, message(1, "Bomen"))
    await submit(storage, sent, NOW + MINUTE)
    assert await texts(storage) == ["Bomen"]
    await withdraw(storage, receipt)
    assert (await submit(storage, sent, NOW + MINUTE)).outcome is Outcome.WITHDRAWN
    assert await texts(storage) == []


async def test_the_same_words_of_one_person_count_once(storage: SqlStorage) -> None:
    first = await submit(storage, message(1, "Meer bomen"))
    again = await submit(storage, message(2, "Meer bomen ", NOW + timedelta(days=9)))
    other = await submit(storage, message(1, "Meer bomen", chat=BOB))
    assert (again.idea, again.outcome) == (first.idea, Outcome.KNOWN)
    assert other.outcome is Outcome.KEPT
    assert await texts(storage) == ["Meer bomen", "Meer bomen"]


async def test_words_that_were_withdrawn_may_be_sent_again(storage: SqlStorage) -> None:
    first = await submit(storage, message(1, "Meer bomen"))
    await withdraw(storage, first)
    again = await submit(storage, message(2, "Meer bomen"))
    assert again.outcome is Outcome.KEPT
    assert again.idea != first.idea


async def test_emoji_alone_are_kept_and_asked_about(storage: SqlStorage) -> None:
    assert (await submit(storage, message(1, "🌳🌳"))).outcome is Outcome.KEPT_WITHOUT_WORDS


async def test_what_was_passed_on_counts_once_it_is_said_whose_it_is(storage: SqlStorage) -> None:
    sent = replace(message(1, "Meer bomen"), is_forwarded=True)
    asked = await submit(storage, sent)
    assert asked.outcome is Outcome.WHOSE
    assert asked.idea is not None
    assert await texts(storage) == []
    async with storage.writing() as work:
        ann = await work.residents.meet(ANN, Language("nl"), NOW)
        kept = await settle_whose(work, ann.id, asked.idea, WordsOf.SOMEBODY_ELSE, NOW)
        again = await settle_whose(work, ann.id, asked.idea, WordsOf.AUTHOR, NOW)
    assert kept == again == Receipt(asked.idea, Outcome.KEPT_FORWARDED)
    (view,) = await published(storage)
    assert (view.idea.text, view.idea.words_of) == ("Meer bomen", WordsOf.SOMEBODY_ELSE)


async def test_what_was_passed_on_waits_for_no_words_and_for_no_photo(storage: SqlStorage) -> None:
    await submit(storage, replace(message(1, "Meer bomen"), is_forwarded=True))
    own = await submit(storage, message(2, "Een fontein", NOW + MINUTE))
    photo_after = await submit(storage, photo(3, at=NOW + MINUTE))
    assert (own.outcome, photo_after) == (Outcome.KEPT, Receipt(own.idea, Outcome.JOINED))
    assert await texts(storage) == ["Een fontein"]
    assert await drafts(storage) == ["Meer bomen"]


async def test_words_passed_on_that_the_person_has_written_before_count_once(storage: SqlStorage) -> None:
    first = await submit(storage, message(1, "Meer bomen"))
    asked = await submit(storage, replace(photo(2, "Meer bomen"), is_forwarded=True))
    assert asked.idea is not None
    async with storage.writing() as work:
        ann = await work.residents.meet(ANN, Language("nl"), NOW)
        known = await settle_whose(work, ann.id, asked.idea, WordsOf.AUTHOR, NOW)
    assert known == Receipt(first.idea, Outcome.KNOWN)
    (view,) = await published(storage)
    assert len(view.photos) == 1


async def test_a_photo_without_words_waits_unseen(storage: SqlStorage) -> None:
    receipt = await submit(storage, photo(1))
    assert receipt.outcome is Outcome.WAITS_FOR_WORDS
    async with storage.reading() as work:
        assert await work.ideas.count() == 0
        assert await work.ideas.newest(5) == []
        assert await work.ideas.texts() == []


@pytest.mark.parametrize("waiting", [photo(1), place(1)], ids=["photo", "place"])
async def test_words_join_what_waits_for_them(storage: SqlStorage, waiting: Submission) -> None:
    draft = await submit(storage, waiting)
    receipt = await submit(storage, message(2, "Een fontein", NOW + WORDS_WITHIN))
    (view,) = await published(storage)
    assert receipt == Receipt(draft.idea, Outcome.KEPT)
    assert (view.idea.text, view.idea.created_at) == ("Een fontein", NOW + WORDS_WITHIN)
    assert (len(view.photos), view.idea.place) == ((1, None) if waiting.attachment else (0, MARKT))
    assert history(storage) == []


async def test_words_that_come_too_late_are_an_idea_of_their_own(storage: SqlStorage) -> None:
    await submit(storage, photo(1))
    await submit(storage, message(2, "Een fontein", NOW + WORDS_WITHIN + MINUTE))
    (view,) = await published(storage)
    assert view.photos == ()


async def test_words_without_a_letter_say_so_with_a_photo_too(storage: SqlStorage) -> None:
    await submit(storage, photo(1))
    assert (await submit(storage, message(2, "👍"))).outcome is Outcome.KEPT_WITHOUT_WORDS


async def test_a_photo_and_a_place_soon_after_an_idea_join_it(storage: SqlStorage) -> None:
    idea = await submit(storage, message(1, "Een fontein"))
    for sent in (photo(2, at=NOW + JOIN_WITHIN), place(3, NOW + JOIN_WITHIN), photo(2, at=NOW + JOIN_WITHIN)):
        assert await submit(storage, sent) == Receipt(idea.idea, Outcome.JOINED)
    (view,) = await published(storage)
    assert (len(view.photos), view.idea.place) == (1, MARKT)


async def test_a_photo_long_after_an_idea_waits_for_words_of_its_own(storage: SqlStorage) -> None:
    await submit(storage, message(1, "Een fontein"))
    later = await submit(storage, photo(2, at=NOW + JOIN_WITHIN + MINUTE))
    assert later.outcome is Outcome.WAITS_FOR_WORDS


async def test_what_belongs_together_comes_together_after_a_downtime(storage: SqlStorage) -> None:
    back = NOW + timedelta(hours=9)
    await submit(storage, photo(1), back)
    await submit(storage, message(2, "Een fontein", NOW + MINUTE), back)
    await submit(storage, photo(3, at=NOW + 2 * MINUTE), back)
    (view,) = await published(storage)
    assert (view.idea.text, len(view.photos)) == ("Een fontein", 2)


async def test_a_photo_with_known_words_goes_to_the_idea_that_has_them(storage: SqlStorage) -> None:
    first = await submit(storage, message(1, "Een fontein"))
    late = NOW + timedelta(days=1)
    await submit(storage, photo(2, at=late))
    await submit(storage, place(3, late))
    again = await submit(storage, message(4, "Een fontein", late))
    assert (again.idea, again.outcome) == (first.idea, Outcome.KNOWN)
    (view,) = await published(storage)
    assert (len(view.photos), view.idea.place) == (1, MARKT)
    after = await submit(storage, message(5, "Een bank", late))
    assert after.outcome is Outcome.KEPT
    assert await texts(storage) == ["Een fontein", "Een bank"]


async def test_a_photo_with_words_is_one_idea(storage: SqlStorage) -> None:
    await submit(storage, photo(1, "Een fontein"))
    (view,) = await published(storage)
    assert (view.idea.text, len(view.photos)) == ("Een fontein", 1)


@pytest.mark.parametrize(("size", "is_too_large"), [(DOWNLOAD_LIMIT, False), (DOWNLOAD_LIMIT + 1, True)])
async def test_the_words_of_too_large_a_photo_are_kept(
    storage: SqlStorage, size: int, is_too_large: bool
) -> None:
    receipt = await submit(storage, photo(1, "Een fontein", size=size))
    (view,) = await published(storage)
    assert receipt.is_file_too_large is is_too_large
    assert len(view.photos) == (0 if is_too_large else 1)
    again = await submit(storage, photo(2, "Een fontein", size=size))
    assert (again.outcome, again.is_file_too_large) == (Outcome.KNOWN, is_too_large)


async def test_too_large_a_photo_alone_leaves_nothing(storage: SqlStorage) -> None:
    receipt = await submit(storage, photo(1, size=DOWNLOAD_LIMIT + 1))
    assert (receipt.idea, receipt.outcome) == (None, Outcome.FILE_TOO_LARGE)


async def test_a_correction_changes_the_idea_and_keeps_what_it_was(storage: SqlStorage) -> None:
    kept = await submit(storage, message(1, "Bomem"))
    assert await edit(storage, message(1, "Bomen")) == Receipt(kept.idea, Outcome.CHANGED)
    assert await texts(storage) == ["Bomen"]
    assert history(storage) == ["Bomem"]


async def test_a_correction_of_words_that_a_photo_waited_for_changes_the_idea(storage: SqlStorage) -> None:
    await submit(storage, photo(1))
    kept = await submit(storage, message(2, "Een fontijn"))
    assert await edit(storage, message(2, "Een fontein")) == Receipt(kept.idea, Outcome.CHANGED)
    assert await texts(storage) == ["Een fontein"]


async def test_a_correction_that_leaves_no_words_asks_for_some(storage: SqlStorage) -> None:
    await submit(storage, message(1, "Bomen"))
    changed = await edit(storage, message(1, "🌳"))
    assert changed is not None and changed.outcome is Outcome.KEPT_WITHOUT_WORDS
    assert history(storage) == ["Bomen"]


@pytest.mark.parametrize("sent", [message(1, " Bomen "), message(1, "\u200b"), photo(1, "Bomen")])
async def test_a_correction_that_changes_nothing_says_nothing(storage: SqlStorage, sent: Submission) -> None:
    await submit(storage, replace(sent, text="Bomen"))
    assert await edit(storage, sent) is None
    assert await texts(storage) == ["Bomen"]
    assert history(storage) == []


async def test_a_photo_that_is_exchanged_comes_with_its_idea(storage: SqlStorage) -> None:
    await submit(storage, photo(1, "Bomen"))
    changed = await edit(storage, replace(photo(2, "Bomen"), message=MessageId(1)))
    (view,) = await published(storage)
    assert changed is not None and changed.outcome is Outcome.CHANGED
    assert len(view.photos) == 2


async def test_a_correction_of_what_is_withdrawn_does_not_bring_it_back(storage: SqlStorage) -> None:
    kept = await submit(storage, message(1, "Bomem"))
    await withdraw(storage, kept)
    within = await edit(storage, message(1, "Bomen"))
    after = await edit(storage, message(1, "Struiken"), NOW + timedelta(days=2))
    assert within == after == Receipt(kept.idea, Outcome.WITHDRAWN)
    assert await texts(storage) == []
    async with storage.reading() as work:
        idea = await work.ideas.by_message(ANN, MessageId(1))
    assert idea is not None and (idea.text, idea.state) == ("Bomen", IdeaState.WITHDRAWN)


async def test_a_message_that_became_no_idea_becomes_none_by_a_correction(storage: SqlStorage) -> None:
    await submit(storage, message(1, "Bomen"))
    await submit(storage, message(2, "Bomen"))
    assert await edit(storage, message(2, "Bomen en banken")) is None
    assert await texts(storage) == ["Bomen"]


async def test_a_caption_added_to_a_waiting_photo_makes_it_an_idea(storage: SqlStorage) -> None:
    draft = await submit(storage, photo(1))
    assert await edit(storage, photo(1, "Een fontein")) == Receipt(draft.idea, Outcome.KEPT)
    (view,) = await published(storage)
    assert (view.idea.text, len(view.photos)) == ("Een fontein", 1)


async def test_a_correction_of_somebody_unknown_is_left_alone(storage: SqlStorage) -> None:
    assert await edit(storage, message(1, "Bomen", chat=BOB)) is None


async def test_an_idea_that_comes_after_its_digest_counts_in_the_next(storage: SqlStorage) -> None:
    reported = Period(NOW - timedelta(days=7), NOW)
    async with storage.writing() as work:
        await work.digests.record(MAIN, reported, NOW)
    back = NOW + timedelta(hours=1)
    await submit(storage, message(1, "Bomen", NOW - timedelta(hours=2)), back)
    await submit(storage, photo(2, at=NOW - timedelta(hours=1)), back)
    await submit(storage, message(3, "Een fontein", NOW - MINUTE), back)
    async with storage.reading() as work:
        assert (await work.digests.counts(reported)).ideas == 0
        assert (await work.digests.counts(Period(NOW, NOW + timedelta(days=7)))).ideas == 2


async def test_an_idea_is_never_from_the_future(storage: SqlStorage) -> None:
    await submit(storage, message(1, "Bomen", NOW + MINUTE), NOW)
    (view,) = await published(storage)
    assert view.idea.created_at == NOW


async def test_a_voice_that_was_passed_on_is_somebody_else_s_once_it_is_typed(storage: SqlStorage) -> None:
    voice = Attachment(MediaKind.VOICE, "voice", "voice", 900)
    kept = await submit(storage, replace(message(1, ""), attachment=voice, is_forwarded=True))
    assert (kept.outcome, await published(storage)) == (Outcome.VOICE_WAITS, [])
    assert kept.idea is not None
    async with storage.writing() as work:
        await type_words(work, kept.idea, "Een bank bij de kapel", NOW + MINUTE)
    (view,) = await published(storage)
    assert (view.idea.text, view.idea.words_of) == ("Een bank bij de kapel", WordsOf.SOMEBODY_ELSE)


async def test_the_name_of_a_place_is_corrected_without_touching_the_idea(storage: SqlStorage) -> None:
    receipt = await submit(storage, message(1, "Bankjes"))
    assert receipt.idea is not None
    async with storage.writing() as work:
        ann = await work.residents.meet(ANN, Language("nl"), NOW)
        await name_place(work, ann.id, receipt.idea, message(2, "Kerkplijn"), NOW)
    await edit(storage, message(2, "Kerkplein"))
    await edit(storage, message(1, "Banken"))
    (view,) = await published(storage)
    assert (view.idea.text, view.idea.place) == ("Banken", Place(name="Kerkplein"))
