"""People ask the bot inline, from any of their chats, and choose one of its results."""

from dataclasses import dataclass, replace

from sandbox.context import Context, hung_on
from sandbox.errors import SandboxError
from sandbox.inline import InlineQuery
from sandbox.people import member
from sandbox.privacy import tell_if_heard
from sandbox.values import Json
from sandbox.world import World

MAX_QUERY = 256


@dataclass(frozen=True, slots=True)
class Choice:
    """One result of one inline query."""

    query_id: str
    result_id: str


def ask(world: World, chat_id: int, person_id: int, words: str, offset: str = "") -> InlineQuery:
    """Let a person type words after the bot's name; the bot is told unless its kept answer still holds."""
    chat, person = member(world, chat_id, person_id)
    if len(words) > MAX_QUERY:
        raise SandboxError(f"an inline query has at most {MAX_QUERY} characters")
    query = world.inline.ask(chat_id, person_id, words.strip(), offset)
    if query.answer is None:
        content = {
            "id": query.id,
            "from": person.user(),
            "query": query.words,
            "offset": offset,
            "chat_type": "sender" if chat.is_private else chat.type,
        }
        world.tell_bot("inline_query", content, person_id)
    return query


def choose(
    world: World,
    chat_id: int,
    person_id: int,
    chosen: Choice,
    context: Context | None = None,
) -> Json:
    """Let a person send one of the results; gives the message.

    It has an inline_message_id if it has buttons, and the bot is told of the choice.
    """
    chat, person = member(world, chat_id, person_id)
    query = world.inline.find(chosen.query_id)
    content = None if query is None or query.answer is None else query.answer.contents.get(chosen.result_id)
    if query is None or content is None or query.person_id != person_id:
        raise SandboxError("there is no such result of this query")
    around = hung_on(world, chat, replace(context or Context(), forward_from=None, media_group_id=None))
    message = world.post(chat, person.user(), {**around, "via_bot": world.bot.user(), **content})
    has_buttons = "reply_markup" in message
    inline_id = world.inline.new_message(chat_id, message["message_id"]) if has_buttons else None
    tell_if_heard(world, chat, message, "message")
    if world.inline_feedback:
        told = {"result_id": chosen.result_id, "from": person.user(), "query": query.words}
        where = {} if inline_id is None else {"inline_message_id": inline_id}
        world.tell_bot("chosen_inline_result", {**told, **where}, chat_id)
    return message


def shown(query: InlineQuery) -> Json:
    """A query with what the bot answered, as the control API shows it; `results` is null until then."""
    answer = query.answer
    return {
        "inline_query_id": query.id,
        "results": None if answer is None else answer.results,
        "next_offset": "" if answer is None else answer.next_offset,
        "button": None if answer is None else answer.button,
        "is_cached": query.is_cached,
    }
