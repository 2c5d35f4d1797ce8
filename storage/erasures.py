"""Forgetting people: how much there is, and what is still to be done about it once the rows are gone."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, insert, select, text, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.erasure import Erased, Erasure, Traces
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import ChatId, ErasureId, ResidentId
from cocreation.ideas.resident import Resident
from storage.erasing import LEAVE_INBOX, erase
from storage.outbox import SqlOutbox
from storage.personal import CHAT, RESIDENT, own_ideas
from storage.schema import (
    UtcDateTime,
    comments,
    dead_letters,
    erasures,
    facilitators,
    follows,
    ideas,
    inbox,
    media,
    outbox,
    replies,
    reply_photos,
    reports,
    supports,
    theme_decisions,
    theme_runs,
)

_COUNTED = {
    "ideas": (ideas, ideas.c.author_id == RESIDENT),
    "published": (ideas, (ideas.c.author_id == RESIDENT) & (ideas.c.state == IdeaState.PUBLISHED)),
    "files": (media, media.c.idea_id.in_(own_ideas)),
    "comments": (comments, comments.c.author_id == RESIDENT),
    "supports": (supports, supports.c.resident_id == RESIDENT),
    "follows": (follows, follows.c.resident_id == RESIDENT),
    "reports": (reports, reports.c.reporter_id == RESIDENT),
    "others_supports": (supports, supports.c.idea_id.in_(own_ideas)),
    "others_comments": (
        comments,
        comments.c.idea_id.in_(own_ideas) & comments.c.author_id.is_distinct_from(RESIDENT),
    ),
    "replies": (replies, replies.c.by_id == RESIDENT),
    "decisions": (theme_decisions, theme_decisions.c.by_id == RESIDENT),
}
_TRACES = select(
    *(
        select(func.count()).select_from(table).where(whose).scalar_subquery().label(name)
        for name, (table, whose) in _COUNTED.items()
    )
)

_PENDING = select(erasures).order_by(erasures.c.id)
_this = erasures.c.id == bindparam("erasure")
_WITHOUT_FILES = update(erasures).where(_this).values(files="{}")
_WITHOUT_CHAT = update(erasures).where(_this).values(chat_id=None)
_WITHOUT_THEMES = (
    update(erasures)
    .where(erasures.c.in_themes == 1, exists().where(theme_runs.c.finished_at > erasures.c.erased_at))
    .values(in_themes=0)
)
_END = delete(erasures).where(_this)
_until = bindparam("until", type_=UtcDateTime())
_UNDER_WAY = select(
    exists().where(outbox.c.chat_id == CHAT, outbox.c.created_at <= _until)
    | exists().where(inbox.c.chat_id == CHAT, inbox.c.state == "waiting", inbox.c.received_at <= _until)
)
_IS_CHARGED = select(
    exists().where(facilitators.c.resident_id == RESIDENT, facilitators.c.ended_at.is_(None))
)
_LEAVE_LETTERS = delete(dead_letters).where(dead_letters.c.chat_id == CHAT)
_MEDIA_NAMED = union(
    select(media.c.path).where(media.c.path.is_not(None)),
    select(reply_photos.c.path).where(reply_photos.c.path.is_not(None)),
)

MERGED_AT_ONCE = 64
"""Pages of the search index: some ten milliseconds."""
_MERGE = text("INSERT INTO idea_words (idea_words, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")


class SqlErasureRepository:
    """See `cocreation.ports.ErasureRepository`; what is beyond that is for who ends what is pending.

    `has_unnamed`: this transaction forgot somebody who had a charge.
    """

    def __init__(self, connection: AsyncConnection, outbox: SqlOutbox) -> None:
        self._connection = connection
        self._outbox = outbox
        self.has_unnamed = False

    async def traces(self, resident: ResidentId) -> Traces:
        row = (await self._connection.execute(_TRACES, {"resident": resident})).one()
        return Traces(**row._mapping)

    async def leave_no_trace(self, chat: ChatId, now: datetime) -> None:
        values = {"chat_id": chat, "files": "{}", "in_themes": 0, "erased_at": now}
        await self._connection.execute(insert(erasures), values)

    async def erase(self, resident: Resident, now: datetime, leaves_ideas: bool = False) -> Erased:
        charged = await self._connection.execute(_IS_CHARGED, {"resident": resident.id})
        self.has_unnamed = bool(charged.scalar_one())
        return await erase(self._connection, self._outbox, resident, now, leaves_ideas)

    async def pending(self) -> Sequence[Erasure]:
        return [_erasure(row) for row in await self._connection.execute(_PENDING)]

    async def files_are_gone(self, erasure: ErasureId) -> None:
        await self._connection.execute(_WITHOUT_FILES, {"erasure": erasure})

    async def leave_chat(self, erasure: Erasure) -> None:
        """Let the last things go that name the chat, as soon as nothing of before is under way."""
        who = {"chat": erasure.chat, "until": erasure.erased_at}
        if not (await self._connection.execute(_UNDER_WAY, who)).scalar_one():
            await self._connection.execute(LEAVE_INBOX, who)
            await self._connection.execute(_LEAVE_LETTERS, who)
            await self._connection.execute(_WITHOUT_CHAT, {"erasure": erasure.id})

    async def leave_themes(self) -> None:
        """Note that themes were found anew since, by a run that saw nothing of what is erased."""
        await self._connection.execute(_WITHOUT_THEMES)

    async def end(self, some: Sequence[Erasure]) -> None:
        for erasure in some:
            await self._connection.execute(_END, {"erasure": erasure.id})

    async def merge_search(self, is_first: bool) -> bool:
        """Bring the parts of the search index together, which takes out what is gone; whether there is more
        to do: https://sqlite.org/fts5.html#the_merge_command"""
        before = (await self._connection.execute(_CHANGES)).scalar_one()
        await self._connection.execute(_MERGE, {"pages": -MERGED_AT_ONCE if is_first else MERGED_AT_ONCE})
        changed: int = (await self._connection.execute(_CHANGES)).scalar_one() - before
        return is_first or changed >= 2

    async def media_named(self) -> frozenset[str]:
        """The paths of all files that ideas and answers have."""
        return frozenset((await self._connection.execute(_MEDIA_NAMED)).scalars())


def _erasure(row: Any) -> Erasure:  # noqa: ANN401 - a row of erasures
    files = json.loads(row.files)
    return Erasure(
        id=ErasureId(row.id),
        chat=None if row.chat_id is None else ChatId(row.chat_id),
        media=tuple(files.get("media", ())),
        outgoing=tuple(files.get("outgoing", ())),
        is_in_themes=bool(row.in_themes),
        erased_at=row.erased_at,
    )
