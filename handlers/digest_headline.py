"""What a digest begins with: the town and the days, and the period in one sentence."""

from datetime import date, timedelta
from html import escape

from cocreation.ideas.digest import Digest
from cocreation.ideas.headline import Headline, HeadlineKind, Pace
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.period import Period, Span
from cocreation.ideas.town import Town
from handlers.digest_themes import LABEL, keywords
from handlers.digest_usual import usually
from handlers.quoting import on_one_line
from locales import Translator

NOON = 12


def heading(digest: Digest, town: Town, t: Translator) -> str:
    """'Tienen, week 48 · 23–29 November', as HTML, and whether it comes late."""
    first, last = days_of(digest.period, town)
    days = t.day_range(first, last)
    name = on_one_line(town.name, LABEL)
    if first.weekday() == 0 and last - first == timedelta(days=6):
        week = str(first.isocalendar().week)
        text = t.gettext("{town}, week {week} · {days}", town=name, week=week, days=days)
    else:
        text = t.gettext("{town} · {days}", town=name, days=days)
    late = t.gettext("Late: Morgen was not running when this was due.")
    return f"<b>{escape(text)}</b>" + (f"\n<i>{escape(late)}</i>" if digest.is_late else "")


def sentence(digest: Digest, town: Town, t: Translator) -> str:
    """'A busy week: “Safe cycling” brought 31 of the 74 new ideas.' (not escaped)."""
    said = _news(digest, t)
    match digest.headline.pace:
        case Pace.BUSY:
            return _busy(digest.period.span(town.time_zone), said, t)
        case Pace.CALM:
            return _calm(digest.period.span(town.time_zone), said, t)
        case _:
            return said


def _news(digest: Digest, t: Translator) -> str:
    headline = digest.headline
    if headline.kind in (HeadlineKind.NOTHING_YET, HeadlineKind.EMPTY):
        return _nothing(digest, t)
    if headline.kind is HeadlineKind.FIRST:
        return t.ngettext("The first idea is here.", "The first {n} ideas are here.", headline.total)
    return _about_a_theme(headline, t) or _compared(headline, t) or _in_numbers(digest, t)


def _nothing(digest: Digest, t: Translator) -> str:
    if digest.headline.kind is HeadlineKind.NOTHING_YET:
        return t.gettext("There are no ideas yet. A poster with the bot's QR code, where people wait, helps.")
    if digest.is_empty:
        return t.gettext("Nothing came in: no ideas and no supports. The town gave no answers either.")
    return t.gettext("No new ideas came in.")


def _compared(headline: Headline, t: Translator) -> str | None:
    """With the period before, or with each other."""
    match headline.kind:
        case HeadlineKind.BUSIER:
            return t.ngettext(
                "Busier than before: {n} new idea, after {before}.",
                "Busier than before: {n} new ideas, after {before}.",
                headline.total,
                before=t.number(headline.share),
            )
        case HeadlineKind.CALMER:
            return t.ngettext(
                "Calmer than before: {n} new idea, after {before}.",
                "Calmer than before: {n} new ideas, after {before}.",
                headline.total,
                before=t.number(headline.share),
            )
        case HeadlineKind.SPREAD:
            return t.ngettext(
                "The new ideas are about {n} theme, and none stands out.",
                "The new ideas are about {n} themes, and none stands out.",
                headline.share,
            )
        case _:
            return None


def _about_a_theme(headline: Headline, t: Translator) -> str | None:
    if headline.theme is None:
        return None
    name = on_one_line(headline.theme.label, LABEL)
    if headline.share == headline.total:
        return t.ngettext(
            "The one new idea is about “{theme}”.",
            "All {n} new ideas are about “{theme}”.",
            headline.total,
            theme=name,
        )
    return _share(headline, headline.theme, name, t)


def _share(headline: Headline, theme: ThemeActivity, name: str, t: Translator) -> str:
    total = t.number(headline.total)
    words = [t.gettext("“{words}”", words=word) for word in keywords(theme, t.language)]
    if not words:
        return t.ngettext(
            "“{theme}” brought {n} of the {total} new ideas.",
            "“{theme}” brought {n} of the {total} new ideas.",
            headline.share,
            theme=name,
            total=total,
        )
    return t.ngettext(
        "“{theme}” brought {n} of the {total} new ideas, with words such as {words}.",
        "“{theme}” brought {n} of the {total} new ideas, with words such as {words}.",
        headline.share,
        theme=name,
        total=total,
        words=t.list_of(words),
    )


def _in_numbers(digest: Digest, t: Translator) -> str:
    headline, usual = digest.headline, digest.usual.ideas
    if headline.kind is HeadlineKind.AS_USUAL:
        return t.gettext("As many new ideas came in as usual.")
    if headline.kind is HeadlineKind.PLAIN or usual is None:
        return t.ngettext("{n} new idea came in.", "{n} new ideas came in.", headline.total)
    return t.ngettext(
        "{n} new idea, {usually}.", "{n} new ideas, {usually}.", headline.total, usually=usually(usual, t)
    )


def _busy(span: Span, news: str, t: Translator) -> str:
    match span:
        case Span.DAY:
            return t.gettext("A busy day: {news}", news=news)
        case Span.WEEK:
            return t.gettext("A busy week: {news}", news=news)
        case Span.MONTH:
            return t.gettext("A busy month: {news}", news=news)
        case Span.OTHER:
            return t.gettext("A busy time: {news}", news=news)


def _calm(span: Span, news: str, t: Translator) -> str:
    match span:
        case Span.DAY:
            return t.gettext("A calm day: {news}", news=news)
        case Span.WEEK:
            return t.gettext("A calm week: {news}", news=news)
        case Span.MONTH:
            return t.gettext("A calm month: {news}", news=news)
        case Span.OTHER:
            return t.gettext("A calm time: {news}", news=news)


def days_of(period: Period, town: Town) -> tuple[date, date]:
    """The first and the last day that the period is about: those of which it holds the larger part. One that
    ends now has today in it, however early it is."""
    start, end = town.local(period.start), town.local(period.end)
    if period.is_open and start.time() == end.time():
        return end.date() - timedelta(days=period.days - 1), end.date()
    first = start.date() if start.hour < NOON else start.date() + timedelta(days=1)
    last = end.date() if period.is_open or end.hour >= NOON else end.date() - timedelta(days=1)
    return first, max(first, last)
