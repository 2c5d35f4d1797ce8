"""The town's answers: what waits for one, and the buttons by which one is written, corrected, taken back."""

import re
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import IdeaGoneError, NotFoundError, ThemeGoneError
from cocreation.ideas.ids import IdeaId, TemplateId, Token
from cocreation.ideas.messages import Message
from cocreation.ideas.reply import Status
from handlers import reply_changes, reply_writing
from handlers.actions import NEW_MESSAGE, Verb, arguments, number, pattern
from handlers.cards import with_lines
from handlers.context import TownApplication, TownContext
from handlers.desks import words_here
from handlers.reply_cards import (
    BARE,
    CANCEL,
    CHANGE,
    CHOOSE,
    CORRECT,
    FILL,
    LOOK,
    SEND,
    STATUS,
    TAKE_BACK,
    TAKE_BACK_NOW,
    UNDO,
    choosing_card,
)
from handlers.reply_subject import Target, subject_of
from handlers.roles import only_facilitators, only_facilitators_of
from handlers.statuses import status_numbered
from handlers.updates import pressed_data
from handlers.waiting_cards import PAGE, waiting_page
from locales import Translator

SLOT = "waiting"
_LINK = re.compile(r"(?:ideas/|idea_)([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")
_THEME_LINK = re.compile(r"themes/(\d{1,15})(?!\d)")
_NUMBER = re.compile(r"#?(\d{1,15})")
_THEME = "theme"
"""Before the number of a theme; without it, a number is an idea's."""


def register(application: TownApplication) -> None:
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("waiting", waiting, new))
    application.add_handler(CommandHandler("reply", reply, new))
    application.add_handler(CallbackQueryHandler(turn_waiting, pattern(Verb.WAITING)))
    application.add_handler(CallbackQueryHandler(press_idea, pattern(Verb.REPLY)))
    application.add_handler(CallbackQueryHandler(press_theme, pattern(Verb.THEME_REPLY)))
    application.add_handler(CallbackQueryHandler(choose_status, pattern(Verb.STATUS)))


async def waiting(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _waiting(update, context, 0), SLOT)


async def turn_waiting(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.toast(update)
    page = await _waiting(update, context, number(pressed_data(update)))
    if NEW_MESSAGE in arguments(pressed_data(update)):
        await context.answer(update, page, SLOT)
    else:
        await context.change(update, page, SLOT)


async def reply(update: Update, context: TownContext) -> None:
    """`/reply` with the link or number of an idea, or with 'theme' and the link or number of a theme; without
    either, what waits for an answer."""
    await only_facilitators(update, context)
    said = " ".join(context.args or ())
    if said:
        await _begin(update, context, await _meant(context, said))
        return
    t = await words_here(update, context)
    hint = escape(
        t.gettext(
            "Choose an idea, or write its link behind /reply. For a theme: /reply theme and its number."
        )
    )
    await context.answer(update, with_lines(await _waiting(update, context, 0), hint), SLOT)


async def press_idea(update: Update, context: TownContext) -> None:
    """A button on an idea, or under an answer to one."""
    idea = IdeaId(number(pressed_data(update)))
    await only_facilitators_of(update, context, idea)
    await _press(update, context, Target(idea))


async def press_theme(update: Update, context: TownContext) -> None:
    """A button on a theme, or under an answer to all of it."""
    await only_facilitators(update, context)
    await _press(update, context, Target(number(pressed_data(update)), is_theme=True))


async def choose_status(update: Update, context: TownContext) -> None:
    """A status below a question of an earlier version: ask for the words."""
    idea, said = IdeaId(number(pressed_data(update))), arguments(pressed_data(update))
    await only_facilitators_of(update, context, idea)
    if len(said) < 2 or said[1] not in set(Status):
        raise NotFoundError
    await reply_writing.ask(update, context, Target(idea), Status(said[1]))


async def _press(update: Update, context: TownContext, target: Target) -> None:
    match arguments(pressed_data(update))[1:]:
        case []:
            await _begin(update, context, target)
            await context.toast(update)
        case [word, *said] if word == STATUS:
            corrects = _number(said[1]) if len(said) > 1 else None
            status = status_numbered(_number(said[0] if said else ""))
            await reply_writing.ask(update, context, target, status, corrects)
        case [word, template] if word == FILL:
            await reply_writing.fill(update, context, target, TemplateId(_number(template)))
        case [word, answer] if word == CORRECT:
            await reply_writing.choose(update, context, target, _number(answer))
        case [word, answer, correction] if word == UNDO:
            await reply_changes.undo(update, context, target, _number(answer), _number(correction))
        case [word, answer] if word == TAKE_BACK:
            await reply_changes.ask_to_take_back(update, context, target, _number(answer))
        case [word, answer] if word == TAKE_BACK_NOW:
            await reply_changes.take_back(update, context, target, _number(answer))
        case [word]:
            await _act(update, context, target, word)
        case _:
            raise NotFoundError


async def _act(update: Update, context: TownContext, target: Target, word: str) -> None:
    """What needs no more than the draft."""
    acts = {
        CHOOSE: reply_writing.choose_again,
        LOOK: reply_writing.choose,
        CHANGE: reply_writing.ask_again,
        CANCEL: reply_writing.cancel,
        BARE: reply_writing.leave_photo_out,
        SEND: reply_writing.send,
    }
    if word not in acts:
        raise NotFoundError
    await acts[word](update, context, target)


async def _begin(update: Update, context: TownContext, target: Target) -> None:
    subject = await subject_of(context.work, target)
    await context.answer(update, choosing_card(subject, await words_here(update, context)), target.slot)


async def _waiting(update: Update, context: TownContext, start: int) -> Message:
    return await waiting_in(context, start, await words_here(update, context))


async def waiting_in(context: TownContext, start: int, t: Translator) -> Message:
    """The page of ideas that wait for an answer, in a language."""
    total = await context.work.replies.count_waiting()
    start = min(start, max(0, total - 1) // PAGE * PAGE)
    ideas = await context.work.replies.waiting(PAGE, start)
    return waiting_page(ideas, start, total, context.now, t)


async def _meant(context: TownContext, said: str) -> Target:
    """What is behind a link or a number. Raises IdeaGoneError and ThemeGoneError."""
    first, _, rest = said.strip().partition(" ")
    if theme := _THEME_LINK.search(said):
        return Target(int(theme[1]), is_theme=True)
    if first.lower() == _THEME:
        if named := _NUMBER.fullmatch(rest.strip()):
            return Target(int(named[1]), is_theme=True)
        raise ThemeGoneError
    if link := _LINK.search(said):
        view = await context.work.ideas.by_token(Token(link[1]))
        if view is not None:
            return Target(IdeaId(view.idea.id))
    elif named := _NUMBER.fullmatch(said.strip()):
        return Target(int(named[1]))
    raise IdeaGoneError


def _number(said: str) -> int:
    if not _NUMBER.fullmatch(said) or said.startswith("#"):
        raise NotFoundError
    return int(said)
