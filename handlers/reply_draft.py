"""An answer of the town while it is written: kept in the conversation of the chat, so that a restart changes
nothing."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.reply import Status


@dataclass(frozen=True, slots=True)
class Draft:
    """`at` is the message that asks for the words, and then shows them; `text` is None until they came."""

    idea: IdeaId
    status: Status
    at: MessageId
    text: str | None = None

    @property
    def slot(self) -> str:
        return f"reply:{self.idea}"

    @classmethod
    def of(cls, conversation: Conversation | None) -> Self | None:
        """The answer that is being written in a chat, if there is one."""
        if conversation is None or conversation.step is not Step.REPLY or conversation.subject is None:
            return None
        kept = json.loads(conversation.words or "{}")
        return cls(
            IdeaId(conversation.subject), Status(kept["status"]), MessageId(kept["at"]), kept.get("text")
        )

    def kept_in(self, chat: ChatId, now: datetime) -> Conversation:
        """What the chat waits for from now on."""
        words = json.dumps({"status": self.status, "at": self.at, "text": self.text}, ensure_ascii=False)
        return Conversation(chat, Step.REPLY, now, self.idea, words)
