"""A thread is what people said, in order, a page at a time, and nothing that is hidden or taken back."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreation.ideas.comment import CommentState, NewComment, Thread
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, Language, MessageId
from storage.engine import SqlStorage
from storage.schema import comments
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
CHAT = ChatId(41)
STATES = st.lists(
    st.sampled_from([CommentState.PUBLISHED] * 3 + [CommentState.HIDDEN, CommentState.WITHDRAWN])
)


async def _said(
    work: SqlWork, idea: IdeaId, number: int, answers: CommentId | None = None
) -> CommentId | None:
    author = (await work.residents.meet(CHAT, Language("nl"), NOW)).id
    return await work.comments.add(
        NewComment(idea, author, f"Comment {number}", NOW, CHAT, MessageId(number), answers)
    )


async def test_the_same_message_is_one_comment(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        first = await _said(work, idea, 7)
        assert first is not None
        assert await _said(work, idea, 7) is None
        found = await work.comments.by_message(CHAT, MessageId(7))
        assert found is not None and found.id == first


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(states=STATES, limit=st.integers(1, 4))
async def test_a_thread_is_read_page_by_page_in_both_directions(
    storage: SqlStorage, states: list[CommentState], limit: int
) -> None:
    async with storage.writing() as work:
        await work._connection.execute(comments.delete())
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        seen = []
        for number, state in enumerate(states):
            comment = await _said(work, idea, number)
            assert comment is not None
            await work.comments.set_state(comment, state, NOW)
            seen += [comment] if state is CommentState.PUBLISHED else []
        pages = [await work.comments.thread(idea, limit)]
        while pages[0].has_earlier:
            last = CommentId(_ids(pages[0])[0] - 1)
            pages.insert(0, await work.comments.thread(idea, limit, last))
        assert [comment for page in pages for comment in _ids(page)] == seen
        # On from the first page no comment is left out.
        page, met = pages[0], set(_ids(pages[0]))
        while page.next_last is not None:
            page = await work.comments.thread(idea, limit, page.next_last)
            met |= set(_ids(page))
        assert met == set(seen)
        view = await work.ideas.view(idea)
        assert view is not None and view.comments == len(seen)


async def test_an_answer_quotes_what_can_still_be_read(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        first = await _said(work, idea, 1)
        assert first is not None
        await _said(work, idea, 2, first)
        assert (await work.comments.thread(idea, 5)).comments[1].answered_text == "Comment 1"
        await work.comments.set_state(first, CommentState.HIDDEN, NOW)
        (answer,) = (await work.comments.thread(idea, 5)).comments
        assert answer.answered_text is None


def _ids(thread: Thread) -> list[CommentId]:
    return [said.comment.id for said in thread.comments]
