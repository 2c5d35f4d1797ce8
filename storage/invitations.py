"""Links by which people become facilitators."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import InvitationId, ResidentId, Token, new_invitation_token
from cocreation.ideas.role import INVITATION_LASTS, Charge, Invitation
from storage.facilitators import charge_of
from storage.schema import invitations

_MAKE = insert(invitations).returning(invitations)
_GET = select(invitations).where(invitations.c.id == bindparam("invitation"))
_BY_TOKEN = select(invitations).where(invitations.c.token == bindparam("token"))
_OPEN = (
    select(invitations)
    .where(invitations.c.used_at.is_(None), invitations.c.withdrawn_at.is_(None))
    .where(invitations.c.created_at > bindparam("since"))
    .order_by(invitations.c.id)
)
_USE = (
    update(invitations)
    .where(invitations.c.id == bindparam("invitation"))
    .values(used_at=bindparam("now"), used_by_id=bindparam("by"))
)
_WITHDRAW = (
    update(invitations)
    .where(invitations.c.id == bindparam("invitation"))
    .values(withdrawn_at=bindparam("now"))
)


class SqlInvitationRepository:
    """See `cocreation.ports.InvitationRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def make(self, charge: Charge, by: ResidentId, now: datetime) -> Invitation:
        values = {
            "token": new_invitation_token(),
            "role": charge.role,
            "process_id": charge.process,
            "by_id": by,
            "created_at": now,
        }
        return _invitation((await self._connection.execute(_MAKE, values)).one())

    async def get(self, invitation: InvitationId) -> Invitation | None:
        row = (await self._connection.execute(_GET, {"invitation": invitation})).one_or_none()
        return None if row is None else _invitation(row)

    async def by_token(self, token: Token) -> Invitation | None:
        row = (await self._connection.execute(_BY_TOKEN, {"token": token})).one_or_none()
        return None if row is None else _invitation(row)

    async def open(self, now: datetime) -> Sequence[Invitation]:
        found = await self._connection.execute(_OPEN, {"since": now - INVITATION_LASTS})
        return [_invitation(row) for row in found]

    async def use(self, invitation: InvitationId, by: ResidentId, now: datetime) -> None:
        await self._connection.execute(_USE, {"invitation": invitation, "by": by, "now": now})

    async def withdraw(self, invitation: InvitationId, now: datetime) -> None:
        await self._connection.execute(_WITHDRAW, {"invitation": invitation, "now": now})


def _invitation(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(
        id=InvitationId(row.id),
        token=Token(row.token),
        charge=charge_of(row),
        by=None if row.by_id is None else ResidentId(row.by_id),
        created_at=row.created_at,
        used_at=row.used_at,
        withdrawn_at=row.withdrawn_at,
    )
