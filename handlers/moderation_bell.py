"""The desks hear that something waits for moderation: one message, with the way there."""

from datetime import datetime
from html import escape

from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.moderation import Waiting
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers.desks import desks_of
from handlers.moderation_text import queue_button
from locales import Translator

SLOT = "moderation:bell"


async def ring(work: Work, town: Town, now: datetime, *, is_new: bool) -> None:
    """Say how much waits; below what was written last if it `is_new`, else where it was said before."""
    waiting = await work.moderation.waiting()
    for chat, t in await desks_of(work, town):
        if is_new or await work.outbox.shown_at(chat, SLOT) is None:
            show = Show(chat, bell(waiting, now, t), slot=SLOT, is_new=True, priority=Priority.PUSH)
        else:
            show = Show(chat, bell(waiting, now, t), slot=SLOT, priority=Priority.PUSH)
        await work.outbox.put(show, now)


def bell(waiting: Waiting, now: datetime, t: Translator) -> Message:
    count, oldest = waiting
    text = t.ngettext("{n} message waits for a decision.", "{n} messages wait for a decision.", count)
    if oldest is not None and count > 1:
        text += " " + t.gettext("The oldest has waited {duration}.", duration=t.relative(now - oldest))
    return Message(f"🛡 {escape(text)}", ((queue_button(t),),))
