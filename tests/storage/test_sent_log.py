"""What was sent is known after a kill, and forgotten once it is committed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cocreation.ideas.ids import ChatId, MessageId, OutboxId
from cocreation.ideas.messages import Message, Show
from storage.engine import SqlStorage
from storage.sent_log import ENDING, SentLog

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_notes_outlive_the_process_until_they_are_committed(tmp_path: Path) -> None:
    database = tmp_path / "morgen.db"
    log = SentLog(database)
    with log.opened() as before:
        assert before == []
        log.note(OutboxId(7), MessageId(70))
        log.note(OutboxId(8), None)
    with SentLog(database).opened() as found:
        assert found == [(7, 70), (8, None)]
    with log.opened():
        log.clear()
    with log.opened() as found:
        assert found == []


def test_a_note_that_was_cut_off_is_none_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    path = tmp_path / f"morgen.db{ENDING}"
    with SentLog(tmp_path / "morgen.db").opened():
        assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"7 70\n\xff\xfe nonsense\n8 8")
    with SentLog(tmp_path / "morgen.db").opened() as found:
        assert found == [(7, 70)]


async def test_what_was_sent_before_leaves_the_outbox_and_shows_its_slot(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        for number in range(3):
            await work.outbox.put(Show(ChatId(1), Message("x"), slot=f"idea:{number}"), NOW)
    async with storage.writing() as work:
        rows = await work.outbox.waiting(OutboxId(0), 10)
        await work.outbox.settle([(rows[0].id, MessageId(70)), (rows[1].id, None), (OutboxId(99), None)])
    async with storage.reading() as work:
        assert [row.slot for row in await work.outbox.waiting(OutboxId(0), 10)] == ["idea:2"]
        assert await work.outbox.shown_at(ChatId(1), "idea:0") == 70
        assert await work.outbox.shown_at(ChatId(1), "idea:1") is None


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit that only POSIX knows")
def test_a_note_that_finds_no_room_does_not_undo_what_was_sent(tmp_path: Path) -> None:
    import resource

    log = SentLog(tmp_path / "morgen.db")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with log.opened():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            log.note(OutboxId(7), MessageId(70))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
