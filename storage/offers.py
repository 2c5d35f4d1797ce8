"""Messages in groups of which their authors are asked whether they are ideas."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, MessageId, OfferId
from cocreation.ideas.offer import NewOffer, Offer
from storage.dialect import insert_ignoring
from storage.schema import offers

_ADD = insert_ignoring(offers, keys=("chat_id", "message_id"))
_ABOUT = select(offers).where(
    offers.c.chat_id == bindparam("chat"), offers.c.message_id == bindparam("message")
)
_GET = select(offers).where(offers.c.id == bindparam("offer"))
_CORRECT = (
    update(offers)
    .where(
        offers.c.chat_id == bindparam("chat"),
        offers.c.message_id == bindparam("message"),
        offers.c.text != "",
    )
    .values(text=bindparam("words"))
)
_DECLINE = update(offers).where(offers.c.id == bindparam("offer")).values(text="")
_REMOVE = delete(offers).where(offers.c.id == bindparam("offer"))
_MADE_BEFORE = select(offers).where(offers.c.created_at < bindparam("moment")).order_by(offers.c.id)


class SqlOfferRepository:
    """See `cocreation.ports.OfferRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, offer: NewOffer, now: datetime) -> Offer:
        values = {
            "chat_id": offer.chat,
            "message_id": offer.message,
            "thread": offer.thread,
            "author_telegram_id": offer.author,
            "asker_telegram_id": offer.asker,
            "text": offer.text,
            "created_at": now,
        }
        await self._connection.execute(_ADD, values)
        about = {"chat": offer.chat, "message": offer.message}
        return offer_of((await self._connection.execute(_ABOUT, about)).one())

    async def get(self, offer: OfferId) -> Offer | None:
        row = (await self._connection.execute(_GET, {"offer": offer})).one_or_none()
        return None if row is None else offer_of(row)

    async def correct(self, chat: ChatId, message: MessageId, text: str) -> None:
        await self._connection.execute(_CORRECT, {"chat": chat, "message": message, "words": text})

    async def decline(self, offer: OfferId) -> None:
        await self._connection.execute(_DECLINE, {"offer": offer})

    async def remove(self, offer: OfferId) -> None:
        await self._connection.execute(_REMOVE, {"offer": offer})

    async def made_before(self, moment: datetime) -> Sequence[Offer]:
        return [offer_of(row) for row in await self._connection.execute(_MADE_BEFORE, {"moment": moment})]


def offer_of(row: Row[*tuple[Any, ...]]) -> Offer:
    """The offer in a row of the table."""
    return Offer(
        id=OfferId(row.id),
        chat=ChatId(row.chat_id),
        message=MessageId(row.message_id),
        thread=row.thread,
        author=row.author_telegram_id,
        asker=row.asker_telegram_id,
        text=row.text,
        created_at=row.created_at,
    )
