"""The numbers of a digest, each with its change and with what is usual."""

from html import escape

from cocreation.ideas.digest import Digest
from cocreation.ideas.period import Span
from cocreation.ideas.usual import Usual
from handlers.digest_usual import usually
from locales import Translator


def numbers(digest: Digest, span: Span, t: Translator) -> str:
    """Lines of HTML; a sign leads those numbers that are out of the ordinary."""
    counts, before, usual = digest.counts, digest.before, digest.usual
    ideas = t.ngettext("{n} new idea", "{n} new ideas", counts.ideas)
    change = "" if digest.is_first else _change(counts.ideas - before.ideas, span, t)
    lines = [_line(f"<b>{escape(ideas)}</b>", counts.ideas, usual.ideas, change, t)]
    for words, now, then, usually_ in (
        (
            t.ngettext("{n} person wrote", "{n} people wrote", counts.people),
            counts.people,
            before.people,
            usual.people,
        ),
        (
            t.ngettext("{n} for the first time", "{n} for the first time", counts.newcomers),
            counts.newcomers,
            before.newcomers,
            usual.newcomers,
        ),
        (
            t.ngettext("{n} support", "{n} supports", counts.supports),
            counts.supports,
            before.supports,
            usual.supports,
        ),
        (
            t.ngettext("{n} answer from the town", "{n} answers from the town", counts.answers),
            counts.answers,
            before.answers,
            usual.answers,
        ),
    ):
        if now or then:
            change = "" if digest.is_first else _signed(now - then, t)
            lines.append(_line(escape(words), now, usually_, change, t))
    lines.append(escape(t.ngettext("{n} idea in all", "{n} ideas in all", digest.total_ideas)))
    return "\n".join(lines)


def _line(words: str, count: int, usual: Usual | None, change: str, t: Translator) -> str:
    facts = [change, usually(usual, t) if usual and usual.is_telling(count) else ""]
    told = ", ".join(fact for fact in facts if fact)
    sign = ""
    if usual is not None:
        sign = "▲ " if usual.is_above(count) else "▽ " if usual.is_below(count) else ""
    return f"{sign}{words}" + (f" ({escape(told)})" if told else "")


def _change(difference: int, span: Span, t: Translator) -> str:
    if difference == 0:
        return _as_many(span, t)
    change = _signed(difference, t)
    match span:
        case Span.DAY:
            return t.gettext("{change} on the day before", change=change)
        case Span.WEEK:
            return t.gettext("{change} on the week before", change=change)
        case Span.MONTH:
            return t.gettext("{change} on the month before", change=change)
        case Span.OTHER:
            return t.gettext("{change} on the same time before", change=change)


def _as_many(span: Span, t: Translator) -> str:
    match span:
        case Span.DAY:
            return t.gettext("as many as the day before")
        case Span.WEEK:
            return t.gettext("as many as the week before")
        case Span.MONTH:
            return t.gettext("as many as the month before")
        case Span.OTHER:
            return t.gettext("as many as in the same time before")


def _signed(difference: int, t: Translator) -> str:
    if difference == 0:
        return t.gettext("as many")
    return ("+" if difference > 0 else "−") + t.number(abs(difference))
