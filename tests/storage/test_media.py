"""Media wait for their file, are tried again later, and end stored or refused."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import MediaId
from cocreation.ideas.media import MediaKind, MediaState, NewMedia
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


async def test_the_same_file_of_an_idea_is_kept_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        photo = NewMedia(idea, MediaKind.PHOTO, "file", "unique")
        assert await work.media.add(photo, NOW) == await work.media.add(photo, NOW)
        assert len(await work.media.waiting(NOW, 10)) == 1


async def test_what_is_postponed_waits_until_then(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        photo = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "unique"), NOW)
        await work.media.postpone(photo, LATER)
        assert await work.media.waiting(NOW, 10) == []
        assert [found.attempts for found in await work.media.waiting(LATER, 10)] == [1]


async def test_a_stored_file_has_a_path_and_a_refused_one_does_not_show(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        good = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "good"), NOW)
        bad = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "bad"), NOW)
        assert await work.media.stored(good, "ab/cd.jpg", 1000)
        assert not await work.media.stored(MediaId(999), "ab/ef.jpg", 1000)
        await work.media.refuse(bad, "no picture")
        found = await work.media.get(good)
        view = await work.ideas.view(idea)
        assert await work.media.waiting(LATER, 10) == []
    assert found is not None and view is not None
    assert (found.state, found.path) == (MediaState.STORED, "ab/cd.jpg")
    assert view.photos == (good,)
