"""Cards show what the town says now: those of one idea at once, those of a whole theme a few at a time."""

from datetime import datetime

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.town import Town
from cocreation.ports import Storage
from handlers.context import TURN, TownApplication, TownContext, Turn
from handlers.fresh_cards import show_answer
from handlers.reply_subject import Target

AT_ONCE = 25
"""Ideas whose cards change in one transaction; people who write go in between."""


async def show_change(context: TownContext, target: Target) -> None:
    """Let the cards of an idea show the town's answer. Those of a theme's ideas follow by themselves."""
    if target.is_theme:
        return
    view = await context.work.ideas.view(IdeaId(target.id))
    if view is not None and view.idea.is_published:
        await show_answer(context, view)


async def refresh_stale(storage: Storage, application: TownApplication, town: Town, now: datetime) -> None:
    """Change some of the cards that say something else now; the rest at the next time."""
    async with storage.reading() as work:
        if not await work.stale_cards.is_any():
            return
    async with storage.writing() as work:
        token = TURN.set(Turn(work, now, town))
        try:
            context = TownContext(application)
            for idea in await work.stale_cards.take(AT_ONCE):
                await show_change(context, Target(idea))
        finally:
            TURN.reset(token)
