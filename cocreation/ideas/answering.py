"""How the town answers: how much, how fast, and what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from cocreation.ideas.reply import Status

RECENTLY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Share:
    """Published ideas of some time, and how many of them have an answer now. That an idea was received is no
    answer yet."""

    answered: int
    ideas: int

    @property
    def per_cent(self) -> int | None:
        """Rounded down, so that 100 means all of them; None where there are no ideas."""
        return self.answered * 100 // self.ideas if self.ideas else None


@dataclass(frozen=True, slots=True)
class Answering:
    """The numbers at one moment. `recent` is about ideas of the last RECENTLY, `usual_time` the median from
    an idea to its first answer, for ideas of that time."""

    waiting: int
    longest: timedelta | None
    by_status: Mapping[Status, int]
    recent: Share
    ever: Share
    usual_time: timedelta | None
