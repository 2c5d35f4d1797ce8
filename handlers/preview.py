"""`/preview`: the next digest as it stands now, when it comes and where."""

from dataclasses import replace
from html import escape

from telegram import Update
from telegram.ext import CommandHandler, filters

from cocreation.ideas.period import Period
from cocreation.services.send_digests import coming_period, digest_of
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.digest_buttons import asked_digest
from handlers.roles import only_facilitators
from handlers.updates import chat_of
from locales import Translator


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("preview", preview, filters.UpdateType.MESSAGE))


async def preview(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    town, t = context.town, await words_of_desk(context, chat_of(update))
    period = await coming_period(context.work, town.schedule, town, context.now)
    digest = await digest_of(context.work, period, town.time_zone, now=context.now)
    shown = asked_digest(digest, town, t)
    said = f"<i>{escape(_when(update, context, period, t))}</i>"
    await context.answer(update, replace(shown, html=f"{said}\n\n{shown.html}"))


def _when(update: Update, context: TownContext, period: Period, t: Translator) -> str:
    """When it is sent, and to which chat."""
    moment, chat = t.moment(context.town.local(period.end)), context.town.facilitator_chat
    if chat is None:
        return t.gettext(
            "The next digest as it stands now, for {moment}. No chat gets it yet: choose one in /settings.",
            moment=moment,
        )
    if chat == chat_of(update):
        return t.gettext("The next digest as it stands now. It comes here on {moment}.", moment=moment)
    return t.gettext(
        "The next digest as it stands now. It comes to the facilitators' group on {moment}.", moment=moment
    )
