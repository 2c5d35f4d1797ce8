"""An idea of somebody else's: opened, supported, followed."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError
from cocreation.ideas.framing import Thing
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.resident import Resident
from cocreation.services.follow_idea import follow_idea
from cocreation.services.support_idea import support_idea
from handlers import browse, cards
from handlers.actions import NEW_MESSAGE, Verb, action, arguments, number, pattern, wanted
from handlers.asking import stop_asking
from handlers.context import TownApplication, TownContext, language_of
from handlers.frame_text import frames_button
from handlers.neighbour_card_text import Bot, Seen, back, gone_card, neighbour_card, photos, why
from handlers.own_cards import own_card
from handlers.replied import CARD
from handlers.roles import may_answer, may_facilitate
from handlers.updates import pressed_data
from handlers.ways import Way, read_way
from locales import translator


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(open_listed, pattern(Verb.OPEN)))
    application.add_handler(CallbackQueryHandler(support, pattern(Verb.SUPPORT)))
    application.add_handler(CallbackQueryHandler(follow, pattern(Verb.FOLLOW)))


async def open_listed(update: Update, context: TownContext) -> None:
    """The idea behind a number in a list, in the same message; below, where that has to stay as it is."""
    await stop_asking(update, context)
    idea = asked_idea(update)
    if NEW_MESSAGE not in arguments(pressed_data(update)):
        return await show_card(update, context, idea, asked_way(update))
    view = await context.work.ideas.view(idea)
    if view is None or not view.idea.is_published:
        raise NotFoundError
    await context.toast(update)
    return await open_idea(update, context, view)


async def support(update: Update, context: TownContext) -> None:
    """Support the idea, or take the support back."""
    resident = await context.resident(update)
    idea, way, asked = _asked(update)
    t = await context.words(update)
    try:
        is_supported = await support_idea(context.work, resident.id, idea, context.now, wanted=asked)
    except NotFoundError:
        return await show_card(update, context, idea, way)
    said = t.gettext("Supported.") if is_supported else t.gettext("Your support is taken back.")
    return await show_card(update, context, idea, way, toast=said)


async def follow(update: Update, context: TownContext) -> None:
    """Hear of what happens to the idea, or no more."""
    resident = await context.resident(update)
    idea, way, asked = _asked(update)
    t = await context.words(update)
    try:
        is_followed = await follow_idea(context.work, resident.id, idea, context.now, wanted=asked)
    except NotFoundError:
        return await show_card(update, context, idea, way)
    said = t.gettext("You hear of what happens to it.") if is_followed else t.gettext("Followed no more.")
    return await show_card(update, context, idea, way, toast=said)


async def open_idea(update: Update, context: TownContext, view: IdeaView, way: Way | None = None) -> None:
    """The card of a published idea in a new message, as for somebody who comes by a link."""
    resident = await context.resident(update)
    card = await card_for(context, view, resident, way or Way())
    await context.answer(update, card, _slot(view, resident))


async def show_card(update: Update, context: TownContext, idea: IdeaId, way: Way, toast: str = "") -> None:
    """Turn the message whose button was pressed into the card of the idea, or say that it is gone."""
    resident = await context.resident(update)
    view = await context.work.ideas.view(idea)
    if view is None or not view.idea.is_published:
        t = await context.words(update)
        await context.toast(update, t.gettext("This idea is no longer here."))
        await context.change(update, gone_card(way, t), browse.SLOT)
        return
    await context.toast(update, toast)
    card = await card_for(context, view, resident, way)
    await context.change(update, card, _slot(view, resident))


async def card_for(context: TownContext, view: IdeaView, resident: Resident, way: Way) -> Message:
    """The card as this person sees it: an own idea looks as it does to its author, and leads back too."""
    language = language_of(resident, context.town)
    t = translator(language)
    if view.idea.author == resident.id:
        own = await own_card(context, view, resident, way=way)
        return Message(own.html, (*own.buttons, (*photos(view, t), *why(view, way, t), back(way, t))))
    idea = view.idea.id
    seen = Seen(
        is_supported=idea in await context.work.supports.given_by(resident.id, [idea]),
        is_followed=await context.work.follows.is_followed(idea, resident.id),
    )
    card = neighbour_card(view, seen, way, bot_of(context), t, zone=context.town.time_zone)
    chat = resident.chat
    if chat is None or not await may_answer(context, chat, chat, idea):
        return card
    reply = Button(f"🏛 {t.gettext('Answer for the town')}", action(Verb.REPLY, idea))
    if not await may_facilitate(context, chat, chat):
        return Message(card.html, (*card.buttons[:-1], (reply,), card.buttons[-1]))
    moderate = Button(f"🛡 {t.gettext('Moderate')}", action(Verb.MODERATE, f"i{idea}", NEW_MESSAGE))
    goals = (frames_button(Thing(idea=idea), t),)
    return Message(card.html, (*card.buttons[:-1], (reply, moderate), goals, card.buttons[-1]))


def _slot(view: IdeaView, resident: Resident) -> str:
    """An own idea is shown by one message, wherever it was opened."""
    return cards.slot_of(view) if view.idea.author == resident.id else f"{CARD}:{view.idea.id}"


def bot_of(context: TownContext) -> Bot:
    return Bot(context.bot.username, bool(context.bot.supports_inline_queries))


def asked_idea(update: Update) -> IdeaId:
    return IdeaId(number(pressed_data(update)))


def asked_way(update: Update, after: int = 1) -> Way:
    """The way that stands behind so many arguments of the button."""
    said: Sequence[str] = arguments(pressed_data(update))
    return read_way(said[after:])


def _asked(update: Update) -> tuple[IdeaId, Way, bool | None]:
    """The idea, the way back, and the state that a button of two states asks for."""
    asked = wanted(pressed_data(update))
    return asked_idea(update), asked_way(update, 1 if asked is None else 2), asked
