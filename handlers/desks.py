"""Where what needs a facilitator is shown."""

from collections.abc import Sequence

from telegram import Update

from cocreation.ideas.ids import ChatId
from cocreation.ideas.town import Town
from cocreation.ports import Work
from cocreation.services.find_facilitators import find_facilitators
from handlers.context import TownContext, language_of
from handlers.updates import in_group
from locales import Translator, translator


async def desks(context: TownContext) -> Sequence[tuple[ChatId, Translator]]:
    """The facilitators' chat, else the private ones of all who have the whole town in hand and to whom
    the bot can write, each with the language spoken there."""
    return await desks_of(context.work, context.town)


async def desks_of(work: Work, town: Town) -> Sequence[tuple[ChatId, Translator]]:
    """The same where nobody wrote or pressed."""
    if town.facilitator_chat is not None:
        return [(town.facilitator_chat, translator(town.digest_language))]
    return [
        (facilitator.chat, translator(language_of(facilitator, town)))
        for facilitator in await find_facilitators(work, town)
        if facilitator.chat is not None
    ]


async def words_of_desk(context: TownContext, chat: ChatId) -> Translator:
    """The language of facilitators: the digest's where many read, their own in private."""
    resident = None if chat < 0 else await context.work.residents.find(chat)
    if resident is None:
        return translator(context.town.digest_language)
    return translator(language_of(resident, context.town))


async def words_here(update: Update, context: TownContext) -> Translator:
    """The same where somebody presses or writes, who may be met there for the first time."""
    if in_group(update):
        return translator(context.town.digest_language)
    return translator(language_of(await context.resident(update), context.town))
