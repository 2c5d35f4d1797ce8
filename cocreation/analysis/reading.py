"""The ideas of one language as columns of words: what stands where, and what its surroundings say of it."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.forms import CAPITAL_NOUNS, Flags, Forms, forms_of
from cocreation.analysis.text import words
from cocreation.ideas.ids import Language

Numbers = NDArray[np.int64]

MOSTLY = 0.8
"""A word that has its capital this often inside sentences is somebody's or something's name."""

SELDOM = 0.2
"""A given name is written in lower case at most this often; else it is a word as well."""

TITLED = 0.6
"""Where so many of a text's words have capitals, they say nothing: it is written like a title."""

LIKELY_PLACE, RARELY = 0.4, 0.1
"""A German noun that so often stands right after in, nach or aus, so rarely after an article, and that has no
plural, is the name of a place."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of the texts one after the other; each array has an entry for every one of them.

    `form` numbers `forms`, `text` the texts; a word `follows` the one before with only a blank between; in
    `passing` capitals say nothing; one that `is_barred` (a person's name, abuse) may stand in no name.
    """

    forms: Forms
    form: Numbers
    text: Numbers
    follows: Flags
    passing: Flags
    is_barred: Flags

    @property
    def stem(self) -> Numbers:
        return np.asarray(self.forms.stem[self.form])

    @property
    def is_telling(self) -> Flags:
        return np.asarray(~self.forms.is_stop[self.form] & ~self.is_barred)


def read(texts: Sequence[str], language: Language) -> Reading:
    numbers: dict[str, int] = {}
    form, text, opens, follows = array("q"), array("q"), array("b"), array("b")
    for row, each in enumerate(texts):
        for written, is_opening, is_following in words(each, language):
            form.append(numbers.setdefault(written, len(numbers)))
            text.append(row)
            opens.append(is_opening)
            follows.append(is_following)
    forms = forms_of(list(numbers), language)
    columns = np.array(form, dtype=np.int64), np.array(text, dtype=np.int64)
    following = np.array(follows, dtype=bool)
    passing = np.array(opens, dtype=bool) | _titled(forms, *columns, len(texts))
    barred = _persons(forms, *columns, following) | forms.is_abuse[columns[0]]
    return Reading(forms, *columns, following, passing, barred)


def _titled(forms: Forms, form: Numbers, text: Numbers, count: int) -> Flags:
    """The words of texts in which most have capitals."""
    told = ~forms.is_stop[form]
    if forms.language in CAPITAL_NOUNS:
        return np.asarray(forms.is_loud[form])
    size = np.bincount(text[told], minlength=count)
    capital = np.bincount(text[told & forms.is_capital[form]], minlength=count)
    return np.asarray((capital > np.maximum(TITLED * size, 1))[text] | forms.is_loud[form])


def _persons(forms: Forms, form: Numbers, text: Numbers, follows: Flags) -> Flags:
    """Words that name a person: after an honorific, given names, and what follows those with a capital.

    A word that mostly names a person is one everywhere, also where it opens a sentence.
    """
    capital, stem, count = forms.is_capital[form], forms.stem[form], len(forms.stems)
    in_all = np.bincount(stem, minlength=count)
    lower = np.bincount(stem[~capital], minlength=count)
    could_be = capital & ~forms.is_stop[form]
    same_text = np.append(False, text[1:] == text[:-1]) if len(text) else follows
    given = forms.is_given[form] & could_be & (lower <= SELDOM * in_all)[stem]
    given |= could_be & same_text & after(forms.is_title[form])
    family = could_be & follows & after(given)
    # After a name any German noun may stand.
    sure = given if forms.language in CAPITAL_NOUNS else given | family
    often = np.bincount(stem[sure], minlength=count) >= np.maximum(in_all / 2, 1)
    return np.asarray(given | family | (often[stem] & capital))


def proper_nouns(reading: Reading) -> Flags:
    """Which stems are names of something: of countries, or what has its capital inside sentences too; where
    all nouns have, what often comes right after a word like 'in' and hardly ever after an article."""
    forms, stem, count = reading.forms, reading.stem, len(reading.forms.stems)
    in_all = np.bincount(stem, minlength=count)
    country = np.bincount(stem[forms.is_country[reading.form]], minlength=count) > in_all / 2
    if forms.language in CAPITAL_NOUNS:
        placed = np.bincount(stem[_after_any(reading, forms.before_place)], minlength=count)
        articled = np.bincount(stem[_after_any(reading, forms.before_noun)], minlength=count)
        is_place = (placed > 1) & (placed >= LIKELY_PLACE * in_all) & (articled <= RARELY * in_all)
        capital = np.bincount(stem[forms.is_capital[reading.form]], minlength=count) == in_all
        return np.asarray(country | (is_place & capital & (_spellings(forms) == 1)))
    inside = ~reading.passing
    seen = np.bincount(stem[inside], minlength=count)
    capital = np.bincount(stem[inside & forms.is_capital[reading.form]], minlength=count)
    return np.asarray(country | ((capital >= MOSTLY * seen) & (seen > 0)))


def _spellings(forms: Forms) -> Numbers:
    """In how many ways each stem is written, apart from capitals, a genitive, and "of a place" (Wiener)."""
    ways = {
        (number, form.casefold().removesuffix("s").removesuffix("er"))
        for number, form in zip(forms.stem.tolist(), forms.written, strict=True)
    }
    return np.bincount(np.array([number for number, _ in ways], dtype=np.int64), minlength=len(forms.stems))


def _after_any(reading: Reading, such: Flags) -> Flags:
    return np.asarray(after(such[reading.form]) & reading.follows)


def after(flags: Flags) -> Flags:
    """Whether the word before is one of those."""
    return np.append(False, flags[:-1]) if len(flags) else flags


def before(flags: Flags) -> Flags:
    """Whether the next word is one of those."""
    return np.append(flags[1:], False) if len(flags) else flags
