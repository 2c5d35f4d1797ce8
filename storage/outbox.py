"""What the town says, kept until it has arrived; and which message shows what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Integer,
    Row,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, MessageId, OutboxId
from cocreation.ideas.messages import LanguageWish, Post, Priority, SendFiles, Show
from storage.dialect import upsert_from
from storage.groups import present_chat
from storage.prepared import Prepared
from storage.schema import UtcDateTime, dead_letters, is_open_card, outbox, shown

POST: TypeAdapter[Post] = TypeAdapter(Post)
"""Posts as JSON."""
_INSERT = Prepared(
    insert(outbox).returning(outbox.c.id),
    ("chat_id", "slot", "priority", "post", "due_at", "created_at"),
)
_WAITING = (
    select(outbox).where(outbox.c.id > bindparam("after")).order_by(outbox.c.id).limit(bindparam("limit"))
)
_SOME = select(outbox).where(outbox.c.id.in_(bindparam("some", expanding=True)))
_POSTPONE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(due_at=bindparam("due"), attempts=outbox.c.attempts + 1)
)
_DELETE = Prepared(delete(outbox).where(outbox.c.id == bindparam("row")))
_MOVE = update(outbox).where(outbox.c.chat_id == bindparam("old")).values(chat_id=bindparam("new"))
# What was withdrawn while it was under way leaves no trace.
_is_kept = exists().where(outbox.c.id == bindparam("row", type_=Integer))
_ARRIVED = select(
    bindparam("chat_id", type_=Integer),
    bindparam("slot", type_=Text),
    bindparam("message_id", type_=Integer),
).where(_is_kept)
_SHOWN = Prepared(upsert_from(shown, keys=("chat_id", "slot"), change=("message_id",), rows=_ARRIVED))
_BURY = insert(dead_letters).from_select(
    ["origin", "chat_id", "payload", "error", "attempts", "created_at"],
    select(
        literal("outbox"),
        bindparam("chat", type_=Integer),
        bindparam("payload", type_=Text),
        bindparam("error", type_=Text),
        bindparam("attempts", type_=Integer),
        bindparam("now", type_=UtcDateTime()),
    ).where(_is_kept),
)
_TURNED = Prepared(
    delete(shown).where(
        shown.c.chat_id == bindparam("chat"),
        shown.c.message_id == bindparam("message"),
        shown.c.slot.is_distinct_from(bindparam("slot")),
    )
)
_SHOW_NO_MORE = delete(shown).where(shown.c.chat_id == bindparam("chat"), shown.c.slot == bindparam("slot"))
_SHOWN_AT = Prepared(
    select(shown.c.message_id).where(shown.c.chat_id == bindparam("chat"), shown.c.slot == bindparam("slot"))
)
_SHOWING = (
    select(shown.c.chat_id).where(shown.c.slot == bindparam("slot"), is_open_card).limit(bindparam("limit"))
)
_ON_DESKS = select(shown.c.chat_id, shown.c.slot).where(
    or_(
        shown.c.slot.in_(("waiting", "moderation")),
        *(and_(shown.c.slot >= f"{kind}:", shown.c.slot < f"{kind};") for kind in ("report", "reply")),
    )
)
_WITH_FILES = select(outbox.c.post).where(outbox.c.post.contains('"once":'))


_SLOT_AT = select(shown.c.slot).where(
    shown.c.chat_id == bindparam("chat"), shown.c.message_id == bindparam("message")
)


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A post that has not arrived yet."""

    id: OutboxId
    post: Post
    attempts: int
    due_at: datetime

    @property
    def chat(self) -> ChatId:
        return self.post.chat

    @property
    def slot(self) -> str | None:
        return self.post.slot if isinstance(self.post, Show) else None

    @property
    def priority(self) -> Priority:
        return self.post.priority if isinstance(self.post, Show | SendFiles) else Priority.REPLY


@dataclass(frozen=True, slots=True)
class Arrived:
    """A row whose post has reached the chat, or was replaced before it did (`message` is None then)."""

    row: OutboxRow
    message: MessageId | None


class SqlOutbox:
    """The outbox inside one transaction. `posted` lists what was put, once flushed, `withdrawn` what was
    taken out unsent."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._pending: list[tuple[Post, datetime]] = []
        self.posted: list[OutboxRow] = []
        self.withdrawn: list[OutboxId] = []

    async def put(self, post: Post, now: datetime) -> None:
        """Keep the post with this transaction; it leaves after the commit.

        For a group that has become a supergroup it leaves to that.
        """
        chat = await present_chat(self._connection, post.chat)
        self._pending.append((sent_on(post, chat), now))

    async def flush(self) -> None:
        if not self._pending:
            return
        rows = [
            {
                "chat_id": post.chat,
                "slot": post.slot if isinstance(post, Show) else None,
                "priority": int(post.priority if isinstance(post, Show | SendFiles) else Priority.REPLY),
                "post": POST.dump_json(post).decode(),
                "due_at": now,
                "created_at": now,
            }
            for post, now in self._pending
        ]
        for values, (post, now) in zip(rows, self._pending, strict=True):
            row = await _INSERT.one(self._connection, values)
            self.posted.append(OutboxRow(OutboxId(row.id), post, 0, now))
        self._pending.clear()

    async def waiting(self, after: OutboxId, limit: int) -> Sequence[OutboxRow]:
        """What has not arrived, oldest first."""
        rows = await self._connection.execute(_WAITING, {"after": after, "limit": limit})
        return [_row(row) for row in rows]

    async def arrived(self, arrivals: Sequence[Arrived]) -> None:
        """Take delivered rows out and remember which message shows which slot."""
        shown_now = [
            {
                "row": arrival.row.id,
                "chat_id": arrival.row.chat,
                "slot": arrival.row.slot,
                "message_id": arrival.message,
            }
            for arrival in arrivals
            if arrival.row.slot is not None and arrival.message is not None
        ]
        if shown_now:
            await _SHOWN.for_each(self._connection, shown_now)
        # What such a message showed before is shown nowhere now: nothing may turn it back.
        turned = [
            {"chat": arrival.row.chat, "slot": arrival.row.slot, "message": arrival.message}
            for arrival in arrivals
            if isinstance(arrival.row.post, Show) and arrival.row.post.at is not None
        ]
        if turned:
            await _TURNED.for_each(self._connection, turned)
        await _DELETE.for_each(self._connection, [{"row": arrival.row.id} for arrival in arrivals])

    async def settle(self, sent: Sequence[tuple[OutboxId, MessageId | None]]) -> Sequence[OutboxRow]:
        """Take out, and return, what an earlier process had sent, as far as it is still here."""
        found = await self._connection.execute(_SOME, {"some": [row for row, _ in sent]})
        messages = dict(sent)
        rows = [_row(row) for row in found]
        await self.arrived([Arrived(row, messages[row.id]) for row in rows])
        return rows

    async def shown_at(self, chat: ChatId, slot: str) -> MessageId | None:
        """The message that shows this slot."""
        found = await _SHOWN_AT.one(self._connection, {"chat": chat, "slot": slot})
        return None if found is None else MessageId(found.message_id)

    async def slot_at(self, chat: ChatId, message: MessageId) -> str | None:
        """What this message shows."""
        found = await self._connection.execute(_SLOT_AT, {"chat": chat, "message": message})
        return found.scalars().first()

    async def showing(self, slot: str, limit: int) -> Sequence[ChatId]:
        """The chats in which a message shows this slot: 'card:', 'comment:', 'comments:' or 'news:',
        and a number."""
        found = await self._connection.execute(_SHOWING, {"slot": slot, "limit": limit})
        return [ChatId(chat) for chat in found.scalars()]

    async def on_desks(self) -> Sequence[tuple[ChatId, str]]:
        """The chats, and slots, in which facilitators have reports, answers, what waits or cases open."""
        rows = await self._connection.execute(_ON_DESKS)
        return [(ChatId(row.chat_id), row.slot) for row in rows]

    async def files_once(self) -> frozenset[str]:
        """The files that are gone once the posts that name them have arrived."""
        rows = await self._connection.execute(_WITH_FILES)
        posts = [POST.validate_json(post) for post in rows.scalars()]
        files = [file for post in posts if isinstance(post, SendFiles) for file in post.files]
        return frozenset(file.once for file in files if file.once is not None)

    async def show_no_more(self, chat: ChatId, slot: str) -> None:
        """Let no message show this slot."""
        await self._connection.execute(_SHOW_NO_MORE, {"chat": chat, "slot": slot})

    async def postpone(self, row: OutboxRow, due: datetime) -> None:
        await self._connection.execute(_POSTPONE, {"row": row.id, "due": due})

    async def bury(self, row: OutboxRow, error: str, now: datetime) -> None:
        """Give up on a row: it goes to the dead letters."""
        values = {
            "row": row.id,
            "chat": row.chat,
            "payload": POST.dump_json(row.post).decode(),
            "error": error,
            "attempts": row.attempts + 1,
            "now": now,
        }
        await self._connection.execute(_BURY, values)
        await _DELETE.for_each(self._connection, [{"row": row.id}])

    async def withdraw(self, rows: Sequence[OutboxId]) -> None:
        """Take out what must not be sent any more; what is under way arrives, and is not noted."""
        await _DELETE.for_each(self._connection, [{"row": row} for row in rows])
        self.withdrawn += rows

    async def move(self, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup: what waits for it goes to its new address."""
        await self._connection.execute(_MOVE, {"old": old, "new": new})


def sent_on(post: Post, chat: ChatId) -> Post:
    """The post as it goes to a chat's new address, where messages have other numbers."""
    if chat == post.chat:
        return post
    if isinstance(post, Show):
        return replace(post, chat=chat, at=None, answers=None, thread=None)
    if isinstance(post, LanguageWish):
        return replace(post, chat=chat, at=None, thread=None)
    if isinstance(post, SendFiles):
        return replace(post, chat=chat, thread=None)
    return replace(post, chat=chat)


def _row(row: Row[Any]) -> OutboxRow:
    # A group that moved has its new address in the column alone.
    post = sent_on(POST.validate_json(row.post), ChatId(row.chat_id))
    return OutboxRow(OutboxId(row.id), post, row.attempts, row.due_at)
