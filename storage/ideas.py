"""Ideas and their history."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.duplicate import Duplicate
from cocreation.ideas.idea import Idea, IdeaState, IdeaView, NewIdea, Place, Source, WordsOf
from cocreation.ideas.ids import ChatId, IdeaId, MessageId, ResidentId, Token, new_token
from cocreation.ideas.theme import IdeaText
from storage import absorbing
from storage import idea_changes as changes
from storage.dialect import insert_new, upsert
from storage.prepared import Prepared
from storage.schema import duplicates, idea_messages, ideas, processes
from storage.views import ALL_VIEWS, IDEA_COLUMNS, SOME_VIEWS, idea_of, idea_text_of, is_published, view_of

_GIVEN = (
    "token",
    "author_id",
    "process_id",
    "text",
    "language",
    "latitude",
    "longitude",
    "place",
    "state",
    "source",
    "external_id",
    "chat_id",
    "message_id",
    "created_at",
    "touched_at",
    "words_of",
)
_ADD = Prepared(insert_new(ideas).returning(ideas.c.id), _GIVEN)
_SAME = select(ideas.c.id).where(
    or_(
        and_(ideas.c.source == bindparam("source"), ideas.c.external_id == bindparam("external_id")),
        and_(ideas.c.chat_id == bindparam("chat_id"), ideas.c.message_id == bindparam("message_id")),
    )
)
_PROCESS = upsert(processes, keys=("name",), change=("name",)).returning(processes.c.id)

_IDEA = select(*IDEA_COLUMNS)
_GET = Prepared(_IDEA.where(ideas.c.id == bindparam("idea")))
_part_of = (
    select(idea_messages.c.idea_id)
    .where(idea_messages.c.chat_id == bindparam("chat"), idea_messages.c.message_id == bindparam("message"))
    .scalar_subquery()
)
_BY_MESSAGE = Prepared(
    _IDEA.where(
        or_(
            ideas.c.id == _part_of,
            and_(ideas.c.chat_id == bindparam("chat"), ideas.c.message_id == bindparam("message")),
        )
    ).limit(1)
)
_has_part = exists().where(idea_messages.c.idea_id == ideas.c.id, idea_messages.c.text == bindparam("words"))
_SAME_TEXT = Prepared(
    _IDEA.where(
        or_(is_published, ideas.c.state == IdeaState.HIDDEN),
        ideas.c.author_id == bindparam("author"),
        or_(ideas.c.text == bindparam("words"), _has_part),
    )
    .order_by(is_published.desc(), ideas.c.id)
    .limit(1)
)
_LATEST_FIRST = (ideas.c.created_at.desc(), ideas.c.id.desc())
_LATEST_OF = Prepared(
    _IDEA.where(
        ideas.c.author_id == bindparam("author"),
        ideas.c.chat_id == bindparam("chat"),
        ideas.c.source == Source.CHAT,
        or_(is_published, ideas.c.state == IdeaState.DRAFT),
        # Words that were passed on wait for an answer, not for words.
        ideas.c.words_of != WordsOf.ASKED,
        ideas.c.created_at >= bindparam("since"),
    )
    .order_by(*_LATEST_FIRST)
    .limit(1)
)
_BEFORE = Prepared(
    _IDEA.where(
        is_published,
        ideas.c.author_id == bindparam("author"),
        ideas.c.source == Source.CHAT,
        ideas.c.id < bindparam("idea"),
    )
    .order_by(ideas.c.id.desc())
    .limit(1)
)
_WRITTEN_AT = Prepared(
    select(ideas.c.created_at)
    .where(
        ideas.c.author_id == bindparam("author"),
        ideas.c.source == Source.CHAT,
        ideas.c.created_at > bindparam("since"),
    )
    .order_by(*_LATEST_FIRST)
    .offset(bindparam("others"))
    .limit(1)
)

_VIEW = Prepared(SOME_VIEWS.where(ideas.c.id == bindparam("idea")))
_BY_TOKEN = Prepared(SOME_VIEWS.where(ideas.c.token == bindparam("token")))
_NEWEST = (
    SOME_VIEWS.where(is_published)
    .order_by(ideas.c.created_at.desc(), ideas.c.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_before = ideas.alias("before")
_moment_before = select(_before.c.created_at).where(_before.c.id == bindparam("before")).scalar_subquery()
_OLDER = _NEWEST.where(
    ideas.c.created_at <= _moment_before,
    or_(ideas.c.created_at < _moment_before, ideas.c.id < bindparam("before")),
)
_OF_AUTHOR = _NEWEST.where(ideas.c.author_id == bindparam("author"))
_ALL = ALL_VIEWS.where(is_published).order_by(ideas.c.created_at, ideas.c.id)
_TEXTS = (
    select(ideas.c.id, ideas.c.text, ideas.c.language)
    .where(is_published)
    .order_by(ideas.c.created_at, ideas.c.id)
)
_COUNT = select(func.count()).select_from(ideas).where(is_published)
_WRITTEN_SINCE = (
    select(ideas.c.id)
    .where(
        ideas.c.id.in_(bindparam("some", expanding=True)),
        ideas.c.chat_id.is_not(None),
        ideas.c.created_at >= bindparam("since"),
    )
    .order_by(ideas.c.id)
)
_IMPORTED = select(ideas.c.external_id).where(
    ideas.c.source == Source.IMPORT, ideas.c.external_id.in_(bindparam("external", expanding=True))
)

_FLAG = upsert(duplicates, keys=("idea_id",), change=("of_idea_id", "likeness"))
_DUPLICATES_OF = (
    select(duplicates)
    .join(ideas, and_(ideas.c.id == duplicates.c.idea_id, is_published))
    .where(duplicates.c.of_idea_id == bindparam("idea"))
    .order_by(duplicates.c.likeness.desc(), duplicates.c.idea_id)
)
_THERE = select(ideas.c.id).where(ideas.c.id.in_(bindparam("some", expanding=True)))
_TOKENS = select(ideas.c.id, ideas.c.token).where(ideas.c.id.in_(bindparam("some", expanding=True)))
_PUBLISHED_OF = _THERE.where(is_published)
_AT_ONCE = 1000


class SqlIdeaRepository:
    """See `cocreation.ports.IdeaRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, idea: NewIdea) -> IdeaId:
        """Keep the idea. The same message, or the same line of an import, is kept once: its id comes back."""
        values = _values(idea, await self._process(idea.process))
        added = await _ADD.one(self._connection, values)
        if added is None:
            same = {key: values[key] for key in ("source", "external_id", "chat_id", "message_id")}
            return IdeaId((await self._connection.execute(_SAME, same)).scalar_one())
        return IdeaId(added.id)

    async def get(self, idea: IdeaId) -> Idea | None:
        return await self._idea(_GET, {"idea": idea})

    async def view(self, idea: IdeaId) -> IdeaView | None:
        return await self._view(_VIEW, {"idea": idea})

    async def by_token(self, token: Token) -> IdeaView | None:
        return await self._view(_BY_TOKEN, {"token": token})

    async def by_message(self, chat: ChatId, message: MessageId) -> Idea | None:
        return await self._idea(_BY_MESSAGE, {"chat": chat, "message": message})

    async def same_text(self, author: ResidentId, text: str) -> Idea | None:
        return await self._idea(_SAME_TEXT, {"author": author, "words": text})

    async def latest_of(self, author: ResidentId, chat: ChatId, since: datetime) -> Idea | None:
        return await self._idea(_LATEST_OF, {"author": author, "chat": chat, "since": since})

    async def before(self, author: ResidentId, idea: IdeaId) -> Idea | None:
        return await self._idea(_BEFORE, {"author": author, "idea": idea})

    async def written_at(self, author: ResidentId, count: int, since: datetime) -> datetime | None:
        values = {"author": author, "others": count - 1, "since": since}
        row = await _WRITTEN_AT.one(self._connection, values)
        return None if row is None else row.created_at

    async def correct(self, idea: IdeaId, text: str, now: datetime) -> None:
        await changes.correct(self._connection, idea, text, now)

    async def give_words(self, draft: IdeaId, words: NewIdea, now: datetime) -> None:
        await changes.give_words(self._connection, draft, words, now)

    async def settle_whose(self, idea: IdeaId, whose: WordsOf, written_at: datetime, now: datetime) -> None:
        await changes.settle_whose(self._connection, idea, whose, written_at, now)

    async def set_place(self, idea: IdeaId, place: Place) -> None:
        await changes.set_place(self._connection, idea, place)

    async def set_anonymous(self, idea: IdeaId, is_anonymous: bool) -> None:
        await changes.set_anonymous(self._connection, idea, is_anonymous)

    async def set_state(self, idea: IdeaId, state: IdeaState, now: datetime) -> None:
        await changes.set_state(self._connection, idea, state, now)

    async def absorb(self, into: IdeaId, idea: IdeaId) -> None:
        await absorbing.absorb(self._connection, into, idea)

    async def take_after(self, idea: IdeaId, other: IdeaId) -> None:
        await changes.take_after(self._connection, idea, other)

    async def newest(self, limit: int, before: IdeaId | None = None, offset: int = 0) -> Sequence[IdeaView]:
        if before is None:
            return await self._views(_NEWEST, {"limit": limit, "offset": offset})
        return await self._views(_OLDER, {"limit": limit, "offset": offset, "before": before})

    async def of_author(self, author: ResidentId, limit: int) -> Sequence[IdeaView]:
        return await self._views(_OF_AUTHOR, {"author": author, "limit": limit, "offset": 0})

    async def written_since(self, ideas: Sequence[IdeaId], since: datetime) -> Sequence[IdeaId]:
        found: list[IdeaId] = []
        for start in range(0, len(ideas), _AT_ONCE):
            chunk = {"some": list(ideas[start : start + _AT_ONCE]), "since": since}
            found += (await self._connection.execute(_WRITTEN_SINCE, chunk)).scalars()
        return found

    async def flag_duplicates(self, duplicates: Sequence[Duplicate]) -> None:
        there = await self._those(_THERE, {idea for pair in duplicates for idea in (pair.idea, pair.of)})
        rows = [
            {"idea_id": pair.idea, "of_idea_id": pair.of, "likeness": pair.likeness}
            for pair in duplicates
            if {pair.idea, pair.of} <= there
        ]
        if rows:
            await self._connection.execute(_FLAG, rows)

    async def duplicates_of(self, idea: IdeaId) -> Sequence[Duplicate]:
        rows = await self._connection.execute(_DUPLICATES_OF, {"idea": idea})
        return [Duplicate(IdeaId(row.idea_id), IdeaId(row.of_idea_id), row.likeness) for row in rows]

    async def imported_ids(self, external_ids: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        for start in range(0, len(external_ids), _AT_ONCE):
            chunk = list(external_ids[start : start + _AT_ONCE])
            found.update((await self._connection.execute(_IMPORTED, {"external": chunk})).scalars())
        return frozenset(found)

    async def texts(self) -> Sequence[IdeaText]:
        rows = await self._connection.execute(_TEXTS)
        return [idea_text_of(row) for row in rows]

    async def all(self) -> AsyncIterator[IdeaView]:
        async with self._connection.stream(_ALL) as rows:
            async for row in rows:
                yield view_of(row)

    async def tokens(self, ideas: Sequence[IdeaId]) -> Mapping[IdeaId, Token]:
        rows = await self._connection.execute(_TOKENS, {"some": list(ideas)})
        return {IdeaId(row.id): Token(row.token) for row in rows}

    async def published_of(self, ideas: Collection[IdeaId]) -> Set[IdeaId]:
        return await self._those(_PUBLISHED_OF, ideas)

    async def count(self) -> int:
        return (await self._connection.execute(_COUNT)).scalar_one()

    async def _those(self, which: Select[int], ideas: Collection[IdeaId]) -> Set[IdeaId]:
        some = sorted(ideas)
        found: set[IdeaId] = set()
        for start in range(0, len(some), _AT_ONCE):
            chunk = {"some": some[start : start + _AT_ONCE]}
            found.update(IdeaId(id) for id in (await self._connection.execute(which, chunk)).scalars())
        return found

    async def _process(self, name: str | None) -> int | None:
        if name is None:
            return None
        process: int = (await self._connection.execute(_PROCESS, {"name": name})).scalar_one()
        return process

    async def _idea(self, statement: Prepared, values: dict[str, object]) -> Idea | None:
        row = await statement.one(self._connection, values)
        return None if row is None else idea_of(row)

    async def _view(self, statement: Prepared, values: dict[str, object]) -> IdeaView | None:
        row = await statement.one(self._connection, values)
        return None if row is None else view_of(row)

    async def _views(self, statement: Select[Any], values: dict[str, object]) -> Sequence[IdeaView]:
        return [view_of(row) for row in await self._connection.execute(statement, values)]


def _values(idea: NewIdea, process: int | None) -> dict[str, object]:
    place = idea.place or Place()
    return {
        "token": idea.token or new_token(),
        "author_id": idea.author,
        "process_id": process,
        "text": idea.text,
        "language": idea.language,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "place": place.name,
        "state": idea.state,
        "source": idea.source,
        "external_id": idea.external_id,
        "chat_id": idea.chat,
        "message_id": idea.message,
        "created_at": idea.created_at,
        "touched_at": idea.created_at,
        "words_of": idea.words_of,
    }
