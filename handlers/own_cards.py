"""The card of an idea in its author's chat, with what is around it now."""

from datetime import datetime

from telegram import Update

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome
from cocreation.ideas.town import Town
from cocreation.ports import Work
from cocreation.services.look_around import look_around
from handlers import cards
from handlers.context import TownContext, language_of
from handlers.ways import Way


async def own_card(
    context: TownContext,
    view: IdeaView,
    author: Resident,
    outcome: Outcome | None = None,
    *,
    way: Way = cards.AT_HOME,
    is_open: bool = False,
) -> Message:
    """The card as it is now; `outcome` is what has just happened, `way` the list from which it was opened."""
    around = await look_around(context.work, view.idea, author, context.now)
    language = language_of(author, context.town)
    return cards.idea_card(view, outcome, language, context.town, around, way=way, is_open=is_open)


async def redraw(
    update: Update,
    context: TownContext,
    idea: IdeaId,
    outcome: Outcome | None = None,
    *,
    is_open: bool = False,
) -> None:
    """Show the card of an own idea anew, where its button was pressed or where it stands."""
    author = await context.resident(update)
    view = await context.work.ideas.view(idea)
    if view is not None:
        card = await own_card(context, view, author, outcome, is_open=is_open)
        await context.change(update, card, cards.slot_of(view))


async def redraw_elsewhere(
    update: Update, context: TownContext, idea: IdeaId, outcome: Outcome | None = None
) -> None:
    """The same where it stands in the chat, which is not where a button was pressed."""
    author = await context.resident(update)
    view = await context.work.ideas.view(idea)
    if view is not None and author.chat is not None:
        card = await own_card(context, view, author, outcome)
        await context.post(Show(author.chat, card, slot=cards.slot_of(view)))


async def card_with_theme(
    town: Town, work: Work, view: IdeaView, author: Resident, now: datetime
) -> Show | None:
    """The card of an idea of which more is known now; it changes where it stands, without a sound."""
    if author.chat is None:
        return None
    around = await look_around(work, view.idea, author, now)
    card = cards.idea_card(view, None, language_of(author, town), town, around)
    return Show(author.chat, card, slot=cards.slot_of(view), priority=Priority.PUSH)
