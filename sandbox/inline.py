"""Inline mode: what people ask after the bot's name, what it answers, and the messages that come of it.

Source: https://core.telegram.org/bots/api#inline-mode
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.values import Json

ANSWER_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What answerInlineQuery gave: `results` as they came, `contents` the message that each makes, by id."""

    results: list[Json]
    contents: dict[str, Json]
    next_offset: str = ""
    button: Json | None = None
    cache_seconds: int = 300
    is_personal: bool = False


@dataclass(slots=True)
class InlineQuery:
    """Somebody typed words after the bot's name; `at` in seconds since 1970."""

    id: str
    chat_id: int
    person_id: int
    words: str
    offset: str
    at: float
    answer: InlineAnswer | None = None
    is_cached: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class InlineMode:
    """Inline queries with their answers, the answers kept for a while, and where inline messages stand."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self._clock = clock
        self._ids: dict[tuple[int, int], str] = {}
        self._queries: dict[str, InlineQuery] = {}
        self._kept: dict[tuple[str, str, int | None], tuple[float, InlineAnswer]] = {}

    def ask(self, chat_id: int, person_id: int, words: str, offset: str) -> InlineQuery:
        """Number a query; it is answered already when the bot's earlier answer may still be used."""
        query = InlineQuery(str(secrets.randbits(62)), chat_id, person_id, words, offset, self._clock())
        kept = self._kept_answer(words, offset, person_id)
        if kept is not None:
            query.answer, query.is_cached = kept, True
            query.answered.set()
        self._queries[query.id] = query
        return query

    def _kept_answer(self, words: str, offset: str, person_id: int) -> InlineAnswer | None:
        for key in ((words, offset, person_id), (words, offset, None)):
            until, answer = self._kept.get(key, (0.0, None))
            if answer is not None and until > self._clock():
                return answer
        return None

    def find(self, query_id: str) -> InlineQuery | None:
        """Look a query up."""
        return self._queries.get(query_id)

    def find_open(self, query_id: str) -> InlineQuery | None:
        """Look a query up that can still be answered; None once it was, or is too old."""
        query = self._queries.get(query_id)
        is_open = query is not None and query.answer is None and query.at >= self._clock() - ANSWER_SECONDS
        return query if is_open else None

    def settle(self, query: InlineQuery, answer: InlineAnswer) -> None:
        """Give a query its answer, and keep that for others who ask the same."""
        query.answer = answer
        who = query.person_id if answer.is_personal else None
        if answer.cache_seconds > 0:
            self._kept[(query.words, query.offset, who)] = (self._clock() + answer.cache_seconds, answer)
        query.answered.set()

    def new_message(self, chat_id: int, message_id: int) -> str:
        """Give a message that was sent through the bot its inline_message_id."""
        inline_message_id = secrets.token_urlsafe(18)
        self.restore(inline_message_id, chat_id, message_id)
        return inline_message_id

    def restore(self, inline_message_id: str, chat_id: int, message_id: int) -> None:
        """Know again where an inline message stands."""
        self.places[inline_message_id] = (chat_id, message_id)
        self._ids[(chat_id, message_id)] = inline_message_id

    def id_of(self, chat_id: int, message_id: int) -> str | None:
        """Give the inline_message_id of a message; None when it was not sent through the bot with buttons."""
        return self._ids.get((chat_id, message_id))
