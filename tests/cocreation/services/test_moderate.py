"""What facilitators do about a thing is done everywhere, once, by who may, and can be taken back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import (
    AuthorGoneError,
    BlockedError,
    ObjectionOverError,
    OwnCaseError,
    QuestionOverError,
)
from cocreation.ideas.idea import Idea, IdeaState, NewIdea, Place, WordsOf
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId, ResidentId
from cocreation.ideas.listing import Listing, Order, Position
from cocreation.ideas.media import MediaKind
from cocreation.ideas.moderation import BlockLength, Sign
from cocreation.ideas.period import Period
from cocreation.ideas.report import Reason, Reported
from cocreation.ideas.submission import Attachment, Submission
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services.comment_idea import (
    Remark,
    comment_idea,
    correct_comment,
    return_comment,
    withdraw_comment,
)
from cocreation.services.moderate import (
    Facilitator,
    ask_author,
    block,
    hide,
    lift,
    matter_about,
    restore,
    warn,
)
from cocreation.services.moderate_words import answer_question, object_to
from cocreation.services.own_idea import return_idea, settle_whose, withdraw_idea
from cocreation.services.report import report_idea
from cocreation.services.submit_idea import submit_idea
from cocreation.services.support_idea import support_idea
from cocreation.services.type_words import type_heard
from cocreation.services.undo_act import undo
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NL = Language("nl")
ANN, BOB = ChatId(1), ChatId(2)
WORD = "zwanenfontein"
SPOKEN = Attachment(MediaKind.VOICE, "file", "unique", 100)


async def meets(work: SqlWork, chat: ChatId) -> ResidentId:
    return (await work.residents.meet(chat, NL, NOW)).id


async def writes(work: SqlWork, author: ResidentId | None, text: str = WORD) -> Idea:
    new = NewIdea(text, NOW, author, NL, place=Place(50.8, 4.9))
    found = await work.ideas.get(await work.ideas.add(new))
    assert found is not None
    return found


async def hides(work: SqlWork, idea: IdeaId, by: ResidentId, now: datetime = NOW) -> None:
    await hide(work, await matter_about(work, Reported(idea=idea)), Facilitator(by), Reason.RUDE, now)


PERIOD = Period(NOW - timedelta(days=1), NOW + timedelta(days=1))
Look = Callable[[SqlWork], Awaitable[object]]


async def _exported(work: SqlWork) -> object:
    return [view async for view in work.ideas.all()]


async def _lists(work: SqlWork) -> object:
    near = Position(50.8, 4.9)
    orders = (Order.NEWEST, Order.MOST_SUPPORTED, Order.NEAR, Order.WAITING)
    return [await work.listings.page(Listing(order), 9, near=near) for order in orders]


PLACES: dict[str, Look] = {
    "themes": lambda work: work.themes.quotes(),
    "what themes are made of": lambda work: work.themes.known(),
    "the engine": lambda work: work.ideas.texts(),
    "lists": _lists,
    "search": lambda work: work.listings.page(Listing(Order.SEARCH, words=WORD), 9),
    "the digest": lambda work: work.digests.newest(PERIOD, 9),
    "the digest's numbers": lambda work: work.digests.counts(PERIOD),
    "the digest's themes": lambda work: work.digests.theme_activity(PERIOD),
    "what most people want": lambda work: work.replies.most_wanted(9),
    "what waits for an answer": lambda work: work.replies.waiting(9),
    "the board's newest": lambda work: work.ideas.newest(9),
    "exports": _exported,
}


@pytest.mark.parametrize("look", PLACES.values(), ids=PLACES)
async def test_what_is_hidden_is_nowhere_and_comes_back_everywhere(storage: SqlStorage, look: Look) -> None:
    async with storage.writing() as work:
        ann, bob = await meets(work, ANN), await meets(work, BOB)
        idea = await writes(work, ann)
        await work.supports.add(idea.id, bob, NOW)
        theme = FoundTheme(None, "Water", ("water",), (Member(idea.id, 1.0),), (idea.id,))
        await work.themes.replace(Clustering((theme,), ()), NOW)
        shown = str(await look(work))
        await hides(work, idea.id, bob)
        gone = str(await look(work))
        assert WORD not in gone and gone != shown
        await restore(work, await matter_about(work, Reported(idea=idea.id)), Facilitator(bob), NOW)
        assert str(await look(work)) == shown


async def test_only_an_administrator_decides_about_their_own_and_that_is_logged(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await meets(work, ANN)
        idea = await writes(work, ann)
        matter = await matter_about(work, Reported(idea=idea.id))
        for act in (
            hide(work, matter, Facilitator(ann), Reason.RUDE, NOW),
            warn(work, matter, Facilitator(ann), Reason.RUDE, NOW),
            block(work, matter, Facilitator(ann), Reason.RUDE, NOW, length=BlockLength.DAY),
            ask_author(work, matter, Facilitator(ann), "Waarom?", NOW),
        ):
            with pytest.raises(OwnCaseError):
                await act
        (logged,) = await hide(work, matter, Facilitator(ann, is_administrator=True), Reason.RUDE, NOW)
        with pytest.raises(OwnCaseError):
            await undo(work, logged.id, Facilitator(ann), NOW)
        assert (logged.by, logged.person) == (ann, ann)


async def test_nobody_speaks_to_an_author_who_is_not_there(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        by = Facilitator(await meets(work, BOB))
        matter = await matter_about(work, Reported(idea=(await writes(work, None)).id))
        for act in (
            warn(work, matter, by, Reason.RUDE, NOW),
            block(work, matter, by, Reason.RUDE, NOW, length=BlockLength.DAY),
            ask_author(work, matter, by, "Waarom?", NOW),
        ):
            with pytest.raises(AuthorGoneError):
                await act
        assert await lift(work, matter, by, NOW) is None


@pytest.mark.parametrize("length", list(BlockLength))
async def test_a_block_ends_by_itself(storage: SqlStorage, length: BlockLength) -> None:
    async with storage.writing() as work:
        ann, bob = await work.residents.meet(ANN, NL, NOW), await meets(work, BOB)
        ann = await work.residents.meet(ANN, NL, NOW)
        matter = await matter_about(work, Reported(idea=(await writes(work, ann.id)).id))
        await block(work, matter, Facilitator(bob), Reason.RUDE, NOW, length=length)
        until = NOW + length.lasts
        for moment, message in ((NOW, 1), (until - timedelta(seconds=1), 2)):
            with pytest.raises(BlockedError) as refused:
                await submit_idea(work, ann, Submission(ANN, MessageId(message), moment, "Een bank"), moment)
            assert (refused.value.until, refused.value.reason) == (until, Reason.RUDE)
        receipt = await submit_idea(work, ann, Submission(ANN, MessageId(3), until, "Een bank"), until)
        assert receipt.idea is not None


async def test_who_is_blocked_changes_nothing_but_may_take_back_what_is_theirs(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob = await work.residents.meet(ANN, NL, NOW), await meets(work, BOB)
        own, other = await writes(work, ann.id), await writes(work, bob, "Een bank")
        await support_idea(work, ann.id, other.id, NOW)
        comment = await comment_idea(work, ann, Remark(other.id, "Goed", ANN, MessageId(7)), NOW)
        await block(
            work,
            await matter_about(work, Reported(idea=own.id)),
            Facilitator(bob),
            Reason.RUDE,
            NOW,
            length=BlockLength.DAY,
        )
        third = await writes(work, bob, "Een boom")
        for act in (
            comment_idea(work, ann, Remark(other.id, "Slecht", ANN, MessageId(8)), NOW),
            correct_comment(work, ann.id, (ANN, MessageId(7)), "Slecht", NOW),
            support_idea(work, ann.id, third.id, NOW),
            report_idea(work, ann.id, other.id, Reason.RUDE, NOW),
        ):
            with pytest.raises(BlockedError):
                await act
        assert not await support_idea(work, ann.id, other.id, NOW, wanted=False)
        await withdraw_comment(work, ann.id, comment.id, NOW)
        await withdraw_idea(work, ann.id, own.id, NOW)
        found = await work.ideas.get(own.id)
        assert found is not None and found.state is IdeaState.WITHDRAWN


async def test_who_is_blocked_publishes_nothing_that_they_took_back_or_sent_on_before(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        ann, bob = await work.residents.meet(ANN, NL, NOW), await meets(work, BOB)
        own = await writes(work, ann.id)
        comment = await comment_idea(work, ann, Remark(own.id, "Goed", ANN, MessageId(7)), NOW)
        passed_on = Submission(ANN, MessageId(8), NOW, "Een boom", is_forwarded=True)
        sent_on = (await submit_idea(work, ann, passed_on, NOW)).idea
        voice = Submission(ANN, MessageId(9), NOW, "", attachment=SPOKEN)
        spoken = (await submit_idea(work, ann, voice, NOW)).idea
        assert sent_on is not None and spoken is not None
        await withdraw_comment(work, ann.id, comment.id, NOW)
        await withdraw_idea(work, ann.id, own.id, NOW)
        matter = await matter_about(work, Reported(idea=own.id))
        made = await block(work, matter, Facilitator(bob), Reason.RUDE, NOW, length=BlockLength.DAY)
        for act in (
            return_idea(work, ann.id, own.id, LATER),
            return_comment(work, ann.id, comment.id, LATER),
            settle_whose(work, ann.id, sent_on, WordsOf.AUTHOR, LATER),
            type_heard(work, spoken, "Een fontein", LATER),
        ):
            with pytest.raises(BlockedError):
                await act
        assert await work.ideas.newest(9) == []
        await undo(work, made.id, Facilitator(bob), LATER)
        await return_idea(work, ann.id, own.id, LATER)
        assert [view.idea.id for view in await work.ideas.newest(9)] == [own.id]


async def test_an_older_block_is_not_brought_back_by_undoing_a_newer_one(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob = await meets(work, ANN), await meets(work, BOB)
        matter = await matter_about(work, Reported(idea=(await writes(work, ann)).id))
        by = Facilitator(bob)
        first = await block(work, matter, by, Reason.RUDE, NOW, length=BlockLength.DAY)
        second = await block(work, matter, by, Reason.PRIVATE, NOW, length=BlockLength.WEEK)
        await undo(work, first.id, by, NOW)
        held = await work.acts.block_of(ann, NOW)
        assert held is not None and held.reason is Reason.PRIVATE
        await undo(work, second.id, by, NOW)
        assert await work.acts.block_of(ann, NOW) is None


async def test_one_objection_for_each_hiding_by_nobody_but_the_author(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob = await meets(work, ANN), await meets(work, BOB)
        about = Reported(idea=(await writes(work, ann)).id)
        by = Facilitator(bob)
        (first,) = await hide(work, await matter_about(work, about), by, Reason.RUDE, NOW)
        with pytest.raises(ObjectionOverError):
            await object_to(work, first.id, bob, "Niet grof", NOW)
        await object_to(work, first.id, ann, "Niet grof", NOW)
        with pytest.raises(ObjectionOverError):
            await object_to(work, first.id, ann, "Echt niet", NOW)
        case = await work.moderation.open_about(about)
        assert case is not None and case.signs == {Sign.OBJECTION}
        await restore(work, await matter_about(work, about), by, LATER)
        (second,) = await hide(work, await matter_about(work, about), by, Reason.RUDE, LATER)
        await object_to(work, second.id, ann, "Weer niet", LATER)
        await undo(work, second.id, by, LATER)
        with pytest.raises(ObjectionOverError):
            await object_to(work, second.id, ann, "Nog eens", LATER)


async def test_a_question_is_answered_once_and_not_after_it_was_taken_back(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann, bob = await meets(work, ANN), await meets(work, BOB)
        about, by = Reported(idea=(await writes(work, ann)).id), Facilitator(bob)
        asked = await ask_author(work, await matter_about(work, about), by, "Welke fontein?", NOW)
        assert await work.moderation.waiting() == (0, None)
        with pytest.raises(QuestionOverError):
            await answer_question(work, asked.id, bob, "Deze", NOW)
        await answer_question(work, asked.id, ann, "Deze", LATER)
        assert await work.moderation.waiting() == (1, NOW)
        with pytest.raises(QuestionOverError):
            await answer_question(work, asked.id, ann, "Die", LATER)
        again = await ask_author(work, await matter_about(work, about), by, "Zeker?", LATER)
        await undo(work, again.id, by, LATER)
        assert await work.moderation.waiting() == (1, NOW)
        with pytest.raises(QuestionOverError):
            await answer_question(work, again.id, ann, "Ja", LATER)


async def test_a_case_goes_along_when_ideas_are_joined(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ann = await meets(work, ANN)
        one, other = await writes(work, ann), await writes(work, ann, "Een bank")
        await work.moderation.open(Reported(idea=other.id), frozenset([Sign.LINKS]), NOW)
        await work.ideas.absorb(one.id, other.id)
        case = await work.moderation.open_about(Reported(idea=one.id))
        assert case is not None and case.signs == {Sign.LINKS}
        found = await work.ideas.get(one.id)
        assert found is not None and found.state is IdeaState.PUBLISHED
