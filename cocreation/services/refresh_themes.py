"""Themes follow what people write."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cocreation.ideas.ids import DecisionId, IdeaId
from cocreation.ideas.messages import Show
from cocreation.ideas.theme import Clustering
from cocreation.ports import CardRenderer, Clock, Storage, ThemeEngine, Work

CARD_LIVES = timedelta(days=2)
"""Nobody looks at the card of an older idea to see its theme appear."""
CARDS_AT_ONCE = 25
"""A transaction; people who write meanwhile go in between."""

PLANS = 3
"""Made before a run writes all of its result at once, because facilitators go on deciding meanwhile."""


async def refresh_themes(storage: Storage, engine: ThemeEngine, clock: Clock) -> Sequence[IdeaId] | None:
    """Find the themes anew when ideas came, changed or went since the last time, or facilitators decided.

    Returns the ideas that have a theme now and had none; None where nothing had changed, or somebody was
    forgotten meanwhile after whose words a theme may be named: then the next run sees to it. Opens
    transactions of its own, none of them while the engine works, and only short ones that write: what others
    write meanwhile stands, and counts as a change for the next time. Killed at any point, the last themes
    stand.
    """
    began = clock()
    async with storage.reading() as work:
        changes, _ = await work.themes.changes_since_last_run()
        if not changes:
            return None
        ideas = await work.ideas.texts()
        known, holds = await work.themes.known(), await work.themes.holds()
    clustering = Clustering((), ())
    if ideas or known:
        clustering = await engine.find_themes(ideas, known, holds)
    for _ in range(PLANS):
        plan = await _prepared(storage, clustering, began)
        async with storage.writing() as work:
            if await work.themes.must_forget(began):
                return None
            if await work.themes.still_holds(plan):
                return await work.themes.replace(clustering, began, plan)
    async with storage.writing() as work:
        if await work.themes.must_forget(began):
            return None
        return await work.themes.replace(clustering, began)


async def _prepared(storage: Storage, clustering: Clustering, began: datetime) -> object:
    """What the run leads to, written as far as nobody sees it, in transactions that nobody feels."""
    is_more = True
    while is_more:
        async with storage.writing() as work:
            is_more = await work.themes.forget_unseen()
    async with storage.reading() as work:
        plan = await work.themes.plan(clustering, began)
    is_more = True
    while is_more:
        async with storage.writing() as work:
            is_more = await work.themes.prepare(plan)
    return plan


async def show_themes(storage: Storage, ideas: Sequence[IdeaId], render: CardRenderer, clock: Clock) -> None:
    """Let the cards of ideas that got a theme, or look-alikes, show them in their authors' chats, a few per
    transaction."""
    async with storage.reading() as work:
        recent = await work.ideas.written_since(ideas, clock() - CARD_LIVES)
    for start in range(0, len(recent), CARDS_AT_ONCE):
        await _show_on_cards(storage, recent[start : start + CARDS_AT_ONCE], render, clock())


async def show_decision(work: Work, decision: DecisionId, render: CardRenderer, now: datetime) -> None:
    """Let the cards show what became of their themes when a decision was made or undone."""
    touched = await work.themes.touched_by(decision)
    for idea in await work.ideas.written_since(touched, now - CARD_LIVES):
        if (card := await _card(work, idea, render, now)) is not None:
            await work.outbox.put(card, now)


async def _show_on_cards(
    storage: Storage, ideas: Sequence[IdeaId], render: CardRenderer, now: datetime
) -> None:
    async with storage.reading() as work:
        cards = [card for idea in ideas if (card := await _card(work, idea, render, now)) is not None]
    async with storage.writing() as work:
        for card in cards:
            await work.outbox.put(card, now)


async def _card(work: Work, idea: IdeaId, render: CardRenderer, now: datetime) -> Show | None:
    view = await work.ideas.view(idea)
    if view is None or view.idea.author is None or not view.idea.is_published:
        return None
    author = await work.residents.get(view.idea.author)
    return None if author is None else await render(work, view, author, now)
