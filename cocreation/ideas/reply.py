"""The town's public answer to an idea, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.ids import IdeaId, ReplyId


class Status(StrEnum):
    """How far the town is with an idea; none where it has said nothing yet."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    PLANNED = "planned"
    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. A later one to the same idea comes on top, the earlier ones stay as its history."""

    id: ReplyId
    idea: IdeaId
    status: Status
    text: str
    created_at: datetime
