"""What lies open of comments in people's chats says what is there now."""

from cocreation.ideas.conversation import Step
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, ResidentId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.resident import Resident
from handlers.comment_text import (
    PAGE,
    Reader,
    ask_comment_message,
    comment_message,
    gone_comment_message,
    thread_message,
)
from handlers.context import TownContext, language_of
from handlers.gone import readers
from handlers.replied import COMMENT, THREAD
from handlers.ways import Way, read_way
from locales import translator


async def show_to_readers(
    context: TownContext, comment: CommentId, idea: IdeaId, author: ResidentId | None
) -> None:
    """Let a comment that others have opened, and the threads in which it stands, show how it stands now;
    without a sound."""
    found = await context.work.comments.get(comment)
    view = await context.work.ideas.view(idea)
    is_open = view is not None and view.idea.is_published
    slot = f"{COMMENT}:{comment}"
    async for chat, reader in readers(context, slot):
        if reader.id == author:
            continue
        if view is not None and is_open and found is not None and found.is_published:
            message = comment_message(found, view, _reads(context, reader))
        else:
            message = gone_comment_message(idea, Way(), _reads(context, reader).t)
        await context.post(Show(chat, message, slot=slot, priority=Priority.PUSH))
    if view is not None and is_open:
        await show_threads(context, view)


async def show_threads(context: TownContext, view: IdeaView, joined: IdeaId | None = None) -> None:
    """Let the threads of an idea that people have open, or those of one that was joined to it, show its
    newest comments; without a sound."""
    slot = f"{THREAD}:{view.idea.id}"
    there = slot if joined is None else f"{THREAD}:{joined}"
    async for chat, reader in readers(context, there):
        message = await _asked(context, chat, view, reader)
        if message is None:
            thread = await context.work.comments.thread(view.idea.id, PAGE)
            message = thread_message(view, thread, _reads(context, reader))
        at = await context.work.outbox.shown_at(chat, there)
        await context.post(Show(chat, message, slot=slot, priority=Priority.PUSH, at=at))


async def _asked(context: TownContext, chat: ChatId, view: IdeaView, reader: Resident) -> Message | None:
    """The question that stands there instead, while its answer is waited for."""
    waiting = await context.work.conversations.get(chat)
    if waiting is None or waiting.is_over(context.now):
        return None
    if waiting.step is not Step.COMMENT or waiting.subject != view.idea.id:
        return None
    number, *said = (waiting.words or "0").split(":")
    answered = await context.work.comments.get(CommentId(int(number))) if number.isdecimal() else None
    if answered is not None and not answered.is_published:
        answered = None
    return ask_comment_message(view, answered, _reads(context, reader, read_way(said)))


def _reads(context: TownContext, reader: Resident, way: Way | None = None) -> Reader:
    return Reader(reader.id, way or Way(), translator(language_of(reader, context.town)))
