"""Cards that lie open in chats change where they stand when the town has answered."""

from datetime import datetime

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers.ideas import card_with_theme


async def show_answer(work: Work, view: IdeaView, town: Town, now: datetime) -> None:
    """Let the author's card show the town's answer."""
    author = None if view.idea.author is None else await work.residents.get(view.idea.author)
    if author is not None and (card := card_with_theme(town, view, author)) is not None:
        await work.outbox.put(card, now)
