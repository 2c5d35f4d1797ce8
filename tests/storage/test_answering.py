"""The numbers about answers, each against ideas whose answer is worked out by hand."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.answering import Answering, Share
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.reply import NewReply, Status
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC)


async def an_idea(work: SqlWork, days_ago: float, *answers: tuple[Status, float]) -> IdeaId:
    """An idea of so many days ago, with answers so many days after it."""
    written = NOW - timedelta(days=days_ago)
    idea = await work.ideas.add(NewIdea(f"{days_ago} days ago", written))
    for status, after in answers:
        await work.replies.add(NewReply(idea, status, "Words", None, written + timedelta(days=after)))
    return idea


async def test_a_town_without_ideas_has_no_rates(storage: SqlStorage) -> None:
    async with storage.reading() as work:
        assert await work.answering.at(NOW) == Answering(0, None, {}, Share(0, 0), Share(0, 0), None)


async def test_the_numbers_are_those_that_one_counts_by_hand(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await an_idea(work, 200)
        await an_idea(work, 100, (Status.DONE, 1))
        await an_idea(work, 80, (Status.PLANNED, 2), (Status.DONE, 30))
        await an_idea(work, 40, (Status.RECEIVED, 1), (Status.NOT_NOW, 10))
        await an_idea(work, 30, (Status.PLANNED, 4))
        await an_idea(work, 20, (Status.RECEIVED, 1))
        hidden = await an_idea(work, 300, (Status.PLANNED, 1))
        await work.ideas.set_state(hidden, IdeaState.HIDDEN, NOW)
        found = await work.answering.at(NOW)
    assert found == Answering(
        waiting=2,
        longest=timedelta(days=200),
        by_status={Status.DONE: 2, Status.NOT_NOW: 1, Status.PLANNED: 1, Status.RECEIVED: 1},
        recent=Share(3, 4),
        ever=Share(4, 6),
        usual_time=timedelta(days=4),
    )
    assert (found.recent.per_cent, found.ever.per_cent) == (75, 66)


async def test_of_an_even_number_of_answers_the_two_in_the_middle_are_taken(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        for after in (1, 2, 4, 9):
            await an_idea(work, 30, (Status.PLANNED, after))
        assert (await work.answering.at(NOW)).usual_time == timedelta(days=3)
