"""What sheets, columns and choices of an export are called, and what they mean, in one language."""

from collections.abc import Mapping
from typing import Any

from cocreation.ideas.export import Kind, Outcome, Sheet
from cocreation.ideas.moderation import ActKind, What
from cocreation.ideas.reply import Status, status_name
from locales import Translator


def sheet_title(sheet: Sheet, t: Translator) -> str:
    """At most 31 characters, as spreadsheets want it."""
    titles = {
        "ideas": t.pgettext("sheet", "Ideas"),
        "themes": t.pgettext("sheet", "Themes"),
        "supports": t.pgettext("sheet", "Supports"),
        "replies": t.pgettext("sheet", "Answers"),
        "comments": t.pgettext("sheet", "Comments"),
        "moderation": t.pgettext("sheet", "Moderation"),
    }
    return titles[sheet.name]


def about_title(t: Translator) -> str:
    """The sheet that explains the others."""
    return t.pgettext("sheet", "About this file")


def column_titles(sheet: Sheet, t: Translator) -> Mapping[str, str]:
    """By what programs call the column; each once in a sheet."""
    return {name: title for name, (title, _) in _columns(sheet, t).items()}


def column_meanings(sheet: Sheet, t: Translator) -> Mapping[str, str]:
    """The same with what stands in it."""
    return {name: meaning for name, (_, meaning) in _columns(sheet, t).items()}


def choices(sheet: Sheet, t: Translator) -> Mapping[str, Mapping[str, str]]:
    """For each column of choices what they are called, by what programs call them."""
    names: Mapping[str, Mapping[Any, str]] = {
        "status": {status.value: status_name(status, t) for status in Status},
        "about": {
            What.IDEA: t.pgettext("reported", "Idea"),
            What.COMMENT: t.pgettext("reported", "Comment"),
            What.PERSON: t.pgettext("reported", "Person"),
        },
        "reason": {
            "rude": t.pgettext("reported", "Rude"),
            "private": t.pgettext("reported", "Private matters"),
            "advertising": t.pgettext("reported", "Advertising"),
            "other": t.pgettext("reported", "Something else"),
        },
        "outcome": {
            Outcome.REPORTED: t.pgettext("reported", "Reported"),
            ActKind.KEEP: t.pgettext("reported", "Kept"),
            ActKind.HIDE: t.pgettext("reported", "Hidden"),
            ActKind.HOLD: t.pgettext("reported", "Hidden at once because of a word"),
            ActKind.OBJECT: t.pgettext("reported", "Author objected"),
            ActKind.UPHOLD: t.pgettext("reported", "Stays hidden"),
            ActKind.RESTORE: t.pgettext("reported", "Shown again"),
            ActKind.ASK: t.pgettext("reported", "Author asked"),
            ActKind.ANSWER: t.pgettext("reported", "Author answered"),
            ActKind.WARN: t.pgettext("reported", "Author warned"),
            ActKind.BLOCK: t.pgettext("reported", "Blocked for a time"),
            ActKind.LIFT: t.pgettext("reported", "Block lifted"),
            Outcome.WAITING: t.pgettext("reported", "Waits for a decision"),
            Outcome.HIDDEN_NOW: t.pgettext("reported", "Hidden at present"),
        },
    }
    flag = {True: t.pgettext("cell", "yes"), False: t.pgettext("cell", "no")}
    return {
        column.name: {choice_name(value): name for value, name in names.get(column.name, flag).items()}
        for column in sheet.columns
        if column.kind in (Kind.CHOICE, Kind.FLAG)
    }


def choice_name(value: object) -> str:
    """What programs call a choice: 'planned', 'true'."""
    return str(value).lower()


def _columns(sheet: Sheet, t: Translator) -> Mapping[str, tuple[str, str]]:
    match sheet.name:
        case "ideas":
            return _idea(t)
        case "themes":
            return _theme(t)
        case "supports":
            return _support(t)
        case "replies":
            return _reply(t)
        case "comments":
            return _comment(t)
        case _:
            return _moderation(t)


def _idea(t: Translator) -> Mapping[str, tuple[str, str]]:
    return {
        "id": (t.pgettext("column", "Number"), t.gettext("What stands for the idea in links.")),
        "text": (t.pgettext("column", "Idea"), t.gettext("In the words of who wrote it.")),
        "language": (t.pgettext("column", "Language"), t.gettext("Its code, such as nl.")),
        "created_at": (t.pgettext("column", "Written"), t.gettext("When it was written.")),
        "theme": (t.pgettext("column", "Theme number"), t.gettext("As on the sheet of the themes.")),
        "theme_label": (t.pgettext("column", "Theme"), t.gettext("What the theme is called.")),
        "supports": (t.pgettext("column", "Support"), t.gettext("How many people support it.")),
        "place": (t.pgettext("column", "Place"), t.gettext("As the author called it.")),
        "latitude": (t.pgettext("column", "Latitude"), t.gettext("In degrees (WGS 84).")),
        "longitude": (t.pgettext("column", "Longitude"), t.gettext("In degrees (WGS 84).")),
        "state": (t.pgettext("column", "State"), t.gettext("Whether it can be read.")),
        "status": (t.pgettext("column", "Status"), t.gettext("How far the town is with it.")),
        "process": (t.pgettext("column", "Process"), t.gettext("What it was written for.")),
        "pseudonym": (
            t.pgettext("column", "Author"),
            t.gettext("The invented name that everybody can read; empty where the idea is anonymous."),
        ),
        "person": (
            t.pgettext("column", "Person"),
            t.gettext("The same number means the same person. It was made for this file alone."),
        ),
        "photos": (t.pgettext("column", "Photos"), t.gettext("How many photos belong to it.")),
    }


def _theme(t: Translator) -> Mapping[str, tuple[str, str]]:
    return {
        "id": (t.pgettext("column", "Number"), t.gettext("What stands for the theme in links.")),
        "label": (t.pgettext("column", "Theme"), t.gettext("What the theme is called.")),
        "keywords": (t.pgettext("column", "Words"), t.gettext("What is typical of its ideas.")),
        "ideas": (t.pgettext("column", "Ideas"), t.gettext("How many of its ideas are in this file.")),
        "supports": (t.pgettext("column", "Support"), t.gettext("All that these ideas have together.")),
        "is_named": (t.pgettext("column", "Named"), t.gettext("Whether a facilitator gave the name.")),
        "is_pinned": (t.pgettext("column", "Pinned"), t.gettext("Whether a facilitator pinned it.")),
    }


def _support(t: Translator) -> Mapping[str, tuple[str, str]]:
    return {
        "idea": (t.pgettext("column", "Idea number"), t.gettext("As on the sheet of the ideas.")),
        "created_at": (t.pgettext("column", "Given"), t.gettext("When somebody supported the idea.")),
    }


def _reply(t: Translator) -> Mapping[str, tuple[str, str]]:
    return {
        "idea": (t.pgettext("column", "Idea number"), t.gettext("As on the sheet of the ideas.")),
        "status": (t.pgettext("column", "Status"), t.gettext("How far the town was with it then.")),
        "text": (t.pgettext("column", "Answer"), t.gettext("What the town said.")),
        "created_at": (t.pgettext("column", "Written"), t.gettext("When the town said it.")),
    }


def _comment(t: Translator) -> Mapping[str, tuple[str, str]]:
    return {
        "idea": (t.pgettext("column", "Idea number"), t.gettext("As on the sheet of the ideas.")),
        "text": (t.pgettext("column", "Comment"), t.gettext("In the words of who wrote it.")),
        "created_at": (t.pgettext("column", "Written"), t.gettext("When it was written.")),
        "state": (t.pgettext("column", "State"), t.gettext("Whether it can be read.")),
        "pseudonym": (
            t.pgettext("column", "Author"),
            t.gettext("The invented name that everybody can read; empty where there is none."),
        ),
    }


def _moderation(t: Translator) -> Mapping[str, tuple[str, str]]:
    return {
        "about": (t.pgettext("column", "About"), t.gettext("What it was about.")),
        "reason": (t.pgettext("column", "Reason"), t.gettext("What is wrong with it.")),
        "outcome": (
            t.pgettext("column", "Event"),
            t.gettext("What was reported, what was done, and what waits."),
        ),
        "count": (
            t.pgettext("column", "Count"),
            t.gettext("How many in the whole town, whatever theme or process was chosen."),
        ),
    }
