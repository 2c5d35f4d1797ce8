"""People are known by their chat, and keep the language they chose."""

from datetime import UTC, datetime

from cocreation.ideas.ids import ChatId, Language
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ANN = ChatId(41)
NL, FR = Language("nl"), Language("fr")


async def test_a_person_is_new_once(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        first = await work.residents.meet(ANN, NL, NOW)
        second = await work.residents.meet(ANN, NL, NOW)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.id == second.id


async def test_a_known_person_keeps_their_language(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        resident = await work.residents.meet(ANN, NL, NOW)
        await work.residents.set_language(resident.id, FR)
        met_again = await work.residents.meet(ANN, NL, NOW)
    assert met_again.language == FR


async def test_who_is_away_stays_the_same_person(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        resident = await work.residents.meet(ANN, NL, NOW)
        await work.residents.mark_unreachable(ANN, NOW)
        away = await work.residents.meet(ANN, NL, NOW)
        assert (away.id, away.is_away) == (resident.id, True)
        assert away == await work.residents.find(ANN) == await work.residents.get(resident.id)
        await work.residents.mark_reachable(resident.id)
        assert not (await work.residents.meet(ANN, NL, NOW)).is_away


async def test_nobody_is_found_before_they_write(storage: SqlStorage) -> None:
    async with storage.reading() as work:
        assert await work.residents.find(ANN) is None


async def test_an_imported_author_is_one_person_without_a_chat(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        first = await work.residents.meet_author("author 7", NL, NOW)
        assert await work.residents.meet_author("author 7", FR, NOW) == first
        resident = await work.residents.get(first)
    assert resident is not None
    assert resident.chat is None
    assert resident.language == NL
