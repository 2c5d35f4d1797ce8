"""The buttons below the card of an own idea: change it, take it back, and support what is like it."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError, OwnIdeaError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.idea import WordsOf, clean_text
from cocreation.ideas.ids import ChatId, IdeaId, ResidentId
from cocreation.ideas.submission import Receipt, Submission
from cocreation.services.add_by_button import add_to_idea, is_place_name, name_place
from cocreation.services.correct_idea import replace_words
from cocreation.services.look_around import MORE
from cocreation.services.own_idea import (
    own_idea,
    return_idea,
    set_anonymous,
    settle_whose,
    withdraw_idea,
)
from cocreation.services.submit_idea import JOIN_WITHIN
from cocreation.services.support_idea import support_idea
from handlers.actions import Verb, arguments, number, pattern, wanted
from handlers.asking import stop_asking_on_card
from handlers.card_buttons import MINE, OPEN, SOMEBODY_ELSE
from handlers.context import TownApplication, TownContext
from handlers.giving_way import give_way
from handlers.gone import take_from_readers
from handlers.ideas import explain, show
from handlers.own_cards import redraw
from handlers.reading import read_submission
from handlers.updates import chat_of, pressed_data

_WHOSE = {MINE: WordsOf.AUTHOR, SOMEBODY_ELSE: WordsOf.SOMEBODY_ELSE}
_HINTS = {"photo": Step.PHOTO, "place": Step.PLACE, "edit": Step.EDIT}
"""What the buttons of an earlier version ask for."""


def register(application: TownApplication) -> None:
    for verb, handler in (
        (Verb.WITHDRAW, withdraw),
        (Verb.RETURN, undo_withdrawal),
        (Verb.MORE, fold),
        (Verb.ANONYMOUS, hide_name),
        (Verb.WHOSE, say_whose),
        (Verb.SUPPORT_NEIGHBOUR, support_neighbour),
        (Verb.EDIT, _asking(Step.EDIT)),
        (Verb.PHOTO, _asking(Step.PHOTO)),
        (Verb.PLACE, _asking(Step.PLACE)),
        (Verb.HINT, ask_as_before),
    ):
        application.add_handler(CallbackQueryHandler(handler, pattern(verb)))


async def withdraw(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    receipt = await withdraw_idea(context.work, resident.id, _idea(update), context.now)
    await stop_asking_on_card(context, chat_of(update), _idea(update))
    await context.toast(update)
    await show(update, context, resident, receipt)
    await take_from_readers(context, _idea(update), resident.id)


async def undo_withdrawal(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    receipt = await return_idea(context.work, resident.id, _idea(update), context.now)
    await context.toast(update)
    await show(update, context, resident, receipt)


async def fold(update: Update, context: TownContext) -> None:
    """Show the rest of the buttons, or put them away."""
    await _own(update, context)
    await context.toast(update)
    await redraw(update, context, _idea(update), is_open=number(pressed_data(update), 1) == OPEN)


async def hide_name(update: Update, context: TownContext) -> None:
    """Whether the board shows the author's pseudonym."""
    resident = await context.resident(update)
    is_anonymous = bool(number(pressed_data(update), 1))
    await set_anonymous(context.work, resident.id, _idea(update), is_anonymous)
    t = await context.words(update)
    hidden = t.gettext("The board shows it without your pseudonym now.")
    shown = t.gettext("The board shows it with your pseudonym again.")
    await context.toast(update, hidden if is_anonymous else shown)
    await redraw(update, context, _idea(update), is_open=True)


async def say_whose(update: Update, context: TownContext) -> None:
    """Whose words were passed on."""
    said = arguments(pressed_data(update))
    if len(said) != 2 or said[1] not in _WHOSE:
        raise NotFoundError
    resident = await context.resident(update)
    receipt = await settle_whose(context.work, resident.id, _idea(update), _WHOSE[said[1]], context.now)
    await context.toast(update)
    await show(update, context, resident, receipt)


async def support_neighbour(update: Update, context: TownContext) -> None:
    """Support what is like an own idea, or take that back; the card of the own idea shows it."""
    resident = await context.resident(update)
    t = await context.words(update)
    own = IdeaId(number(pressed_data(update), 1))
    await own_idea(context.work, resident.id, own)
    try:
        is_supported = await support_idea(
            context.work, resident.id, _idea(update), context.now, wanted=wanted(pressed_data(update), 2)
        )
        said = t.gettext("Supported.") if is_supported else t.gettext("Your support is taken back.")
    except (NotFoundError, OwnIdeaError):
        said = t.gettext("This idea is no longer here.")
    await context.toast(update, said)
    await redraw(update, context, own)


def _asking(step: Step) -> Callable[[Update, TownContext], Coroutine[None, None, None]]:
    async def ask(update: Update, context: TownContext) -> None:
        await _ask(update, context, step)

    return ask


async def ask_as_before(update: Update, context: TownContext) -> None:
    said = arguments(pressed_data(update))
    if not said or said[-1] not in _HINTS:
        raise NotFoundError
    await _ask(update, context, _HINTS[said[-1]])


async def _ask(update: Update, context: TownContext, step: Step) -> None:
    """Ask on the card for what comes next, and wait for it."""
    await _own(update, context)
    chat = update.effective_chat
    if chat is None or chat.type != chat.PRIVATE:
        raise NotFoundError
    await give_way(update, context)
    await context.work.conversations.begin(
        Conversation(ChatId(chat.id), step, context.now, subject=_idea(update))
    )
    await context.toast(update)
    await redraw(update, context, _idea(update))


async def cancel(update: Update, context: TownContext) -> None:
    """The button below a question on a card."""
    resident = await context.resident(update)
    await own_idea(context.work, resident.id, _idea(update))
    await stop_asking_on_card(context, chat_of(update), _idea(update))
    t = await context.words(update)
    await context.toast(update, t.gettext("All right, nothing is changed."))
    await redraw(update, context, _idea(update))


async def take_words(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The next message says what the idea says from now on."""
    sent = _sent(update)
    if clean_text(sent.text) and not sent.is_forwarded:
        return await _take(update, context, waiting, replace_words)
    return await _take_besides(update, context, waiting, sent)


async def take_photo(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The next messages are photos of the idea, as long as nothing else comes."""
    sent = _sent(update)
    if waiting.words == MORE and not await _is_one_more(context, waiting, sent):
        await context.work.conversations.end(waiting.chat)
        return False
    if not _is_photo(sent) or _is_passed_on(sent):
        return await _take_besides(update, context, waiting, sent)
    if not await _take(update, context, waiting, add_to_idea):
        return False
    await context.work.conversations.begin(replace(waiting, words=MORE, since=context.now))
    return True


async def take_place(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The next message is the place of the idea, or its name."""
    sent = _sent(update)
    if sent.place is not None:
        return await _take(update, context, waiting, add_to_idea)
    if sent.attachment is None and not sent.is_forwarded and is_place_name(sent.text):
        return await _take(update, context, waiting, name_place)
    return await _take_besides(update, context, waiting, sent)


async def _take_besides(
    update: Update, context: TownContext, waiting: Conversation, sent: Submission
) -> bool:
    """A photo or a place that was not asked for is the idea's all the same, and what was asked waits on."""
    if clean_text(sent.text) or sent.is_voice:
        await give_way(update, context)
        return False
    if not _is_photo(sent) and sent.place is None:
        await explain(update, context)
        return True
    return await _take(update, context, waiting, add_to_idea, then=waiting)


def _is_passed_on(sent: Submission) -> bool:
    """Whether the words may be somebody else's: then it is asked whose they are."""
    return sent.is_forwarded and clean_text(sent.text) != ""


def _is_photo(sent: Submission) -> bool:
    return sent.attachment is not None and not sent.is_voice


async def _is_one_more(context: TownContext, waiting: Conversation, sent: Submission) -> bool:
    """Whether it is a further photo for the idea, whose card asks for none any more."""
    if not _is_photo(sent):
        return False
    if sent.album is not None:
        album = await context.work.parts.of_album(sent.chat, sent.album)
        return any(part.idea == waiting.subject for part in album)
    return not clean_text(sent.text) and context.now - waiting.since <= JOIN_WITHIN


def _sent(update: Update) -> Submission:
    if update.effective_message is None:
        raise NotFoundError
    return read_submission(update.effective_message)


Change = Callable[..., Awaitable[Receipt]]


async def _take(
    update: Update,
    context: TownContext,
    waiting: Conversation,
    change: Change,
    then: Conversation | None = None,
) -> bool:
    """Change the idea by the message; `then` waits on. One that is gone lets it be a message as any other."""
    resident = await context.resident(update)
    await context.work.conversations.end(waiting.chat)
    if waiting.subject is None:
        return False
    idea = IdeaId(waiting.subject)
    try:
        receipt = await change(context.work, resident.id, idea, _sent(update), context.now)
    except NotFoundError:
        return False
    if then is not None:
        await context.work.conversations.begin(then)
    await show(update, context, resident, receipt, is_known=True)
    return True


async def _own(update: Update, context: TownContext) -> ResidentId:
    """Who presses, when the idea is published and theirs. Raises NotFoundError and NotYoursError."""
    resident = await context.resident(update)
    own = await own_idea(context.work, resident.id, _idea(update))
    if not own.is_published:
        raise NotFoundError
    return resident.id


def _idea(update: Update) -> IdeaId:
    return IdeaId(number(pressed_data(update)))
