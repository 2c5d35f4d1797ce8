"""How the choice of an export looks, and what is said when it comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape

from cocreation.ideas.export import ExportFormat, Selection
from cocreation.ideas.ids import ProcessId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.theme import Theme
from cocreation.ideas.town import Town
from handlers.actions import Verb, action
from handlers.export_choice import Choice, Span
from handlers.quoting import on_one_line
from locales import Translator

CHOOSE, MAKE, THEMES, PROCESSES = "c", "g", "t", "p"
"""What a button of the choice does. The letters stand in buttons: they stay for good."""
PAGE = 8
NAME, BUTTON = 80, 40
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card of a choice says. `has_themes` and `has_processes`: whether there is one to choose."""

    choice: Choice
    selection: Selection
    count: int
    theme: str | None
    process: str | None
    has_digest: bool
    has_themes: bool
    has_processes: bool


def choice_card(shown: Shown, town: Town, t: Translator) -> Message:
    """What would be in the file, and what can be changed about that."""
    hint = {
        ExportFormat.XLSX: t.gettext("A workbook, for Excel or LibreOffice."),
        ExportFormat.CSV: t.gettext("The same tables as CSV files, in a ZIP."),
        ExportFormat.JSONL: t.gettext("One JSON object a line, for programs."),
        ExportFormat.ZIP: t.gettext("The workbook and the JSON lines, with all photos."),
    }[shown.choice.format]
    lines = [*_lines(shown, town, t), f"<i>{escape(hint)}</i>"]
    return Message("\n".join(lines), _buttons(shown, town, t))


def making_card(shown: Shown, town: Town, t: Translator) -> Message:
    """The choice once it was made."""
    lines = [*_lines(shown, town, t), escape(t.gettext("The file is being made. It comes here in a moment."))]
    return Message("\n".join(lines))


def themes_card(choice: Choice, themes: Sequence[Theme], start: int, t: Translator) -> Message:
    """The themes to choose from, largest first."""
    found = [(theme.label, replace(choice, theme=theme.id)) for theme in themes]
    every = (t.gettext("All themes"), replace(choice, theme=None))
    return _list_card(t.gettext("Which theme?"), (THEMES, choice), start, [every, *found], t)


def processes_card(
    choice: Choice, processes: Sequence[tuple[ProcessId, str]], start: int, t: Translator, *, may_all: bool
) -> Message:
    """The processes to choose from; all of them only for who `may_all`."""
    found = [(name, replace(choice, process=process)) for process, name in processes]
    every = [(t.gettext("All processes"), replace(choice, process=None))] if may_all else []
    return _list_card(t.gettext("Which process?"), (PROCESSES, choice), start, [*every, *found], t)


def caption(count: int, selection: Selection, town: Town, t: Translator) -> Message:
    """What stands below the file."""
    ideas = t.ngettext("{n} idea", "{n} ideas", count)
    return Message(escape(f"{town.name} · {ideas} · {period_words(selection, town, t)}"))


def too_large(size: int, format: ExportFormat, t: Translator) -> Message:
    """The file was made, and Telegram would not take it."""
    size_words = t.number(round(size / MEGABYTE))
    said = [
        t.gettext(
            "The file has {size} MB, and Telegram takes 50 at most, so I cannot send it.", size=size_words
        )
    ]
    if format is ExportFormat.ZIP:
        said.append(t.gettext("Choose a shorter period, or a format without photos."))
    else:
        said.append(t.gettext("Choose a shorter period, or one theme."))
    said.append(t.gettext("Or run morgen export on the server: there is no limit there."))
    return Message(escape(" ".join(said)))


def too_long(t: Translator) -> Message:
    """A sheet would have more rows than spreadsheets can open."""
    said = t.gettext(
        "This is more than a workbook can hold. Choose CSV or JSON, a shorter period, or one theme."
    )
    return Message(escape(said))


def not_made(t: Translator) -> Message:
    said = t.gettext("The export could not be made. Nothing is lost: ask for it again with /export.")
    return Message(escape(said))


def nothing_left(t: Translator) -> Message:
    said = t.gettext("What you wanted to export is no longer there, so there is no file.")
    return Message(escape(said))


def period_words(selection: Selection, town: Town, t: Translator) -> str:
    """'the whole time', '23–29 November'."""
    if selection.start is None:
        return t.gettext("the whole time")
    first = town.local(selection.start).date()
    if selection.end is None:
        return t.gettext("from {day} on", day=t.day_and_year(first))
    last = town.local(selection.end - timedelta(microseconds=1)).date()
    return t.day_range(first, last)


def _lines(shown: Shown, town: Town, t: Translator) -> list[str]:
    heading = f"<b>{escape(t.gettext('Export'))}</b>"
    ideas = t.ngettext("{n} idea", "{n} ideas", shown.count)
    lines = [heading, escape(f"{ideas} · {period_words(shown.selection, town, t)}")]
    if shown.theme is not None:
        lines.append(escape(t.gettext("Theme: {theme}", theme=on_one_line(shown.theme, NAME))))
    if shown.process is not None:
        lines.append(escape(t.gettext("Process: {process}", process=on_one_line(shown.process, NAME))))
    return lines


def _buttons(shown: Shown, town: Town, t: Translator) -> tuple[tuple[Button, ...], ...]:
    choice = shown.choice
    formats = {
        ExportFormat.XLSX: "XLSX",
        ExportFormat.CSV: "CSV",
        ExportFormat.JSONL: "JSON",
        ExportFormat.ZIP: f"📷 {t.gettext('Photos')}",
    }
    spans = {
        Span.ALL: t.gettext("Everything"),
        Span.THIS_MONTH: t.gettext("This month"),
        Span.LAST_MONTH: t.gettext("Last month"),
    } | ({Span.SINCE_DIGEST: t.gettext("Since the last digest")} if shown.has_digest else {})
    periods = [_choose(name, replace(choice, span=span), choice) for span, name in spans.items()]
    if not isinstance(choice.span, Span):
        periods.insert(0, _choose(period_words(shown.selection, town, t), choice, choice))
    narrow = [
        *([Button(t.gettext("One theme …"), _act(f"{THEMES}0", choice))] if shown.has_themes else []),
        *([Button(t.gettext("One process …"), _act(f"{PROCESSES}0", choice))] if shown.has_processes else []),
    ]
    rows = [
        tuple(_choose(name, replace(choice, format=format), choice) for format, name in formats.items()),
        *(tuple(periods[at : at + 2]) for at in range(0, len(periods), 2)),
        tuple(narrow),
        (Button(f"📦 {t.gettext('Make the file')}", _act(MAKE, choice)),),
    ]
    return tuple(row for row in rows if row)


def _choose(name: str, to: Choice, now: Choice) -> Button:
    return Button(f"✓ {name}" if to == now else name, _act(CHOOSE, to))


def _act(act: str, choice: Choice) -> str:
    return action(Verb.EXPORT, act, str(choice))


def _list_card(
    question: str,
    back_to: tuple[str, Choice],
    start: int,
    entries: Sequence[tuple[str, Choice]],
    t: Translator,
) -> Message:
    act, choice = back_to
    start = min(start, (len(entries) - 1) // PAGE * PAGE)
    rows = [(_choose(on_one_line(name, BUTTON), to, choice),) for name, to in entries[start : start + PAGE]]
    turns = [
        *([Button("◂", _act(f"{act}{max(0, start - PAGE)}", choice))] if start else []),
        *([Button("▸", _act(f"{act}{start + PAGE}", choice))] if start + PAGE < len(entries) else []),
    ]
    back = Button(t.gettext("Back"), _act(CHOOSE, choice))
    return Message(f"<b>{escape(question)}</b>", tuple(row for row in (*rows, tuple(turns), (back,)) if row))
