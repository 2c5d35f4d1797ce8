"""An answer of the town while it is written: kept in the conversation of the chat, so that a restart changes
nothing."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, MessageId, ReplyPhotoId
from cocreation.ideas.reply import Answer, Status
from handlers.reply_subject import Target


@dataclass(frozen=True, slots=True)
class Draft:
    """`at` is the message that asks for the words, and then shows them; `text` is None until they came.

    `corrects` is the number of the answer that it is to replace. `after` is what stood there when it was
    begun: if that has changed, somebody else was faster.
    """

    target: Target
    status: Status
    at: MessageId
    text: str | None = None
    photo: ReplyPhotoId | None = None
    corrects: int | None = None
    after: int | None = None

    @property
    def slot(self) -> str:
        return self.target.slot

    @property
    def answer(self) -> Answer:
        return Answer(self.status, self.text or "", self.photo)

    @classmethod
    def of(cls, conversation: Conversation | None) -> Self | None:
        """The answer that is being written in a chat, if there is one."""
        if conversation is None or conversation.step is not Step.REPLY or conversation.subject is None:
            return None
        kept = json.loads(conversation.words or "{}")
        photo = kept.get("photo")
        return cls(
            target=Target(conversation.subject, is_theme=bool(kept.get("theme"))),
            status=Status(kept["status"]),
            at=MessageId(kept["at"]),
            text=kept.get("text"),
            photo=None if photo is None else ReplyPhotoId(photo),
            corrects=kept.get("corrects"),
            after=kept.get("after"),
        )

    def kept_in(self, chat: ChatId, now: datetime) -> Conversation:
        """What the chat waits for from now on."""
        words = {
            "status": self.status,
            "at": self.at,
            "text": self.text,
            "photo": self.photo,
            "theme": self.target.is_theme,
            "corrects": self.corrects,
            "after": self.after,
        }
        return Conversation(chat, Step.REPLY, now, self.target.id, json.dumps(words, ensure_ascii=False))
