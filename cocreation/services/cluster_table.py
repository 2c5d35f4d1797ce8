"""The themes of a table of ideas as another table, without a database."""

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from os import W_OK, access
from pathlib import Path
from typing import Literal

from cocreation.ideas.idea import clean_text, has_words
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.table import neutral_cell
from cocreation.ideas.theme import Clustering, FoundTheme, IdeaText, KnownTheme
from cocreation.ideas.theme_event import events_between
from cocreation.services.complete_file import complete_file
from cocreation.services.earlier_result import NO_THEME, EarlierResult, Recognised, read_earlier, recognise
from cocreation.services.read_ideas import language_or_none
from cocreation.services.read_table import Problem, Table, TableError, open_table
from cocreation.services.theme_overview import (
    Changes,
    PartOverview,
    Quote,
    ThemeOverview,
    ThemesOverview,
)

COLUMNS = ("id", "theme", "label", "score")

VOICES = 20
"""Ideas to show where there are no themes."""

LISTENED_TO = 200
"""Texts that decide in which language the themes are told, unless that is told."""

Stage = Literal["reading", "encoding", "clustering", "naming"]
OnStage = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Page:
    """A file with a page about the themes, and who makes its text."""

    path: Path
    render: Callable[[ThemesOverview], str]


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """What became of the table."""

    overview: ThemesOverview
    problems: tuple[Problem, ...]
    encoding_name: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows that can be read: their ids, and their texts by position, since an id need not be unique."""

    ids: Sequence[str]
    ideas: Sequence[IdeaText]


@dataclass(frozen=True, slots=True)
class _Result:
    """The themes with their numbers, and what is known of an earlier result."""

    clustering: Clustering
    numbers: Sequence[ThemeId]
    before: Recognised | None


def cluster_table(
    source: Path,
    target: Path,
    *,
    languages: Sequence[Language] = (),
    earlier: Path | None = None,
    page: Page | None = None,
    on_stage: OnStage = lambda _: None,
) -> ClusterReport:
    """Group the ideas of the table `source` and write id, theme, label and score of each into `target`.

    The lines come in the order of the rows, a row without words or neighbours with NO_THEME. `languages` are
    those that people here write in; themes are named in the first. Themes that go on from the result
    `earlier` keep their numbers and names. Each file appears complete or not at all. Raises TableError when
    one of them is of no use.
    """
    _check_targets(target, page, [source] if earlier is None else [source, earlier])
    on_stage("reading")
    table = open_table(source)
    last = None if earlier is None else read_earlier(earlier)
    rows, problems = _read(table)
    result = _clustered(rows, languages, last, on_stage)
    overview = _overview(rows, languages, result)
    with ExitStack() as files:
        _write_table(rows, result, files.enter_context(complete_file(target)))
        if page is not None:
            unfinished = files.enter_context(complete_file(page.path))
            unfinished.write_text(page.render(overview), encoding="utf-8", newline="\n")
    return ClusterReport(overview, tuple(problems), table.encoding_name)


def _check_targets(target: Path, page: Page | None, sources: Sequence[Path]) -> None:
    """An earlier result may be replaced by the new one; nothing else may be lost."""
    _check_target(target, sources[:1], "the themes")
    if page is not None:
        _check_target(page.path, sources, "the report")
        if _is_same(page.path, target):
            raise TableError(f"{target} will hold the themes; write the report into another file")


def _check_target(target: Path, sources: Sequence[Path], content: str) -> None:
    if not target.parent.is_dir():
        raise TableError(f"there is no folder {target.parent}")
    if target.is_dir():
        raise TableError(f"{target} is a folder, not a file")
    if not access(target.parent, W_OK):
        raise TableError(f"nothing can be written into the folder {target.parent}")
    for source in sources:
        if _is_same(target, source):
            kept = "the ideas" if source is sources[0] else "the earlier themes"
            raise TableError(f"{target} holds {kept}; write {content} into another file")


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def _read(table: Table) -> tuple[_Rows, list[Problem]]:
    ids: list[str] = []
    ideas: list[IdeaText] = []
    problems: list[Problem] = []
    for row in table:
        if isinstance(row, Problem):
            problems.append(row)
            continue
        told = language_or_none(row.cells.get("language", ""))
        ideas.append(IdeaText(IdeaId(len(ids)), row.cells["text"], told))
        ids.append(row.cells["id"])
    return _Rows(ids, ideas), problems


def _clustered(
    rows: _Rows, languages: Sequence[Language], earlier: EarlierResult | None, on_stage: OnStage
) -> _Result:
    # scikit-learn takes a second to import, which no other command should wait for.
    from cocreation.analysis.encoding import installed_encoder  # noqa: PLC0415
    from cocreation.analysis.engine import find_themes  # noqa: PLC0415
    from cocreation.analysis.language import LANGUAGES  # noqa: PLC0415

    before = None if earlier is None else recognise(earlier, rows.ids)
    clustering = find_themes(
        rows.ideas,
        () if before is None else before.themes,
        encoder=installed_encoder(),
        languages=tuple(languages) or LANGUAGES,
        on_stage=on_stage,
    )
    fresh = 0 if earlier is None else earlier.next_number
    numbers = []
    for theme in clustering.themes:
        numbers.append(ThemeId(fresh) if theme.known is None else theme.known)
        fresh += theme.known is None
    return _Result(clustering, numbers, before)


def _write_table(rows: _Rows, result: _Result, path: Path) -> None:
    places = {
        member.idea: (number, neutral_cell(theme.label), member.score)
        for number, theme in zip(result.numbers, result.clustering.themes, strict=True)
        for member in theme.members
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for position, id in enumerate(rows.ids):
            writer.writerow((id, *places.get(IdeaId(position), (NO_THEME, "", 0))))


def _overview(rows: _Rows, languages: Sequence[Language], result: _Result) -> ThemesOverview:
    spoken = _Spoken(rows.ideas, languages)
    clustering = result.clustering
    voices = [idea for idea in rows.ideas if has_words(idea.text)][:VOICES] if not clustering.themes else []
    return ThemesOverview(
        ideas=len(rows.ids),
        themes=tuple(
            _theme(number, theme, spoken)
            for number, theme in zip(result.numbers, clustering.themes, strict=True)
        ),
        unassigned=len(clustering.unassigned),
        language=languages[0] if languages else spoken.usual(),
        voices=tuple(spoken.quotes([idea.id for idea in voices])),
        changes=None if result.before is None else _changes(result, result.before),
    )


def _theme(number: ThemeId, theme: FoundTheme, spoken: "_Spoken") -> ThemeOverview:
    return ThemeOverview(
        number=number,
        label=theme.label,
        size=len(theme.members),
        keywords=theme.keywords,
        keywords_of=theme.keywords_of,
        quotes=tuple(spoken.quotes(theme.quotes)),
        parts=tuple(PartOverview(part.label, len(part.members)) for part in theme.parts),
        spot=theme.spot,
    )


def _changes(result: _Result, before: Recognised) -> Changes:
    after = [
        KnownTheme(number, theme.label, frozenset(member.idea for member in theme.members))
        for number, theme in zip(result.numbers, result.clustering.themes, strict=True)
    ]
    labels: Mapping[ThemeId, str] = {theme.id: theme.label for theme in (*before.themes, *after)}
    return Changes(events_between(before.themes, after), labels, before.arrived, before.gone)


class _Spoken:
    """What is in the rows, and in which language."""

    def __init__(self, ideas: Sequence[IdeaText], languages: Sequence[Language]) -> None:
        self._ideas = ideas
        self._languages = languages

    def quotes(self, ideas: Sequence[IdeaId]) -> list[Quote]:
        chosen = [self._ideas[idea] for idea in ideas]
        return [
            Quote(clean_text(idea.text), language)
            for idea, language in zip(chosen, self._languages_of(chosen), strict=True)
        ]

    def usual(self) -> Language:
        """The language of most of a few ideas from everywhere in the table."""
        worded = self._ideas[:: max(1, len(self._ideas) // LISTENED_TO)]
        counts = Counter(self._languages_of([idea for idea in worded if has_words(idea.text)]))
        return min(counts, key=lambda language: (-counts[language], language), default=Language("en"))

    def _languages_of(self, ideas: Sequence[IdeaText]) -> list[Language]:
        from cocreation.analysis.language import LANGUAGES, languages_of  # noqa: PLC0415

        told = [idea.language for idea in ideas]
        return languages_of([idea.text for idea in ideas], told, tuple(self._languages) or LANGUAGES)
