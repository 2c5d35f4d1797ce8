"""Themes follow what people write."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Show
from cocreation.ideas.theme import FEWEST_IDEAS, Clustering
from cocreation.ports import CardRenderer, Clock, Storage, ThemeEngine, Work

CARD_LIVES = timedelta(days=2)
"""Nobody looks at the card of an older idea to see its theme appear."""
CARDS_AT_ONCE = 25
"""A transaction; people who write meanwhile go in between."""


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
    async with storage.reading() as work:
        recent = await work.ideas.written_since(newly, began - CARD_LIVES)
    for start in range(0, len(recent), CARDS_AT_ONCE):
        await _show_on_cards(storage, recent[start : start + CARDS_AT_ONCE], render, clock())
    return True


async def _show_on_cards(
    storage: Storage, ideas: Sequence[IdeaId], render: CardRenderer, now: datetime
) -> None:
    async with storage.reading() as work:
        cards = [card for idea in ideas if (card := await _card(work, idea, render)) is not None]
    async with storage.writing() as work:
        for card in cards:
            await work.outbox.put(card, now)


async def _card(work: Work, idea: IdeaId, render: CardRenderer) -> Show | None:
    view = await work.ideas.view(idea)
    if view is None or view.idea.author is None or not view.idea.is_published:
        return None
    author = await work.residents.get(view.idea.author)
    return None if author is None else render(view, author)
