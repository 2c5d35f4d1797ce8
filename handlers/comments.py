"""What people say about an idea: by a reply in Telegram to its card, or by a button."""

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from cocreation.errors import NotFoundError
from cocreation.ideas.comment import Comment
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId
from cocreation.services.comment_idea import (
    Remark,
    comment_idea,
    correct_comment,
    return_comment,
    withdraw_comment,
)
from handlers import ideas
from handlers.actions import Verb, arguments, number, pattern
from handlers.asking import stop_asking
from handlers.comment_text import (
    OPEN,
    PAGE,
    RETURN,
    WITHDRAW,
    Reader,
    ask_comment_message,
    comment_message,
    how_it_stands,
    own_comment_message,
    thread_message,
)
from handlers.context import TownApplication, TownContext
from handlers.giving_way import give_way
from handlers.neighbour_cards import asked_idea, asked_way, show_card
from handlers.open_comments import show_to_readers
from handlers.reading import read_submission
from handlers.replied import COMMENT, THREAD, Replied, replied
from handlers.updates import pressed_data
from handlers.ways import Way, read_way
from locales import Translator

_EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & ~filters.COMMAND


def register(application: TownApplication) -> None:
    application.add_handler(MessageHandler(_EDITED & (filters.TEXT | filters.CAPTION), hear_correction))
    application.add_handler(CallbackQueryHandler(read, pattern(Verb.COMMENTS)))
    application.add_handler(CallbackQueryHandler(ask, pattern(Verb.COMMENT)))
    application.add_handler(CallbackQueryHandler(act, pattern(Verb.COMMENT_ACT)))


async def hear_reply(update: Update, context: TownContext) -> bool:
    """Whether the message replies with words to the card of an idea: then it is a comment."""
    message = update.effective_message
    if message is None or message.text is None:
        return False
    about = await replied(update, context)
    if about is None or await _is_own_unpublished(update, context, about.idea):
        return False
    await stop_asking(update, context)
    comment = await _keep(update, context, about)
    if comment is not None:
        t = await context.words(update)
        await show_own(update, context, comment, t.gettext("Your comment is kept."))
    return True


async def _is_own_unpublished(update: Update, context: TownContext, idea: IdeaId) -> bool:
    """Whether nobody else can read it: what its author says below it are its words, or another idea."""
    found, resident = await context.work.ideas.get(idea), await context.resident(update)
    return found is not None and not found.is_published and found.author == resident.id


async def hear_correction(update: Update, context: TownContext) -> None:
    """A corrected message: a comment that changes, or an idea."""
    message = update.effective_message
    if message is None:
        return None
    resident = await context.resident(update)
    at = ChatId(message.chat_id), MessageId(message.message_id)
    text = message.text or message.caption or ""
    comment = await correct_comment(context.work, resident.id, at, text, context.now)
    if comment is None:
        if await context.work.ideas.by_message(*at) is None and await _hear_late(update, context):
            return None
        return await ideas.change_idea(update, context)
    t = await context.words(update)
    opening = t.gettext("Changed.") if comment.is_published else how_it_stands(comment, t)
    return await show_own(update, context, comment, opening)


async def _hear_late(update: Update, context: TownContext) -> bool:
    """Whether a message that could not be kept as a comment is one now that it was corrected."""
    message = update.effective_message
    if message is None:
        return False
    waiting = await context.work.conversations.get(ChatId(message.chat_id))
    is_asked = waiting is not None and waiting.step is Step.COMMENT and not waiting.is_over(context.now)
    # Telegram tells whole seconds.
    if waiting is not None and is_asked and message.date >= waiting.since.replace(microsecond=0):
        return await hear_asked(update, context, waiting)
    return await hear_reply(update, context)


async def read(update: Update, context: TownContext) -> None:
    """A page of the thread, in the same message."""
    await stop_asking(update, context)
    last = number(pressed_data(update), 1)
    await _show_thread(update, context, asked_idea(update), CommentId(last) if last else None)


async def ask(update: Update, context: TownContext) -> None:
    """Ask for the words of a comment, where the card was."""
    idea, way = asked_idea(update), asked_way(update, 2)
    view = await _published(context, idea)
    if view is None:
        return await show_card(update, context, idea, way)
    answered = await context.work.comments.get(CommentId(number(pressed_data(update), 1)))
    if answered is not None and (answered.idea != idea or not answered.is_published):
        answered = None
    chat = update.effective_chat
    if chat is None:
        return None
    kept = ":".join([str(0 if answered is None else answered.id), *way.said()])
    waiting = Conversation(ChatId(chat.id), Step.COMMENT, context.now, subject=idea, words=kept)
    await give_way(update, context)
    await context.work.conversations.begin(waiting)
    resident, t = await context.resident(update), await context.words(update)
    await context.toast(update)
    message = ask_comment_message(view, answered, Reader(resident.id, way, t))
    return await context.change(update, message, f"{THREAD}:{idea}")


async def hear_asked(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The words that were asked for; the thread then stands where the question was."""
    if waiting.subject is None:
        return False
    answered, *said = (waiting.words or "0").split(":")
    idea = IdeaId(waiting.subject)
    about = Replied(idea, CommentId(int(answered)) if answered.isdecimal() and int(answered) else None)
    explicit = await replied(update, context)
    if explicit is not None and explicit.idea != idea:
        return await hear_reply(update, context)
    if _is_passed_on(update):
        await give_way(update, context)
        return False
    try:
        comment = await _keep(update, context, about)
    except NotFoundError:
        # The idea went away in the meantime.
        await context.work.conversations.end(waiting.chat)
        return False
    await context.work.conversations.end(waiting.chat)
    if comment is not None:
        kept = _what_is_kept(update.effective_message, await context.words(update))
        await _show_thread(update, context, idea, None, way=read_way(said), opening=kept)
    return True


def _what_is_kept(message: Message | None, t: Translator) -> str:
    """What is said of a message that is a comment now."""
    if message is None or not message.effective_attachment:
        return t.gettext("Your comment is kept.")
    return t.gettext(
        "Your words are kept as a comment. What came with them is not: a comment has no photos or files."
    )


async def act(update: Update, context: TownContext) -> None:
    """Open one comment, or take an own one back, or undo that."""
    comment, way = CommentId(number(pressed_data(update))), asked_way(update, 2)
    said = arguments(pressed_data(update))
    resident = await context.resident(update)
    t = await context.words(update)
    match said[1] if len(said) > 1 else "":
        case str(verb) if verb == OPEN:
            await _open(update, context, comment, way)
        case str(verb) if verb == WITHDRAW:
            own = await withdraw_comment(context.work, resident.id, comment, context.now)
            await context.toast(update)
            opening = t.gettext("Withdrawn. You can undo this within 24 hours.")
            await show_own(update, context, own, opening, way)
            await show_to_readers(context, own.id, own.idea, own.author)
        case str(verb) if verb == RETURN:
            own = await return_comment(context.work, resident.id, comment, context.now)
            await context.toast(update)
            await show_own(update, context, own, t.gettext("Your comment is back."), way)
            await show_to_readers(context, own.id, own.idea, own.author)
        case _:
            raise NotFoundError


async def show_own(
    update: Update, context: TownContext, comment: Comment, opening: str, way: Way | None = None
) -> None:
    """Tell who wrote a comment what became of it: where a button was pressed, else below."""
    view = await context.work.ideas.view(comment.idea)
    if view is None:
        raise NotFoundError
    message = own_comment_message(comment, view, way or Way(), await context.words(update), opening)
    slot = f"{COMMENT}:{comment.id}"
    if update.callback_query is not None or update.edited_message is not None:
        await context.change(update, message, slot)
    else:
        await context.answer(update, message, slot)


async def _open(update: Update, context: TownContext, comment: CommentId, way: Way) -> None:
    found = await context.work.comments.get(comment)
    view = None if found is None else await _published(context, found.idea)
    if found is None or view is None or not found.is_published:
        raise NotFoundError
    resident, t = await context.resident(update), await context.words(update)
    await context.toast(update)
    message = comment_message(found, view, Reader(resident.id, way, t))
    await context.change(update, message, f"{COMMENT}:{comment}")


def _is_passed_on(update: Update) -> bool:
    """Whether somebody else may have written it: nobody says that in their own name unasked."""
    message = update.effective_message
    return message is not None and read_submission(message).is_forwarded


async def _keep(update: Update, context: TownContext, about: Replied) -> Comment | None:
    """The message as a comment; None where the same message came once more."""
    message = update.effective_message
    if message is None:
        return None
    resident = await context.resident(update)
    chat, number = ChatId(message.chat_id), MessageId(message.message_id)
    if await context.work.comments.by_message(chat, number) is not None:
        return None
    text = message.text or message.caption or ""
    remark = Remark(about.idea, text, chat, number, about.comment)
    return await comment_idea(context.work, resident, remark, context.now)


async def _show_thread(
    update: Update,
    context: TownContext,
    idea: IdeaId,
    last: CommentId | None,
    *,
    way: Way | None = None,
    opening: str = "",
) -> None:
    back = asked_way(update, 2) if way is None else way
    view = await _published(context, idea)
    if view is None:
        return await show_card(update, context, idea, back)
    thread = await context.work.comments.thread(idea, PAGE, last)
    resident, t = await context.resident(update), await context.words(update)
    await context.toast(update)
    message = thread_message(view, thread, Reader(resident.id, back, t), opening)
    return await context.change(update, message, f"{THREAD}:{idea}")


async def _published(context: TownContext, idea: IdeaId) -> IdeaView | None:
    view = await context.work.ideas.view(idea)
    return view if view is not None and view.idea.is_published else None
