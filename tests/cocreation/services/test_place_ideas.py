"""A new idea gets its theme without a run, and nothing is encoded twice."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from cocreation.analysis.encoding import Vectors
from cocreation.analysis.neighbourhood import Neighbourhood
from cocreation.ideas.decision import DecisionKind, NewDecision
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId, ThemeId
from cocreation.ideas.placed import Placed
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services import place_ideas
from cocreation.services.place_ideas import Placing
from storage.engine import SqlStorage
from storage.ideas import SqlIdeaRepository

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SUBJECTS = ("tree", "car", "book")


class Subjects:
    """An encoder that knows three subjects and counts what it is asked."""

    def __init__(self, name: str = "subjects/1") -> None:
        self.name = name
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = [[text.count(subject) for subject in SUBJECTS] + [0.1 * len(text)] for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), 4)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        found: Vectors = vectors / np.maximum(lengths, 1e-6)
        return found


def a_placing(storage: SqlStorage, encoder: Subjects) -> Placing:
    return Placing(storage, Neighbourhood(encoder), lambda: datetime.now(UTC))


async def write(storage: SqlStorage, *texts: str) -> list[IdeaId]:
    async with storage.writing() as work:
        return [await work.ideas.add(NewIdea(text, NOW, language=Language("en"))) for text in texts]


async def themes_of(storage: SqlStorage) -> dict[IdeaId, ThemeId]:
    async with storage.reading() as work:
        return {idea: theme.id for theme in await work.themes.known() for idea in theme.members}


@pytest.fixture
async def town(storage: SqlStorage) -> SqlStorage:
    """Themes about trees and cars, found in a run."""
    trees = await write(storage, *(f"a tree in street {number}" for number in range(6)))
    cars = await write(storage, *(f"no car in street {number}" for number in range(6)))
    await a_placing(storage, Subjects()).place_new_ideas()
    async with storage.writing() as work:
        found = [
            FoundTheme(None, label, (), tuple(Member(i, 1) for i in ideas), ())
            for label, ideas in (("Trees", trees), ("Cars", cars))
        ]
        await work.themes.replace(Clustering(tuple(found), ()), datetime.now(UTC))
    return storage


async def test_a_new_idea_gets_its_theme_and_its_look_alikes(town: SqlStorage) -> None:
    placing = a_placing(town, Subjects())
    (new,) = await write(town, "another tree, please")
    placed = await placing.place_new_ideas()
    assert placed.ideas == (new,)
    assert (await themes_of(town))[new] == ThemeId(1)
    ((idea, alike),) = placed.look_alikes
    assert idea == new
    assert {each.idea for each in alike[:6]} == {1, 2, 3, 4, 5, 6}
    assert await placing.place_new_ideas() == Placed("subjects/1")


async def test_what_a_facilitator_decided_counts_from_the_next_idea_on(town: SqlStorage) -> None:
    placing = a_placing(town, Subjects())
    await write(town, "a tree for the first")
    await placing.place_new_ideas()
    async with town.writing() as work:
        await work.themes.decide(
            NewDecision(DecisionKind.MERGE, None, ThemeId(1), ThemeId(2)), datetime.now(UTC)
        )
    (new,) = await write(town, "a tree for the second")
    await placing.place_new_ideas()
    assert (await themes_of(town))[new] == ThemeId(2)


async def test_an_idea_that_was_said_before_is_flagged(town: SqlStorage) -> None:
    text = "a book about the old harbour"
    await write(town, text)
    (new,) = await write(town, text.replace("harbour", "harbuor").upper())
    await a_placing(town, Subjects()).place_new_ideas()
    async with town.reading() as work:
        said = await work.ideas.duplicates_of(IdeaId(13))
    assert [pair.idea for pair in said] == [new]


async def test_an_idea_that_was_withdrawn_is_no_look_alike_any_more(town: SqlStorage) -> None:
    placing = a_placing(town, Subjects())
    (first,) = await write(town, "a book about the harbour")
    await placing.place_new_ideas()
    async with town.writing() as work:
        await work.ideas.set_state(first, IdeaState.WITHDRAWN, datetime.now(UTC))
    await write(town, "a book about the harbuor")
    placed = await placing.place_new_ideas()
    assert first not in {alike.idea for _, found in placed.look_alikes for alike in found}
    async with town.reading() as work:
        assert not await work.ideas.duplicates_of(first)


async def test_nobody_sees_what_is_hidden_and_what_comes_back_is_found_again(storage: SqlStorage) -> None:
    texts = [f"a book about the harbour of {town}" for town in ("A", "B", "C", "D", "E", "F", "G", "H")]
    ideas = await write(storage, *texts)
    before = await write(storage, "a book about the harbour of I")
    placing = a_placing(storage, Subjects())

    async def set_states(state: IdeaState) -> None:
        async with storage.writing() as work:
            for idea in ideas:
                await work.ideas.set_state(idea, state, datetime.now(UTC))

    async def alike() -> set[IdeaId]:
        (new,) = await write(storage, "a book about the harbour of J")
        found = dict((await placing.place_new_ideas()).look_alikes)
        async with storage.writing() as work:
            await work.ideas.set_state(new, IdeaState.WITHDRAWN, datetime.now(UTC))
        return {each.idea for each in found.get(new, ())}

    await set_states(IdeaState.HIDDEN)
    assert await alike() == set(before)
    await set_states(IdeaState.PUBLISHED)
    assert len(await alike() & set(ideas)) >= 4
    await set_states(IdeaState.HIDDEN)
    assert await alike() == set(before)
    await set_states(IdeaState.PUBLISHED)
    assert len(await alike() & set(ideas)) >= 4


async def test_ideas_are_forgotten_until_those_found_are_there(town: SqlStorage) -> None:
    placing = a_placing(town, Subjects())
    await write(town, "a tree for the first")
    await placing.place_new_ideas()
    async with town.writing() as work:
        for idea in (*range(1, 6), 13):
            await work.ideas.set_state(IdeaId(idea), IdeaState.HIDDEN, datetime.now(UTC))
    await write(town, "a tree for the second")
    ((_, alike),) = (await placing.place_new_ideas()).look_alikes
    assert alike[0].idea == 6
    assert {each.idea for each in alike[1:]} <= set(range(7, 13))


async def test_corrected_words_are_encoded_again_and_the_idea_stays_where_it_is(town: SqlStorage) -> None:
    encoder = Subjects()
    placing = a_placing(town, encoder)
    async with town.writing() as work:
        await work.ideas.correct(IdeaId(1), "no car at all", datetime.now(UTC))
    placed = await placing.place_new_ideas()
    assert encoder.asked == ["no car at all"]
    assert placed.ideas == ()
    assert (await themes_of(town))[IdeaId(1)] == ThemeId(1)


async def test_a_new_encoder_reads_all_ideas_again_in_batches(
    town: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_ideas, "BATCH", 5)
    encoder = Subjects("subjects/2")
    batches = [(await a_placing(town, encoder).place_new_ideas()).is_more for _ in range(3)]
    assert batches == [True, True, False]
    assert len(encoder.asked) == len(set(encoder.asked)) == 12
    async with town.reading() as work:
        assert len(await work.vectors.all("subjects/2")) == 12
        assert await work.vectors.all("subjects/1") == []


async def test_a_town_without_themes_has_none_to_give_and_an_idea_without_words_gets_none(
    storage: SqlStorage, town: SqlStorage
) -> None:
    placing = a_placing(town, Subjects())
    await write(town, "")
    assert (await placing.place_new_ideas()).ideas == ()


async def test_words_that_change_while_they_are_encoded_are_encoded_again(
    town: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    (new,) = await write(town, "another tree, please")
    near = Neighbourhood(Subjects())
    placing = Placing(town, near, lambda: datetime.now(UTC))
    began = datetime.now(UTC)
    catch_up = Placing._catch_up

    async def meanwhile(*given: object) -> None:
        async with town.writing() as work:
            await work.ideas.correct(new, "no car, please", began)
        await catch_up(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Placing, "_catch_up", meanwhile)
        assert (await placing.place_new_ideas()).ideas == ()
    assert (await placing.place_new_ideas()).ideas == (new,)
    assert (await themes_of(town))[new] == ThemeId(2)


async def test_what_fails_before_it_is_written_down_is_done_again(
    town: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    placing = a_placing(town, Subjects())
    (new,) = await write(town, "another tree, please")

    async def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(SqlIdeaRepository, "flag_duplicates", fail)
        with pytest.raises(RuntimeError):
            await placing.place_new_ideas()
    assert (await placing.place_new_ideas()).ideas == (new,)


async def test_who_writes_during_an_import_gets_a_theme_and_the_import_is_known_afterwards(
    town: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_ideas, "BATCH", 5)
    placing = a_placing(town, Subjects())
    (imported, *_) = await write(town, "a book about the harbour", "a book", "a book on cars", "books", "no")
    async with town.writing() as work:
        said = NewIdea("another tree", datetime.now(UTC), chat=ChatId(1), message=MessageId(1))
        new = await work.ideas.add(said)
    first = await placing.place_new_ideas()
    assert (first.ideas, first.is_more) == ((new,), True)
    await placing.place_new_ideas()
    (twin,) = await write(town, "a book about the harbuor")
    await placing.place_new_ideas()
    async with town.reading() as work:
        assert twin in {pair.idea for pair in await work.ideas.duplicates_of(imported)}
