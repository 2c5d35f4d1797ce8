"""What happened to themes between two results, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.ideas.ids import ThemeId
from cocreation.ideas.theme_event import EventKind, ThemeEvent
from cocreation.services.theme_overview import Changes
from locales import Translator

ORDER = tuple(EventKind)


@dataclass(frozen=True, slots=True)
class News:
    """A sentence and the theme to read on about, if there is one."""

    sentence: str
    leads_to: ThemeId | None


def news(changes: Changes, t: Translator) -> list[News]:
    """New themes first, then what grew, split, went into another or faded; of each kind the largest first."""
    ordered = sorted(changes.events, key=lambda event: (ORDER.index(event.kind), -event.ideas, event.theme))
    return [News(_sentence(event, changes, t), _reading_on(event)) for event in ordered]


def comings_and_goings(changes: Changes, t: Translator) -> Sequence[str]:
    """How many ideas are new, and how many are gone."""
    told = []
    if changes.arrived:
        told.append(t.ngettext("{n} idea is new.", "{n} ideas are new.", changes.arrived))
    if changes.gone:
        told.append(
            t.ngettext("{n} idea is no longer there.", "{n} ideas are no longer there.", changes.gone)
        )
    return told


def _sentence(event: ThemeEvent, changes: Changes, t: Translator) -> str:
    n, theme = event.ideas, changes.labels[event.theme]
    other = "" if event.other is None else changes.labels[event.other]
    match event.kind:
        case EventKind.BORN:
            return t.ngettext(
                "“{theme}” is new, with {n} idea.", "“{theme}” is new, with {n} ideas.", n, theme=theme
            )
        case EventKind.GREW:
            return t.ngettext("“{theme}” grew by {n} idea.", "“{theme}” grew by {n} ideas.", n, theme=theme)
        case EventKind.SPLIT:
            return t.ngettext(
                "{n} idea of “{theme}” is now in a theme of its own: “{other}”.",
                "{n} ideas of “{theme}” are now in a theme of their own: “{other}”.",
                n,
                theme=theme,
                other=other,
            )
        case EventKind.MERGED:
            return t.ngettext(
                "“{theme}” is no longer there; {n} idea of it went into “{other}”.",
                "“{theme}” is no longer there; {n} ideas of it went into “{other}”.",
                n,
                theme=theme,
                other=other,
            )
        case EventKind.FADED:
            return t.ngettext(
                "“{theme}” is no longer there; it had {n} idea.",
                "“{theme}” is no longer there; it had {n} ideas.",
                n,
                theme=theme,
            )
        case EventKind.REVIVED:
            return t.ngettext(
                "“{theme}” is back, with {n} idea.", "“{theme}” is back, with {n} ideas.", n, theme=theme
            )


def _reading_on(event: ThemeEvent) -> ThemeId | None:
    if event.kind in (EventKind.MERGED, EventKind.SPLIT):
        return event.other
    return None if event.kind is EventKind.FADED else event.theme
