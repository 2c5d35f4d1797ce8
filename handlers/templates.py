"""Facilitators keep words that the town uses again in its answers."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import MorgenError, NotAskedError, NotFoundError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, Language, MessageId, TemplateId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.reply import Status
from cocreation.services.keep_templates import (
    add_template,
    change_template,
    put_template_back,
    standing_template,
)
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_here
from handlers.giving_way import give_way
from handlers.roles import only_facilitators
from handlers.statuses import status_numbered
from handlers.template_cards import (
    CANCEL,
    CHANGE,
    DELETE,
    LIST,
    NEW,
    OPEN,
    PAGE,
    RETURN,
    SLOT,
    language_card,
    status_card,
    template_card,
    templates_page,
    words_card,
)
from handlers.updates import answers, chat_of, in_group, pressed_data, pressed_message


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("templates", templates, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.TEMPLATES)))


async def templates(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _page(update, context, 0), SLOT)


async def press(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    match arguments(pressed_data(update)):
        case [word, _] if word == LIST:
            await _change(update, context, await _page(update, context, number(pressed_data(update), 1)))
        case [word, *chosen] if word == NEW:
            await _begin(update, context, chosen)
        case [word] if word == CANCEL:
            await _end(update, context)
            await _change(update, context, await _page(update, context, 0))
        case [word, _]:
            await _act(update, context, word, TemplateId(number(pressed_data(update), 1)))
        case _:
            raise NotFoundError


async def _act(update: Update, context: TownContext, word: str, template: TemplateId) -> None:
    t, said = await words_here(update, context), ""
    if word == RETURN:
        await put_template_back(context.work, template)
        said = t.gettext("The template is back.")
    found = await standing_template(context.work, template)
    if word == CHANGE:
        return await _ask(update, context, found.status, found.language, template)
    if word == DELETE:
        await context.work.templates.remove(template, context.now)
        said = t.gettext("The template is deleted.")
    elif word not in (OPEN, RETURN):
        raise NotFoundError
    after = await context.work.templates.get(template) or found
    return await _change(update, context, template_card(after, t, said))


async def _begin(update: Update, context: TownContext, chosen: list[str]) -> None:
    """Ask what is not chosen yet: the status, the language, the words."""
    languages, t = context.town.languages, await words_here(update, context)
    if not chosen:
        return await _change(update, context, status_card(t))
    status = status_numbered(number(pressed_data(update), 1))
    if len(chosen) == 1 and len(languages) > 1:
        return await _change(update, context, language_card(status, languages, t))
    language = Language(chosen[1]) if len(chosen) > 1 else languages[0]
    if language not in languages:
        raise NotFoundError
    return await _ask(update, context, status, language, None)


async def _ask(
    update: Update, context: TownContext, status: Status, language: Language, template: TemplateId | None
) -> None:
    await give_way(update, context)
    found = None if template is None else await standing_template(context.work, template)
    at = pressed_message(update)
    words = f"{at}:{status}:{language}"
    await context.work.conversations.begin(
        Conversation(chat_of(update), Step.TEMPLATE, context.now, template, words)
    )
    t = await words_here(update, context)
    before = None if found is None else found.text
    await _change(update, context, words_card(status, language, before, t, in_group=in_group(update)))


async def take_words(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The words of a template, where a chat was asked for them. In a group they are a reply to the
    question."""
    message = update.effective_message
    if message is None:
        return False
    at, status, language = _asked(waiting)
    if not answers(update, at):
        return False
    t = await words_here(update, context)
    try:
        template = await _keep(context, waiting, status, language, message.text or "")
    except NotFoundError as error:
        await context.work.conversations.end(waiting.chat)
        await _show(context, waiting.chat, at, Message(escape(t.gettext(error.message))))
        return True
    except MorgenError as error:
        fault = t.gettext(error.message, **error.values)
        card = words_card(status, language, message.text, t, in_group=in_group(update), fault=fault)
        await _show(context, waiting.chat, at, card)
        return True
    await context.work.conversations.end(waiting.chat)
    found = await standing_template(context.work, template)
    is_new = waiting.subject is None
    said = t.gettext("The template is kept.") if is_new else t.gettext("The template is changed.")
    await _show(context, waiting.chat, at, template_card(found, t, said))
    return True


async def _keep(
    context: TownContext, waiting: Conversation, status: Status, language: Language, text: str
) -> TemplateId:
    if waiting.subject is None:
        return await add_template(context.work, status, language, text)
    template = TemplateId(waiting.subject)
    await change_template(context.work, template, text)
    return template


async def _page(update: Update, context: TownContext, start: int) -> Message:
    total = await context.work.templates.count()
    start = min(start, max(0, total - 1) // PAGE * PAGE)
    page = await context.work.templates.page(PAGE, start)
    return templates_page(page, start, total, await words_here(update, context))


async def _end(update: Update, context: TownContext) -> None:
    waiting = await context.work.conversations.get(chat_of(update))
    if waiting is None or waiting.step is not Step.TEMPLATE:
        return
    if _asked(waiting)[0] == pressed_message(update):
        await context.work.conversations.end(waiting.chat)


def _asked(waiting: Conversation) -> tuple[MessageId, Status, Language]:
    """The message that asks, and for what. Raises NotAskedError."""
    at, _, about = (waiting.words or "").partition(":")
    status, _, language = about.partition(":")
    if not at:
        raise NotAskedError
    return MessageId(int(at)), Status(status), Language(language)


async def _change(update: Update, context: TownContext, message: Message) -> None:
    await context.toast(update)
    await context.change(update, message, SLOT)


async def _show(context: TownContext, chat: ChatId, at: MessageId, message: Message) -> None:
    await context.post(Show(chat, message, slot=SLOT, at=at))
