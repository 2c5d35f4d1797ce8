"""Authors, supporters and followers hear of what happened: once, together, and of nothing that is gone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cocreation.errors import IdeaGoneError, NoWordsError, TooLongError
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId, OutboxId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.notice import Addressee, Frequency, News, Part, QuietHours, Wishes
from cocreation.ideas.reply import Status
from cocreation.ideas.resident import Resident
from cocreation.services.change_wishes import change_wishes
from cocreation.services.come_back import come_back
from cocreation.services.comment_idea import Remark, comment_idea
from cocreation.services.reply_to_idea import reply_to_idea
from cocreation.services.tell import tell_due
from storage.engine import SqlStorage

BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
"""A Wednesday, 12:00 on the town's clock."""
ANN, BOB, CEM = ChatId(41), ChatId(42), ChatId(43)


def written(news: Sequence[News], person: Addressee) -> Message:
    lines = [f"{each.text}: {each.status} {each.reply} {each.part}" for each in news]
    return Message("\n".join(lines))


async def somebody(storage: SqlStorage, chat: ChatId) -> Resident:
    async with storage.writing() as work:
        return await work.residents.meet(chat, Language("nl"), NOON)


async def an_idea(storage: SqlStorage, author: Resident, text: str = "Bomen") -> IdeaId:
    async with storage.writing() as work:
        return await work.ideas.add(NewIdea(text, NOON, author.id))


async def reply(storage: SqlStorage, idea: IdeaId, text: str = "Ja", now: datetime = NOON) -> int:
    async with storage.writing() as work:
        return await reply_to_idea(work, idea, Status.PLANNED, text, by=None, now=now)


async def tell(storage: SqlStorage, now: datetime) -> list[tuple[ChatId, str]]:
    """Who gets what at that moment."""
    async with storage.reading() as work:
        rows = await work.outbox.waiting(OutboxId(0), 1000)
        last = rows[-1].id if rows else OutboxId(0)
    await tell_due(storage, BRUSSELS, written, now)
    async with storage.reading() as work:
        found = await work.outbox.waiting(last, 1000)
    return [(row.chat, row.post.message.html) for row in found if isinstance(row.post, Show)]


async def test_author_supporters_and_followers_hear_of_an_answer_once(storage: SqlStorage) -> None:
    ann, bob, _ = [await somebody(storage, chat) for chat in (ANN, BOB, CEM)]
    idea = await an_idea(storage, ann)
    async with storage.writing() as work:
        await work.supports.add(idea, bob.id, NOON)
    assert await reply(storage, idea) == 2
    assert await tell(storage, NOON) == [
        (ANN, f"Bomen: planned Ja {Part.AUTHOR}"),
        (BOB, f"Bomen: planned Ja {Part.SUPPORTER}"),
    ]
    assert await tell(storage, NOON + timedelta(days=9)) == []


async def test_what_follows_within_the_hour_is_one_message(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    ideas = [await an_idea(storage, ann, text) for text in ("Bomen", "Banken", "Water")]
    await reply(storage, ideas[0])
    assert len(await tell(storage, NOON)) == 1
    for minutes, idea in ((1, ideas[1]), (30, ideas[2])):
        await reply(storage, idea, now=NOON + timedelta(minutes=minutes))
        assert await tell(storage, NOON + timedelta(minutes=minutes)) == []
    assert await tell(storage, NOON + timedelta(minutes=59)) == []
    ((_, text),) = await tell(storage, NOON + timedelta(minutes=60))
    assert text.count("\n") == 1


async def test_at_night_nobody_is_told_anything(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    night = NOON + timedelta(hours=10)
    await reply(storage, await an_idea(storage, ann), now=night)
    assert await tell(storage, night) == []
    assert await tell(storage, NOON + timedelta(hours=19, minutes=59)) == []
    assert len(await tell(storage, NOON + timedelta(hours=20))) == 1


async def test_weekly_is_one_message_on_monday_morning(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    async with storage.writing() as work:
        await change_wishes(work, ann.id, Wishes(Frequency.WEEKLY), NOON)
    for day, text in enumerate(("Bomen", "Banken")):
        await reply(storage, await an_idea(storage, ann, text), now=NOON + timedelta(days=day))
        assert await tell(storage, NOON + timedelta(days=day)) == []
    ((_, text),) = await tell(storage, datetime(2026, 6, 15, 7, tzinfo=UTC))
    assert text.count("\n") == 1


async def test_a_change_of_mind_holds_for_what_waits(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    night = NOON + timedelta(hours=10)
    await reply(storage, await an_idea(storage, ann), now=night)
    assert await tell(storage, night) == []
    async with storage.writing() as work:
        await change_wishes(work, ann.id, Wishes(quiet=None), night)
    assert len(await tell(storage, night)) == 1
    await reply(storage, await an_idea(storage, ann, "Banken"), now=night)
    async with storage.writing() as work:
        await change_wishes(work, ann.id, Wishes(Frequency.NONE), night)
        await change_wishes(work, ann.id, Wishes(quiet=None), night)
    assert await tell(storage, NOON + timedelta(days=1)) == []


async def test_what_was_withdrawn_or_hidden_is_not_told_of(storage: SqlStorage) -> None:
    ann, bob = await somebody(storage, ANN), await somebody(storage, BOB)
    for state in (IdeaState.WITHDRAWN, IdeaState.HIDDEN):
        idea = await an_idea(storage, ann, state)
        async with storage.writing() as work:
            await work.supports.add(idea, bob.id, NOON)
        await reply(storage, idea)
        async with storage.writing() as work:
            await work.ideas.set_state(idea, state, NOON)
    assert await tell(storage, NOON) == []
    async with storage.reading() as work:
        assert not await work.notices.is_any_due(NOON + timedelta(days=99))


async def test_who_is_away_hears_all_of_it_in_one_message_when_they_are_back(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    await reply(storage, await an_idea(storage, ann))
    async with storage.writing() as work:
        await work.residents.mark_unreachable(ANN, NOON)
    await reply(storage, await an_idea(storage, ann, "Banken"))
    assert await tell(storage, NOON) == []
    async with storage.reading() as work:
        assert not await work.notices.is_any_due(NOON + timedelta(days=99))
    back = NOON + timedelta(days=3)
    async with storage.writing() as work:
        met = await work.residents.meet(ANN, Language("nl"), back)
        await come_back(work, met, back)
    ((_, text),) = await tell(storage, back)
    assert text.count("\n") == 1


async def test_who_is_answered_hears_of_it_as_that_and_once(storage: SqlStorage) -> None:
    ann, bob, cem = [await somebody(storage, chat) for chat in (ANN, BOB, CEM)]
    idea = await an_idea(storage, ann)
    async with storage.writing() as work:
        first = await comment_idea(work, bob, Remark(idea, "Linden", BOB, MessageId(1)), NOON)
        own = await comment_idea(work, ann, Remark(idea, "Ja", ANN, MessageId(1)), NOON)
        for number, answered in enumerate((first, own)):
            said = Remark(idea, "Eiken", CEM, MessageId(number), answered.id)
            await comment_idea(work, cem, said, NOON)
        # What somebody answers themselves is no news to them.
        await comment_idea(work, bob, Remark(idea, "Of beuken", BOB, MessageId(2), first.id), NOON)
    async with storage.reading() as work:
        heard = {
            person.id: [(each.said, each.is_answer) for each in await work.notices.of(person.id)]
            for person in (ann, bob, cem)
        }
    assert heard == {
        ann.id: [("Linden", False), ("Eiken", False), ("Eiken", True), ("Of beuken", False)],
        bob.id: [("Eiken", True)],
        cem.id: [],
    }


async def test_the_author_of_an_idea_speaks_as_that_and_nobody_else_does(storage: SqlStorage) -> None:
    ann, bob, cem = [await somebody(storage, chat) for chat in (ANN, BOB, CEM)]
    idea = await an_idea(storage, ann)
    async with storage.writing() as work:
        first = await comment_idea(work, bob, Remark(idea, "Linden", BOB, MessageId(1)), NOON)
        for number, (chat, person) in enumerate(((ANN, ann), (CEM, cem)), start=2):
            said = Remark(idea, f"Word {number}", chat, MessageId(number), first.id)
            await comment_idea(work, person, said, NOON)
    async with storage.reading() as work:
        heard = [(each.said, each.by_author) for each in await work.notices.of(bob.id)]
    assert heard == [("Word 2", True), ("Word 3", False)]


async def test_what_did_not_arrive_waits_again(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    await reply(storage, await an_idea(storage, ann))
    await tell(storage, NOON)
    async with storage.writing() as work:
        (row,) = await work.outbox.waiting(OutboxId(0), 10)
        assert isinstance(row.post, Show)
        await work.notices.put_back(ANN, row.post.tells, NOON)
        await work.notices.put_back(ANN, row.post.tells, NOON)
    assert len(await tell(storage, NOON + timedelta(minutes=1))) == 1


async def test_a_crowd_is_told_a_few_at_a_time_and_everybody_once(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    idea = await an_idea(storage, ann)
    crowd = [await somebody(storage, ChatId(1000 + number)) for number in range(60)]
    async with storage.writing() as work:
        for person in crowd:
            await work.supports.add(idea, person.id, NOON)
    assert await reply(storage, idea) == 61
    told = [chat for _ in range(4) for chat, _ in await tell(storage, NOON)]
    assert len(told) == len(set(told)) == 61


async def test_an_imported_author_has_nowhere_to_hear(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        author = await work.residents.meet_author("author 7", Language("nl"), NOON)
        idea = await work.ideas.add(NewIdea("Bomen", NOON, author))
    assert await reply(storage, idea) == 0


async def test_an_answer_needs_words_that_fit_and_an_idea_that_is_there(storage: SqlStorage) -> None:
    idea = await an_idea(storage, await somebody(storage, ANN))
    with pytest.raises(NoWordsError):
        await reply(storage, idea, " … ")
    with pytest.raises(TooLongError):
        await reply(storage, idea, "a" * 1001)
    async with storage.writing() as work:
        await work.ideas.set_state(idea, IdeaState.WITHDRAWN, NOON)
    with pytest.raises(IdeaGoneError):
        await reply(storage, idea)


async def test_wishes_are_kept(storage: SqlStorage) -> None:
    ann = await somebody(storage, ANN)
    assert ann.wishes == Wishes(Frequency.ALL, QuietHours(21, 8))
    for wishes in (Wishes(Frequency.WEEKLY, None), Wishes(Frequency.ALL, QuietHours(20, 9))):
        async with storage.writing() as work:
            await change_wishes(work, ann.id, wishes, NOON)
        assert (await somebody(storage, ANN)).wishes == wishes
