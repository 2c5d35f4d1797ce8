"""Files of what the town collected that have not arrived: made anew without who is forgotten."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, OutboxId
from cocreation.ideas.messages import SendFiles
from storage.outbox import POST, SqlOutbox
from storage.schema import outbox, town_exports
from storage.town_exports import SqlTownExportRepository

_TO_SEND = select(outbox.c.id, outbox.c.chat_id, outbox.c.post).where(outbox.c.post.contains('"export":{'))
_LATEST = select(func.max(town_exports.c.id))
_UNTIL = bindparam("until", type_=Integer)
_asked = [column for column in town_exports.c if column.name != "id"]
_ASK_AGAIN = insert(town_exports).from_select(
    [column.name for column in _asked],
    select(*_asked).where(town_exports.c.id <= _UNTIL).order_by(town_exports.c.id),
)
_SETTLE = delete(town_exports).where(town_exports.c.id <= _UNTIL)


async def make_anew(connection: AsyncConnection, waiting: SqlOutbox, now: datetime) -> list[str]:
    """Ask again for what is being made, by another number, and for what waits to be sent; the paths of the
    files that nobody is to get."""
    files = []
    for row in list(await connection.execute(_TO_SEND)):
        post = POST.validate_json(row.post)
        if isinstance(post, SendFiles) and post.export is not None:
            await waiting.withdraw([OutboxId(row.id)])
            export = replace(post.export, chat=ChatId(row.chat_id))
            await SqlTownExportRepository(connection).ask(export, now)
            files += [file.once for file in post.files if file.once is not None]
    latest = (await connection.execute(_LATEST)).scalar_one()
    if latest is not None:
        await connection.execute(_ASK_AGAIN, {"until": latest})
        await connection.execute(_SETTLE, {"until": latest})
    return files
