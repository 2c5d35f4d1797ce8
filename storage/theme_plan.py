"""Where each idea goes when a run's result arrives: what the run found, as far as decisions let it.

Pure: what the database holds goes in, themes with their members come out.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, FoundPart, FoundTheme, Holds


class Seat(NamedTuple):
    """An idea's place in a theme, and in a part of it."""

    theme: ThemeId
    part: ThemeId | None
    score: float
    is_quote: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept until now. `themes` and `parts` are all that ever were.

    `holds` keep ideas where they are put, `merges` lead from a theme that was merged away to the other one.
    """

    ideas: Set[IdeaId]
    published: Set[IdeaId]
    seats: Mapping[IdeaId, Seat]
    themes: Set[ThemeId]
    parts: Set[ThemeId]
    holds: Holds
    merges: Mapping[ThemeId, ThemeId]


@dataclass(slots=True)
class PlannedTheme:
    """A theme as it will be. `id` is None for one that is born.

    `found` is what names it: None where decisions alone keep it, or where what the run found is another
    theme that was merged into it meanwhile. `members` have their score and whether they are quotes, `stay`
    holds the parts in which those remain that the run did not see.
    """

    id: ThemeId | None
    found: FoundTheme | None
    members: dict[IdeaId, tuple[float, bool]] = field(default_factory=dict)
    parts: list[FoundPart] = field(default_factory=list)
    stay: dict[IdeaId, ThemeId] = field(default_factory=dict)


def successor(theme: ThemeId, merges: Mapping[ThemeId, ThemeId]) -> ThemeId:
    """The theme itself, or the one into which it was merged in the end."""
    passed = {theme}
    while theme in merges and merges[theme] not in passed:
        theme = merges[theme]
        passed.add(theme)
    return theme


def planned_themes(clustering: Clustering, kept: Kept) -> list[PlannedTheme]:
    """The themes that there are from now on, those that the run found first, as it ordered them."""
    planned = _found(clustering.themes, kept)
    by_id = {theme.id: theme for theme in planned if theme.id is not None}
    for idea, held_in in sorted(kept.holds.items()):
        if held_in is None or idea not in kept.published:
            continue
        if held_in not in by_id:
            by_id[held_in] = PlannedTheme(held_in, None)
            planned.append(by_id[held_in])
        if idea not in by_id[held_in].members:
            _keep_seat(by_id[held_in], idea, kept.seats.get(idea))
    seen = {member.idea for found in clustering.themes for member in found.members}
    seen.update(clustering.unassigned)
    alive = [theme for theme in planned if not kept.published.isdisjoint(theme.members)]
    by_id = {theme.id: theme for theme in alive if theme.id is not None}
    for idea, seat in kept.seats.items():
        if idea not in seen and idea not in kept.holds and seat.theme in by_id:
            _keep_seat(by_id[seat.theme], idea, seat)
    return alive


def _found(themes: Iterable[FoundTheme], kept: Kept) -> list[PlannedTheme]:
    planned: list[PlannedTheme] = []
    by_id: dict[ThemeId, PlannedTheme] = {}
    for found in themes:
        goes_on = None if found.known is None else successor(found.known, kept.merges)
        if goes_on not in kept.themes:
            goes_on = None
        theme = by_id.get(goes_on) if goes_on is not None else None
        if theme is None:
            theme = PlannedTheme(goes_on, None)
            planned.append(theme)
            if goes_on is not None:
                by_id[goes_on] = theme
        if theme.found is None and (goes_on is None or goes_on == found.known):
            theme.found = found
        quotes = set(found.quotes) if theme.found is found else set()
        for member in found.members:
            if member.idea in kept.ideas and _may_be_in(goes_on, member.idea, kept.holds):
                theme.members[member.idea] = (member.score, member.idea in quotes)
        theme.parts += found.parts
    return planned


def _may_be_in(theme: ThemeId | None, idea: IdeaId, holds: Holds) -> bool:
    return idea not in holds or (theme is not None and holds[idea] == theme)


def _keep_seat(theme: PlannedTheme, idea: IdeaId, seat: Seat | None) -> None:
    """Let the idea be where it is already, or come last where it was put."""
    if seat is None or seat.theme != theme.id:
        theme.members[idea] = (0.0, False)
        return
    theme.members[idea] = (seat.score, seat.is_quote)
    if seat.part is not None:
        theme.stay[idea] = seat.part
