"""Why an idea is in its theme, and what makes a theme one.

What is said of an idea is found with the very function by which a new one is placed: see
`cocreation.analysis.placing`. So it holds of what the engine does, not of what a reader may think.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.grouping import centrality, middles_of
from cocreation.analysis.keywords import Candidates, unlike
from cocreation.analysis.landscape import Landscape
from cocreation.analysis.leaving_out import REASONS, content, weightiest, without
from cocreation.analysis.nearness import NEAR, drawn
from cocreation.analysis.placing import NEIGHBOURS
from cocreation.analysis.terms import Term, telling_terms
from cocreation.analysis.vocabulary import Vocabulary
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Holds, KnownTheme
from cocreation.ideas.why import (
    Certainty,
    Likeness,
    Neighbour,
    Reason,
    TellingWord,
    WhyIdea,
    WhyTheme,
)

SURE, FAIRLY = 0.3, 0.1
"""Shares of a theme's likeness by which it is ahead of the next one. Of the example ideas that are ahead so
far, found anew as if they had just come, 99 % and 80 % are where the run of the engine put them; of the
others 55 %. By words alone not even what is far ahead is sure: 68 %."""

SHOWN_NEIGHBOURS = 3

WORDS, WORDS_BESIDE = 3, 1
"""Telling words of a theme in the language that most of its ideas have, and in each other one."""
FEWEST_SPOKEN = 3

NEARLY = 0.5

FEWEST_SAYING, TELLS = 2, 3
"""A telling word stands in so many ideas of its theme, and that much more often than in others."""


def why_idea(land: Landscape, themes: Sequence[KnownTheme], holds: Holds, idea: IdeaId) -> WhyIdea | None:
    """What put the idea into its theme: words, neighbours, and how far the next theme is behind.

    A word's part is what is lost without it: see `cocreation.analysis.leaving_out`. None where the idea is
    not known.
    """
    row = land.rows.get(idea)
    if row is None:
        return None
    groups = land.groups(themes)
    own = int(groups[row])
    around = _Around(land, groups, len(themes), row)
    (scores,) = around.scores([land.texts[row]])
    behind = [group for group in np.argsort(-scores, kind="stable").tolist() if group != own]
    other = behind[0] if behind and scores[behind[0]] > 0 else None
    return WhyIdea(
        idea=idea,
        text=land.ideas[row].text,
        own=None if own == ALONE else _likeness(themes[own], scores[own]),
        size=0 if own == ALONE else len(themes[own].members),
        other=None if other is None else _likeness(themes[other], scores[other]),
        reasons=() if own == ALONE else _reasons(land, around, row, own),
        neighbours=() if own == ALONE else _neighbours(land, groups, row),
        certainty=Certainty.OPEN if own == ALONE else _certainty(land, scores, own),
        is_held=idea in holds and holds[idea] == (None if own == ALONE else themes[own].id),
    )


def why_theme(land: Landscape, themes: Sequence[KnownTheme], theme: ThemeId) -> WhyTheme | None:
    """The words that tell the theme from all other ideas, and how close its ideas are to each other.

    None where the theme is not there, or has no idea.
    """
    groups = land.groups(themes)
    group = next((at for at, each in enumerate(themes) if each.id == theme), ALONE)
    inside = np.flatnonzero(groups == group)
    if group == ALONE or not len(inside):
        return None
    middles = middles_of(land.vectors, groups, len(themes))
    own = land.vectors[inside]
    near = middles @ middles[group]
    near[group] = -1
    nearest = int(near.argmax())
    read = land.read(inside)
    found = list(telling(land, groups, group, read))
    is_here = groups == group
    said = {row for _, rows in found for row in rows}
    return WhyTheme(
        theme=theme,
        label=themes[group].label,
        size=len(inside),
        words=tuple(word for word, _ in found),
        here=sum(bool(is_here[row]) for row in said),
        elsewhere=sum(not is_here[row] for row in said),
        others=len(read) - len(inside),
        closeness=_mean(own @ middles[group]),
        nearest=_likeness(themes[nearest], _mean(own @ middles[nearest])) if near[nearest] > 0 else None,
    )


def telling(
    land: Landscape, groups: Groups, group: int, read: NDArray[np.int64]
) -> Iterator[tuple[TellingWord, frozenset[int]]]:
    """The words that tell a group from the others among the rows that are `read`, and the rows that have
    them; those of the language that most of its ideas have come first."""
    inside = np.flatnonzero(groups[read] == group)
    spoken = Counter(land.languages[row] for row in read[inside].tolist())
    scores = centrality(land.vectors[read], groups[read])
    for language, count in sorted(spoken.items(), key=lambda item: (-item[1], item[0])):
        is_first = count == max(spoken.values())
        if not is_first and count < FEWEST_SPOKEN:
            continue
        vocabulary = land.vocabulary(language, read)
        terms = telling_terms(vocabulary, groups[read], scores, [group])[group]
        strong = _widest([term for term in terms if not term.is_weak] or terms)
        chosen = unlike(Candidates(language, vocabulary, strong), len(strong))
        found = [_counted(vocabulary, term, groups, group, read) for term in chosen]
        usual = [each for each in found if _tells(each[0], len(inside), len(read))]
        yield from usual[: WORDS if is_first else WORDS_BESIDE]


def _widest(terms: Sequence[Term]) -> list[Term]:
    """The terms without those phrases of which one word tells nearly as much: more ideas have that."""
    values = {term.stems: term.value for term in terms}
    return [
        term
        for term in terms
        if len(term.stems) == 1 or all(values.get((stem,), 0) < NEARLY * term.value for stem in term.stems)
    ]


def _tells(word: TellingWord, inside: int, read: int) -> bool:
    """Whether several ideas have it, and a larger share than elsewhere."""
    return word.here >= FEWEST_SAYING and word.here * (read - inside) >= TELLS * word.elsewhere * inside


def _counted(
    vocabulary: Vocabulary, term: Term, groups: Groups, group: int, read: NDArray[np.int64]
) -> tuple[TellingWord, frozenset[int]]:
    has_it = vocabulary.stands[:, [term.number]].tocsc().indices
    rows = read[vocabulary.rows[has_it]]
    here = int((groups[rows] == group).sum())
    return TellingWord(term.form, here, len(rows) - here), frozenset(rows.tolist())


class _Around:
    """How like the themes an idea is, as if it had just come: its own part in all that is known left out."""

    def __init__(self, land: Landscape, groups: Groups, count: int, row: int) -> None:
        self._land = land
        self._row = row
        others = groups.copy()
        others[row] = ALONE
        self._middles = middles_of(land.vectors, others, count)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row per wording of the idea, one column per theme."""
        read = self._land.understood(texts, self._land.languages[self._row])
        likeness = read @ self._land.vectors.T
        likeness[:, self._row] = 0
        count = min(NEIGHBOURS, likeness.shape[1])
        near = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
        cosines = np.take_along_axis(likeness, near, axis=1)
        scores: NDArray[np.float32] = drawn(read, self._land.vectors[near], cosines) @ self._middles.T
        return scores


def _reasons(land: Landscape, around: _Around, row: int, own: int) -> tuple[Reason, ...]:
    """The words without which the lead of the theme would be smallest, the weightiest first."""
    text = land.texts[row]
    spans = content(text, land.languages[row])
    if not spans:
        return ()
    lead, *fewer = _leads(around.scores([text, *(without(text, span) for span in spans)]), own)
    phrases = weightiest(text, spans, [lead - left for left in fewer])
    if not phrases:
        return ()
    left = _leads(around.scores([without(text, phrase) for phrase in phrases]), own)
    found = sorted(zip(left, phrases, strict=True))[:REASONS]
    return tuple(Reason(text[start:end], round(lead_left, 4)) for lead_left, (start, end) in found)


def _leads(scores: NDArray[np.float32], own: int) -> list[float]:
    """How far the theme is ahead of the next one, for each row."""
    others = np.delete(scores, own, axis=1).max(axis=1, initial=0)
    return [float(lead) for lead in scores[:, own] - others]


def _certainty(land: Landscape, scores: NDArray[np.float32], own: int) -> Certainty:
    (lead,) = _leads(scores[None], own)
    if scores[own] < NEAR or lead < FAIRLY * scores[own]:
        return Certainty.OPEN
    if lead < SURE * scores[own]:
        return Certainty.FAIRLY if land.knows_meaning else Certainty.OPEN
    return Certainty.SURE if land.knows_meaning else Certainty.FAIRLY


def _neighbours(land: Landscape, groups: Groups, row: int) -> tuple[Neighbour, ...]:
    """The ideas of the same theme that are most like it, each saying something else."""
    inside = np.flatnonzero(groups == groups[row])
    likeness = land.vectors[inside] @ land.vectors[row]
    found: dict[str, Neighbour] = {}
    for at in np.argsort(-likeness, kind="stable").tolist():
        other = int(inside[at])
        if likeness[at] <= NEAR or len(found) == SHOWN_NEIGHBOURS:
            break
        if other != row:
            idea = land.ideas[other]
            alike = Neighbour(idea.id, idea.text, min(round(float(likeness[at]), 4), 1.0))
            found.setdefault(land.texts[other].casefold(), alike)
    return tuple(found.values())


def _likeness(theme: KnownTheme, cosine: float) -> Likeness:
    return Likeness(theme.id, theme.label, round(float(np.clip(cosine, 0, 1)), 4))


def _mean(cosines: NDArray[np.float32]) -> float:
    return round(float(np.clip(cosines.mean(), 0, 1)), 4)
