"""How themes moved in a period: beyond their usual, for the first time, or no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.period import Period
from cocreation.ideas.usual import Usual, usual_of

LINES = 3
"""Themes or ideas that a section of the digest shows at once."""

FOLDED = 5
"""Those that it folds away below them, at most."""

LARGEST = 5

SEVERAL = 3
"""Fewer ideas are no growth, and leave no silence behind."""

SILENT = 3
"""Periods without an idea after which a theme has gone quiet."""


@dataclass(frozen=True, slots=True)
class ThemeActivity:
    """A theme's published ideas: all until the end of the period, those of the period, and those of each of
    the same length before it, the latest first."""

    id: ThemeId
    label: str
    size: int
    arrived: int
    earlier: tuple[int, ...]
    born_at: datetime
    keywords: tuple[str, ...] = ()
    keywords_of: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    colour: int = 0

    @property
    def before(self) -> int:
        """What came in the period before."""
        return next(iter(self.earlier), 0)

    def usual(self, known: int) -> Usual | None:
        """What comes in a period usually, as far as the `known` latest tell."""
        return usual_of(self.earlier[:known])

    def gain(self, known: int) -> int:
        """How many ideas came beyond its usual, or beyond the period before where none is known."""
        usual = self.usual(known)
        return self.arrived - (self.before if usual is None else usual.high)


@dataclass(frozen=True, slots=True)
class Moving:
    """The themes that a digest can name; none stands in two of the lists."""

    grew: tuple[ThemeActivity, ...]
    born: tuple[ThemeActivity, ...]
    quiet: tuple[ThemeActivity, ...]
    largest: tuple[ThemeActivity, ...]

    def named(self) -> tuple[ThemeActivity, ...]:
        """Those that are news."""
        return (*self.grew, *self.born, *self.quiet)


def moving_themes(themes: Sequence[ThemeActivity], period: Period, known: int = 0) -> Moving:
    """The news among the themes of a period; `known` full ones came before it."""
    born = sorted((t for t in themes if _is_born(t, period)), key=lambda t: (-t.size, t.id))
    is_old = {t.id for t in themes} - {t.id for t in born}
    old = [t for t in themes if t.id in is_old]
    grew = sorted((t for t in old if _grew(t, known)), key=lambda t: (-t.gain(known), -t.arrived, t.id))
    quiet = sorted((t for t in old if _fell_quiet(t)), key=lambda t: (-t.size, t.id))
    moving = Moving(tuple(grew[: LINES + FOLDED]), tuple(born[: LINES + FOLDED]), tuple(quiet[:LINES]), ())
    named = {t.id for t in moving.named()}
    largest = sorted((t for t in themes if t.size and t.id not in named), key=lambda t: (-t.size, t.id))
    return Moving(moving.grew, moving.born, moving.quiet, tuple(largest[:LARGEST]))


def _is_born(theme: ThemeActivity, period: Period) -> bool:
    """Found in this period among ideas that are not older than the period before, and so no old one found
    anew."""
    is_found = period.start <= theme.born_at < period.end
    return is_found and theme.arrived + theme.before == theme.size > 0


def _grew(theme: ThemeActivity, known: int) -> bool:
    usual = theme.usual(known)
    if usual is not None and not usual.is_above(theme.arrived):
        return False
    return theme.arrived >= SEVERAL and theme.gain(known) > 0


def _fell_quiet(theme: ThemeActivity) -> bool:
    """Whether the last of three silent periods ends here, which is news once and not every week."""
    silent = (theme.arrived, *theme.earlier)[:SILENT]
    spoken = theme.earlier[SILENT - 1 :]
    return not any(silent) and bool(spoken and spoken[0]) and sum(spoken) >= SEVERAL
