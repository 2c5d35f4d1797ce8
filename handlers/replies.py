"""Facilitators answer ideas: choose how far the town is, write, look at it, send. Each step is kept."""

import re
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import IdeaGoneError, MorgenError, NotAskedError, NotFoundError
from cocreation.ideas.conversation import Conversation
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ChatId, IdeaId, MessageId, ResidentId, Token
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.reply import Status
from cocreation.services.reply_to_idea import answerable, checked_answer, reply_to_idea
from handlers.actions import NEW_MESSAGE, Verb, arguments, number, pattern
from handlers.cards import with_lines
from handlers.context import TownApplication, TownContext, language_of
from handlers.fresh_cards import show_answer
from handlers.giving_way import give_way
from handlers.reply_cards import (
    CANCEL,
    CHANGE,
    CHOOSE,
    PAGE,
    SEND,
    cancelled_card,
    choosing_card,
    preview_card,
    question_card,
    sent_card,
    waiting_page,
)
from handlers.reply_draft import Draft
from handlers.roles import is_facilitator_of, only_facilitators, only_facilitators_of
from locales import Translator, translator

SLOT = "waiting"
_LINK = re.compile(r"(?:ideas/|idea_)([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
_NUMBER = re.compile(r"#?(\d{1,15})")


def register(application: TownApplication) -> None:
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("waiting", waiting, new))
    application.add_handler(CommandHandler("reply", reply, new))
    application.add_handler(CallbackQueryHandler(turn_waiting, pattern(Verb.WAITING)))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.REPLY)))
    application.add_handler(CallbackQueryHandler(choose_status, pattern(Verb.STATUS)))


async def waiting(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _waiting(update, context, 0), SLOT)


async def turn_waiting(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.toast(update)
    page = await _waiting(update, context, number(_data(update)))
    if NEW_MESSAGE in arguments(_data(update)):
        await context.answer(update, page, SLOT)
    else:
        await context.change(update, page, SLOT)


async def reply(update: Update, context: TownContext) -> None:
    """`/reply` with an idea's link or number; without one, what waits for an answer."""
    await only_facilitators(update, context)
    said = " ".join(context.args or ())
    if said:
        await _begin(update, context, await _meant(context, said))
        return
    t = await _words(update, context)
    hint = escape(t.gettext("Choose an idea, or write its link behind /reply."))
    await context.answer(update, with_lines(await _waiting(update, context, 0), hint), SLOT)


async def press(update: Update, context: TownContext) -> None:
    """A button on an idea or under an answer that is being written."""
    idea, act = IdeaId(number(_data(update))), arguments(_data(update))[1:]
    await only_facilitators_of(update, context, idea)
    match act:
        case []:
            await _begin(update, context, idea)
            await context.toast(update)
        case [word] if word == CHOOSE:
            await _choose_again(update, context, idea)
        case [word] if word == CHANGE:
            await _ask_again(update, context, idea)
        case [word] if word == CANCEL:
            await _cancel(update, context, idea)
        case [word] if word == SEND:
            await _send(update, context, idea)
        case _:
            raise NotFoundError


async def choose_status(update: Update, context: TownContext) -> None:
    """Ask for the words."""
    await only_facilitators_of(update, context, IdeaId(number(_data(update))))
    said = arguments(_data(update))
    if len(said) < 2 or said[1] not in set(Status):
        raise NotFoundError
    view = await answerable(context.work, IdeaId(number(_data(update))))
    draft = Draft(view.idea.id, Status(said[1]), _pressed(update))
    before = Draft.of(await context.work.conversations.get(_chat(update)))
    if before is None or before.at != draft.at:
        await give_way(update, context)
    await _ask(update, context, view, draft)


async def take_answer(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The town's words, where a chat was asked for them. In a group they are a reply to the question."""
    draft, message = Draft.of(waiting), update.effective_message
    if draft is None or message is None or not await is_facilitator_of(update, context, draft.idea):
        return False
    answered = message.reply_to_message
    if _in_group(update) and (answered is None or answered.message_id != draft.at):
        return False
    t = await _words(update, context)
    try:
        view = await answerable(context.work, draft.idea)
    except IdeaGoneError as error:
        await context.work.conversations.end(waiting.chat)
        await _show(context, waiting.chat, draft, Message(escape(t.gettext(error.message))))
        return True
    try:
        text = checked_answer(message.text or "")
    except MorgenError as error:
        fault = t.gettext(error.message, **error.values)
        card = question_card(view, draft.status, t, in_group=_in_group(update), fault=fault)
        await context.work.conversations.begin(draft.kept_in(waiting.chat, context.now))
        await _show(context, waiting.chat, draft, card)
        return True
    written = Draft(draft.idea, draft.status, draft.at, text)
    await context.work.conversations.begin(written.kept_in(waiting.chat, context.now))
    audience = await context.work.notices.audience(draft.idea)
    await _show(context, waiting.chat, draft, preview_card(view, draft.status, text, audience, t))
    return True


async def _begin(update: Update, context: TownContext, idea: IdeaId) -> None:
    view = await answerable(context.work, idea)
    await context.answer(update, choosing_card(view, await _words(update, context)), _slot(idea))


async def _choose_again(update: Update, context: TownContext, idea: IdeaId) -> None:
    view = await answerable(context.work, idea)
    await _end(update, context)
    await context.toast(update)
    await context.change(update, choosing_card(view, await _words(update, context)), _slot(idea))


async def _ask_again(update: Update, context: TownContext, idea: IdeaId) -> None:
    draft = await _own_draft(update, context, idea)
    view = await answerable(context.work, idea)
    await _ask(update, context, view, Draft(idea, draft.status, draft.at))


async def _ask(update: Update, context: TownContext, view: IdeaView, draft: Draft) -> None:
    await context.work.conversations.begin(draft.kept_in(_chat(update), context.now))
    t = await _words(update, context)
    card = question_card(view, draft.status, t, in_group=_in_group(update))
    await context.toast(update)
    await context.change(update, card, _slot(view.idea.id))


async def _cancel(update: Update, context: TownContext, idea: IdeaId) -> None:
    await _end(update, context)
    t = await _words(update, context)
    view = await context.work.ideas.view(idea)
    card = Message(escape(t.gettext("Nothing was sent."))) if view is None else cancelled_card(view, t)
    await context.toast(update)
    await context.change(update, card, _slot(idea))


async def _send(update: Update, context: TownContext, idea: IdeaId) -> None:
    draft = await _own_draft(update, context, idea)
    if draft.text is None:
        raise NotAskedError
    by = await _facilitator(update, context)
    told = await reply_to_idea(context.work, idea, draft.status, draft.text, by=by, now=context.now)
    await context.work.conversations.end(_chat(update))
    view = await answerable(context.work, idea)
    t = await _words(update, context)
    await context.toast(update, t.gettext("Sent."))
    await context.change(update, sent_card(view, draft.status, draft.text, told, t), _slot(idea))
    await show_answer(context, view)


async def _own_draft(update: Update, context: TownContext, idea: IdeaId) -> Draft:
    """What is being written in the message whose button was pressed. Raises NotAskedError."""
    draft = Draft.of(await context.work.conversations.get(_chat(update)))
    if draft is None or draft.idea != idea or draft.at != _pressed(update):
        raise NotAskedError
    return draft


async def _end(update: Update, context: TownContext) -> None:
    """Wait no longer for what the message asks for, if it is what the chat waits for."""
    draft = Draft.of(await context.work.conversations.get(_chat(update)))
    if draft is not None and draft.at == _pressed(update):
        await context.work.conversations.end(_chat(update))


async def _show(context: TownContext, chat: ChatId, draft: Draft, message: Message) -> None:
    await context.post(Show(chat, message, slot=draft.slot, at=draft.at))


async def _waiting(update: Update, context: TownContext, start: int) -> Message:
    total = await context.work.replies.count_waiting()
    start = min(start, max(0, total - 1) // PAGE * PAGE)
    ideas = await context.work.replies.waiting(PAGE, start)
    return waiting_page(ideas, start, total, context.now, await _words(update, context))


async def _meant(context: TownContext, said: str) -> IdeaId:
    """The idea behind a link or a number. Raises IdeaGoneError."""
    if link := _LINK.search(said):
        view = await context.work.ideas.by_token(Token(link[1]))
        if view is not None:
            return view.idea.id
    elif named := _NUMBER.fullmatch(said.strip()):
        return IdeaId(int(named[1]))
    raise IdeaGoneError


async def _facilitator(update: Update, context: TownContext) -> ResidentId:
    return (await context.resident(update)).id


async def _words(update: Update, context: TownContext) -> Translator:
    """The facilitators' language where many read, in private the person's own."""
    if _in_group(update):
        return translator(context.town.digest_language)
    return translator(language_of(await context.resident(update), context.town))


def _in_group(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type != chat.PRIVATE


def _chat(update: Update) -> ChatId:
    if update.effective_chat is None:
        raise NotFoundError
    return ChatId(update.effective_chat.id)


def _pressed(update: Update) -> MessageId:
    query = update.callback_query
    if query is None or query.message is None:
        raise NotFoundError
    return MessageId(query.message.message_id)


def _data(update: Update) -> str | None:
    return update.callback_query.data if update.callback_query else None


def _slot(idea: IdeaId) -> str:
    return f"reply:{idea}"
