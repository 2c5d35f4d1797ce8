"""How an idea changes after it was kept, and what of it changes along."""

from datetime import datetime

from sqlalchemy import (
    and_,
    bindparam,
    case,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.idea import IdeaState, NewIdea, Place, WordsOf
from cocreation.ideas.ids import IdeaId
from storage.schema import (
    UtcDateTime,
    duplicates,
    frame_goals,
    frame_looks,
    idea_vectors,
    idea_versions,
    ideas,
    look_alikes,
)

_is_changed = and_(ideas.c.id == bindparam("idea"), ideas.c.text != bindparam("words"))
_KEEP_VERSION = insert(idea_versions).from_select(
    ["idea_id", "text", "replaced_at"],
    # A draft that gets its first words has no history.
    select(ideas.c.id, ideas.c.text, bindparam("now", type_=UtcDateTime())).where(
        _is_changed, ideas.c.text != ""
    ),
)
_changed = select(ideas.c.id).where(_is_changed)
_FORGET_MEANING = (
    *(
        delete(found).where(found.c.idea_id.in_(_changed))
        for found in (idea_vectors, frame_goals, frame_looks)
    ),
    delete(duplicates).where(or_(duplicates.c.idea_id.in_(_changed), duplicates.c.of_idea_id.in_(_changed))),
    delete(look_alikes).where(or_(look_alikes.c.idea_id.in_(_changed), look_alikes.c.other_id.in_(_changed))),
)
_CORRECT = (
    update(ideas)
    .where(_is_changed)
    .values(
        text=bindparam("words"),
        edited_at=case((ideas.c.text == "", ideas.c.edited_at), else_=bindparam("now", type_=UtcDateTime())),
        touched_at=bindparam("now", type_=UtcDateTime()),
    )
)
_GIVE_WORDS = (
    update(ideas)
    .where(ideas.c.id == bindparam("draft"), ideas.c.state == IdeaState.DRAFT)
    .values(
        text=bindparam("words"),
        state=IdeaState.PUBLISHED,
        chat_id=bindparam("chat"),
        message_id=bindparam("message"),
        created_at=bindparam("written_at"),
        touched_at=bindparam("now"),
    )
)
_SET_PLACE = (
    update(ideas)
    .where(ideas.c.id == bindparam("idea"))
    .values(latitude=bindparam("north"), longitude=bindparam("east"), place=bindparam("name"))
)
_SET_STATE = (
    update(ideas)
    .where(ideas.c.id == bindparam("idea"))
    .values(state=bindparam("new"), withdrawn_at=bindparam("withdrawn"), touched_at=bindparam("now"))
)
_SET_ANONYMOUS = (
    update(ideas).where(ideas.c.id == bindparam("idea")).values(is_anonymous=bindparam("anonymous"))
)
_SETTLE_WHOSE = (
    update(ideas)
    .where(ideas.c.id == bindparam("idea"), ideas.c.state == IdeaState.DRAFT)
    .values(
        state=IdeaState.PUBLISHED,
        words_of=bindparam("whose"),
        created_at=bindparam("written_at"),
        touched_at=bindparam("now"),
    )
)
_other = ideas.alias("other")
_TAKE_AFTER = (
    update(ideas)
    .where(ideas.c.id == bindparam("idea"))
    .values(
        process_id=select(_other.c.process_id).where(_other.c.id == bindparam("other")).scalar_subquery(),
        is_anonymous=select(_other.c.is_anonymous).where(_other.c.id == bindparam("other")).scalar_subquery(),
    )
)
_FORGET_VECTOR = delete(idea_vectors).where(idea_vectors.c.idea_id == bindparam("idea"))


async def correct(connection: AsyncConnection, idea: IdeaId, text: str, now: datetime) -> None:
    values = {"idea": idea, "words": text, "now": now}
    await connection.execute(_KEEP_VERSION, values)
    for forget in _FORGET_MEANING:
        await connection.execute(forget, {"idea": idea, "words": text})
    await connection.execute(_CORRECT, values)


async def give_words(connection: AsyncConnection, draft: IdeaId, words: NewIdea, now: datetime) -> None:
    values = {
        "draft": draft,
        "words": words.text,
        "chat": words.chat,
        "message": words.message,
        "written_at": words.created_at,
        "now": now,
    }
    await connection.execute(_GIVE_WORDS, values)


async def settle_whose(
    connection: AsyncConnection, idea: IdeaId, words_of: WordsOf, written_at: datetime, now: datetime
) -> None:
    values = {"idea": idea, "whose": words_of, "written_at": written_at, "now": now}
    await connection.execute(_SETTLE_WHOSE, values)


async def set_place(connection: AsyncConnection, idea: IdeaId, place: Place) -> None:
    values = {"idea": idea, "north": place.latitude, "east": place.longitude, "name": place.name}
    await connection.execute(_SET_PLACE, values)


async def set_anonymous(connection: AsyncConnection, idea: IdeaId, is_anonymous: bool) -> None:
    await connection.execute(_SET_ANONYMOUS, {"idea": idea, "anonymous": int(is_anonymous)})


async def set_state(connection: AsyncConnection, idea: IdeaId, state: IdeaState, now: datetime) -> None:
    # Without a vector an idea that comes back is looked at anew, by those too who have forgotten it.
    await connection.execute(_FORGET_VECTOR, {"idea": idea})
    withdrawn = now if state is IdeaState.WITHDRAWN else None
    values = {"idea": idea, "new": state, "withdrawn": withdrawn, "now": now}
    await connection.execute(_SET_STATE, values)


async def take_after(connection: AsyncConnection, idea: IdeaId, other: IdeaId) -> None:
    """Belong to the process of the other idea, and be as anonymous."""
    await connection.execute(_TAKE_AFTER, {"idea": idea, "other": other})
