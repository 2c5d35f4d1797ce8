"""The numbers of a digest, each with what it was before and with what is usual."""

from html import escape

from cocreation.ideas.digest import Digest
from cocreation.ideas.period import Span
from cocreation.ideas.usual import Usual
from handlers.digest_usual import range_words, usually
from locales import Translator


def numbers(digest: Digest, span: Span, t: Translator) -> str:
    """Lines of HTML, each saying whether it is out of the ordinary."""
    counts, before, usual = digest.counts, digest.before, digest.usual
    ideas = t.ngettext("{n} new idea", "{n} new ideas", counts.ideas)
    was = "" if digest.is_first else _before(before.ideas, span, t)
    lines = [_line(f"<b>{escape(ideas)}</b>", counts.ideas, usual.ideas, was, t)]
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
            was = "" if digest.is_first else t.gettext("{number} before", number=t.number(then))
            lines.append(_line(escape(words), now, usually_, was, t))
    lines.append(escape(t.ngettext("{n} idea in all", "{n} ideas in all", digest.total_ideas)))
    return "\n".join(lines)


def _line(words: str, count: int, usual: Usual | None, before: str, t: Translator) -> str:
    said = words
    if usual is not None and usual.is_telling(count):
        said = f"{words}, {escape(_compared(count, usual, t))}"
    return f"{said} · {escape(before)}" if before else said


def _compared(count: int, usual: Usual, t: Translator) -> str:
    """With what is usual; not with what was before, which may have been as odd."""
    if usual.is_above(count):
        return t.gettext("more than usual ({range})", range=range_words(usual, t))
    if usual.is_below(count):
        return t.gettext("fewer than usual ({range})", range=range_words(usual, t))
    return usually(usual, t)


def _before(count: int, span: Span, t: Translator) -> str:
    number = t.number(count)
    match span:
        case Span.DAY:
            return t.gettext("{number} the day before", number=number)
        case Span.WEEK:
            return t.gettext("{number} the week before", number=number)
        case Span.MONTH:
            return t.gettext("{number} the month before", number=number)
        case Span.OTHER:
            return t.gettext("{number} in the same time before", number=number)
