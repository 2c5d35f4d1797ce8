"""Somebody who was invited says whether they help; who runs the town is told, and hears what changes."""

from html import escape

from telegram import Update

from cocreation.errors import MorgenError, NotFoundError
from cocreation.ideas.ids import Token
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.resident import Resident
from cocreation.ideas.role import Facilitator, Invitation
from cocreation.services.find_facilitators import find_administrators
from cocreation.services.name_facilitators import accept_invitation, open_invitation
from handlers.context import TownContext, language_of
from handlers.facilitator_text import (
    NAME,
    Reader,
    accepted_card,
    button_to,
    charge_words,
    declined_card,
    invited_card,
    slot_of,
)
from handlers.quoting import on_one_line
from locales import translator


async def ask(update: Update, context: TownContext, invitation: Invitation) -> None:
    """The card behind the link."""
    resident = await context.resident(update)
    card = invited_card(invitation, _name(update), await _reader(context, resident))
    await context.answer(update, card, slot_of(invitation.token))


async def decide(update: Update, context: TownContext, token: str, *, accepts: bool) -> None:
    """Yes or no on that card. Whoever knows the link may press; it is used up by the first yes."""
    resident = await context.resident(update)
    reader = await _reader(context, resident)
    invitation = await open_invitation(context.work, Token(token), context.now)
    await context.toast(update)
    if not accepts:
        return await context.change(update, declined_card(reader.t), slot_of(token))
    try:
        made = await accept_invitation(
            context.work, invitation.token, resident.id, _name(update), context.now
        )
    except MorgenError as error:
        said = Message(escape(reader.t.gettext(error.message, **error.values)))
        return await context.change(update, said, slot_of(token))
    await context.change(update, accepted_card(made, reader), slot_of(token))
    return await _tell_administrators(context, made)


async def tell_ended(context: TownContext, ended: Facilitator) -> None:
    """The person hears that they have this role no more."""
    resident = await context.work.residents.get(ended.resident)
    if resident is None:
        return
    reader = await _reader(context, resident)
    said = reader.t.gettext("Your role has ended: {role}.", role=charge_words(ended.charge, reader))
    await _say(context, resident, Message(escape(said)))


async def tell_changed(context: TownContext, changed: Facilitator) -> None:
    """The person hears of their new role."""
    resident = await context.work.residents.get(changed.resident)
    if resident is None:
        return
    reader = await _reader(context, resident)
    said = reader.t.gettext("You have another role now: {role}.", role=charge_words(changed.charge, reader))
    await _say(context, resident, Message(escape(said)))


async def tell_left(context: TownContext, ended: Facilitator) -> None:
    """Administrators hear that somebody left the facilitators' chat, and lost their role by that."""
    for administrator in await find_administrators(context.work, context.town):
        reader = await _reader(context, administrator)
        said = reader.t.gettext(
            "{name} left the facilitators' chat. The role has ended: {role}.",
            name=on_one_line(ended.name, NAME),
            role=charge_words(ended.charge, reader),
        )
        await _say(context, administrator, Message(escape(said)))


async def _tell_administrators(context: TownContext, made: Facilitator) -> None:
    for administrator in await find_administrators(context.work, context.town):
        if administrator.id == made.resident:
            continue
        reader = await _reader(context, administrator)
        said = reader.t.gettext(
            "{name} has accepted the invitation: {role}.",
            name=on_one_line(made.name, NAME),
            role=charge_words(made.charge, reader),
        )
        await _say(context, administrator, Message(escape(said), ((button_to(made.id, reader.t),),)))


async def _say(context: TownContext, resident: Resident, message: Message) -> None:
    if resident.chat is not None and not resident.is_away:
        await context.post(Show(resident.chat, message, is_new=True, priority=Priority.PUSH))


async def _reader(context: TownContext, resident: Resident) -> Reader:
    t = translator(language_of(resident, context.town))
    return Reader(context.town, t, await context.work.processes.by_number(), may_change=False)


def _name(update: Update) -> str:
    user = update.effective_user
    if user is None:
        raise NotFoundError
    return user.full_name
