"""Ideas are kept once, remember what they said, and are read newest first."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from cocreation.ideas.idea import IdeaState, NewIdea, Place, Source
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId, ResidentId, Token
from cocreation.ideas.media import MediaKind, NewMedia
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
CHAT = ChatId(41)


async def _ann(work: SqlWork) -> ResidentId:
    return (await work.residents.meet(CHAT, Language("nl"), NOW)).id


async def test_the_same_message_is_kept_once(storage: SqlStorage) -> None:
    new = NewIdea("A bench at the canal", NOW, chat=CHAT, message=MessageId(7))
    async with storage.writing() as work:
        first = await work.ideas.add(new)
    async with storage.writing() as work:
        assert await work.ideas.add(new) == first
        assert await work.ideas.count() == 1


async def test_the_same_line_of_an_import_is_kept_once(storage: SqlStorage) -> None:
    new = NewIdea("A bench at the canal", NOW, source=Source.IMPORT, external_id="7", process="Budget 2026")
    async with storage.writing() as work:
        assert await work.ideas.add(new) == await work.ideas.add(new)
        assert await work.ideas.imported_ids(["6", "7", "8"]) == {"7"}


async def test_an_idea_comes_back_as_it_was_given(storage: SqlStorage) -> None:
    place = Place(50.9867, 3.5278, "Markt")
    async with storage.writing() as work:
        author = await _ann(work)
        added = await work.ideas.add(
            NewIdea("Bomen", NOW, author, Language("nl"), place, chat=CHAT, message=MessageId(1))
        )
    async with storage.reading() as work:
        idea = await work.ideas.get(added)
        assert idea is not None
        assert (idea.author, idea.language, idea.place, idea.created_at) == (author, "nl", place, NOW)
        assert await work.ideas.by_message(CHAT, MessageId(1)) == idea
        view = await work.ideas.by_token(idea.token)
        assert view is not None and view.idea == idea
        assert await work.ideas.by_token(Token("another")) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
async def test_every_text_comes_back_unchanged(storage: SqlStorage, text: str) -> None:
    async with storage.writing() as work:
        added = await work.ideas.add(NewIdea(text, NOW))
        idea = await work.ideas.get(added)
    assert idea is not None and idea.text == text


async def test_half_a_place_is_refused(storage: SqlStorage) -> None:
    with pytest.raises(IntegrityError):
        async with storage.writing() as work:
            await work.ideas.add(NewIdea("Bomen", NOW, place=Place(latitude=50.9)))


async def test_a_correction_keeps_the_old_words_in_the_history(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomem", NOW))
        await work.ideas.correct(idea, "Bomen", NOW + timedelta(minutes=1))
        await work.ideas.correct(idea, "Bomen", NOW + timedelta(minutes=2))
        corrected = await work.ideas.get(idea)
    with closing(sqlite3.connect(storage.path)) as connection:
        assert connection.execute("SELECT text FROM idea_versions").fetchall() == [("Bomem",)]
    assert corrected is not None
    assert (corrected.text, corrected.edited_at) == ("Bomen", NOW + timedelta(minutes=1))


async def test_the_first_words_of_a_draft_are_no_correction(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        draft = await work.ideas.add(NewIdea("", NOW, state=IdeaState.DRAFT))
        await work.ideas.correct(draft, "Bomen", NOW)
        await work.ideas.set_state(draft, IdeaState.PUBLISHED, NOW)
        idea = await work.ideas.get(draft)
    assert idea is not None
    assert idea.is_published and idea.edited_at is None


async def test_a_withdrawn_idea_is_gone_until_it_returns(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        await work.ideas.set_state(idea, IdeaState.WITHDRAWN, NOW)
        withdrawn = await work.ideas.get(idea)
        assert withdrawn is not None and withdrawn.withdrawn_at == NOW
        assert await work.ideas.newest(5) == []
        await work.ideas.set_state(idea, IdeaState.PUBLISHED, NOW)
        returned = await work.ideas.get(idea)
        assert returned is not None and returned.withdrawn_at is None
        assert [view.idea.id for view in await work.ideas.newest(5)] == [idea]


async def test_pages_of_newest_ideas_follow_each_other_without_gap_or_repeat(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        # Several at the same moment, and the order of arrival not that of the dates, as after an import.
        for day in (3, 1, 2, 2, 2, 9, 1):
            await work.ideas.add(NewIdea("Bomen", NOW + timedelta(days=day)))
        everything = [view.idea.id for view in await work.ideas.newest(100)]
        pages: list[IdeaId] = []
        while found := await work.ideas.newest(2, before=pages[-1] if pages else None):
            pages += [view.idea.id for view in found]
        oldest_first = [view.idea.id async for view in work.ideas.all()]
        by_offset = [view.idea.id for view in await work.ideas.newest(3, offset=2)]
        texts = [text.id for text in await work.ideas.texts()]
    assert pages == everything
    assert oldest_first == texts == everything[::-1]
    assert by_offset == everything[2:5]


HERE = ChatId(5)


async def test_the_latest_of_a_person_may_be_a_draft_but_no_import(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await _ann(work)
        draft = await work.ideas.add(
            NewIdea("", NOW, ann, state=IdeaState.DRAFT, chat=HERE, message=MessageId(1))
        )
        await work.ideas.add(NewIdea("Bomen", NOW, ann, source=Source.IMPORT, external_id="1"))
        latest = await work.ideas.latest_of(ann, HERE, NOW - timedelta(minutes=15))
        too_old = await work.ideas.latest_of(ann, HERE, NOW + timedelta(minutes=1))
        elsewhere = await work.ideas.latest_of(ann, ChatId(-5), NOW - timedelta(minutes=15))
        same = await work.ideas.same_text(ann, "Bomen")
        own = await work.ideas.of_author(ann, 5)
    assert latest is not None and latest.id == draft
    assert (too_old, elsewhere) == (None, None)
    assert same is not None and [view.idea for view in own] == [same]


async def test_a_view_counts_supports_and_names_photos(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await _ann(work)
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        await work.supports.add(idea, ann, NOW)
        photo = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "unique"), NOW)
        voice = await work.media.add(NewMedia(idea, MediaKind.VOICE, "file", "other"), NOW)
        await work.ideas.set_place(idea, Place(name="Markt"))
        view = await work.ideas.view(idea)
    assert view is not None
    assert (view.supports, view.photos, view.idea.place) == (1, (photo,), Place(name="Markt"))
    assert voice not in view.photos


async def test_ids_are_never_given_twice(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        first = await work.ideas.add(NewIdea("Bomen", NOW))
    with closing(sqlite3.connect(storage.path)) as connection, connection:
        connection.execute("DELETE FROM ideas")
    async with storage.writing() as work:
        assert await work.ideas.add(NewIdea("Bussen", NOW)) > first
