"""How an idea changes after it was kept, and what of it changes along."""

from datetime import datetime

from sqlalchemy import (
    Insert,
    Integer,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
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
    follows,
    idea_messages,
    idea_vectors,
    idea_versions,
    ideas,
    look_alikes,
    media,
    supports,
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
    delete(idea_vectors).where(idea_vectors.c.idea_id.in_(_changed)),
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
_FORGET_VECTOR = delete(idea_vectors).where(idea_vectors.c.idea_id == bindparam("idea"))

_author = select(ideas.c.author_id).where(ideas.c.id == bindparam("into")).scalar_subquery()


def _give_on(table: Table) -> Insert:
    """Whoever supports or follows the one idea does so with the other. The counts are kept by what comes and
    goes, so that rows are not changed where they stand."""
    there = table.alias("there")
    people = select(there.c.resident_id).where(there.c.idea_id == bindparam("into"))
    return insert(table).from_select(
        ["idea_id", "resident_id", "created_at"],
        select(bindparam("into", type_=Integer), table.c.resident_id, table.c.created_at).where(
            table.c.idea_id == bindparam("idea"),
            table.c.resident_id.not_in(people),
            table.c.resident_id.is_distinct_from(_author),
        ),
    )


_other = media.alias("other")
_GIVE_FILES_ON = (
    update(media)
    .where(media.c.idea_id == bindparam("idea"))
    .values(
        idea_id=bindparam("into"),
        # The same file may have come with both; its row has to go on, or nobody would erase the file.
        unique_id=case(
            (
                media.c.unique_id.in_(
                    select(_other.c.unique_id).where(_other.c.idea_id == bindparam("into"))
                ),
                media.c.unique_id + ":" + cast(media.c.id, Text),
            ),
            else_=media.c.unique_id,
        ),
    )
)
_ABSORB = (
    _GIVE_FILES_ON,
    _give_on(supports),
    _give_on(follows),
    update(idea_messages)
    .where(idea_messages.c.idea_id == bindparam("idea"))
    .values(idea_id=bindparam("into")),
)
_REMOVE = delete(ideas).where(ideas.c.id == bindparam("idea"))


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


async def absorb(connection: AsyncConnection, into: IdeaId, idea: IdeaId) -> None:
    """What others gave to an idea goes to another one, and nothing is left of it."""
    for step in _ABSORB:
        await connection.execute(step, {"into": into, "idea": idea})
    await connection.execute(_REMOVE, {"idea": idea})
