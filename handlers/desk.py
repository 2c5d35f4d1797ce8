"""The facilitators' command for the digest as of now."""

from telegram import Update
from telegram.ext import CommandHandler, filters

from cocreation.services.send_digests import digest_of, period_until
from handlers.context import TownApplication, TownContext
from handlers.digest import digest_message
from handlers.roles import only_facilitators


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("digest", digest, filters.UpdateType.MESSAGE))


async def digest(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    period = period_until(context.now, context.town.schedule, context.town)
    found = await digest_of(context.work, period, context.town.time_zone, now=context.now)
    message = digest_message(found, context.town.digest_language, context.town)
    await context.answer(update, message)
