"""Erases a person from all tables, in one transaction."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.erasure import Erased
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId, OutboxId, ReportId
from cocreation.ideas.messages import SendFiles
from cocreation.ideas.redaction import Redaction
from cocreation.ideas.resident import Resident
from storage.made_anew import make_anew
from storage.mentions import Mentions
from storage.offers import offer_of
from storage.outbox import POST, SqlOutbox
from storage.passed_on import other, passing_on
from storage.personal import CHAT, PERSONAL, RESIDENT, own_ideas
from storage.schema import (
    comments,
    erasures,
    facilitators,
    idea_messages,
    idea_versions,
    ideas,
    inbox,
    media,
    moderation_words,
    notices,
    offers,
    outbox,
    reports,
    residents,
    shown,
)
from storage.theme_names import forget_names, themes_of

Who = Mapping[str, Any]

_OWN_TEXTS = select(ideas.c.text).where(ideas.c.author_id == RESIDENT)
_OTHER_WORDS = (
    select(idea_versions.c.text).where(idea_versions.c.idea_id.in_(own_ideas)),
    select(idea_messages.c.text).where(idea_messages.c.idea_id.in_(own_ideas)),
    select(comments.c.text).where(comments.c.author_id == RESIDENT),
    select(reports.c.reason).where(reports.c.reporter_id == RESIDENT),
    select(moderation_words.c.text).where(moderation_words.c.by_id == RESIDENT),
    select(residents.c.pseudonym).where(residents.c.id == RESIDENT),
    select(offers.c.text).where(offers.c.author_telegram_id == CHAT),
    select(facilitators.c.name).where(facilitators.c.resident_id == RESIDENT),
)
_FILES = select(media.c.path, media.c.file_id).where(media.c.idea_id.in_(own_ideas))
_TO_SEND = select(outbox.c.id, outbox.c.post).where(outbox.c.chat_id == CHAT)
_SHOWN = select(shown.c.message_id).where(shown.c.chat_id == CHAT).order_by(shown.c.message_id.desc())
_COMMENTS = select(comments.c.id, comments.c.idea_id).where(
    (comments.c.author_id == RESIDENT) | comments.c.idea_id.in_(own_ideas)
)
_own_comments = select(comments.c.id).where(
    (comments.c.author_id == RESIDENT) | comments.c.idea_id.in_(own_ideas)
)
_REPORTS = select(reports.c.id).where(
    reports.c.idea_id.in_(own_ideas) | reports.c.comment_id.in_(_own_comments)
)
_OFFERS = select(offers).where((offers.c.author_telegram_id == CHAT) | (offers.c.asker_telegram_id == CHAT))

_is_left = (ideas.c.author_id == RESIDENT) & (ideas.c.state == IdeaState.PUBLISHED)
_left = select(ideas.c.id).where(_is_left)
_LEAVE_IDEAS = (
    *(delete(part).where(part.c.idea_id.in_(_left)) for part in (idea_versions, idea_messages, media)),
    update(ideas)
    .where(_is_left)
    .values(author_id=None, chat_id=None, message_id=None, external_id=None, edited_at=None, is_anonymous=1),
)
_PASS_ON = passing_on(notices.c.idea_id.in_(own_ideas), other.c.author_id.is_distinct_from(RESIDENT))
_ERASE = [delete(rows.table).where(rows.whose) for rows in PERSONAL if not rows.stays]
_LEAVE_REPORTS = (
    update(reports).where(reports.c.reporter_id == RESIDENT).values(reporter_id=None, reason=None)
)
LEAVE_INBOX = (
    update(inbox)
    .where(inbox.c.chat_id == CHAT, inbox.c.state != "waiting", inbox.c.received_at <= bindparam("until"))
    .values(chat_id=0)
)
"""Messages that were handled stay as numbers: none counts twice."""
_BEGIN = insert(erasures)


async def erase(
    connection: AsyncConnection, waiting: SqlOutbox, resident: Resident, now: datetime, leaves_ideas: bool
) -> Erased:
    """See `cocreation.ports.ErasureRepository`."""
    # What this transaction has said to the person so far goes as well.
    await waiting.flush()
    who = {"resident": resident.id, "chat": resident.chat or 0}
    files = list(await connection.execute(_FILES, who))
    outgoing = await _withdraw(connection, waiting, who)
    themes = await themes_of(connection, resident.id)
    words = [word for each in _OTHER_WORDS async for word in _values(connection, each, who)]
    for leave in _LEAVE_IDEAS if leaves_ideas else ():
        await connection.execute(leave, who)
    words += [word async for word in _values(connection, _OWN_TEXTS, who)]
    erased = await _leftovers(connection, who)
    await connection.execute(_LEAVE_REPORTS, who)
    await connection.execute(_PASS_ON, who)
    for erasing in _ERASE:
        await connection.execute(erasing, who)
    await connection.execute(LEAVE_INBOX, {**who, "until": now})
    outgoing += await make_anew(connection, waiting, now)
    named = [name for row in files for name in (row.path, row.file_id) if name]
    await Mentions(Redaction(filter(None, words)), ChatId(who["chat"]), named).take_out(
        connection, waiting, now
    )
    await forget_names(connection, themes)
    paths = {"media": [row.path for row in files if row.path], "outgoing": outgoing}
    begun = {"chat_id": resident.chat, "files": json.dumps(paths), "in_themes": int(bool(themes))}
    await connection.execute(_BEGIN, {**begun, "erased_at": now})
    return erased


async def _leftovers(connection: AsyncConnection, who: Who) -> Erased:
    said = await connection.execute(_COMMENTS, who)
    return Erased(
        messages=[MessageId(message) async for message in _values(connection, _SHOWN, who)],
        ideas=[IdeaId(idea) async for idea in _values(connection, own_ideas, who)],
        comments={CommentId(row.id): IdeaId(row.idea_id) for row in said},
        offers=[offer_of(row) for row in await connection.execute(_OFFERS, who)],
        reports=[ReportId(report) async for report in _values(connection, _REPORTS, who)],
    )


async def _withdraw(connection: AsyncConnection, waiting: SqlOutbox, who: Who) -> list[str]:
    """Take back what the person was to get. The files that were made for that alone."""
    rows = list(await connection.execute(_TO_SEND, who))
    await waiting.withdraw([OutboxId(row.id) for row in rows])
    posts = [POST.validate_json(row.post) for row in rows]
    files = [file for post in posts if isinstance(post, SendFiles) for file in post.files]
    return [file.once for file in files if file.once is not None]


async def _values(connection: AsyncConnection, statement: Any, who: Who) -> AsyncIterator[Any]:  # noqa: ANN401
    for value in (await connection.execute(statement, who)).scalars():
        yield value
