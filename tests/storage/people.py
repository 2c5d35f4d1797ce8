"""People with something in every table."""

from datetime import UTC, datetime
from pathlib import Path

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.resident import Resident
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ANN, BOB = ChatId(712345678901), ChatId(42)
NL = Language("nl")


async def write(storage: SqlStorage, chat: ChatId, *texts: str) -> tuple[Resident, list[IdeaId]]:
    async with storage.writing() as work:
        resident = await work.residents.meet(chat, NL, NOW)
        ideas = [
            await work.ideas.add(
                NewIdea(text, NOW, author=resident.id, chat=chat, message=MessageId(at), language=NL)
            )
            for at, text in enumerate(texts, start=1)
        ]
    return resident, ideas


async def fill(storage: SqlStorage, ann: Resident, own: IdeaId, bobs: IdeaId) -> None:
    """See about_ann.sql."""
    now = NOW.isoformat(timespec="microseconds")
    who = {"ann": ann.id, "chat": ANN, "own": own, "bobs": bobs, "now": now}
    statements = Path(__file__).with_name("about_ann.sql").read_text().split(";\n")
    async with storage.writing() as work:
        for statement in filter(None, statements):
            await work._connection.exec_driver_sql(statement, who)
        await work.residents.give_pseudonym(ann.id, "Markante Vos")
        await work.outbox.put(Show(ANN, Message("toann waits"), slot="idea:1"), NOW)
        await work.outbox.put(Show(BOB, Message("<b>Markante Vos</b>: markcomment, on yours")), NOW)
        await work.outbox.put(Show(ChatId(43), Message("For Carl")), NOW)
