"""What the bot waits for in a chat."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.schema import conversations

_GET = Prepared(select(conversations).where(conversations.c.chat_id == bindparam("chat")))
_KEEP = upsert(conversations, keys=("chat_id",), change=("step", "subject", "words", "since"))
_END = delete(conversations).where(conversations.c.chat_id == bindparam("chat"))

_END_ABOUT = delete(conversations).where(
    conversations.c.step == bindparam("which"), conversations.c.subject == bindparam("about")
)


class SqlConversationRepository:
    """See `cocreation.ports.ConversationRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, chat: ChatId) -> Conversation | None:
        row = await _GET.one(self._connection, {"chat": chat})
        if row is None:
            return None
        return Conversation(ChatId(row.chat_id), Step(row.step), row.since, row.subject, row.words)

    async def begin(self, conversation: Conversation) -> None:
        values = {
            "chat_id": conversation.chat,
            "step": conversation.step,
            "subject": conversation.subject,
            "words": conversation.words,
            "since": conversation.since,
        }
        await self._connection.execute(_KEEP, values)

    async def end(self, chat: ChatId) -> None:
        await self._connection.execute(_END, {"chat": chat})

    async def end_about(self, step: Step, subject: int) -> None:
        await self._connection.execute(_END_ABOUT, {"which": step, "about": subject})
