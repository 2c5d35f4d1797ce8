"""What facilitators have open of somebody's ideas and comments is taken away when the person is forgotten."""

from cocreation.ideas.erasure import Erased
from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import Message, Priority, Show
from handlers.context import TownContext
from handlers.desks import words_of_desk
from handlers.moderation_asked import Asked
from handlers.moderation_cards import SLOT as CASE
from handlers.moderation_cards import gone_card
from handlers.replies import SLOT as WAITING
from handlers.replies import waiting_in
from handlers.reply_subject import Target
from handlers.report_text import slot_of_number


async def take_from_desks(context: TownContext, erased: Erased) -> None:
    """Let their messages say that it is gone, and lists what is left; without a sound."""
    if not erased.ideas and not erased.comments:
        return
    gone = {Target(idea).slot for idea in erased.ideas} | {slot_of_number(each) for each in erased.reports}
    for chat, slot in await context.work.outbox.on_desks():
        message = await _instead(context, chat, slot, is_gone=slot in gone)
        if message is not None:
            await context.post(Show(chat, message, slot=slot, priority=Priority.PUSH))


async def _instead(context: TownContext, chat: ChatId, slot: str, *, is_gone: bool) -> Message | None:
    """What the message shows from now on; None where it stays."""
    t = await words_of_desk(context, chat)
    if slot == WAITING:
        return await waiting_in(context, 0, t)
    if slot == CASE:
        # Nobody notes which case a message shows, so each begins anew; but for one that waits for words.
        return gone_card(t) if not await _is_asked(context, chat) else None
    return gone_card(t) if is_gone else None


async def _is_asked(context: TownContext, chat: ChatId) -> bool:
    """Whether the message asks for words about something that is still there."""
    asked = Asked.of(await context.work.conversations.get(chat))
    if asked is None or asked.at != await context.work.outbox.shown_at(chat, CASE):
        return False
    about = asked.subject.about
    if about.idea is not None:
        return await context.work.ideas.get(about.idea) is not None
    return about.comment is None or await context.work.comments.get(about.comment) is not None
