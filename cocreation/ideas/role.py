"""Who runs the town's co-creation: administrators and facilitators, and how one becomes one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import FacilitatorId, InvitationId, ProcessId, ResidentId, Token

INVITATION_LASTS = timedelta(days=7)
LONGEST_NAME = 64


class Role(StrEnum):
    """An administrator is a facilitator who may also name facilitators and change the town's settings."""

    ADMINISTRATOR = "administrator"
    FACILITATOR = "facilitator"


@dataclass(frozen=True, slots=True)
class Charge:
    """What somebody has in hand: the whole town, or one process. An administrator has the whole town."""

    role: Role
    process: ProcessId | None = None

    def __post_init__(self) -> None:
        if self.role is Role.ADMINISTRATOR and self.process is not None:
            raise ValueError("an administrator has the whole town in hand")


@dataclass(frozen=True, slots=True)
class Facilitator:
    """A person with a charge, by the `name` that Telegram gave when they took it."""

    id: FacilitatorId
    resident: ResidentId
    name: str
    charge: Charge
    since: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link by which one person, whoever uses it first, gets a charge."""

    id: InvitationId
    token: Token
    charge: Charge
    by: ResidentId | None
    created_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        return self.created_at + INVITATION_LASTS

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do wherever they are."""

    charges: Sequence[Charge] = ()

    @property
    def is_administrator(self) -> bool:
        return any(charge.role is Role.ADMINISTRATOR for charge in self.charges)

    def may_facilitate(self, process: ProcessId | None = None) -> bool:
        """Whether they have the town in hand, or this process."""
        return any(charge.process is None or charge.process == process for charge in self.charges)


NO_RIGHTS = Rights()
