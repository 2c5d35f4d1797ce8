"""The digest's picture in words: what stands on it, and the sentence below it."""

from html import escape

from cocreation.ideas.chart import Chart, Ranked
from cocreation.ideas.messages import Message
from cocreation.ideas.period import Period, Span
from cocreation.ideas.town import Town
from cocreation.ideas.trend import Trend, TrendRow
from handlers.digest_headline import days_of
from handlers.digest_themes import LABEL
from handlers.quoting import on_one_line
from locales import Translator

TOLD = 3
"""Themes that the sentence names."""
LONGEST_NAME = 200


def chart_of(trend: Trend, town: Town, t: Translator) -> Chart:
    """What the picture says."""
    rows = tuple(
        Ranked(on_one_line(row.label, LONGEST_NAME), row.colour, row.counts, tuple(map(t.number, row.counts)))
        for row in trend.rows
    )
    ticks = tuple(_tick(period, town, t) for period in trend.periods)
    return Chart(_title(_span(trend, town), t), _days(trend, town, t), ticks, rows, t.gettext("A theme"))


def picture_caption(trend: Trend, town: Town, t: Translator) -> Message:
    """What the picture shows, for who does not see it."""
    return Message(escape(f"{town.name} · {picture_words(trend, town, t)}"))


def picture_words(trend: Trend, town: Town, t: Translator) -> str:
    """'New ideas per week, 5 October – 29 November. The latest numbers: “Safe cycling” 31 (12 before).'"""
    said = t.gettext("{title}, {days}.", title=_title(_span(trend, town), t), days=_days(trend, town, t))
    now = [_told(row, t) for row in trend.rows[:TOLD] if row.now]
    if not now:
        return f"{said} {t.gettext('Nothing came to these themes in the latest of them.')}"
    return f"{said} {t.gettext('The latest numbers: {themes}.', themes=t.list_of(now))}"


def _told(row: TrendRow, t: Translator) -> str:
    return t.gettext(
        "“{theme}” {now} ({before} before)",
        theme=on_one_line(row.label, LABEL),
        now=t.number(row.now),
        before=t.number(row.before),
    )


def _span(trend: Trend, town: Town) -> Span:
    return trend.periods[-1].span(town.time_zone)


def _title(span: Span, t: Translator) -> str:
    match span:
        case Span.DAY:
            return t.gettext("New ideas per day")
        case Span.WEEK:
            return t.gettext("New ideas per week")
        case Span.MONTH:
            return t.gettext("New ideas per month")
        case Span.OTHER:
            return t.gettext("New ideas, in times of the same length")


def _days(trend: Trend, town: Town, t: Translator) -> str:
    first, _ = days_of(trend.periods[0], town)
    _, last = days_of(trend.periods[-1], town)
    return t.day_range(first, last)


def _tick(period: Period, town: Town, t: Translator) -> str:
    first, _ = days_of(period, town)
    return t.short_month(first) if period.span(town.time_zone) is Span.MONTH else t.short_day(first)
