"""The desks hear of what the rules point out, and authors of what was hidden at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.moderation import Act, Case, Sign
from cocreation.ideas.resident import Resident
from cocreation.ideas.screening import Screen
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers.context import language_of
from handlers.moderation_bell import ring
from handlers.moderation_notices import tell_author
from handlers.own_cards import card_with_theme
from handlers.replied import COMMENT
from handlers.things import Thing, hidden_comment_message, thing_about
from locales import translator

AT_ONCE = "!"
"""Before a word on the town's list: what has it is hidden until a facilitator has looked at it."""
URGENT = frozenset([Sign.BARRED, Sign.BURST, Sign.SUPPORTS])


def screen_of(town: Town) -> Screen:
    """What this town looks out for."""
    barred = [word.removeprefix(AT_ONCE) for word in town.watched_words if word.startswith(AT_ONCE)]
    watched = [word for word in town.watched_words if not word.startswith(AT_ONCE)]
    return Screen(watched, barred, () if town.contact is None else (town.contact,))


async def tell_of_suspects(
    work: Work, cases: Sequence[Case], held: Sequence[Act], now: datetime, *, town: Town
) -> None:
    """One message for all of it; it is a new one where nothing waited before, or somebody is in a hurry."""
    present = town.facilitator_chat
    if present is not None:
        town = replace(town, facilitator_chat=await work.groups.present(present))
    for act in held:
        thing = await thing_about(work, act.about)
        await _show_author(work, thing, town, now)
        await tell_author(work, act, thing, town, now)
    if not cases:
        return
    count, _ = await work.moderation.waiting()
    is_urgent = any(case.signs & URGENT for case in cases)
    await ring(work, town, now, is_new=is_urgent or count <= len(cases))


async def _show_author(work: Work, thing: Thing, town: Town, now: datetime) -> None:
    author = None if thing.author is None else await work.residents.get(thing.author)
    if author is None or author.chat is None:
        return
    card = await _card(work, thing, author, town, now)
    if card is not None:
        await work.outbox.put(card, now)


async def _card(work: Work, thing: Thing, author: Resident, town: Town, now: datetime) -> Show | None:
    if thing.comment is None:
        return await card_with_theme(town, work, thing.view, author, now)
    if author.chat is None:
        return None
    language: Language = language_of(author, town)
    message = hidden_comment_message(thing.comment, town, translator(language))
    slot = f"{COMMENT}:{thing.comment.id}"
    return Show(author.chat, message, slot=slot, priority=Priority.PUSH)
