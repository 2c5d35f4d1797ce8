"""Somebody in a group thinks that another person's message is an idea: that person decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cocreation.ideas.ids import ChatId, MessageId, OfferId

OFFER_LASTS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Offer:
    """`message` is what the author wrote in the group. `author` and `asker` are numbers in Telegram: who says
    no never becomes a resident. Without text it was declined, and is kept so as not to ask again."""

    id: OfferId
    chat: ChatId
    message: MessageId
    thread: int | None
    author: int
    asker: int
    text: str
    created_at: datetime

    @property
    def is_declined(self) -> bool:
        return not self.text

    def is_over(self, now: datetime) -> bool:
        return now - self.created_at > OFFER_LASTS


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer that is about to be made."""

    chat: ChatId
    message: MessageId
    thread: int | None
    author: int
    asker: int
    text: str
