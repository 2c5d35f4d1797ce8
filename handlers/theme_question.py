"""The question for a theme's name while it waits: kept in the conversation of the chat."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, MessageId, ThemeId


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """`at` is the message that asks what the theme shall be called."""

    theme: ThemeId
    at: MessageId

    @classmethod
    def of(cls, conversation: Conversation | None) -> Self | None:
        """The question that waits in a chat, if there is one."""
        if conversation is None or conversation.step is not Step.THEME_NAME or conversation.subject is None:
            return None
        kept = json.loads(conversation.words or "{}")
        return cls(ThemeId(conversation.subject), MessageId(kept["at"]))

    def kept_in(self, chat: ChatId, now: datetime) -> Conversation:
        """What the chat waits for from now on."""
        return Conversation(chat, Step.THEME_NAME, now, self.theme, json.dumps({"at": self.at}))
