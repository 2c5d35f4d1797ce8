"""From ideas to themes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.encoding import THREADS, Encoder, Vectors
from cocreation.analysis.grouping import Rows, centrality, grouped, middles_of, rows_of, settled
from cocreation.analysis.identity import continued, loyal
from cocreation.analysis.labels import name_themes
from cocreation.analysis.language import LANGUAGES, languages_of
from cocreation.analysis.parts import parts_of
from cocreation.analysis.quotes import quotes_of
from cocreation.analysis.representation import Meaning, meaning_of, represent, smoothed
from cocreation.analysis.spots import spots_of
from cocreation.analysis.vocabulary import Vocabulary, vocabularies_of
from cocreation.analysis.voices import Voice, voices_of
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.theme import (
    FEWEST_IDEAS,
    Clustering,
    FoundPart,
    FoundTheme,
    Holds,
    IdeaText,
    KnownTheme,
    Member,
)

OnStage = Callable[[Literal["encoding", "clustering", "naming"]], None]
"""Hears what is being done next."""

NO_HOLDS: Holds = {}


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The last run as the rows of this one see it: the theme of each row, ALONE for what is new."""

    themes: tuple[KnownTheme, ...]
    start: Groups
    faded: tuple[KnownTheme, ...]


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Rows in groups, largest first, and the theme that each continues: its id, and what was known of it."""

    rows: Rows
    groups: Groups
    ids: list[ThemeId | None]
    known: list[KnownTheme | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """What the voices say, and how that is read."""

    voices: Sequence[Voice]
    texts: Sequence[str]
    languages: Sequence[Language]
    meaning: Meaning | None
    preferred: Language


def find_themes(
    ideas: Sequence[IdeaText],
    known: Sequence[KnownTheme] = (),
    holds: Holds = NO_HOLDS,
    *,
    encoder: Encoder | None,
    languages: Sequence[Language] = LANGUAGES,
    on_stage: OnStage = lambda _: None,
) -> Clustering:
    """Group the ideas by what they are about; the same for any order of the ideas.

    `known` are the themes of the last run, whose identity goes on where it can; `holds` are facilitators'
    decisions, which stand without exception. Without an `encoder` the words speak alone. `languages` are
    those that people here are expected to write in; themes are named in the first where they can be.
    """
    ordered = sorted(ideas, key=lambda idea: idea.id)
    voices = voices_of(ordered, holds)
    is_first = all(theme.has_faded for theme in known) and not any(voice.held_in for voice in voices)
    if not voices or (is_first and len(ordered) < FEWEST_IDEAS):
        return Clustering((), tuple(idea.id for idea in ordered))
    with threadpool_limits(THREADS):
        themes = _themes(voices, known, encoder, languages, on_stage)
    assigned = {member.idea for theme in themes for member in theme.members}
    return Clustering(themes, tuple(idea.id for idea in ordered if idea.id not in assigned))


def _themes(
    voices: Sequence[Voice],
    known: Sequence[KnownTheme],
    encoder: Encoder | None,
    languages: Sequence[Language],
    on_stage: OnStage,
) -> tuple[FoundTheme, ...]:
    on_stage("encoding")
    texts = [voice.text for voice in voices]
    spoken = languages_of(texts, [voice.language for voice in voices], languages)
    meaning = None if encoder is None else meaning_of(texts, spoken, encoder)
    vectors = smoothed(represent(texts, spoken, meaning))
    said = _Said(voices, texts, spoken, None if meaning is None else meaning.in_short(), languages[0])
    on_stage("clustering")
    found = _grouped(voices, vectors, _earlier(voices, known))
    on_stage("naming")
    return _named(said, found)


def _earlier(voices: Sequence[Voice], known: Sequence[KnownTheme]) -> _Earlier:
    ordered = sorted(known, key=lambda theme: theme.id)
    themes = tuple(theme for theme in ordered if not theme.has_faded)
    start = _places(voices, [theme.members for theme in themes])
    return _Earlier(themes, start, tuple(theme for theme in ordered if theme.has_faded))


def _places(voices: Sequence[Voice], members: Sequence[frozenset[IdeaId]]) -> Groups:
    """In which of these each voice was, ALONE for what is new."""
    number = {idea: group for group, ideas in enumerate(members) for idea in ideas}
    found = [next((number[idea] for idea in voice.ideas if idea in number), ALONE) for voice in voices]
    return np.array(found, dtype=np.int64)


def _grouped(voices: Sequence[Voice], vectors: Vectors, earlier: _Earlier) -> _Grouped:
    held_in = sorted({voice.held_in for voice in voices if voice.held_in is not None})
    number = {theme: position for position, theme in enumerate(held_in)}
    rows = Rows(
        vectors,
        np.array([len(voice.ideas) for voice in voices]),
        np.array([ALONE if v.held_in is None else number[v.held_in] for v in voices], dtype=np.int64),
        np.array([voice.is_out for voice in voices], dtype=bool),
    )
    position = {theme.id: place for place, theme in enumerate(earlier.themes)}
    homes = [position.get(theme, ALONE) for theme in held_in]
    groups = grouped(rows, earlier.start if earlier.themes else None, homes)
    if earlier.themes and groups.max(initial=ALONE) != ALONE:
        ids, _ = _identities(voices, rows, groups, held_in, earlier)
        continues = np.array([ALONE if i is None else position.get(i, ALONE) for i in ids], dtype=np.int64)
        groups = settled(loyal(groups, earlier.start, continues, vectors, rows.is_free), rows)
    return _Grouped(rows, groups, *_identities(voices, rows, groups, held_in, earlier))


def _identities(
    voices: Sequence[Voice], rows: Rows, groups: Groups, held_in: Sequence[ThemeId], earlier: _Earlier
) -> tuple[list[ThemeId | None], list[KnownTheme | None]]:
    """Of each group: the theme that holds it, else the one it goes on, else the faded one that is back."""
    everywhere = range(groups.max(initial=ALONE) + 1)
    ids: list[ThemeId | None] = [None for _ in everywhere]
    for group, held in zip(groups.tolist(), rows.held.tolist(), strict=True):
        if held != ALONE:
            ids[group] = held_in[held]
    by_id = {theme.id: theme for theme in (*earlier.faded, *earlier.themes)}
    members = [_ideas(voices, inside) for inside in rows_of(groups)]
    for candidates in (earlier.themes, earlier.faded):
        free = [group for group in everywhere if ids[group] is None]
        unheld = [theme for theme in candidates if theme.id not in held_in]
        for group, theme in zip(free, continued([members[g] for g in free], unheld), strict=True):
            ids[group] = None if theme is None else theme.id
    return ids, [None if theme is None else by_id.get(theme) for theme in ids]


def _named(said: _Said, found: _Grouped) -> tuple[FoundTheme, ...]:
    groups, vectors = found.groups, found.rows.vectors
    if groups.max(initial=ALONE) == ALONE:
        return ()
    scores = centrality(vectors, groups)
    vocabularies = vocabularies_of(said.texts, said.languages)
    themes = {group: theme for group, theme in enumerate(found.known) if theme is not None}
    namings = name_themes(
        said.texts,
        said.languages,
        groups,
        scores,
        kept={group: theme.label for group, theme in themes.items() if not theme.is_named},
        given={group: theme.label for group, theme in themes.items() if theme.is_named},
        meaning=said.meaning,
        preferred=said.preferred,
        vocabularies=vocabularies,
    )
    spots = spots_of(
        middles_of(vectors, groups), [None if known is None else known.spot for known in found.known]
    )
    parts = _parts(said, found, vocabularies)
    return tuple(
        FoundTheme(
            known=found.ids[group],
            label=naming.label,
            keywords=naming.keywords,
            members=_members(said.voices, inside, scores),
            quotes=tuple(
                said.voices[row].ideas[0]
                for row in quotes_of(inside, said.texts, vectors, scores, said.languages)
            ),
            spot=spots[group],
            keywords_of=naming.keywords_of,
            parts=parts.get(group, ()),
        )
        for group, (inside, naming) in enumerate(zip(rows_of(groups), namings, strict=True))
    )


def _parts(
    said: _Said, found: _Grouped, vocabularies: Mapping[Language, Vocabulary]
) -> dict[int, tuple[FoundPart, ...]]:
    """The sub-themes of each group that has any, largest first."""
    earlier = [part for theme in found.known if theme is not None for part in theme.parts]
    start = _places(said.voices, [part.members for part in earlier])
    parts = parts_of(found.rows, found.groups, start if earlier else None)
    if parts.max(initial=ALONE) == ALONE:
        return {}
    members = [_ideas(said.voices, inside) for inside in rows_of(parts)]
    owners = [int(found.groups[inside[0]]) for inside in rows_of(parts)]
    known = continued(members, earlier)
    namings = name_themes(
        said.texts,
        said.languages,
        parts,
        centrality(found.rows.vectors, parts),
        kept={part: before.label for part, before in enumerate(known) if before is not None},
        # Encoding the words of hundreds of parts would take longer than finding them.
        meaning=None,
        preferred=said.preferred,
        vocabularies=vocabularies,
        most_languages=1,
    )
    result: dict[int, tuple[FoundPart, ...]] = {}
    for owner, before, naming, ideas in zip(owners, known, namings, members, strict=True):
        part = FoundPart(before.id if before else None, naming.label, naming.keywords, ideas)
        result[owner] = (*result.get(owner, ()), part)
    return {
        group: tuple(sorted(own, key=lambda part: (-len(part.members), min(part.members))))
        for group, own in result.items()
    }


def _ideas(voices: Sequence[Voice], inside: NDArray[np.int64]) -> frozenset[IdeaId]:
    return frozenset(idea for row in inside for idea in voices[row].ideas)


def _members(
    voices: Sequence[Voice], inside: NDArray[np.int64], scores: NDArray[np.float64]
) -> tuple[Member, ...]:
    members = [Member(idea, round(float(scores[row]), 4)) for row in inside for idea in voices[row].ideas]
    return tuple(sorted(members, key=lambda member: (-member.score, member.idea)))
