"""What a town keeps of one person, as a page that needs nothing else."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from board.assets import FOLDER
from board.report import security
from board.templating import template_environment
from cocreation.ideas.belongings import Belongings, Rows
from cocreation.ideas.reply import Status
from cocreation.ideas.town import Town
from locales import Translator

STYLES = ("board.css", "my-data.css")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A photo or a recording beside the page, at `path`; `small` is a small JPEG of a photo."""

    media: int
    idea: int
    path: str
    small: bytes | None = None

    @property
    def source(self) -> str:
        """The small photo, inside the page itself."""
        return f"data:image/jpeg;base64,{b64encode(self.small or b'').decode()}"


@dataclass(frozen=True, slots=True)
class OwnIdea:
    """An idea with all that belongs to it."""

    row: Mapping[str, Any]
    versions: Rows
    replies: Sequence[tuple[Status, str, datetime]]
    files: Sequence[PackedFile]
    not_here: int
    """Files that Telegram has, and the town does not have yet, or could not open."""


def render_my_data(
    belongings: Belongings, files: Sequence[PackedFile], *, town: Town, t: Translator, made_at: datetime
) -> str:
    """The page, in the language of `t`."""
    style = _style()
    rows = belongings.rows
    return (
        _environment()
        .get_template("my_data.html")
        .render(
            belongings=belongings,
            ideas=[_idea(row, rows, files) for row in rows["ideas"]],
            rows=rows,
            person=rows["resident"][0],
            others={name: len(rows[name]) for name in rows if len(rows[name])},
            made_at=made_at,
            town=town,
            t=t,
            gettext=t.gettext,
            ngettext=t.ngettext,
            style=Markup(style),  # noqa: S704 - the board's own files
            security=f"{security(style)}; img-src data:",
        )
    )


def _idea(row: Mapping[str, Any], rows: Mapping[str, Rows], files: Sequence[PackedFile]) -> OwnIdea:
    media = [each for each in rows["media"] if each["idea_id"] == row["id"]]
    packed = [file for file in files if file.idea == row["id"]]
    return OwnIdea(
        row=row,
        versions=[each for each in rows["idea_versions"] if each["idea_id"] == row["id"]],
        replies=[
            (Status(each["status"]), each["text"], each["created_at"])
            for each in rows["replies_received"]
            if each["idea_id"] == row["id"]
        ],
        files=packed,
        not_here=len(media) - len(packed),
    )


@cache
def _environment() -> Environment:
    return template_environment()


@cache
def _style() -> str:
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES)
