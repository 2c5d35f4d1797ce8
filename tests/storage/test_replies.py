"""The town's answers, and the ideas that wait for one."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language
from cocreation.ideas.period import Period
from cocreation.ideas.reply import NewReply, Status
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 11, 6, 0, tzinfo=UTC)


async def three_ideas(work: SqlWork) -> list[IdeaId]:
    return [await work.ideas.add(NewIdea(f"Idea {at}", NOW + timedelta(hours=at))) for at in range(3)]


def reply(idea: IdeaId, status: Status, text: str) -> NewReply:
    return NewReply(idea, status, text, None, NOW)


async def test_a_later_answer_comes_on_top_and_the_earlier_ones_stay(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, *_ = await three_ideas(work)
        assert await work.replies.latest(idea) is None
        for status, text in ((Status.PLANNED, "Soon"), (Status.DONE, "There it is")):
            await work.replies.add(reply(idea, status, text))
        latest = await work.replies.latest(idea)
        assert latest is not None
        assert (latest.status, latest.text) == (Status.DONE, "There it is")
        assert [each.text for each in await work.replies.of_idea(idea)] == ["There it is", "Soon"]
        view = await work.ideas.view(idea)
        assert view is not None
        assert (view.idea.status, view.reply) == (Status.DONE, "There it is")


async def test_what_is_answered_or_gone_waits_no_longer_and_what_is_received_does(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        received, answered, hidden = await three_ideas(work)
        await work.replies.add(reply(received, Status.RECEIVED, "We read it"))
        await work.replies.add(reply(answered, Status.NOT_NOW, "Too dear"))
        await work.ideas.set_state(hidden, IdeaState.HIDDEN, NOW)
        assert [idea.id for idea in await work.replies.waiting(9)] == [received]
        assert await work.replies.count_waiting() == 1


async def test_waiting_ideas_come_by_how_long_or_by_how_many_want_them(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        first, second, third = await three_ideas(work)
        ann = await work.residents.meet(ChatId(1), Language("nl"), NOW)
        await work.supports.add(second, ann.id, NOW)
        assert [idea.id for idea in await work.replies.waiting(2)] == [first, second]
        assert [idea.id for idea in await work.replies.waiting(2, 2)] == [third]
        wanted = await work.replies.most_wanted(2)
        assert [(idea.id, idea.supports) for idea in wanted] == [(second, 1), (first, 0)]


async def test_the_answers_of_a_period_are_counted(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea, *_ = await three_ideas(work)
        await work.replies.add(reply(idea, Status.PLANNED, "Soon"))
        assert (await work.digests.counts(Period(NOW, NOW + timedelta(days=7)))).answers == 1
        assert (await work.digests.counts(Period(NOW - timedelta(days=7), NOW))).answers == 0
