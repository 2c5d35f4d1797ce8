"""The log of what facilitators did, and who cannot write for a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, insert, literal, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ActId, CaseId, CommentId, IdeaId, ResidentId
from cocreation.ideas.moderation import HIDING, Act, ActKind, Block, Happened, NewAct, What
from cocreation.ideas.report import Reason, Reported
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.schema import blocks, moderation_acts, moderation_words, residents

_ADD = insert(moderation_acts).returning(moderation_acts.c.id)
_SAY = insert(moderation_words)
_ACT: Select[Any] = (
    select(moderation_acts, moderation_words.c.text, residents.c.pseudonym)
    .outerjoin(moderation_words, moderation_words.c.act_id == moderation_acts.c.id)
    .outerjoin(residents, residents.c.id == moderation_acts.c.by_id)
)
_GET = _ACT.where(moderation_acts.c.id == bindparam("act"))
_TOGETHER = _ACT.where(
    moderation_acts.c.happened_at == bindparam("moment"),
    moderation_acts.c.case_id == bindparam("case"),
    moderation_acts.c.kind == bindparam("which"),
    moderation_acts.c.undone_at.is_(None),
).order_by(moderation_acts.c.id)
_is_about = or_(
    moderation_acts.c.idea_id == bindparam("idea"), moderation_acts.c.comment_id == bindparam("comment")
)
_ABOUT = _ACT.where(_is_about).order_by(moderation_acts.c.id.desc()).limit(bindparam("limit"))
_stands = moderation_acts.c.undone_at.is_(None)
_is_hiding = and_(moderation_acts.c.kind.in_(HIDING), moderation_acts.c.was.is_not(None))
_HIDING = _ACT.where(_is_about, _is_hiding, _stands).order_by(moderation_acts.c.id.desc()).limit(1)
_SHOWN_OR_HIDDEN = (
    _ACT.where(_is_about, moderation_acts.c.kind.in_((*HIDING, ActKind.RESTORE)), _stands)
    .order_by(moderation_acts.c.id.desc())
    .limit(1)
)
_BLOCKED_OR_LIFTED = (
    _ACT.where(
        moderation_acts.c.person_id == bindparam("person"),
        moderation_acts.c.kind.in_((ActKind.BLOCK, ActKind.LIFT)),
        _stands,
    )
    .order_by(moderation_acts.c.id.desc())
    .limit(1)
)
_HID_FROM = (
    update(moderation_acts).where(moderation_acts.c.id == bindparam("act")).values(was=bindparam("state"))
)
_DECIDED = _ACT.where(_is_about, moderation_acts.c.happened_at == bindparam("moment")).order_by(
    moderation_acts.c.id.desc()
)
_OF_CASE = (
    _ACT.where(moderation_acts.c.case_id == bindparam("case"))
    .order_by(moderation_acts.c.id.desc())
    .limit(bindparam("limit"))
)
_ANSWER = _ACT.where(moderation_acts.c.answers_id == bindparam("act"))
_LATEST = _ACT.order_by(moderation_acts.c.id.desc()).limit(bindparam("limit")).offset(bindparam("offset"))
_UNDO = (
    update(moderation_acts)
    .where(moderation_acts.c.id == bindparam("act"), moderation_acts.c.undone_at.is_(None))
    .values(undone_at=bindparam("now"), undone_by_id=bindparam("by"))
)
_HAPPENED = union_all(
    select(moderation_acts.c.kind, moderation_acts.c.what, moderation_acts.c.happened_at.label("at")).where(
        or_(_is_hiding, and_(moderation_acts.c.undone_at.is_(None), moderation_acts.c.kind.not_in(HIDING)))
    ),
    select(literal(ActKind.RESTORE), moderation_acts.c.what, moderation_acts.c.undone_at).where(
        _is_hiding, moderation_acts.c.undone_at.is_not(None)
    ),
).order_by("at")
_BLOCKED = Prepared(
    select(blocks).where(blocks.c.resident_id == bindparam("person"), blocks.c.until > bindparam("now"))
)
_BLOCK = upsert(blocks, keys=("resident_id",), change=("act_id", "reason", "until"))
_LIFT = delete(blocks).where(blocks.c.resident_id == bindparam("person"))


class SqlActRepository:
    """See `cocreation.ports.ActRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, act: NewAct, words: str | None = None) -> ActId:
        values = {
            "kind": act.kind,
            "what": act.what,
            "idea_id": act.about.idea,
            "comment_id": act.about.comment,
            "case_id": act.case,
            "person_id": act.person,
            "by_id": act.by,
            "reason": act.reason,
            "was": act.was,
            "until": act.until,
            "answers_id": act.answers,
            "happened_at": act.at,
        }
        made = ActId((await self._connection.execute(_ADD, values)).scalar_one())
        if words is not None:
            said = {"act_id": made, "text": words, "about_id": act.person, "by_id": act.by}
            await self._connection.execute(_SAY, said)
        return made

    async def get(self, act: ActId) -> Act | None:
        row = (await self._connection.execute(_GET, {"act": act})).one_or_none()
        return None if row is None else _act(row)

    async def together(self, act: Act) -> Sequence[Act]:
        if act.case is None:
            return [act] if act.stands else []
        return await self._acts(_TOGETHER, {"moment": act.at, "case": act.case, "which": act.kind})

    async def about(self, about: Reported, limit: int) -> Sequence[Act]:
        return await self._acts(_ABOUT, {"idea": about.idea, "comment": about.comment, "limit": limit})

    async def hiding(self, about: Reported) -> Act | None:
        values = {"idea": about.idea, "comment": about.comment}
        return next(iter(await self._acts(_HIDING, values)), None)

    async def shown_or_hidden(self, about: Reported) -> Act | None:
        values = {"idea": about.idea, "comment": about.comment}
        return next(iter(await self._acts(_SHOWN_OR_HIDDEN, values)), None)

    async def hid_from(self, act: ActId, was: str) -> None:
        await self._connection.execute(_HID_FROM, {"act": act, "state": was})

    async def of_case(self, case: CaseId, limit: int) -> Sequence[Act]:
        return await self._acts(_OF_CASE, {"case": case, "limit": limit})

    async def decided(self, about: Reported, moment: datetime) -> Act | None:
        values = {"idea": about.idea, "comment": about.comment, "moment": moment}
        return next((act for act in await self._acts(_DECIDED, values) if act.stands), None)

    async def answer_to(self, act: ActId) -> Act | None:
        return next(iter(await self._acts(_ANSWER, {"act": act})), None)

    async def latest(self, limit: int, offset: int = 0) -> Sequence[Act]:
        return await self._acts(_LATEST, {"limit": limit, "offset": offset})

    async def undo(self, act: ActId, by: ResidentId | None, now: datetime) -> None:
        await self._connection.execute(_UNDO, {"act": act, "by": by, "now": now})

    async def happened(self) -> Sequence[Happened]:
        rows = await self._connection.execute(_HAPPENED)
        return [Happened(ActKind(row.kind), What(row.what), row.at) for row in rows]

    async def blocked_or_lifted(self, person: ResidentId) -> Act | None:
        return next(iter(await self._acts(_BLOCKED_OR_LIFTED, {"person": person})), None)

    async def block_of(self, person: ResidentId, now: datetime) -> Block | None:
        row = await _BLOCKED.one(self._connection, {"person": person, "now": now})
        if row is None:
            return None
        return Block(person, Reason(row.reason), row.until, None if row.act_id is None else ActId(row.act_id))

    async def block(self, block: Block) -> None:
        values = {
            "resident_id": block.person,
            "act_id": block.act,
            "reason": block.reason,
            "until": block.until,
        }
        await self._connection.execute(_BLOCK, values)

    async def lift(self, person: ResidentId) -> None:
        await self._connection.execute(_LIFT, {"person": person})

    async def _acts(self, statement: Select[Any], values: dict[str, Any]) -> Sequence[Act]:
        return [_act(row) for row in await self._connection.execute(statement, values)]


def _act(row: Any) -> Act:  # noqa: ANN401 - a row of _ACT
    return Act(
        kind=ActKind(row.kind),
        what=What(row.what),
        at=row.happened_at,
        by=None if row.by_id is None else ResidentId(row.by_id),
        about=Reported(
            None if row.idea_id is None else IdeaId(row.idea_id),
            None if row.comment_id is None else CommentId(row.comment_id),
        ),
        case=None if row.case_id is None else CaseId(row.case_id),
        person=None if row.person_id is None else ResidentId(row.person_id),
        reason=None if row.reason is None else Reason(row.reason),
        was=row.was,
        until=row.until,
        answers=None if row.answers_id is None else ActId(row.answers_id),
        id=ActId(row.id),
        undone_at=row.undone_at,
        words=row.text,
        by_name=row.pseudonym,
    )
