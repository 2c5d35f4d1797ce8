"""How good themes are: pure functions of numbers and words.

Sources: Vinh, Epps and Bailey 2010 (AMI); Hubert and Arabie 1985 (ARI); Bouma 2009 (NPMI); Lau, Newman and
Baldwin 2014 (NPMI over a topic's words); Dieng, Ruiz and Blei 2020 (diversity).
"""

import math
import re
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import combinations

from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from benchmarks.themes.exchange import ALONE

TOP_WORDS = 8

_WORD = re.compile(r"\b\w\w+\b")


def each_its_own(groups: Sequence[int]) -> list[int]:
    """The groups, those who are alone each in one of its own."""
    fresh = max(groups, default=ALONE) + 1
    return [fresh + place if group == ALONE else group for place, group in enumerate(groups)]


def mutual_information(groups: Sequence[int], labels: Sequence[Hashable]) -> float:
    """AMI, 0 for chance and 1 for the same division. Who is alone counts as a group of its own."""
    return float(adjusted_mutual_info_score(_numbered(labels), each_its_own(groups)))


def rand_index(groups: Sequence[int], labels: Sequence[Hashable]) -> float:
    """ARI, 0 for chance and 1 for the same division. Who is alone counts as a group of its own."""
    return float(adjusted_rand_score(_numbered(labels), each_its_own(groups)))


def assigned(groups: Sequence[int]) -> float:
    """The share of those that have a group."""
    return sum(group != ALONE for group in groups) / len(groups) if groups else 0.0


def agreement(one: Mapping[int, int], other: Mapping[int, int]) -> float:
    """ARI of two divisions, by the number of each idea, over the ideas that both know."""
    common = sorted(one.keys() & other.keys())
    return rand_index([one[idea] for idea in common], each_its_own([other[idea] for idea in common]))


def words_of(text: str) -> list[str]:
    """Lower-case runs of two or more letters, digits or underscores: scikit-learn's words, for all peers."""
    return _WORD.findall(text.lower())


def top_words(keywords: Iterable[str], without: Collection[str] = ()) -> list[tuple[str, int]]:
    """The first TOP_WORDS different words of the keywords, each with the number of its keyword.

    A keyword of several words counts as its words, so that it has no more room than others have.
    """
    first: dict[str, int] = {}
    for number, keyword in enumerate(keywords):
        for word in words_of(keyword):
            if word not in without:
                first.setdefault(word, number)
    return list(first.items())[:TOP_WORDS]


def diversity(themes: Iterable[Iterable[str]]) -> float | None:
    """The share of different words among the top words of all themes; None where there are none."""
    words = [word for keywords in themes for word, _ in top_words(keywords)]
    return len(set(words)) / len(words) if words else None


def coherence(
    themes: Iterable[Iterable[str]], texts: Sequence[str], without: Collection[str] = ()
) -> float | None:
    """The mean NPMI of two top words of a theme, over the pairs, then over the themes; −1 to 1.

    Two words are together where they stand in the same text. Two words of one keyword are no pair: that
    'public transport' stands together is no merit of the theme. None where no theme has a pair.
    """
    tops = [top_words(keywords, without) for keywords in themes]
    where: dict[str, set[int]] = {word: set() for top in tops for word, _ in top}
    for number, text in enumerate(texts):
        for word in words_of(text):
            if word in where:
                where[word].add(number)
    found = []
    for top in tops:
        pairs = [
            npmi(len(where[one]), len(where[other]), len(where[one] & where[other]), len(texts))
            for (one, of_one), (other, of_other) in combinations(top, 2)
            if of_one != of_other
        ]
        if pairs:
            found.append(sum(pairs) / len(pairs))
    return sum(found) / len(found) if found else None


def npmi(one: int, other: int, both: int, count: int) -> float:
    """Normalised pointwise mutual information of two words that stand in so many of `count` texts.

    −1 for words that are never together, 0 for chance, 1 for words that are always together.
    """
    if both == 0:
        return -1.0
    if both == count:
        return 1.0
    return math.log(both * count / (one * other)) / -math.log(both / count)


def changed(
    before: Mapping[int, int | None],
    after: Mapping[int, int | None],
    explained: Collection[tuple[int | None, int | None]] = (),
) -> float | None:
    """The share of the earlier ideas whose theme is another now; having none counts as a theme.

    Moves from one theme to another that are `explained` do not count. None where there are no earlier ideas.
    """
    if not before:
        return None
    moves = [(theme, after[idea]) for idea, theme in before.items() if after[idea] != theme]
    return sum(move not in explained for move in moves) / len(before)


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _numbered(labels: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]
