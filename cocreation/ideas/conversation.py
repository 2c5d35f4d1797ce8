"""What the bot waits for in a chat. It is kept in the database: a restart changes nothing for the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import ChatId

STEP_LASTS = timedelta(hours=1)
"""A question older than that was forgotten by the person as well: what they write then is an idea again."""

LONG_STEP_LASTS = timedelta(days=1)
"""Who scanned a poster writes when there is time; and the town's answer takes a telephone call or two."""


class Step(StrEnum):
    """What the next message of the person is."""

    EDIT = "edit"
    PHOTO = "photo"
    PLACE = "place"
    COMMENT = "comment"
    SEARCH = "search"
    NEAR = "near"
    REPORT = "report"
    REPLY = "reply"
    TEMPLATE = "template"
    TRANSCRIPT = "transcript"
    PROCESS = "process"
    SETTING = "setting"
    MODERATE = "moderate"
    TO_FACILITATORS = "to_facilitators"
    THEME_NAME = "theme_name"
    PROCESS_DESK = "process_desk"
    DIGEST_DATES = "digest_dates"

    @property
    def lasts(self) -> timedelta:
        takes_time = (
            Step.PROCESS,
            Step.PROCESS_DESK,
            Step.REPLY,
            Step.MODERATE,
            Step.TO_FACILITATORS,
        )
        return LONG_STEP_LASTS if self in takes_time else STEP_LASTS


@dataclass(frozen=True, slots=True)
class Conversation:
    """`subject` is the number of what it is about (an idea, a comment, a file), `words` what else matters."""

    chat: ChatId
    step: Step
    since: datetime
    subject: int | None = None
    words: str | None = None

    def is_over(self, now: datetime) -> bool:
        return now - self.since > self.step.lasts
