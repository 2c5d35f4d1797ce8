"""What came is looked at once, whatever was decided, changed or killed meanwhile."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.burst import FEWEST_SUPPORTERS
from cocreation.ideas.comment import NewComment
from cocreation.ideas.idea import IdeaState, NewIdea, Source
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, Language, MessageId, ResidentId
from cocreation.ideas.moderation import Act, ActKind, Case, Mark, Sign
from cocreation.ideas.report import Reason, Reported
from cocreation.ideas.screening import Screen
from cocreation.ports import Work
from cocreation.services.moderate import Facilitator, Matter, hide, keep, matter_about, matter_of, restore
from cocreation.services.report import report_idea
from cocreation.services.screen import look_for_suspects
from cocreation.services.undo_act import undo
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
NL = Language("nl")
SCREEN = Screen(["gans"], ["mokkel"])
TEXT = "Bouw geen windmolens op de akker van Jan"
PHONE = "Bel 0478 12 34 56"


class Desk:
    """A town whose rules look when told, and what it was told of."""

    def __init__(self, storage: SqlStorage) -> None:
        self.storage = storage
        self.cases: list[Case] = []
        self.held: list[Act] = []

    async def looks(self, seconds: float) -> list[Case]:
        """What is new then."""
        before = len(self.cases)
        await look_for_suspects(self.storage, SCREEN, self._tell, NOW + timedelta(seconds=seconds))
        return self.cases[before:]

    async def _tell(self, work: Work, cases: Sequence[Case], held: Sequence[Act], now: datetime) -> None:
        self.cases += cases
        self.held += held

    async def meets(self, number: int, at: datetime = NOW) -> ResidentId:
        async with self.storage.writing() as work:
            return (await work.residents.meet(ChatId(number), NL, at)).id

    async def writes(
        self, number: int, text: str, seconds: float = 1, source: Source = Source.CHAT
    ) -> IdeaId:
        author, at = await self.meets(number), NOW + timedelta(seconds=seconds)
        async with self.storage.writing() as work:
            return await work.ideas.add(NewIdea(text, at, author, NL, source=source))

    async def state(self, idea: IdeaId) -> IdeaState:
        async with self.storage.reading() as work:
            found = await work.ideas.get(idea)
        assert found is not None
        return found.state


@pytest.fixture
async def desk(storage: SqlStorage) -> Desk:
    async with storage.writing() as work:
        await work.suspects.look_until(Mark(IdeaId(0), CommentId(0), NOW))
    return Desk(storage)


async def test_a_suspect_text_waits_once_and_is_published_all_the_same(desk: Desk) -> None:
    idea = await desk.writes(1, PHONE)
    await desk.writes(2, "Een bank")
    (case,) = await desk.looks(2)
    assert (case.about, case.signs) == (Reported(idea=idea), frozenset([Sign.TELEPHONE]))
    assert await desk.state(idea) is IdeaState.PUBLISHED
    assert await desk.looks(2.5) == [] and await desk.looks(4) == []


async def test_what_was_decided_is_looked_at_again_only_when_it_says_something_else(desk: Desk) -> None:
    idea = await desk.writes(1, PHONE)
    await desk.looks(2)
    facilitator = Facilitator(await desk.meets(9))
    async with desk.storage.writing() as work:
        await keep(
            work, await matter_about(work, Reported(idea=idea)), facilitator, NOW + timedelta(seconds=3)
        )
        # It is touched, but its words stay.
        await work.ideas.set_state(idea, IdeaState.PUBLISHED, NOW + timedelta(seconds=4))
    assert await desk.looks(5) == []
    async with desk.storage.writing() as work:
        await work.ideas.correct(idea, "Bel 0478 12 34 57", NOW + timedelta(seconds=6))
    assert len(await desk.looks(7)) == 1


async def test_a_barred_word_is_hidden_at_once_until_somebody_has_looked(desk: Desk) -> None:
    idea = await desk.writes(1, "Wat een mokkel")
    await desk.looks(2)
    assert [act.kind for act in desk.held] == [ActKind.HOLD]
    assert await desk.state(idea) is IdeaState.HIDDEN
    async with desk.storage.writing() as work:
        await undo(work, desk.held[0].id, Facilitator(await _anybody(work)), NOW + timedelta(seconds=3))
    assert await desk.state(idea) is IdeaState.PUBLISHED
    assert await desk.looks(4) == []


async def test_a_report_that_comes_first_holds_up_no_barred_word(desk: Desk) -> None:
    idea = await desk.writes(1, "Wat een mokkel")
    reporter = await desk.meets(2)
    async with desk.storage.writing() as work:
        await report_idea(work, reporter, idea, Reason.RUDE, NOW + timedelta(seconds=1.5))
    (case,) = await desk.looks(2)
    assert case.signs == {Sign.REPORT, Sign.BARRED}
    assert await desk.state(idea) is IdeaState.HIDDEN


async def test_what_was_kept_is_not_hidden_because_somebody_reports_it_again(desk: Desk) -> None:
    idea = await desk.writes(1, "Wat een mokkel")
    await desk.looks(2)
    facilitator, reporter = Facilitator(await desk.meets(9)), await desk.meets(2)
    matter = Matter(Reported(idea=idea))
    async with desk.storage.writing() as work:
        await restore(work, matter, facilitator, NOW + timedelta(seconds=3))
        await report_idea(work, reporter, idea, Reason.RUDE, NOW + timedelta(seconds=4))
        await work.ideas.set_state(idea, IdeaState.PUBLISHED, NOW + timedelta(seconds=4))
    assert await desk.looks(5) == []
    assert await desk.state(idea) is IdeaState.PUBLISHED


async def _anybody(work: Work) -> ResidentId:
    return (await work.residents.meet(ChatId(99), NL, NOW)).id


async def test_comments_are_looked_at_when_written_and_when_changed(desk: Desk) -> None:
    idea = await desk.writes(1, "Een bank")
    author = await desk.meets(2)
    async with desk.storage.writing() as work:
        new = NewComment(idea, author, "Goed", NOW + timedelta(seconds=1), ChatId(2), MessageId(1))
        comment = await work.comments.add(new)
        assert comment is not None
    assert await desk.looks(2) == []
    async with desk.storage.writing() as work:
        await work.comments.correct(comment, "Domme gans", NOW + timedelta(seconds=3))
    (case,) = await desk.looks(4)
    assert (case.about, case.signs) == (Reported(comment=comment), frozenset([Sign.WORDS]))


async def test_imports_are_not_looked_at(desk: Desk) -> None:
    await desk.writes(1, PHONE, source=Source.IMPORT)
    assert await desk.looks(2) == []


async def test_a_burst_is_one_case_that_later_ones_join_and_is_hidden_whole(desk: Desk) -> None:
    first = [await desk.writes(n, TEXT, n) for n in range(1, 6)]
    (case,) = await desk.looks(10)
    assert (case.signs, case.ideas) == (frozenset([Sign.BURST]), tuple(first))
    sixth = await desk.writes(6, f"{TEXT}!", 12)
    assert await desk.looks(13) == []
    by = Facilitator(await desk.meets(99, NOW - timedelta(days=9)))
    async with desk.storage.writing() as work:
        matter = await matter_of(work, case.id)
        acts = await hide(work, matter, by, Reason.RUDE, NOW + timedelta(seconds=20))
        assert await hide(work, matter, by, Reason.RUDE, NOW + timedelta(seconds=21)) == []
        assert await work.moderation.waiting() == (0, None)
    assert len(acts) == 6 and await desk.state(sixth) is IdeaState.HIDDEN
    async with desk.storage.writing() as work:
        assert len(await undo(work, acts[2].id, by, NOW + timedelta(seconds=30))) == 6
        assert await undo(work, acts[0].id, by, NOW + timedelta(seconds=31)) == []
        assert await work.moderation.waiting() == (1, case.opened_at)
    assert await desk.state(first[0]) is IdeaState.PUBLISHED


async def test_people_who_have_been_here_for_days_are_no_burst(desk: Desk) -> None:
    for n in range(1, 9):
        await desk.meets(n, NOW - timedelta(days=2))
        await desk.writes(n, TEXT, n)
    assert await desk.looks(10) == []


async def test_a_rush_of_new_supporters_is_pointed_out_once(desk: Desk) -> None:
    idea = await desk.writes(1, "Een bank")
    await desk.looks(2)
    for n in range(2, FEWEST_SUPPORTERS + 2):
        supporter = await desk.meets(n)
        async with desk.storage.writing() as work:
            await work.supports.add(idea, supporter, NOW + timedelta(seconds=3))
    (case,) = await desk.looks(4)
    assert (case.about.idea, case.signs) == (idea, frozenset([Sign.SUPPORTS]))
    async with desk.storage.writing() as work:
        by = Facilitator(await _anybody(work))
        await keep(work, await matter_of(work, case.id), by, NOW + timedelta(seconds=5))
    assert await desk.looks(6) == []


async def test_the_queue_tells_how_much_waits_and_since_when(desk: Desk) -> None:
    async with desk.storage.reading() as work:
        assert await work.moderation.waiting() == (0, None)
    await desk.writes(1, PHONE)
    await desk.looks(2)
    await desk.writes(2, "Domme gans", 3)
    await desk.looks(4)
    async with desk.storage.writing() as work:
        first, second = await work.moderation.queue(9)
        assert await work.moderation.waiting() == (2, NOW + timedelta(seconds=2))
        # Who waits for an author waits behind the others, and is not the facilitators' delay.
        await work.moderation.ask(first, NOW + timedelta(seconds=5))
        assert await work.moderation.queue(9) == [second, first]
        assert await work.moderation.waiting() == (1, NOW + timedelta(seconds=4))
