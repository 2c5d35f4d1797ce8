"""Themes follow what people write."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import FEWEST_IDEAS, Clustering
from cocreation.ports import CardRenderer, Clock, Storage, ThemeEngine, Work

CARD_LIVES = timedelta(days=2)
"""Nobody looks at the card of an older idea to see its theme appear."""


async def refresh_themes(storage: Storage, engine: ThemeEngine, render: CardRenderer, clock: Clock) -> bool:
    """Find the themes anew when ideas came, changed or went since the last time; whether they had.

    Opens transactions of its own, none of them while the engine works. Cards of ideas that got a theme
    change in their authors' chats.
    """
    # What is written while the engine works counts as a change for the next time.
    began = clock()
    async with storage.reading() as work:
        changes, _ = await work.themes.changes_since_last_run()
        if not changes:
            return False
        ideas, known = await work.ideas.texts(), await work.themes.known()
    clustering = Clustering((), tuple(idea.id for idea in ideas))
    if len(ideas) >= FEWEST_IDEAS:
        clustering = await engine.find_themes(ideas, known)
    async with storage.writing() as work:
        newly = await work.themes.replace(clustering, began)
        await _show_on_cards(work, newly, render, clock())
    return True


async def _show_on_cards(work: Work, ideas: Sequence[IdeaId], render: CardRenderer, now: datetime) -> None:
    for idea in ideas:
        view = await work.ideas.view(idea)
        if view is None or view.idea.author is None or view.idea.created_at < now - CARD_LIVES:
            continue
        author = await work.residents.get(view.idea.author)
        card = render(view, author) if author is not None and view.idea.is_published else None
        if card is not None:
            await work.outbox.put(card, now)
