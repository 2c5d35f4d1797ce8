"""Reading what neighbours wrote: lists, one message that turns its pages in place."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.distance import coarse
from cocreation.ideas.ids import ChatId, IdeaId
from cocreation.ideas.listing import Listing, Order, Position, Start, search_words
from cocreation.ideas.messages import Message
from handlers import list_cards
from handlers.actions import Verb, arguments, number, pattern
from handlers.asking import stop_asking
from handlers.context import TownApplication, TownContext
from handlers.giving_way import give_way
from handlers.updates import pressed_data
from handlers.ways import Way, read_way

PAGE, THEMES = 5, 8
SLOT = list_cards.SLOT
FORGET = "x"


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("ideas", ideas, private))
    application.add_handler(CallbackQueryHandler(newest, pattern(Verb.BROWSE)))
    application.add_handler(CallbackQueryHandler(choose, pattern(Verb.LIST)))
    application.add_handler(CallbackQueryHandler(ask_words, pattern(Verb.SEARCH)))
    application.add_handler(CallbackQueryHandler(near, pattern(Verb.NEAR)))


async def ideas(update: Update, context: TownContext) -> None:
    """The newest ideas; those with the words that stand behind the command."""
    words = search_words(" ".join(context.args or ()))
    way = Way(Listing(Order.SEARCH, words=words)) if words else Way()
    await context.answer(update, await list_page(update, context, way), SLOT)


async def newest(update: Update, context: TownContext) -> None:
    """A button of the time when there was one list."""
    start = number(pressed_data(update))
    await show_list(update, context, Way(start=Start(IdeaId(start)) if start else Start()))


async def choose(update: Update, context: TownContext) -> None:
    """A page of a list, the themes, or the lists themselves."""
    said = arguments(pressed_data(update))
    t = await context.words(update)
    if not said:
        await _turn_into(update, context, list_cards.menu_message(t))
    elif said[0] == list_cards.THEMES:
        start = number(pressed_data(update), 1)
        themes = await context.work.listings.themes(THEMES + 1, start)
        await _turn_into(update, context, list_cards.themes_message(themes, start, THEMES, t))
    else:
        await show_list(update, context, read_way(said))


async def show_list(update: Update, context: TownContext, way: Way, toast: str = "") -> None:
    """Turn the message whose button was pressed into a page of a list."""
    if way.listing.order is Order.NEAR and await _near(update, context) is None:
        return await _ask_place(update, context)
    return await _turn_into(update, context, await list_page(update, context, way), toast)


async def list_page(update: Update, context: TownContext, way: Way) -> Message:
    """A page of a list as a message."""
    t = await context.words(update)
    listing, position, theme = way.listing, None, None
    if listing.order is Order.NEAR:
        position = await _near(update, context)
    if listing.theme is not None:
        theme = await context.work.listings.theme_label(listing.theme)
    heading = list_cards.heading_of(listing, theme or t.gettext("By theme"), t)
    if listing.order is Order.NEAR and position is None:
        return list_cards.empty_message(way, heading, t)
    page = await context.work.listings.page(listing, PAGE, way.start, position)
    if not page.ideas:
        return list_cards.empty_message(way, heading, t)
    return list_cards.list_message(way, page, heading, position, t)


async def ask_words(update: Update, context: TownContext) -> None:
    await _wait_for(update, context, Step.SEARCH)
    t = await context.words(update)
    cancel = Way().button(f"✖️ {t.gettext('Cancel')}", Verb.LIST)
    await _turn_into(update, context, list_cards.ask_words_message(t, cancel), is_question=True)


async def search(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The words that were asked for."""
    message = update.effective_message
    words = search_words(message.text or "") if message is not None else ""
    if not words:
        await give_way(update, context)
        return False
    await context.work.conversations.end(waiting.chat)
    way = Way(Listing(Order.SEARCH, words=words))
    await context.change(update, await list_page(update, context, way), SLOT)
    return True


async def near(update: Update, context: TownContext) -> None:
    """Ask for a place, or forget it."""
    if arguments(pressed_data(update)) == [FORGET]:
        resident = await context.resident(update)
        await context.work.residents.set_near(resident.id, None)
        t = await context.words(update)
        return await show_list(update, context, Way(), t.gettext("Your place is forgotten."))
    return await _ask_place(update, context)


async def keep_place(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The place that was asked for."""
    message = update.effective_message
    location = None
    if message is not None:
        location = message.venue.location if message.venue is not None else message.location
    if location is None:
        # Who sends something else is at something else: a later place belongs to an idea again.
        await give_way(update, context)
        return False
    await context.work.conversations.end(waiting.chat)
    resident = await context.resident(update)
    position = coarse(Position(location.latitude, location.longitude))
    await context.work.residents.set_near(resident.id, position)
    way = Way(Listing(Order.NEAR))
    await context.change(update, await list_page(update, context, way), SLOT)
    return True


async def _ask_place(update: Update, context: TownContext) -> None:
    await _wait_for(update, context, Step.NEAR)
    t = await context.words(update)
    cancel = Way().button(f"✖️ {t.gettext('Cancel')}", Verb.LIST)
    await _turn_into(update, context, list_cards.ask_place_message(t, cancel), is_question=True)


async def _wait_for(update: Update, context: TownContext, step: Step) -> None:
    chat = update.effective_chat
    if chat is not None:
        await give_way(update, context)
        await context.work.conversations.begin(Conversation(ChatId(chat.id), step, context.now))


async def _near(update: Update, context: TownContext) -> Position | None:
    return await context.work.residents.near((await context.resident(update)).id)


async def _turn_into(
    update: Update, context: TownContext, message: Message, toast: str = "", is_question: bool = False
) -> None:
    if not is_question:
        await stop_asking(update, context)
    await context.toast(update, toast)
    await context.change(update, message, SLOT)
