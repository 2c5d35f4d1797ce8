"""From ideas to themes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from cocreation.analysis.communities import ALONE, Groups, communities
from cocreation.analysis.encoding import THREADS, Encoder, Vectors, installed_encoder
from cocreation.analysis.identity import continued
from cocreation.analysis.labels import name_themes
from cocreation.analysis.language import LANGUAGES, languages_of
from cocreation.analysis.quotes import quotes_of
from cocreation.analysis.representation import meaning_of, represent, unit
from cocreation.analysis.text import has_letters, readable
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import FEWEST_IDEAS, Clustering, FoundTheme, IdeaText, KnownTheme, Member

SMALLEST_THEME = 3

NEAR = 0.1
"""Who has too few neighbours for a theme joins the nearest whose middle has a cosine of this. Mean AMI of 60
ideas of each shared set: .28 with it, .26 without; 21 % instead of 31 % of them stay alone."""

OnStage = Callable[[Literal["encoding", "clustering", "naming"]], None]
"""Hears what is being done next."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A text and the ideas that say exactly this."""

    text: str
    language: Language | None
    ideas: tuple[IdeaId, ...]


def find_themes(
    ideas: Sequence[IdeaText],
    known: Sequence[KnownTheme] = (),
    *,
    encoder: Encoder | None = None,
    languages: Sequence[Language] = LANGUAGES,
    on_stage: OnStage = lambda _: None,
) -> Clustering:
    """Group the ideas by what they are about; the same for any order of the ideas.

    `known` are the themes of the last run, whose identity goes on where it can. `encoder` is the installed
    one unless told. `languages` are those that people here are expected to write in.
    """
    ordered = sorted(ideas, key=lambda idea: idea.id)
    voices = _voices(ordered)
    if len(ordered) < FEWEST_IDEAS or not voices:
        return Clustering((), tuple(idea.id for idea in ordered))
    with threadpool_limits(THREADS):
        themes = _themes(voices, known, encoder or installed_encoder(), languages, on_stage)
    assigned = {member.idea for theme in themes for member in theme.members}
    return Clustering(themes, tuple(idea.id for idea in ordered if idea.id not in assigned))


def _voices(ideas: Sequence[IdeaText]) -> list[_Voice]:
    """Ideas with the same words speak as one, so that a campaign does not crowd out its neighbours.

    They come in the order of their words: that of the ideas, and their ids, change nothing.
    """
    same: dict[str, list[tuple[str, IdeaText]]] = {}
    for idea in ideas:
        text = readable(idea.text)
        if has_letters(text):
            same.setdefault(" ".join(text.casefold().split()), []).append((text, idea))
    return [
        _Voice(
            min(text for text, _ in said),
            _usual(idea.language for _, idea in said if idea.language),
            tuple(idea.id for _, idea in said),
        )
        for _, said in sorted(same.items())
    ]


def _usual(languages: Iterable[Language]) -> Language | None:
    counts = Counter(languages)
    return min(counts, key=lambda language: (-counts[language], language), default=None)


def _themes(
    voices: Sequence[_Voice],
    known: Sequence[KnownTheme],
    encoder: Encoder | None,
    languages: Sequence[Language],
    on_stage: OnStage,
) -> tuple[FoundTheme, ...]:
    on_stage("encoding")
    texts = [voice.text for voice in voices]
    spoken = languages_of(texts, [voice.language for voice in voices], languages)
    meaning = None if encoder is None else meaning_of(texts, spoken, encoder)
    vectors = represent(texts, spoken, meaning)
    on_stage("clustering")
    found = communities(vectors, _earlier_groups(voices, known))
    groups = _largest_first(_joined(vectors, _largest_first(found, voices)), voices)
    scores = _centrality(vectors, groups)
    members = [frozenset(member.idea for member in _members(voices, rows, scores)) for rows in _rows(groups)]
    on_stage("naming")
    earlier = continued(members, known)
    kept = {group: theme.label for group, theme in enumerate(earlier) if theme is not None}
    namings = name_themes(texts, spoken, groups, scores, kept=kept, meaning=meaning, preferred=languages[0])
    return tuple(
        FoundTheme(
            known=None if before is None else before.id,
            label=naming.label,
            keywords=naming.keywords,
            members=_members(voices, rows, scores),
            quotes=tuple(voices[row].ideas[0] for row in quotes_of(rows, texts, vectors, scores)),
        )
        for rows, naming, before in zip(_rows(groups), namings, earlier, strict=True)
    )


def _earlier_groups(voices: Sequence[_Voice], known: Sequence[KnownTheme]) -> Groups | None:
    """The group of each voice in the last run, ALONE for what is new; None where nothing is known."""
    ordered = sorted(known, key=lambda theme: theme.id)
    number = {idea: group for group, theme in enumerate(ordered) for idea in theme.members}
    groups = [next((number[idea] for idea in sorted(v.ideas) if idea in number), ALONE) for v in voices]
    return np.array(groups, dtype=np.int64) if number else None


def _largest_first(groups: Groups, voices: Sequence[_Voice]) -> Groups:
    """Groups numbered by falling number of ideas; those that are too small are alone."""
    counts = np.array([len(voice.ideas) for voice in voices])
    # What many say in the same words is a theme, though it has no neighbours.
    fresh = groups.max(initial=ALONE) + 1 + np.arange(len(groups))
    apart = np.where(groups == ALONE, fresh, groups)
    sizes = np.bincount(apart, weights=counts)
    first = {group: row for row, group in reversed(list(enumerate(apart.tolist())))}
    large = [group for group in first if sizes[group] >= SMALLEST_THEME]
    order = sorted(large, key=lambda group: (-sizes[group], first[group]))
    number = {group: position for position, group in enumerate(order)}
    return np.array([number.get(group, ALONE) for group in apart.tolist()], dtype=np.int64)


def _joined(vectors: Vectors, groups: Groups) -> Groups:
    """The groups, and with each those who are alone and nearest to it, if they are near at all."""
    if groups.max(initial=ALONE) == ALONE:
        return groups
    likeness = vectors @ _middles(vectors, groups).T
    joins = (groups == ALONE) & (likeness.max(axis=1) >= NEAR)
    return np.where(joins, likeness.argmax(axis=1), groups)


def _rows(groups: Groups) -> Iterator[NDArray[np.int64]]:
    for group in range(groups.max(initial=ALONE) + 1):
        yield np.flatnonzero(groups == group)


def _middles(vectors: Vectors, groups: Groups) -> Vectors:
    """The direction in which each group lies, one row of length one a group."""
    return unit(np.vstack([vectors[rows].mean(axis=0) for rows in _rows(groups)]))


def _centrality(vectors: Vectors, groups: Groups) -> NDArray[np.float64]:
    """How near each row is to the middle of its group: the cosine, 0 to 1."""
    scores = np.zeros(len(vectors))
    if groups.max(initial=ALONE) == ALONE:
        return scores
    middles = _middles(vectors, groups)
    for group, rows in enumerate(_rows(groups)):
        scores[rows] = np.clip(vectors[rows] @ middles[group], 0, 1)
    return scores


def _members(
    voices: Sequence[_Voice], rows: NDArray[np.int64], scores: NDArray[np.float64]
) -> tuple[Member, ...]:
    members = [Member(idea, round(float(scores[row]), 4)) for row in rows for idea in voices[row].ideas]
    return tuple(sorted(members, key=lambda member: (-member.score, member.idea)))
