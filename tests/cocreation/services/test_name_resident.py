"""A pseudonym is drawn once, and is one person's."""

from datetime import UTC, datetime

from cocreation.ideas.ids import ChatId, Language
from cocreation.services.name_resident import name_resident
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


async def test_a_person_keeps_the_first_name_drawn(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        stranger = await work.residents.meet(ChatId(41), Language("nl"), NOW)
        name = await name_resident(work, stranger)
        assert await name_resident(work, stranger) == name
        known = await work.residents.meet(ChatId(41), Language("nl"), NOW)
    assert known.pseudonym == name


async def test_no_two_people_have_the_same_name(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        first = await work.residents.meet(ChatId(41), Language("nl"), NOW)
        second = await work.residents.meet(ChatId(42), Language("nl"), NOW)
        assert await work.residents.give_pseudonym(first.id, "Zachte Vos") == "Zachte Vos"
        assert await work.residents.give_pseudonym(second.id, "Zachte Vos") is None
        assert await work.residents.give_pseudonym(second.id, "Warme Das") == "Warme Das"
