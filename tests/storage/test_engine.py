"""Transactions: whole or not at all, one writer at a time, readers undisturbed."""

import asyncio
import contextlib
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, OutboxId
from cocreation.ideas.messages import Message, Show
from storage.engine import SqlStorage, StorageError, database_path
from storage.outbox import OutboxRow

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


class StopError(Exception):
    """What a handler might raise."""


async def test_a_rollback_leaves_nothing_and_tells_nobody(storage: SqlStorage) -> None:
    told: list[Sequence[OutboxRow]] = []
    storage.on_posted(told.append)
    with pytest.raises(StopError):
        async with storage.writing() as work:
            await work.ideas.add(NewIdea("Bomen", NOW))
            await work.outbox.put(Show(ChatId(1), Message("Thanks")), NOW)
            raise StopError
    async with storage.reading() as work:
        assert await work.ideas.count() == 0
        assert await work.outbox.waiting(OutboxId(0), 10) == []
    assert told == []


async def test_a_commit_tells_what_it_posted(storage: SqlStorage) -> None:
    told: list[Sequence[OutboxRow]] = []
    storage.on_posted(told.append)
    async with storage.writing() as work:
        await work.outbox.put(Show(ChatId(1), Message("Thanks")), NOW)
        assert told == []
    async with storage.reading() as work:
        assert told == [await work.outbox.waiting(OutboxId(0), 10)]


async def test_a_reader_sees_one_state_while_somebody_writes(storage: SqlStorage) -> None:
    async with storage.reading() as reader:
        assert await reader.ideas.count() == 0
        async with storage.writing() as work:
            await work.ideas.add(NewIdea("Bomen", NOW))
        assert await reader.ideas.count() == 0
    async with storage.reading() as reader:
        assert await reader.ideas.count() == 1


async def test_a_reader_cannot_write(storage: SqlStorage) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with storage.reading() as work:
            await work.ideas.add(NewIdea("Bomen", NOW))


async def test_writers_take_turns(storage: SqlStorage) -> None:
    async def write(number: int) -> None:
        async with storage.writing() as work:
            before = await work.ideas.count()
            await work.ideas.add(NewIdea(f"Idea {number}", NOW))
            assert await work.ideas.count() == before + 1

    await asyncio.gather(*(write(number) for number in range(20)))
    async with storage.reading() as work:
        assert await work.ideas.count() == 20


async def test_a_block_that_is_cancelled_leaves_nothing_and_the_next_one_works(storage: SqlStorage) -> None:
    entered = asyncio.Event()

    async def hang() -> None:
        async with storage.writing() as work:
            await work.ideas.add(NewIdea("Bomen", NOW))
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await entered.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    async with storage.writing() as work:
        assert await work.ideas.count() == 0


async def test_a_naive_time_never_reaches_the_database(storage: SqlStorage) -> None:
    with pytest.raises(Exception, match="naive"):
        async with storage.writing() as work:
            await work.ideas.add(NewIdea("Bomen", NOW.replace(tzinfo=None)))


async def test_a_second_process_on_the_same_database_is_refused_in_one_line(storage: SqlStorage) -> None:
    program = f"""
        import asyncio
        from storage.engine import SqlStorage, StorageError

        try:
            asyncio.run(SqlStorage("sqlite:///{storage.path}").open())
        except StorageError as error:
            print(error)
    """
    told = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True
    )
    assert told.stdout.startswith("another Morgen is already running")
    assert len(told.stdout.splitlines()) == 1
    assert told.stderr == ""


async def test_an_errand_joins_while_the_one_that_runs_is_writing(storage: SqlStorage) -> None:
    errand = SqlStorage(f"sqlite:///{storage.path}")
    async with storage.writing():
        await errand.join()
    async with errand.writing() as work:
        await work.ideas.add(NewIdea("More trees", NOW))
    await errand.close()
    async with storage.reading() as work:
        assert await work.ideas.count() == 1


async def test_a_database_can_be_opened_again_after_it_was_closed(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await work.ideas.add(NewIdea("Bomen", NOW))
    await storage.close()
    await storage.open()
    async with storage.reading() as work:
        assert await work.ideas.count() == 1


async def test_a_folder_that_cannot_be_made_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written"):
        await SqlStorage(f"sqlite:///{tmp_path}/file/morgen.db").open()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://town/morgen"])
def test_only_a_file_is_a_database_for_now(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        database_path(url)
