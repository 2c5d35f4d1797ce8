"""A process that is being made or changed in a guided chat: kept in the conversation of the chat."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, MessageId, ProcessId
from cocreation.ideas.process import NewProcess, Plan, day_begins, phases_between
from cocreation.ideas.town import Town

NOW, NEVER = "now", "-"
"""Instead of a day: at once, and when somebody does it."""


class Ask(StrEnum):
    """What is asked. A new process has the first six, in this order."""

    NAME = "n"
    GOAL = "g"
    OPENS = "o"
    CLOSES = "c"
    PHASES = "p"
    SURE = "s"
    DAYS = "d"


GUIDE: Sequence[Ask] = (Ask.NAME, Ask.GOAL, Ask.OPENS, Ask.CLOSES, Ask.PHASES, Ask.SURE)


@dataclass(frozen=True, slots=True)
class Draft:
    """`at` is the message that asks. `process` is the one that is changed, None for a new one; `phase` the
    place of the phase whose days are asked. `opens` and `closes` are days as ISO 8601, NOW or NEVER."""

    at: MessageId
    asks: Ask = Ask.NAME
    process: ProcessId | None = None
    phase: int = 0
    name: str = ""
    goal: str | None = None
    opens: str = NEVER
    closes: str = NEVER
    plan: Plan = Plan.NONE

    @classmethod
    def of(cls, conversation: Conversation | None) -> Self | None:
        """The draft that waits in a chat, if there is one."""
        if conversation is None or conversation.step is not Step.PROCESS_DESK:
            return None
        kept: dict[str, Any] = json.loads(conversation.words or "{}")
        return cls(**kept | {"asks": Ask(kept["asks"]), "plan": Plan(kept["plan"])})

    def kept_in(self, chat: ChatId, now: datetime) -> Conversation:
        """What the chat waits for from now on."""
        words = json.dumps(asdict(self), ensure_ascii=False)
        return Conversation(chat, Step.PROCESS_DESK, now, self.process, words)

    def beside(self, steps: int) -> Ask:
        """The question so many steps on, of a new process."""
        at = GUIDE.index(self.asks) + steps
        return GUIDE[min(max(at, 0), len(GUIDE) - 1)]

    def new_process(self, town: Town, now: datetime) -> NewProcess:
        """What it makes."""
        opens_at = opening(self.opens, town, now)
        closes_at = closing(self.closes, town)
        phases = phases_between(self.plan.kinds, opens_at, closes_at, town.time_zone)
        return NewProcess(self.name, self.goal, opens_at, closes_at, phases)


def opening(told: str, town: Town, now: datetime) -> datetime | None:
    """The moment at which it opens: now, at the beginning of the day, or when somebody opens it."""
    if told == NEVER:
        return None
    return now if told == NOW else day_begins(date.fromisoformat(told), town.time_zone)


def closing(told: str, town: Town) -> datetime | None:
    """The end of its last day."""
    if told == NEVER:
        return None
    return day_begins(date.fromisoformat(told) + timedelta(days=1), town.time_zone)
