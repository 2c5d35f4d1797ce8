"""An idea goes into another one: what others did with it goes along, and then it is gone."""

from typing import Any

from sqlalchemy import (
    Column,
    Insert,
    Integer,
    ScalarSelect,
    Table,
    Text,
    Update,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.conversation import Step
from cocreation.ideas.ids import IdeaId
from storage.schema import (
    comments,
    conversations,
    follows,
    idea_messages,
    idea_versions,
    ideas,
    media,
    moderation_acts,
    moderation_cases,
    notices,
    reports,
    supports,
)

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
_theirs = reports.alias("theirs")
_reporters = select(_theirs.c.reporter_id).where(_theirs.c.reporter_id.is_not(None))
_FORGET_SETTLED = delete(reports).where(
    reports.c.idea_id == bindparam("into"),
    reports.c.settled_at.is_not(None),
    reports.c.reporter_id.in_(
        _reporters.where(_theirs.c.idea_id == bindparam("idea"), _theirs.c.settled_at.is_(None))
    ),
)
"""A person reports an idea once: what still waits for a decision goes before what had one."""
_GIVE_REPORTS_ON = (
    update(reports)
    .where(
        reports.c.idea_id == bindparam("idea"),
        or_(
            reports.c.reporter_id.is_(None),
            reports.c.reporter_id.not_in(_reporters.where(_theirs.c.idea_id == bindparam("into"))),
        ),
    )
    .values(idea_id=bindparam("into"))
)
_there = moderation_cases.alias("there")
_GIVE_CASES_ON = (
    update(moderation_cases)
    .where(
        moderation_cases.c.idea_id == bindparam("idea"),
        or_(
            moderation_cases.c.settled_at.is_not(None),
            ~select(_there.c.id)
            .where(_there.c.idea_id == bindparam("into"), _there.c.settled_at.is_(None))
            .exists(),
        ),
    )
    .values(idea_id=bindparam("into"))
)
_gone = ideas.alias("gone")


def _of_gone(column: Column[Any]) -> ScalarSelect[Any]:
    return select(_gone.c[column.name]).where(_gone.c.id == bindparam("idea")).scalar_subquery()


_GIVE_ITSELF_ON = (
    update(ideas)
    .where(ideas.c.id == bindparam("into"))
    .values(
        process_id=func.coalesce(ideas.c.process_id, _of_gone(ideas.c.process_id)),
        is_anonymous=func.max(ideas.c.is_anonymous, _of_gone(ideas.c.is_anonymous)),
    )
)
_ASK_ABOUT_OTHER = (
    update(conversations)
    .where(conversations.c.step == Step.COMMENT, conversations.c.subject == bindparam("idea"))
    .values(subject=bindparam("into"))
)
"""Who is about to comment on the one idea does so on the other."""


def _give_all_on(table: Table) -> Update:
    return update(table).where(table.c.idea_id == bindparam("idea")).values(idea_id=bindparam("into"))


_STEPS = (
    _GIVE_FILES_ON,
    _give_on(supports),
    _give_on(follows),
    _FORGET_SETTLED,
    _GIVE_REPORTS_ON,
    _GIVE_CASES_ON,
    _give_all_on(moderation_acts),
    _give_all_on(comments),
    _give_all_on(notices),
    _give_all_on(idea_messages),
    _give_all_on(idea_versions),
    _ASK_ABOUT_OTHER,
    _GIVE_ITSELF_ON,
    delete(ideas).where(ideas.c.id == bindparam("idea")),
)


async def absorb(connection: AsyncConnection, into: IdeaId, idea: IdeaId) -> None:
    """What others gave to an idea goes to another one, and nothing is left of it."""
    for step in _STEPS:
        await connection.execute(step, {"into": into, "idea": idea})
