"""Administrators let people in who run the town's co-creation, give them another charge, and end it."""

from datetime import datetime

from cocreation.errors import (
    ChargeThereError,
    InvitationOverError,
    LastAdministratorError,
    NotFoundError,
    OwnChargeError,
    RoleEndedError,
    RoleIncludedError,
)
from cocreation.ideas.ids import FacilitatorId, InvitationId, ResidentId, Token
from cocreation.ideas.role import LONGEST_NAME, Charge, Facilitator, Invitation, Role
from cocreation.ports import Work


async def invite(work: Work, charge: Charge, by: ResidentId, now: datetime) -> Invitation:
    """A link that works once. Raises NotFoundError where the process is gone."""
    if charge.process is not None and await work.processes.name(charge.process) is None:
        raise NotFoundError
    return await work.invitations.make(charge, by, now)


async def withdraw_invitation(work: Work, invitation: InvitationId, now: datetime) -> Invitation:
    """Let nobody use it. Raises InvitationOverError where that is so already."""
    found = await work.invitations.get(invitation)
    if found is None or not found.is_open(now):
        raise InvitationOverError
    await work.invitations.withdraw(invitation, now)
    return found


async def open_invitation(work: Work, token: Token, now: datetime) -> Invitation:
    """The invitation behind a link. Raises InvitationOverError."""
    found = await work.invitations.by_token(token)
    if found is None or not found.is_open(now):
        raise InvitationOverError
    return found


async def accept_invitation(
    work: Work, token: Token, resident: ResidentId, name: str, now: datetime
) -> Facilitator:
    """The person has the charge from now on.

    Raises InvitationOverError, OwnChargeError and RoleIncludedError.
    """
    invitation = await open_invitation(work, token, now)
    has = await work.facilitators.of(resident)
    if any(each.charge == invitation.charge for each in has):
        raise OwnChargeError
    if invitation.charge == Charge(Role.FACILITATOR) and Charge(Role.ADMINISTRATOR) in [
        each.charge for each in has
    ]:
        raise RoleIncludedError
    await work.invitations.use(invitation.id, resident, now)
    for each in has:
        # One has the town in hand as one or as the other.
        if each.charge.process is None and invitation.charge.process is None:
            await work.facilitators.end(each.id, invitation.by, now)
    short = " ".join(name.split())[:LONGEST_NAME] or "?"
    made = await work.facilitators.appoint(resident, short, invitation.charge, invitation.by, now)
    return await _standing(work, made)


async def change_charge(
    work: Work,
    facilitator: FacilitatorId,
    charge: Charge,
    by: ResidentId,
    now: datetime,
    *,
    others_administer: bool,
) -> Facilitator:
    """Give a person another charge in place of this one. `others_administer`: the settings name somebody.

    Raises RoleEndedError, ChargeThereError, and LastAdministratorError.
    """
    before = await _standing(work, facilitator)
    has = await work.facilitators.of(before.resident)
    if any(each.charge == charge for each in has):
        raise ChargeThereError
    if charge.process is not None and await work.processes.name(charge.process) is None:
        raise NotFoundError
    if before.charge.role is Role.ADMINISTRATOR:
        await _leave_one(work, others_administer)
    for each in has:
        if each.id == before.id or (charge.process is None and each.charge.process is None):
            await work.facilitators.end(each.id, by, now)
    made = await work.facilitators.appoint(before.resident, before.name, charge, by, now)
    return await _standing(work, made)


async def end_charge(
    work: Work, facilitator: FacilitatorId, by: ResidentId | None, now: datetime, *, others_administer: bool
) -> Facilitator:
    """End what a person may do. Raises RoleEndedError and LastAdministratorError."""
    before = await _standing(work, facilitator)
    if before.charge.role is Role.ADMINISTRATOR:
        await _leave_one(work, others_administer)
    await work.facilitators.end(facilitator, by, now)
    return before


async def give_back_charge(
    work: Work, facilitator: FacilitatorId, by: ResidentId, now: datetime
) -> Facilitator:
    """Undo that a charge was ended. Raises RoleEndedError where the person is forgotten, ChargeThereError
    where they have it, or another one for the town."""
    ended = await work.facilitators.get(facilitator)
    if ended is None:
        raise RoleEndedError
    has = await work.facilitators.of(ended.resident)
    if any(each.charge.process == ended.charge.process for each in has):
        raise ChargeThereError
    made = await work.facilitators.appoint(ended.resident, ended.name, ended.charge, by, now)
    return await _standing(work, made)


async def end_charges_of(work: Work, resident: ResidentId, now: datetime) -> list[Facilitator]:
    """End what a facilitator who left the facilitators' chat may do. Administrators stay what they are."""
    has = await work.facilitators.of(resident)
    ended = [each for each in has if each.charge.role is not Role.ADMINISTRATOR]
    for each in ended:
        await work.facilitators.end(each.id, None, now)
    return ended


async def _standing(work: Work, facilitator: FacilitatorId) -> Facilitator:
    found = await work.facilitators.get(facilitator)
    if found is None or found.ended_at is not None:
        raise RoleEndedError
    return found


async def is_last_administrator(work: Work, resident: ResidentId, *, others_administer: bool) -> bool:
    """Whether nobody administers the town without this person."""
    there = await _administrators(work)
    return not others_administer and bool(there) and all(each.resident == resident for each in there)


async def _leave_one(work: Work, others_administer: bool) -> None:
    if len(await _administrators(work)) == 1 and not others_administer:
        raise LastAdministratorError


async def _administrators(work: Work) -> list[Facilitator]:
    return [each for each in await work.facilitators.all() if each.charge.role is Role.ADMINISTRATOR]
