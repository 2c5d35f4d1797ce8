"""Facilitators call a theme as people would: by a name of their own, or one that its words suggest."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cocreation.errors import NamelessThemeError, ThemeNameTakenError, ThemeNameTooLongError
from cocreation.ideas.decision import Decided
from cocreation.ideas.idea import clean_text, has_words
from cocreation.ideas.ids import ResidentId, ThemeId
from cocreation.ideas.theme import Theme
from cocreation.ports import Work
from cocreation.services.decide_themes import LONGEST_NAME, rename_theme
from cocreation.services.open_theme import present_theme

SUGGESTIONS = 4
_JOINED = " · "
_WORDS = 2


async def name_theme(
    work: Work, theme: ThemeId, name: str, *, by: ResidentId | None, now: datetime
) -> Decided | None:
    """Give the theme a name; None where it has that name already.

    Raises ThemeGoneError, NamelessThemeError, ThemeNameTooLongError and ThemeNameTakenError.
    """
    present = await present_theme(work, theme)
    label = " ".join(clean_text(name).split())
    if label == present.label:
        return None
    if not has_words(label):
        raise NamelessThemeError
    if len(label) > LONGEST_NAME:
        raise ThemeNameTooLongError(limit=LONGEST_NAME, length=len(label))
    if (taken := _taken(await work.theme_pages.labels(), theme).get(label.casefold())) is not None:
        raise ThemeNameTakenError(name=taken)
    return await rename_theme(work, theme, label, by=by, now=now)


async def suggested_names(work: Work, theme: Theme) -> Sequence[str]:
    """At most four names that its own words suggest, none of which a theme has now: what it is called
    without facilitators, then the telling words of each of its languages."""
    own = await work.theme_pages.own_label(theme.id)
    taken = {theme.label.casefold(), *_taken(await work.theme_pages.labels(), theme.id)}
    names: dict[str, str] = {}
    for name in [own or "", *_from_words(theme)]:
        if has_words(name) and len(name) <= LONGEST_NAME and name.casefold() not in taken:
            names.setdefault(name.casefold(), name)
    return list(names.values())[:SUGGESTIONS]


def _from_words(theme: Theme) -> Iterator[str]:
    languages = [words for words in (theme.keywords, *theme.keywords_of.values()) if words]
    for words in languages:
        yield _begun(_JOINED.join(words[:_WORDS]))
    for at in range(max(map(len, languages), default=0)):
        yield from (_begun(words[at]) for words in languages if at < len(words))


def _begun(name: str) -> str:
    return name[:1].upper() + name[1:]


def _taken(labels: Mapping[ThemeId, str], theme: ThemeId) -> Mapping[str, str]:
    return {label.casefold(): label for other, label in labels.items() if other != theme}
