"""An export of Morgen comes into a database: ideas with what belongs to them, each once.

Nobody from Telegram is behind what comes in. See docs/exports.md for what that means for people.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from cocreation.ideas.comment import NewComment
from cocreation.ideas.export import COMMENTS, IDEAS, REPLIES, SUPPORTS, THEMES, Cell, Kind, Sheet
from cocreation.ideas.idea import NewIdea, Source, clean_text
from cocreation.ideas.ids import IdeaId, Language, ResidentId
from cocreation.ideas.reply import NewReply, Status
from cocreation.ideas.wall_time import from_the_clock
from cocreation.ports import Storage, Work
from cocreation.services.import_ideas import BATCH, ImportReport, external_id
from cocreation.services.import_themes import ThemeRow, bring_themes
from cocreation.services.read_ideas import TableIdea, idea_in
from cocreation.services.read_table import Problem

OnRows = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Record:
    """One row, its cells by the names that programs have for columns and choices."""

    line: int
    cells: Mapping[str, Cell]


class OwnExport(Protocol):
    """A file that Morgen wrote. `mark` tells it from every other file."""

    @property
    def mark(self) -> str: ...

    @property
    def zone(self) -> ZoneInfo | None:
        """On whose clock times are that have no zone; None where all have one."""
        ...

    def rows(self, sheet: Sheet) -> Iterator[Record | Problem]: ...


@dataclass(slots=True)
class Brought:
    """What has come in so far. `ours` are the ideas that an import has brought, by their tokens.

    Those may get more. The database knows better about all others.
    """

    mark: str
    ours: dict[str, IdeaId] = field(default_factory=dict)
    supports: dict[IdeaId, int] = field(default_factory=dict)
    members: dict[int, list[IdeaId]] = field(default_factory=dict)
    people: dict[str, ResidentId] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    added: int = 0
    known: int = 0


async def import_content(
    storage: Storage,
    export: OwnExport,
    *,
    zone: ZoneInfo,
    language: Language,
    now: datetime,
    on_rows: OnRows | None = None,
) -> tuple[ImportReport, Mapping[str, IdeaId]]:
    """Add what is not there yet, a batch a transaction; a second run completes an interrupted one.

    `zone` is that of times without one, `language` that of authors whose idea has none. Gives the ideas as
    well to which photos may be added, by their tokens.
    """
    brought = Brought(export.mark)
    clock = export.zone or zone
    done = 0
    takes: tuple[tuple[Sheet, _Take], ...] = (
        (IDEAS, _Ideas(brought, clock, language)),
        (SUPPORTS, _Supports(brought, clock, language)),
        (REPLIES, _Replies(brought, clock)),
        (COMMENTS, _Comments(brought, clock, language)),
    )
    for sheet, take in takes:
        for batch in _batches(export.rows(sheet), brought.problems):
            async with storage.writing() as work:
                await take(work, batch, now)
            if sheet is IDEAS:
                done += len(batch)
                if on_rows is not None:
                    on_rows(done)
    themes = [row for record in export.rows(THEMES) if (row := _theme(record, brought.problems))]
    async with storage.writing() as work:
        await bring_themes(work, themes, brought.members, now)
    return ImportReport(brought.added, brought.known, tuple(brought.problems)), brought.ours


class _Take(Protocol):
    async def __call__(self, work: Work, rows: Sequence[Record], now: datetime) -> None: ...


@dataclass(slots=True)
class _Ideas:
    brought: Brought
    zone: ZoneInfo
    language: Language

    async def __call__(self, work: Work, rows: Sequence[Record], now: datetime) -> None:
        read = [(row, idea) for row in rows if (idea := self._read(row)) is not None]
        imported = await work.contents.imported([external_id(idea) for _, idea in read])
        for row, idea in read:
            added, id = None, imported.get(external_id(idea))
            is_there = idea.token is not None and await work.ideas.by_token(idea.token) is not None
            if id is None and not is_there:
                added = id = await self._add(work, row, idea, now)
                imported[external_id(idea)] = id
            self.brought.added += added is not None
            self.brought.known += added is None
            if id is None:
                continue
            self.brought.ours[idea.id] = id
            if added is not None:
                self.brought.supports[id] = 0
            theme = self._theme(row)
            if theme is not None:
                self.brought.members.setdefault(theme, []).append(id)

    def _theme(self, row: Record) -> int | None:
        """The number of the theme in this file. An idea comes in without one where that is none."""
        cell = row.cells.get("theme")
        if cell in (None, ""):
            return None
        number = _whole(cell)
        if number is None:
            text = f"'{cell}' is no number of a theme: the idea comes in without one"
            self.brought.problems.append(Problem(row.line, text))
        return number

    def _read(self, row: Record) -> TableIdea | None:
        try:
            cells = {
                column.name: _as_text(row.cells.get(column.name), column.kind, self.zone)
                for column in IDEAS.columns
            }
            return idea_in(cells, row.line, self.zone, is_export=True)
        except ValueError as error:
            self.brought.problems.append(Problem(row.line, str(error)))
            return None

    async def _add(self, work: Work, row: Record, idea: TableIdea, now: datetime) -> IdeaId:
        return await work.ideas.add(
            NewIdea(
                text=idea.text,
                created_at=idea.created_at or now,
                author=await _author(work, self.brought, row, idea.language or self.language, now),
                language=idea.language,
                place=idea.place,
                source=Source.IMPORT,
                external_id=external_id(idea),
                process=idea.process,
                token=idea.token,
            )
        )


@dataclass(slots=True)
class _Supports:
    """Who supported is in no export: the first support of each idea is the first unknown neighbour's, and so
    on. So counts are right, and nobody is told anything."""

    brought: Brought
    zone: ZoneInfo
    language: Language
    seen: Counter[IdeaId] = field(default_factory=Counter)

    async def __call__(self, work: Work, rows: Sequence[Record], now: datetime) -> None:
        for row in rows:
            idea = self.brought.ours.get(str(row.cells.get("idea")))
            if idea is None:
                continue
            self.seen[idea] += 1
            number = self.seen[idea]
            if number <= await self._there(work, idea):
                continue
            moment = _moment(row, self.zone, self.brought.problems)
            if moment is not None:
                neighbour = await self._neighbour(work, number, now)
                await work.supports.add(idea, neighbour, moment)

    async def _there(self, work: Work, idea: IdeaId) -> int:
        if idea not in self.brought.supports:
            view = await work.ideas.view(idea)
            self.brought.supports[idea] = 0 if view is None else view.supports
        return self.brought.supports[idea]

    async def _neighbour(self, work: Work, number: int, now: datetime) -> ResidentId:
        key = f"neighbour\n{number}"
        if key not in self.brought.people:
            self.brought.people[key] = await work.residents.meet_author(key, self.language, now)
        return self.brought.people[key]


@dataclass(slots=True)
class _Replies:
    brought: Brought
    zone: ZoneInfo

    async def __call__(self, work: Work, rows: Sequence[Record], now: datetime) -> None:
        for row in rows:
            idea = self.brought.ours.get(str(row.cells.get("idea")))
            moment = _moment(row, self.zone, self.brought.problems) if idea is not None else None
            if idea is None or moment is None:
                continue
            status, text = str(row.cells.get("status")), clean_text(str(row.cells.get("text") or ""))
            if status not in set(Status):
                self.brought.problems.append(Problem(row.line, f"there is no status '{status}'"))
                continue
            # What is there is newer or the same: an answer never goes back.
            there = [(reply.created_at.replace(microsecond=0), reply.text, reply.status.value)
                     for reply in await work.replies.of_idea(idea)]  # fmt: skip
            new = (moment.replace(microsecond=0), text, status)
            if new not in there and all(at <= new[0] for at, _, _ in there):
                await work.replies.add(NewReply(idea, Status(status), text, None, moment))


@dataclass(slots=True)
class _Comments:
    """What is there stays, also where it was hidden since."""

    brought: Brought
    zone: ZoneInfo
    language: Language

    async def __call__(self, work: Work, rows: Sequence[Record], now: datetime) -> None:
        for row in rows:
            idea = self.brought.ours.get(str(row.cells.get("idea")))
            text = clean_text(str(row.cells.get("text") or ""))
            moment = _moment(row, self.zone, self.brought.problems) if idea is not None and text else None
            if idea is None or moment is None:
                continue
            there = {(at.replace(microsecond=0), said) for at, said in await work.contents.comments_of(idea)}
            if (moment.replace(microsecond=0), text) not in there:
                author = await _author(work, self.brought, row, self.language, now)
                await work.comments.add(NewComment(idea, author, text, moment))


async def _author(
    work: Work, brought: Brought, row: Record, language: Language, now: datetime
) -> ResidentId | None:
    """Somebody of this file, who is nobody in Telegram: never the person who has that name here."""
    name = " ".join(clean_text(str(row.cells.get("pseudonym") or "")).split())
    person = str(row.cells.get("person") or "")
    if not name and not person:
        return None
    # No cell of a table of ideas can hold a line break: these are never its authors.
    key = f"author\n{name}" if name else f"person\n{brought.mark}\n{person}"
    if key not in brought.people:
        resident = await work.residents.meet_author(key, language, now)
        if name:
            await work.residents.give_pseudonym(resident, name)
        brought.people[key] = resident
    return brought.people[key]


def _batches(rows: Iterator[Record | Problem], problems: list[Problem]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for row in rows:
        if isinstance(row, Problem):
            problems.append(row)
            continue
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _theme(record: Record | Problem, problems: list[Problem]) -> ThemeRow | None:
    if isinstance(record, Problem):
        problems.append(record)
        return None
    cells = record.cells
    number = _whole(cells.get("id"))
    if number is None:
        problems.append(Problem(record.line, f"'{cells.get('id')}' is no number of a theme"))
        return None
    words = cells.get("keywords") or ()
    keywords = words.split(", ") if isinstance(words, str) else list(map(str, _several(words)))
    return ThemeRow(
        number,
        clean_text(str(cells.get("label") or "")),
        tuple(keywords),
        is_named=_flag(cells.get("is_named")),
        is_pinned=_flag(cells.get("is_pinned")),
    )


def _whole(cell: Cell) -> int | None:
    """A number as spreadsheets write it too: '3.0'."""
    try:
        number = float(str(cell))
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _several(words: Cell) -> Sequence[object]:
    return words if isinstance(words, Sequence) else (words,)


def _flag(cell: Cell) -> bool:
    return cell is True or str(cell).strip().casefold() in {"1", "true"}


def _moment(row: Record, zone: ZoneInfo, problems: list[Problem]) -> datetime | None:
    try:
        return datetime.fromisoformat(_as_text(row.cells.get("created_at"), Kind.MOMENT, zone))
    except ValueError:
        problems.append(Problem(row.line, f"'{row.cells.get('created_at')}' is no date"))
        return None


def _as_text(cell: Cell, kind: Kind, zone: ZoneInfo) -> str:
    """As a table of ideas has it. A time without a zone is what the clock showed."""
    if kind is Kind.MOMENT and cell:
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell).strip())
        return (moment if moment.tzinfo else from_the_clock(moment, zone)).astimezone(UTC).isoformat()
    return "" if cell is None else str(cell)
