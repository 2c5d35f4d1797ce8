"""What facilitators do with themes. It shows at once, and every later run keeps it.

Each of these tells which earlier decisions it overrules: the latest wins. Ideas that are not published at the
moment are held by nothing but a merge.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from cocreation.errors import (
    DecisionGoneError,
    NamelessThemeError,
    NoPartError,
    NotFoundError,
    SameThemeError,
    ThemeGoneError,
)
from cocreation.ideas.decision import Decided, DecisionKind, NewDecision
from cocreation.ideas.idea import clean_text, has_words, shorten
from cocreation.ideas.ids import DecisionId, IdeaId, ResidentId, ThemeId
from cocreation.ideas.theme import Member
from cocreation.ports import Work

LONGEST_NAME = 80
"""Characters; a name stands in lists and on buttons."""

SMALLEST_CORE = 3
"""A name and a curtain hang on the half of a theme's ideas nearest to its middle, but on so many at least."""


async def rename_theme(
    work: Work, theme: ThemeId, label: str, *, by: ResidentId | None, now: datetime
) -> Decided:
    """Give the theme a name. The half of its ideas nearest to its middle stay in it, so that it goes on.

    Raises ThemeGoneError and NamelessThemeError.
    """
    name = _name(label)
    core = _core(await _members(work, theme))
    new = NewDecision(DecisionKind.RENAME, by, theme, label=name, holds=dict.fromkeys(core, theme))
    return await work.themes.decide(new, now)


async def merge_themes(
    work: Work, theme: ThemeId, into: ThemeId, *, by: ResidentId | None, now: datetime
) -> Decided:
    """Let the ideas of both be in `into`. Raises ThemeGoneError and SameThemeError."""
    if theme == into:
        raise SameThemeError
    members = [*await _members(work, into), *await _members(work, theme)]
    holds = {member.idea: into for member in members}
    return await work.themes.decide(NewDecision(DecisionKind.MERGE, by, theme, into, holds=holds), now)


async def split_theme(
    work: Work, theme: ThemeId, part: Collection[IdeaId], label: str, *, by: ResidentId | None, now: datetime
) -> Decided:
    """Let these of its ideas be a theme of their own with this name, and the rest stay.

    What is no longer in the theme is left alone. Raises ThemeGoneError, NamelessThemeError, and NoPartError
    when nothing would leave, or nothing would stay.
    """
    name = _name(label)
    ideas = {member.idea for member in await _members(work, theme)}
    leaving = ideas & set(part)
    if not leaving or leaving == ideas:
        raise NoPartError
    other = await work.themes.split_off(theme, now)
    holds = {idea: other if idea in leaving else theme for idea in ideas}
    return await work.themes.decide(NewDecision(DecisionKind.SPLIT, by, theme, other, name, holds), now)


async def pin_theme(work: Work, theme: ThemeId, *, by: ResidentId | None, now: datetime) -> Decided:
    """Let the theme stay, with all ideas that are in it. Raises ThemeGoneError."""
    holds = {member.idea: theme for member in await _members(work, theme)}
    return await work.themes.decide(NewDecision(DecisionKind.PIN, by, theme, holds=holds), now)


async def hide_theme(work: Work, theme: ThemeId, *, by: ResidentId | None, now: datetime) -> Decided:
    """Let nobody see the theme, though its ideas: see `Theme`. Raises ThemeGoneError."""
    core = _core(await _members(work, theme))
    new = NewDecision(DecisionKind.HIDE, by, theme, holds=dict.fromkeys(core, theme))
    return await work.themes.decide(new, now)


async def unpin_theme(
    work: Work, theme: ThemeId, *, by: ResidentId | None, now: datetime
) -> Sequence[DecisionId]:
    """Let the theme go as later runs find it: what had pinned it stands no more.

    Returns what does not stand any more. Raises DecisionGoneError where nothing pins it.
    """
    return await _lift(work, theme, DecisionKind.PIN, by, now)


async def show_theme(
    work: Work, theme: ThemeId, *, by: ResidentId | None, now: datetime
) -> Sequence[DecisionId]:
    """Let everybody see the theme again. As `unpin_theme` otherwise."""
    return await _lift(work, theme, DecisionKind.HIDE, by, now)


async def move_idea(
    work: Work, idea: IdeaId, theme: ThemeId | None, *, by: ResidentId | None, now: datetime
) -> Decided:
    """Put the idea into a theme, or with None out of all. Raises NotFoundError and ThemeGoneError."""
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    if theme is not None:
        await _members(work, theme)
    return await work.themes.decide(NewDecision(DecisionKind.MOVE, by, theme, holds={idea: theme}), now)


async def undo_decision(
    work: Work, decision: DecisionId, *, now: datetime, by: ResidentId | None = None
) -> None:
    """Put ideas back where the decision found them, unless a later one has moved them on.

    Raises DecisionGoneError.
    """
    if not await work.themes.undo(decision, now, by):
        raise DecisionGoneError


async def _lift(
    work: Work, theme: ThemeId, kind: DecisionKind, by: ResidentId | None, now: datetime
) -> Sequence[DecisionId]:
    """Take back all decisions of a kind on a theme: two facilitators may have made the same one."""
    standing = await work.theme_pages.standing(theme, kind)
    if not standing:
        raise DecisionGoneError
    for decision in standing:
        await undo_decision(work, decision, now=now, by=by)
    return standing


async def _members(work: Work, theme: ThemeId) -> Sequence[Member]:
    members = await work.themes.members(theme)
    if not members:
        raise ThemeGoneError
    return members


def _core(members: Sequence[Member]) -> list[IdeaId]:
    half = max(SMALLEST_CORE, (len(members) + 1) // 2)
    return [member.idea for member in members[:half]]


def _name(label: str) -> str:
    name = " ".join(clean_text(label).split())
    if not has_words(name):
        raise NamelessThemeError
    return shorten(name, LONGEST_NAME)
