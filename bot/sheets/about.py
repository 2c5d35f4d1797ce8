"""The sheet that says what is in a file, and by which the file is understood when it comes back."""

from collections.abc import Sequence
from datetime import timedelta

from bot.sheets.order import Order
from cocreation.ideas.export import SHEETS, VERSION, Selection
from cocreation.ideas.export_words import choices, column_meanings, column_titles, sheet_title
from locales import Translator

MARK = "morgen-export"
"""Stands before the version, in the cell that tells an export of Morgen from any other file."""

AboutRow = tuple[str, str, str, str]


def about_rows(order: Order) -> Sequence[AboutRow]:
    """Sheet, name, name for programs, meaning. Files are read by the third, whatever the words are today."""
    t = order.words
    return [*_file(order, t), ("", "", "", ""), _heading(t), *_columns(t)]


def _heading(t: Translator) -> AboutRow:
    return (
        t.pgettext("column", "Sheet"),
        t.pgettext("column", "Column"),
        t.pgettext("column", "Name for programs"),
        t.pgettext("column", "What it means"),
    )


def _file(order: Order, t: Translator) -> list[AboutRow]:
    local = order.town.local(order.made_at)
    made = f"{t.day_and_year(local.date())}, {local:%H:%M}"
    everybody = t.gettext(
        "Published ideas and what everybody or facilitators can read about them. Of people there are "
        "invented names at most. Drafts and what was withdrawn are not in it; what is hidden is only counted."
    )
    back = t.gettext("`morgen import` reads this file again as long as this sheet stays in it.")
    rows = [
        (t.pgettext("about", "Town"), order.town.name, "about.town", everybody),
        (t.pgettext("about", "Period"), period_words(order, t), "about.period", ""),
        (t.pgettext("about", "Theme"), order.theme or t.pgettext("about", "all"), "about.theme", ""),
        (t.pgettext("about", "Process"), order.process or t.pgettext("about", "all"), "about.process", ""),
        (t.pgettext("about", "Made"), made, "about.made_at", ""),
        (
            t.pgettext("about", "Time zone"),
            order.town.time_zone.key,
            "about.time_zone",
            t.gettext("All times are as the town's clock shows them."),
        ),
        (t.pgettext("about", "Format"), f"{MARK}/{VERSION}", "about.format", back),
    ]
    return [(label, value, name, meaning) for label, value, name, meaning in rows]


def period_words(order: Order, t: Translator) -> str:
    """'1 November 2026 – 30 November 2026', 'all'."""
    selection, town = order.selection, order.town
    if selection == Selection(theme=selection.theme, process=selection.process):
        return t.pgettext("about", "all")
    first = "…" if selection.start is None else t.day_and_year(town.local(selection.start).date())
    if selection.end is None:
        return t.gettext("from {day} on", day=first)
    last = t.day_and_year(town.local(selection.end - timedelta(microseconds=1)).date())
    return first if first == last else f"{first} – {last}"


def _columns(t: Translator) -> list[AboutRow]:
    rows: list[AboutRow] = []
    for sheet in SHEETS:
        title, titles, meanings = sheet_title(sheet, t), column_titles(sheet, t), column_meanings(sheet, t)
        for column in sheet.columns:
            if not column.for_programs:
                name = f"{sheet.name}.{column.name}"
                rows.append((title, titles[column.name], name, meanings[column.name]))
        for column_name, words in choices(sheet, t).items():
            meaning = t.gettext("One of the words in “{column}”.", column=titles[column_name])
            for value, word in words.items():
                rows.append((title, word, f"{sheet.name}.{column_name}.{value}", meaning))
    return rows
