"""What a run's result changes, worked out to the last row before anybody has to wait for it.

Pure: what the database holds goes in, what is to be written comes out.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import COLOURS, FoundPart, FoundTheme, KnownTheme
from cocreation.ideas.theme_event import ThemeEvent, events_between
from storage.theme_plan import Kept, PlannedTheme, Seat

SCORE_STEP = 0.02
"""A score that moved by less is not worth writing down."""

UNBORN = 1 << 60
"""Themes that are yet to be begun are numbered from here on, above whatever a database gives."""

Rows = Mapping[ThemeId, Any]
Sitting = tuple[IdeaId, Seat]


class _Change(Enum):
    UNSEEN, NEARER, SEEN = range(3)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written. Themes in it may be unborn: `births` tells what each of those is to be.

    `unseen` are the ideas without a theme that get an unborn one, `nearer` those that keep their seat and are
    nearer to its theme or farther from it, `seen` all others whose seat changes, `out` those that lose it.
    `going_on` are themes and parts that are called or placed differently, or are back, `revived` those that
    had faded, `ended` the parts that are no more. The ideas `newly` in a theme had none before.
    """

    births: Sequence[tuple[ThemeId, Mapping[str, Any]]]
    unseen: Sequence[Sitting]
    nearer: Sequence[Sitting]
    seen: Sequence[Sitting]
    out: Sequence[IdeaId]
    going_on: Sequence[tuple[ThemeId, Mapping[str, Any]]]
    revived: Sequence[ThemeId]
    ended: Sequence[ThemeId]
    faded: Sequence[ThemeId]
    events: Sequence[ThemeEvent]
    newly: Sequence[IdeaId]
    themes: int


def changes(
    planned: Sequence[PlannedTheme], kept: Kept, rows: Rows, unsure: Set[ThemeId], read_at: datetime
) -> Changes:
    """`rows` are the themes and parts that there ever were; `unsure` are those that lost a name meanwhile."""
    draft = _Draft(rows, unsure, read_at)
    seats = draft.seats(planned)
    before = {theme for theme, row in rows.items() if row.is_current and row.parent_id is None}
    now = {seat.theme for seat in seats.values()}
    parts = {seat.part for seat in seats.values()}
    was = [*_as_known(before, kept.seats, kept.published), *_as_faded(kept.themes - before)]
    sittings = _sittings(kept.seats, seats)
    return Changes(
        births=draft.births,
        unseen=sittings[_Change.UNSEEN],
        nearer=sittings[_Change.NEARER],
        seen=sittings[_Change.SEEN],
        out=[idea for idea in kept.seats if idea not in seats],
        going_on=draft.going_on,
        revived=draft.revived,
        ended=sorted(kept.parts - parts),
        faded=sorted(before - now),
        events=events_between(was, _as_known(now, seats, kept.published)),
        newly=sorted(seats.keys() - kept.seats.keys()),
        themes=len(now),
    )


def rarest(used: Mapping[int, int]) -> int:
    """The colour that was used least."""
    return min(range(COLOURS), key=lambda colour: (used.get(colour, 0), colour))


def _sittings(
    before: Mapping[IdeaId, Seat], after: Mapping[IdeaId, Seat]
) -> Mapping[_Change, Sequence[Sitting]]:
    """The difference and no more: most ideas stay where they are."""
    sittings: dict[_Change, list[Sitting]] = {change: [] for change in _Change}
    for idea, seat in after.items():
        if (change := _change(before.get(idea), seat)) is not None:
            sittings[change].append((idea, seat))
    return sittings


def _change(before: Seat | None, after: Seat) -> _Change | None:
    if before is None:
        return _Change.UNSEEN if after.theme >= UNBORN else _Change.SEEN
    if before._replace(score=after.score) != after:
        return _Change.SEEN
    return _Change.NEARER if abs(before.score - after.score) >= SCORE_STEP else None


@dataclass(slots=True)
class _Draft:
    """Goes through the themes one by one, and notes what becomes of each and of its parts."""

    rows: Rows
    unsure: Set[ThemeId]
    read_at: datetime
    births: list[tuple[ThemeId, Mapping[str, Any]]] = field(default_factory=list)
    going_on: list[tuple[ThemeId, Mapping[str, Any]]] = field(default_factory=list)
    revived: list[ThemeId] = field(default_factory=list)

    def seats(self, planned: Sequence[PlannedTheme]) -> dict[IdeaId, Seat]:
        """Where each idea is from now on."""
        used = Counter(self.rows[theme.id].colour for theme in planned if theme.id is not None)
        parts_used: set[ThemeId] = set()
        seats: dict[IdeaId, Seat] = {}
        for theme in planned:
            if theme.id is None and theme.found is not None:
                colour = rarest(used)
                used[colour] += 1
                id = self._bear(_naming(theme.found), colour)
            elif theme.id is not None:
                id = theme.id
                self._go_on(id, theme.found)
            part_of = self._parts(id, theme, parts_used)
            for idea, (score, is_quote) in theme.members.items():
                seats[idea] = Seat(id, part_of.get(idea), score, is_quote)
        return seats

    def _bear(self, naming: dict[str, Any], colour: int, parent: ThemeId | None = None) -> ThemeId:
        id = ThemeId(UNBORN + len(self.births))
        self.births.append((id, {**naming, "colour": colour, "parent_id": parent, "born_at": self.read_at}))
        return id

    def _go_on(
        self, theme: ThemeId, found: FoundTheme | FoundPart | None, parent: ThemeId | None = None
    ) -> None:
        row = self.rows[theme]
        before = {name: getattr(row, name) for name in ("label", "keywords", "keywords_of", "x", "y")}
        after = before if found is None else _naming(found)
        if row.given_label is not None or theme in self.unsure:
            # The name that the run saw was a facilitator's.
            after = {**after, "label": row.label}
        if row.x is not None:
            after = {**after, "x": row.x, "y": row.y}
        if after == before and row.is_current and row.parent_id == parent:
            return
        self.going_on.append((theme, {**after, "parent_id": parent}))
        if not row.is_current:
            self.revived.append(theme)

    def _parts(
        self, theme: ThemeId, planned: PlannedTheme, used: set[ThemeId]
    ) -> dict[IdeaId, ThemeId | None]:
        """The part in which each idea of the theme is."""
        part_of: dict[IdeaId, ThemeId | None] = {}
        for found in planned.parts:
            members = found.members & planned.members.keys()
            if not members:
                continue
            row = None if found.known is None else self.rows.get(found.known)
            if row is None or row.parent_id is None or row.id in used:
                id = self._bear(_naming(found), 0, theme)
            else:
                id = ThemeId(row.id)
                self._go_on(id, found, theme)
            used.add(id)
            part_of.update(dict.fromkeys(members, id))
        here = set(part_of.values())
        for idea, part in planned.stay.items():
            if part in here:
                part_of.setdefault(idea, part)
        return part_of


def _naming(found: FoundTheme | FoundPart) -> dict[str, Any]:
    named: dict[str, Any] = {
        "label": found.label,
        "keywords": json.dumps(found.keywords, ensure_ascii=False),
        "keywords_of": "{}",
        "x": None,
        "y": None,
    }
    if isinstance(found, FoundTheme):
        named["keywords_of"] = json.dumps(dict(found.keywords_of), ensure_ascii=False, sort_keys=True)
        named["x"], named["y"] = found.spot.x, found.spot.y
    return named


def _as_known(
    there: Iterable[ThemeId], seats: Mapping[IdeaId, Seat], published: Set[IdeaId]
) -> list[KnownTheme]:
    members: dict[ThemeId, list[IdeaId]] = {theme: [] for theme in there}
    for idea, seat in seats.items():
        if idea in published and seat.theme in members:
            members[seat.theme].append(idea)
    return [KnownTheme(theme, "", frozenset(inside)) for theme, inside in members.items()]


def _as_faded(there: Iterable[ThemeId]) -> list[KnownTheme]:
    return [KnownTheme(theme, "", frozenset(), has_faded=True) for theme in there]
