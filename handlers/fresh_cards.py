"""Cards that lie open in chats change where they stand when the town has answered, or ideas were joined."""

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Priority, Show
from handlers.context import TownContext
from handlers.gone import readers
from handlers.neighbour_cards import card_for
from handlers.open_comments import show_threads
from handlers.own_cards import card_with_theme
from handlers.replied import CARD, NEWS
from handlers.ways import Way


async def show_answer(context: TownContext, view: IdeaView) -> None:
    """Let the author's card, and those that others have opened, show the town's answer; without a sound."""
    author = None if view.idea.author is None else await context.work.residents.get(view.idea.author)
    if author is not None:
        card = await card_with_theme(context.town, context.work, view, author, context.now)
        if card is not None:
            await context.post(card)
    slot = f"{CARD}:{view.idea.id}"
    async for chat, reader in readers(context, slot):
        opened = await card_for(context, view, reader, Way())
        await context.post(Show(chat, opened, slot=slot, priority=Priority.PUSH))


async def show_whole(context: TownContext, rest: IdeaId, view: IdeaView) -> None:
    """Let what others have open of an idea that was joined to another show that one; without a sound."""
    slot = f"{CARD}:{view.idea.id}"
    for there in (f"{CARD}:{rest}", f"{NEWS}:{rest}"):
        async for chat, reader in readers(context, there):
            at = await context.work.outbox.shown_at(chat, there)
            card = await card_for(context, view, reader, Way())
            await context.post(Show(chat, card, slot=slot, priority=Priority.PUSH, at=at))
    await show_threads(context, view, joined=rest)
