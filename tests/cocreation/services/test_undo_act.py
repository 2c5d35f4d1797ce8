"""An undo takes back one decision: what was decided or withdrawn after it stays so."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cocreation.errors import NotFoundError
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ActId, ChatId, IdeaId, Language, ResidentId
from cocreation.ideas.moderation import Act, ActKind, BlockLength, Sign
from cocreation.ideas.report import Reason, Reported
from cocreation.services import moderate
from cocreation.services.moderate import Facilitator, Matter, hold, lift, matter_about, restore, warn
from cocreation.services.own_idea import return_idea, withdraw_idea
from cocreation.services.undo_act import undo
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
NUMBERS = count(1)


class Desk:
    """One idea, its author, and a facilitator who decides once a minute."""

    def __init__(self, work: SqlWork, author: ResidentId, by: ResidentId, idea: IdeaId) -> None:
        self.work, self.author, self.by, self.idea = work, author, Facilitator(by), idea
        self.now = NOW

    @classmethod
    async def opens(cls, work: SqlWork) -> "Desk":
        ann, bob = [(await work.residents.meet(ChatId(n), Language("nl"), NOW)).id for n in (1, 2)]
        idea = NewIdea(f"Bank {next(NUMBERS)}", NOW, ann)
        return cls(work, ann, bob, await work.ideas.add(idea))

    async def matter(self) -> Matter:
        self.now += timedelta(minutes=1)
        return await matter_about(self.work, Reported(idea=self.idea))

    async def hides(self) -> Act:
        (act,) = await moderate.hide(self.work, await self.matter(), self.by, Reason.RUDE, self.now)
        return act

    async def holds(self) -> Act:
        about = (await self.matter()).about
        case = await self.work.moderation.open(about, frozenset([Sign.BARRED]), self.now)
        return _made(await hold(self.work, about, case.id, self.now))

    async def shows(self) -> Act:
        return _made(await restore(self.work, await self.matter(), self.by, self.now))

    async def withdraws(self) -> None:
        await self.matter()
        await withdraw_idea(self.work, self.author, self.idea, self.now)

    async def undoes(self, act: Act) -> None:
        await self.matter()
        assert await undo(self.work, act.id, self.by, self.now)

    async def blocks(self, length: BlockLength) -> Act:
        return await moderate.block(
            self.work, await self.matter(), self.by, Reason.RUDE, self.now, length=length
        )

    async def lifts(self) -> Act:
        return _made(await lift(self.work, await self.matter(), self.by, self.now))

    async def state(self) -> IdeaState | None:
        found = await self.work.ideas.get(self.idea)
        return None if found is None else found.state

    async def blocked_until(self) -> datetime | None:
        found = await self.work.acts.block_of(self.author, self.now)
        return None if found is None else found.until


def _made(act: Act | None) -> Act:
    assert act is not None
    return act


async def test_what_was_hidden_again_since_stays_hidden(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        first = await desk.hides()
        await desk.shows()
        second = await desk.hides()
        await desk.undoes(first)
        assert await desk.state() is IdeaState.HIDDEN
        await desk.undoes(second)
        assert await desk.state() is IdeaState.PUBLISHED


async def test_what_a_facilitator_hid_after_the_word_list_stays_hidden(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        held, hidden = await desk.holds(), await desk.hides()
        await desk.undoes(held)
        assert await desk.state() is IdeaState.HIDDEN
        await desk.undoes(hidden)
        assert await desk.state() is IdeaState.PUBLISHED


async def test_an_earlier_hiding_holds_again_when_its_end_was_undone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        await desk.hides()
        shown, again = await desk.shows(), await desk.hides()
        await desk.undoes(shown)
        await desk.undoes(again)
        assert await desk.state() is IdeaState.HIDDEN
        await desk.shows()
        assert await desk.state() is IdeaState.PUBLISHED


async def test_showing_again_is_not_undone_where_the_hiding_was(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        hidden, shown = await desk.hides(), await desk.shows()
        await desk.undoes(hidden)
        await desk.undoes(shown)
        assert await desk.state() is IdeaState.PUBLISHED


async def test_what_its_author_withdrew_once_it_was_shown_is_not_published(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        hidden, shown = await desk.hides(), await desk.shows()
        await desk.withdraws()
        await desk.undoes(shown)
        assert await desk.state() is IdeaState.HIDDEN
        await desk.shows()
        assert await desk.state() is IdeaState.WITHDRAWN
        await desk.undoes(hidden)
        assert await desk.state() is IdeaState.WITHDRAWN


async def test_a_thing_can_be_shown_again_whatever_was_said_about_it_meanwhile(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        await desk.hides()
        for _ in range(25):
            await warn(work, await desk.matter(), desk.by, Reason.RUDE, desk.now)
        await desk.shows()
        assert await desk.state() is IdeaState.PUBLISHED


async def test_a_block_that_was_a_mistake_leaves_the_one_before_it(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        month, day = await desk.blocks(BlockLength.MONTH), await desk.blocks(BlockLength.DAY)
        assert await desk.blocked_until() == day.until
        await desk.undoes(day)
        assert await desk.blocked_until() == month.until
        await desk.undoes(month)
        assert await desk.blocked_until() is None


async def test_undoing_that_a_block_was_lifted_leaves_a_later_block(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        desk = await Desk.opens(work)
        day, lifted, month = (
            await desk.blocks(BlockLength.DAY),
            await desk.lifts(),
            await desk.blocks(BlockLength.MONTH),
        )
        await desk.undoes(lifted)
        assert await desk.blocked_until() == month.until
        await desk.undoes(month)
        assert await desk.blocked_until() == day.until


STEPS = st.sampled_from(("hide", "hold", "show", "withdraw", "return")) | st.integers(0, 9)
"""What somebody does, or the number of the decision that is undone."""


class Story:
    """What happened to one idea, and how it must stand after that."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.acts: list[Act] = []
        self.undone: set[ActId] = set()
        self.is_withdrawn = False

    async def goes_on(self, step: str | int) -> None:
        desk = self.desk
        matter = await desk.matter()
        match step:
            case int() if self.acts:
                act = self.acts[step % len(self.acts)]
                await undo(desk.work, act.id, desk.by, desk.now)
                self.undone.add(act.id)
            case "hide":
                self.acts += await moderate.hide(desk.work, matter, desk.by, Reason.RUDE, desk.now)
            case "hold":
                case = await desk.work.moderation.open(matter.about, frozenset([Sign.BARRED]), desk.now)
                held = await hold(desk.work, matter.about, case.id, desk.now)
                self.acts += [] if held is None else [held]
            case "show":
                is_hidden = await desk.state() is IdeaState.HIDDEN
                shown = await restore(desk.work, matter, desk.by, desk.now)
                assert (shown is not None) is is_hidden
                self.acts += [] if shown is None else [shown]
            case "withdraw" | "return":
                await self._author_does(step)

    async def _author_does(self, step: str) -> None:
        desk, act = self.desk, withdraw_idea if step == "withdraw" else return_idea
        try:
            await act(desk.work, desk.author, desk.idea, desk.now)
        except NotFoundError:  # it is hidden
            return
        self.is_withdrawn = step == "withdraw"

    def stands(self) -> IdeaState:
        latest = next((act for act in reversed(self.acts) if act.id not in self.undone), None)
        if latest is not None and latest.kind is not ActKind.RESTORE:
            return IdeaState.HIDDEN
        return IdeaState.WITHDRAWN if self.is_withdrawn else IdeaState.PUBLISHED


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
@example(["hide", "show", "withdraw", 1, "show"])
@example(["hide", "show", "withdraw", "hide", 0, "show"])
@example(["hold", "hide", 0, "show", "hide", 1, 2, "show"])
async def test_an_idea_stands_as_the_latest_decision_and_its_author_want(
    storage: SqlStorage, steps: list[str | int]
) -> None:
    async with storage.writing() as work:
        story = Story(await Desk.opens(work))
        for step in steps:
            await story.goes_on(step)
            assert await story.desk.state() is story.stands(), step
