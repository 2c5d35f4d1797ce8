"""What the bot waits for in a chat."""

from datetime import UTC, datetime, timedelta

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId
from storage.engine import SqlStorage

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
GRIET = ChatId(1001)


async def test_a_chat_waits_for_the_latest_thing_only(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        assert await work.conversations.get(GRIET) is None
        await work.conversations.begin(Conversation(GRIET, Step.SEARCH, NOON))
        await work.conversations.begin(Conversation(GRIET, Step.COMMENT, NOON, subject=7, words="tree"))
    async with storage.writing() as work:
        found = await work.conversations.get(GRIET)
        assert found == Conversation(GRIET, Step.COMMENT, NOON, subject=7, words="tree")
        await work.conversations.end(GRIET)
    async with storage.reading() as work:
        assert await work.conversations.get(GRIET) is None


def test_a_question_is_forgotten_after_an_hour() -> None:
    asked = Conversation(GRIET, Step.EDIT, NOON)
    assert not asked.is_over(NOON + timedelta(hours=1))
    assert asked.is_over(NOON + timedelta(hours=1, seconds=1))
    for step in (Step.PROCESS, Step.REPLY):
        assert not Conversation(GRIET, step, NOON).is_over(NOON + timedelta(hours=24))
        assert Conversation(GRIET, step, NOON).is_over(NOON + timedelta(hours=25))
