"""The desks hear of what the rules point out; what was hidden at once is gone wherever it lies open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cocreation.ideas.moderation import Act, Case, Sign
from cocreation.ideas.screening import Screen
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers.context import TURN, TownApplication, TownContext, Turn
from handlers.moderation_bell import ring
from handlers.moderation_notices import tell_author
from handlers.things import show_change, thing_about

AT_ONCE = "!"
"""Before a word on the town's list: what has it is hidden until a facilitator has looked at it."""
URGENT = frozenset([Sign.BARRED, Sign.BURST, Sign.SUPPORTS])


def screen_of(town: Town) -> Screen:
    """What this town looks out for."""
    barred = [word.removeprefix(AT_ONCE) for word in town.watched_words if word.startswith(AT_ONCE)]
    watched = [word for word in town.watched_words if not word.startswith(AT_ONCE)]
    return Screen(watched, barred, () if town.contact is None else (town.contact,))


async def tell_of_suspects(
    work: Work,
    cases: Sequence[Case],
    held: Sequence[Act],
    now: datetime,
    *,
    town: Town,
    application: TownApplication,
) -> None:
    """One message for all of it; it is a new one where nothing waited before, or somebody is in a hurry."""
    present = town.facilitator_chat
    if present is not None:
        town = replace(town, facilitator_chat=await work.groups.present(present))
    token = TURN.set(Turn(work, now, town))
    try:
        for act in held:
            thing = await thing_about(work, act.about)
            await show_change(TownContext(application), thing)
            await tell_author(work, act, thing, town, now)
    finally:
        TURN.reset(token)
    if not cases:
        return
    count, _ = await work.moderation.waiting()
    is_urgent = any(case.signs & URGENT for case in cases)
    await ring(work, town, now, is_new=is_urgent or count <= len(cases))
