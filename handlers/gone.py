"""What lies open in the chats of others is taken away when the idea is."""

from collections.abc import AsyncIterator

from cocreation.ideas.conversation import Step
from cocreation.ideas.ids import ChatId, IdeaId, ResidentId
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.resident import Resident
from handlers.context import TownContext, language_of
from handlers.neighbour_card_text import gone_card
from handlers.replied import CARD, COMMENT, NEWS, THREAD
from handlers.ways import Way
from locales import translator

READERS = 200
"""Chats in which it changes at once; the others' messages say so when they are pressed."""


async def take_from_readers(context: TownContext, idea: IdeaId, author: ResidentId | None) -> None:
    """Let the cards, threads, comments and news of an idea in others' chats say that it is gone; without a
    sound. Who wrote a comment keeps the message about it.
    Nobody is waited for to comment on it any more."""
    await context.work.conversations.end_about(Step.COMMENT, idea)
    thread = await context.work.comments.thread(idea, READERS)
    slots = {f"{kind}:{idea}": author for kind in (CARD, THREAD, NEWS)}
    slots |= {f"{COMMENT}:{said.comment.id}": said.comment.author for said in thread.comments}
    for slot, whose in slots.items():
        for chat in await context.work.outbox.showing(slot, READERS):
            reader = await context.work.residents.find(chat)
            if reader is not None and reader.id == whose:
                continue
            language = context.town.languages[0] if reader is None else language_of(reader, context.town)
            gone = gone_card(Way(), translator(language))
            await context.post(Show(ChatId(chat), gone, slot=slot, priority=Priority.PUSH))


async def readers(context: TownContext, slot: str) -> AsyncIterator[tuple[ChatId, Resident]]:
    """The people in whose chats a message shows this slot, without those who have left."""
    for chat in await context.work.outbox.showing(slot, READERS):
        reader = await context.work.residents.find(chat)
        if reader is not None and not reader.is_away:
            yield chat, reader
