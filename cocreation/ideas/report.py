"""Somebody says that an idea or a comment should not be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import CommentId, IdeaId, ReportId

REPORTS_AT_ONCE, AT_ONCE = 10, timedelta(minutes=10)
"""So many from one person in that time."""


class Reason(StrEnum):
    """What is wrong with it. The letters stand in buttons: they stay for good."""

    RUDE = "r"
    PRIVATE = "p"
    ADVERTISING = "a"
    OTHER = "o"


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is about: an idea, or a comment."""

    idea: IdeaId | None = None
    comment: CommentId | None = None


NOTHING = Reported()


@dataclass(frozen=True, slots=True)
class Report:
    """All that waits for one decision about one thing. `id` is that of the first report; nobody learns whose
    they are. `hidden_from`: the state in which it was until the decision hid it."""

    id: ReportId
    about: Reported
    reasons: Mapping[Reason, int]
    first_at: datetime
    settled_at: datetime | None = None
    hidden_from: str | None = None


def main_reason(report: Report) -> Reason:
    """What most people say is wrong with it; of several the first in the order of the letters."""
    return min(report.reasons, key=lambda reason: (-report.reasons[reason], reason))
