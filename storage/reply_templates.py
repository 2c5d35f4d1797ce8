"""The town's templates for answers. One that was removed can be put back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import Language, TemplateId
from cocreation.ideas.reply import Status
from cocreation.ideas.template import Template
from storage.schema import reply_templates

_there = reply_templates.c.removed_at.is_(None)
_order = (reply_templates.c.status, reply_templates.c.language, reply_templates.c.id)
_ADD = insert(reply_templates).returning(reply_templates.c.id)
_GET = select(reply_templates).where(reply_templates.c.id == bindparam("template"))
_PAGE = (
    select(reply_templates)
    .where(_there)
    .order_by(*_order)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT = select(func.count()).select_from(reply_templates).where(_there)
_FOR_STATUS = (
    select(reply_templates)
    .where(_there, reply_templates.c.status == bindparam("stands"))
    .order_by(reply_templates.c.language != bindparam("language"), *_order)
    .limit(bindparam("limit"))
)
_this = update(reply_templates).where(reply_templates.c.id == bindparam("template"))
_CHANGE = _this.values(text=bindparam("words"))
_REMOVE = _this.values(removed_at=bindparam("moment"))


class SqlTemplateRepository:
    """See `cocreation.ports.TemplateRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, status: Status, language: Language, text: str) -> TemplateId:
        values = {"status": status, "language": language, "text": text}
        return TemplateId((await self._connection.execute(_ADD, values)).scalar_one())

    async def get(self, template: TemplateId) -> Template | None:
        row = (await self._connection.execute(_GET, {"template": template})).one_or_none()
        return None if row is None else _template(row)

    async def page(self, limit: int, offset: int = 0) -> Sequence[Template]:
        rows = await self._connection.execute(_PAGE, {"limit": limit, "offset": offset})
        return [_template(row) for row in rows]

    async def count(self) -> int:
        return (await self._connection.execute(_COUNT)).scalar_one()

    async def for_status(self, status: Status, language: Language, limit: int) -> Sequence[Template]:
        values = {"stands": status, "language": language, "limit": limit}
        return [_template(row) for row in await self._connection.execute(_FOR_STATUS, values)]

    async def change(self, template: TemplateId, text: str) -> None:
        await self._connection.execute(_CHANGE, {"template": template, "words": text})

    async def remove(self, template: TemplateId, now: datetime) -> None:
        await self._connection.execute(_REMOVE, {"template": template, "moment": now})

    async def put_back(self, template: TemplateId) -> None:
        await self._connection.execute(_REMOVE, {"template": template, "moment": None})


def _template(row: Row[*tuple[Any, ...]]) -> Template:
    return Template(
        id=TemplateId(row.id),
        status=Status(row.status),
        language=Language(row.language),
        text=row.text,
        is_removed=row.removed_at is not None,
    )
