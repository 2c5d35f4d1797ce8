"""What somebody has chosen of an export so far. It stands in the buttons: a restart changes nothing."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

from cocreation.errors import NotFoundError
from cocreation.ideas.export import ExportFormat, Selection
from cocreation.ideas.ids import ProcessId, ThemeId
from cocreation.ideas.town import Town

_FORM = re.compile(r"([a-z]+)\.([a-z]|\d{1,11}_\d{1,11})\.(\d{1,15})\.(\d{1,15})")


class Span(StrEnum):
    """A period that has a name. The letters stand in buttons: they stay for good."""

    ALL = "a"
    THIS_MONTH = "m"
    LAST_MONTH = "l"
    SINCE_DIGEST = "d"


@dataclass(frozen=True, slots=True)
class Choice:
    """`span` is a period with a name, or the first and the last moment of one."""

    format: ExportFormat = ExportFormat.XLSX
    span: Span | tuple[datetime, datetime] = Span.ALL
    theme: ThemeId | None = None
    process: ProcessId | None = None

    def __str__(self) -> str:
        span = self.span
        period = span if isinstance(span, Span) else "_".join(str(int(at.timestamp())) for at in span)
        return f"{self.format}.{period}.{self.theme or 0}.{self.process or 0}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises NotFoundError for what no button says."""
        found = _FORM.fullmatch(text)
        if found is None or found[1] not in set(ExportFormat):
            raise NotFoundError
        theme, process = int(found[3]), int(found[4])
        return cls(
            ExportFormat(found[1]),
            _span(found[2]),
            ThemeId(theme) if theme else None,
            ProcessId(process) if process else None,
        )

    def selection(self, town: Town, now: datetime, last_digest: datetime | None) -> Selection:
        """What is meant by it now."""
        start, end = _moments(self.span, town, now, last_digest)
        return Selection(start, end, self.theme, self.process)


def period(first: int, last: int) -> tuple[datetime, datetime]:
    """From seconds since 1970. Raises NotFoundError for what is no period."""
    try:
        start, end = datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(last, UTC)
    except (ValueError, OverflowError, OSError):
        raise NotFoundError from None
    if start >= end:
        raise NotFoundError
    return start, end


def _span(text: str) -> Span | tuple[datetime, datetime]:
    if "_" in text:
        first, _, last = text.partition("_")
        return period(int(first), int(last))
    if text not in set(Span):
        raise NotFoundError
    return Span(text)


def _moments(
    span: Span | tuple[datetime, datetime], town: Town, now: datetime, last_digest: datetime | None
) -> tuple[datetime | None, datetime | None]:
    month = town.local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    match span:
        case Span.ALL:
            return None, None
        case Span.SINCE_DIGEST:
            return last_digest, None
        case Span.THIS_MONTH:
            return month.astimezone(UTC), None
        case Span.LAST_MONTH:
            before = (month - timedelta(days=1)).replace(day=1)
            return before.astimezone(UTC), month.astimezone(UTC)
        case _:
            return span
