"""What happened to themes from one run to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import KnownTheme

LEAST_MOVED = 3
"""Fewer ideas that go over are no event."""

SPLIT_SHARE, MERGED_SHARE = 0.2, 0.5
"""Of a theme's ideas, how many another one takes over when it splits off, or swallows what is left of it."""

GROWTH = 0.25
"""By such a share, and by LEAST_MOVED ideas, a theme grows in one run to be said to have grown."""


class EventKind(StrEnum):
    """What can happen to a theme."""

    BORN = "born"
    GREW = "grew"
    SPLIT = "split"
    MERGED = "merged"
    FADED = "faded"
    REVIVED = "revived"


@dataclass(frozen=True, slots=True)
class ThemeEvent:
    """`ideas` is how many it was about; `other` is what split off, or what it merged into."""

    kind: EventKind
    theme: ThemeId
    ideas: int
    other: ThemeId | None = None


def events_between(before: Sequence[KnownTheme], after: Sequence[KnownTheme]) -> tuple[ThemeEvent, ...]:
    """What happened to each theme, in the order of their ids; `before` may hold themes that had faded."""
    was = {theme.id: theme for theme in before if not theme.has_faded}
    faded = {theme.id for theme in before if theme.has_faded}
    now = {theme.id: theme for theme in after if not theme.has_faded}
    place = {idea: theme.id for theme in now.values() for idea in theme.members}
    events = []
    for theme in sorted(now.keys() - was.keys()):
        kind = EventKind.REVIVED if theme in faded else EventKind.BORN
        events.append(ThemeEvent(kind, theme, len(now[theme].members)))
    for earlier in sorted(was.values(), key=lambda theme: theme.id):
        events += _fate(earlier, now, place, new=now.keys() - was.keys())
    return tuple(sorted(events, key=lambda event: event.theme))


def _fate(
    earlier: KnownTheme,
    now: Mapping[ThemeId, KnownTheme],
    place: Mapping[IdeaId, ThemeId],
    new: set[ThemeId],
) -> list[ThemeEvent]:
    left: dict[ThemeId, int] = {}
    for idea in earlier.members:
        where = place.get(idea)
        if where is not None and where != earlier.id:
            left[where] = left.get(where, 0) + 1
    size = len(earlier.members)
    if earlier.id not in now:
        heir = min(left, key=lambda theme: (-left[theme], theme), default=None)
        if heir is not None and left[heir] >= MERGED_SHARE * size:
            return [ThemeEvent(EventKind.MERGED, earlier.id, left[heir], heir)]
        return [ThemeEvent(EventKind.FADED, earlier.id, size)]
    events = [
        ThemeEvent(EventKind.SPLIT, earlier.id, left[theme], theme)
        for theme in sorted(left)
        if theme in new and left[theme] >= max(LEAST_MOVED, SPLIT_SHARE * size)
    ]
    growth = len(now[earlier.id].members) - size
    if growth >= max(LEAST_MOVED, GROWTH * size):
        events.append(ThemeEvent(EventKind.GREW, earlier.id, growth))
    return events
