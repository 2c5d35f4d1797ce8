"""Section `methods`: other ways to group what Morgen has read, and other ways to read it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.themes.bench import Bench
from benchmarks.themes.exchange import Vectors
from benchmarks.themes.measures import assigned, mean, mutual_information
from benchmarks.themes.methods import METHODS, Method, morgen
from benchmarks.themes.morgen import ideas_of, ready
from benchmarks.themes.report import NONE, Report, Row, shown
from benchmarks.themes.sets import LabelledSet
from cocreation.analysis.centring import unit
from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.encoding import Encoder
from cocreation.analysis.grouping import Rows
from cocreation.analysis.language import languages_of
from cocreation.analysis.representation import Meaning, meaning_of, represent, smoothed
from cocreation.analysis.voices import Voice, voices_of
from cocreation.ideas.ids import Language

NOTE = """\
AMI against people's own sorting, with the number of groups in brackets; an idea without a group counts as a
group of its own. First block: the same rows for all methods, which are Morgen's own. * is told the true
number. Second block: Morgen's method on rows that lack one step. Last columns: mean AMI, the mean share that
has a group, the mean AMI with language over the sets of several languages (lower is better), and the seconds
that grouping took for all sets together."""

METHOD = Method("", morgen)


@dataclass(frozen=True, slots=True)
class _Read:
    """The different texts of a set: how they are read in each way, and which ideas say them."""

    voices: Sequence[Voice]
    ways: dict[str, Vectors]


@dataclass(frozen=True, slots=True)
class _Found:
    themes: int
    ami: float
    assigned: float
    language: float | None
    seconds: float


def measure(bench: Bench) -> Report:
    found: dict[str, list[_Found]] = {}
    for one in bench.sets:
        encoder = ready(one.texts, np.load(bench.encoded(one.texts).vectors))
        read = _read(one, encoder)
        for name, vectors in read.ways.items():
            for method in METHODS if not name else (METHOD,):
                title = name or method.name + " *" * method.is_told
                bench.tell(f"methods: {one.name}: {title}")
                start = time.perf_counter()
                groups = method.group(_rows(read.voices, vectors), len(set(one.labels)))
                seconds = time.perf_counter() - start
                found.setdefault(title, []).append(_judged(one, _spread(read.voices, groups, one), seconds))
    rows = [_row(title, own) for title, own in found.items()]
    rows.insert(len(METHODS), ("",))
    head = ("method", *(one.name for one in bench.sets), "mean", "assigned", "AMI with\nlanguage", "s")
    return Report("Methods", head, rows, NOTE)


def _read(one: LabelledSet, encoder: Encoder) -> _Read:
    """As the engine reads it, and without each step in turn; the first way has no name."""
    voices = voices_of(ideas_of(one.texts), {})
    texts = [voice.text for voice in voices]
    spoken = languages_of(texts, [None] * len(texts))
    whole = meaning_of(texts, spoken, encoder)
    plain = encoder.encode(texts)
    ways = {
        "": smoothed(represent(texts, spoken, whole)),
        "without smoothing": represent(texts, spoken, whole),
        "one mean for all languages": _smooth(
            texts, spoken, Meaning(encoder, unit(plain - plain.mean(axis=0)))
        ),
        "no mean taken away": _smooth(texts, spoken, Meaning(encoder, unit(plain))),
        "without words": smoothed(whole.vectors),
        "words alone": _smooth(texts, spoken, None),
    }
    return _Read(voices, ways)


def _smooth(texts: Sequence[str], spoken: Sequence[Language], meaning: Meaning | None) -> Vectors:
    return smoothed(represent(texts, spoken, meaning))


def _rows(voices: Sequence[Voice], vectors: Vectors) -> Rows:
    nobody = np.full(len(voices), ALONE)
    return Rows(vectors, np.array([len(voice.ideas) for voice in voices]), nobody, nobody != ALONE)


def _spread(voices: Sequence[Voice], groups: Groups, one: LabelledSet) -> list[int]:
    """The group of each idea: that of its text."""
    found = [ALONE] * len(one.texts)
    for voice, group in zip(voices, groups.tolist(), strict=True):
        for idea in voice.ideas:
            found[idea - 1] = group
    return found


def _judged(one: LabelledSet, groups: Sequence[int], seconds: float) -> _Found:
    return _Found(
        len(set(groups) - {ALONE}),
        mutual_information(groups, one.labels),
        assigned(groups),
        mutual_information(groups, one.languages) if one.is_multilingual else None,
        seconds,
    )


def _row(title: str, own: Sequence[_Found]) -> Row:
    languages = [each.language for each in own if each.language is not None]
    return (
        title,
        *(f"{shown(each.ami)} ({each.themes})" for each in own),
        shown(mean(each.ami for each in own), ".3f"),
        shown(mean(each.assigned for each in own), ".0%"),
        shown(mean(languages)) if languages else NONE,
        f"{sum(each.seconds for each in own):.1f}",
    )
