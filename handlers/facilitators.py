"""`/facilitators`: who runs the town's co-creation; administrators invite people and end roles."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import InvitePrivatelyError, NotFoundError, RoleEndedError
from cocreation.ideas.deep_link import ToInvitation, link
from cocreation.ideas.ids import ChatId, FacilitatorId, InvitationId, Token
from cocreation.ideas.messages import Message
from cocreation.ideas.role import Facilitator
from cocreation.services.name_facilitators import (
    change_charge,
    end_charge,
    give_back_charge,
    invite,
    withdraw_invitation,
)
from handlers import invited
from handlers.actions import NEW_MESSAGE, Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.facilitator_text import (
    ACCEPT,
    ASK_END,
    CHANGE,
    DECLINE,
    END,
    GIVE_BACK,
    INVITATION,
    INVITE,
    PERSON,
    WITHDRAW,
    Reader,
    asked_to_end,
    charge_told,
    choose_charge,
    ended_page,
    invitation_page,
    people_page,
    person_page,
)
from handlers.roles import is_administrator, only_administrators, only_facilitators
from handlers.updates import in_group, pressed_data

SLOT = "facilitators"


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("facilitators", show, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.ROLES)))


async def show(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _people(update, context), SLOT)


async def press(update: Update, context: TownContext) -> None:
    """A button on these pages, or on the card of somebody who is invited."""
    said = arguments(pressed_data(update))
    match said:
        case [act, token] if act in (ACCEPT, DECLINE):
            return await invited.decide(update, context, token, accepts=act == ACCEPT)
        case [] | ["new"]:
            await only_facilitators(update, context)
            page = await _people(update, context)
        case _:
            await only_administrators(update, context)
            if said[0] in (INVITE, INVITATION) and in_group(update):
                raise InvitePrivatelyError
            page = await _page(update, context, said)
    await context.toast(update)
    if said == [NEW_MESSAGE]:
        return await context.answer(update, page, SLOT)
    return await context.change(update, page, SLOT)


async def _page(update: Update, context: TownContext, said: list[str]) -> Message:
    """What a button of an administrator leads to."""
    reader = await reader_of(update, context)
    match said:
        case [act] if act == INVITE:
            return choose_charge(reader)
        case [act, *told] if act == INVITE:
            return await _invite(update, context, told, reader)
        case [act, _] if act == INVITATION:
            found = await context.work.invitations.get(InvitationId(number(pressed_data(update), 1)))
            if found is None or not found.is_open(context.now):
                return await _people(update, context)
            return invitation_page(found, _url(context, found.token), reader)
        case [act, _] if act == WITHDRAW:
            await withdraw_invitation(
                context.work, InvitationId(number(pressed_data(update), 1)), context.now
            )
            taken = reader.t.gettext("The invitation is taken back.")
            return await _people(update, context, taken)
        case [act, _, *told] if act in (PERSON, ASK_END, END, GIVE_BACK, CHANGE):
            return await _person(update, context, act, told, reader)
        case _:
            raise NotFoundError


async def _invite(update: Update, context: TownContext, told: list[str], reader: Reader) -> Message:
    charge = charge_told(told)
    if charge is None:
        raise NotFoundError
    by = (await context.resident(update)).id
    made = await invite(context.work, charge, by, context.now)
    return invitation_page(made, _url(context, made.token), reader)


async def _person(update: Update, context: TownContext, act: str, told: list[str], reader: Reader) -> Message:
    who = FacilitatorId(number(pressed_data(update), 1))
    by, work, now = (await context.resident(update)).id, context.work, context.now
    others = bool(context.town.administrators)
    if act == END:
        ended = await end_charge(work, who, by, now, others_administer=others)
        await invited.tell_ended(context, ended)
        return ended_page(ended, reader)
    if act == GIVE_BACK:
        given = await give_back_charge(work, who, by, now)
        return person_page(given, reader, reader.t.gettext("The role is given back."))
    if act == CHANGE:
        charge = charge_told(told)
        if charge is None:
            raise NotFoundError
        changed = await change_charge(work, who, charge, by, now, others_administer=others)
        await invited.tell_changed(context, changed)
        return person_page(changed, reader, reader.t.gettext("Changed."))
    person = await _standing(context, who)
    return asked_to_end(person, reader) if act == ASK_END else person_page(person, reader)


async def _standing(context: TownContext, who: FacilitatorId) -> Facilitator:
    found = await context.work.facilitators.get(who)
    if found is None or found.ended_at is not None:
        raise RoleEndedError
    return found


async def _people(update: Update, context: TownContext, said: str = "") -> Message:
    reader = await reader_of(update, context)
    people = await context.work.facilitators.all()
    return people_page(people, await context.work.invitations.open(context.now), reader, said)


async def reader_of(update: Update, context: TownContext) -> Reader:
    """Who reads, in the language of where they do."""
    chat = update.effective_chat
    if chat is None:
        raise NotFoundError
    t = await words_of_desk(context, ChatId(chat.id))
    return Reader(
        context.town, t, await context.work.processes.by_number(), await is_administrator(update, context)
    )


def _url(context: TownContext, token: Token) -> str:
    return link(context.bot.username, ToInvitation(token))
