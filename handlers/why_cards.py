"""The answers to 'why', in plain sentences with their numbers."""

from html import escape

from cocreation.ideas.why import Certainty, Half, Likeness, Split, TellingWord, WhyIdea, WhyTheme
from handlers.cards import quote
from handlers.quoting import on_one_line
from locales import Translator

NAME, WORD, LINE, TEXT = 60, 40, 140, 600


def idea_text(why: WhyIdea, t: Translator) -> str:
    """Why an idea is in its theme, as HTML."""
    heading = f"<b>{escape(t.gettext('Why this theme?'))}</b>"
    parts = [heading, quote(on_one_line(why.text, TEXT))]
    if why.own is None:
        return "\n\n".join([*parts, escape(_without_theme(why, t))])
    theme = t.gettext("Theme: {theme}", theme=_name(why.own))
    parts.append(escape(f"{theme} · {t.ngettext('{n} idea', '{n} ideas', why.size)}"))
    parts.append(escape(_certainty(why, why.own, t)))
    if not why.is_held:
        parts.append(escape(_reasons(why, t)))
    if why.neighbours:
        nearest = escape(t.gettext("Nearest to it in this theme:"))
        lines = [f"· {escape(on_one_line(neighbour.text, LINE))}" for neighbour in why.neighbours]
        parts.append("\n".join([nearest, *lines]))
    return "\n\n".join(parts)


def theme_text(why: WhyTheme, t: Translator) -> str:
    """What makes a theme one, as HTML."""
    parts = [f"<b>{escape(on_one_line(why.label, NAME))}</b>"]
    if why.words:
        spoken = t.ngettext(
            "This idea speaks of {words}.",
            "These {n} ideas speak of {words}.",
            why.size,
            words=t.list_of([_quoted(word.form, t) for word in why.words]),
        )
        counted = t.gettext(
            "Ideas with one of these words: {here} of {size} here, {elsewhere} of {others} elsewhere.",
            here=t.number(why.here),
            size=t.number(why.size),
            elsewhere=t.number(why.elsewhere),
            others=t.number(why.others),
        )
        each = t.gettext("Said here and elsewhere: {words}", words=_counts(why.words, t))
        parts += [escape(f"{spoken} {counted}"), f"<i>{escape(each)}</i>"]
    else:
        parts.append(escape(t.gettext("No word stands in several of its ideas. They are alike in meaning.")))
    parts.append(escape(f"{_closeness(why, t)} {_scale(t)}"))
    return "\n\n".join(parts)


def split_text(split: Split, t: Translator) -> str:
    """The proposed halves, as HTML."""
    size = t.ngettext("{n} idea", "{n} ideas", split.size)
    heading = f"<b>{escape(on_one_line(split.label, NAME))}</b> · {escape(size)}"
    if split.halves is None:
        no_cut = t.gettext(
            "There is no good cut in two: without a few of the ideas, the halves would be others."
        )
        return f"{heading}\n\n{escape(no_cut)}"
    clear = t.gettext(
        "It would fall into these two. How clear the cut is: {share}, found by leaving out some of the ideas "
        "again and again.",
        share=t.percent(split.steadiness),
    )
    return "\n\n".join([heading, escape(clear), *(_half(half, t) for half in split.halves)])


def split_done_text(split: Split, t: Translator) -> str:
    """What was split, as HTML."""
    assert split.halves is not None
    staying, leaving = split.halves
    stay = t.ngettext(
        "“{theme}” keeps {n} idea.",
        "“{theme}” keeps {n} ideas.",
        len(staying.ideas),
        theme=on_one_line(split.label, NAME),
    )
    go = t.ngettext(
        "{n} idea is now “{theme}”.",
        "{n} ideas are now “{theme}”.",
        len(leaving.ideas),
        theme=on_one_line(leaving.label, NAME),
    )
    return escape(f"{t.gettext('The theme is split.')} {stay} {go}")


def _without_theme(why: WhyIdea, t: Translator) -> str:
    if why.is_held:
        return t.gettext("A facilitator's decision keeps it out of all themes.")
    alone = t.gettext("It has no theme yet: too few other ideas are near it.")
    if why.other is None:
        return alone
    nearest = t.gettext(
        "The nearest is “{theme}”, with a likeness of {likeness}.",
        theme=_name(why.other),
        likeness=_number(why.other.likeness, t),
    )
    return f"{alone} {nearest} {_scale(t)}"


def _certainty(why: WhyIdea, own: Likeness, t: Translator) -> str:
    if why.is_held:
        return t.gettext("A facilitator's decision keeps it in this theme.")
    here = _number(own.likeness, t)
    if why.other is None:
        alone = t.gettext("Its likeness to this theme is {likeness}, and no other is near.", likeness=here)
        return f"{alone} {_scale(t)}"
    values = {"own": here, "other": _number(why.other.likeness, t), "theme": _name(why.other)}
    sentence = {
        Certainty.SURE: t.gettext(
            "Sure: its likeness to this theme is {own}, to the next one, “{theme}”, {other}.", **values
        ),
        Certainty.FAIRLY: t.gettext(
            "Fairly sure: its likeness to this theme is {own}, to the next one, “{theme}”, {other}.", **values
        ),
        Certainty.OPEN: t.gettext(
            "It could as well be in “{theme}”: its likeness to that is {other}, to this theme {own}.",
            **values,
        ),
    }[why.certainty]
    return f"{sentence} {_scale(t)}"


def _reasons(why: WhyIdea, t: Translator) -> str:
    if not why.reasons:
        return t.gettext("No single word decides it: its neighbours do.")
    words = t.list_of([_quoted(reason.words, t) for reason in why.reasons])
    speaks = t.gettext("What speaks for this theme: {words}.", words=words)
    first = why.reasons[0]
    word = on_one_line(first.words, WORD)
    if why.lead <= 0:
        return speaks
    if first.lead < 0:
        return f"{speaks} {t.gettext('Without “{word}” another theme would be nearer.', word=word)}"
    left = t.gettext(
        "Without “{word}” the theme would be {left} ahead instead of {lead}.",
        word=word,
        left=_number(first.lead, t),
        lead=_number(why.lead, t),
    )
    return f"{speaks} {left}"


def _closeness(why: WhyTheme, t: Translator) -> str:
    own = _number(why.closeness, t)
    if why.nearest is None:
        return t.gettext(
            "The mean likeness of an idea to its theme is {own} here, and no other theme is near.", own=own
        )
    return t.gettext(
        "The nearest other theme is “{theme}”. The mean likeness of an idea here to its own theme is {own}, "
        "to that one {other}.",
        theme=_name(why.nearest),
        own=own,
        other=_number(why.nearest.likeness, t),
    )


def _half(half: Half, t: Translator) -> str:
    size = t.ngettext("{n} idea", "{n} ideas", len(half.ideas))
    lines = [f"<b>{escape(on_one_line(half.label, NAME))}</b> · {escape(size)}"]
    if half.words:
        each = t.gettext("Said here and in the other half: {words}", words=_counts(half.words, t))
        lines.append(f"<i>{escape(each)}</i>")
    return "\n".join([*lines, escape(_quoted(half.quote, t, LINE))])


def _counts(words: tuple[TellingWord, ...], t: Translator) -> str:
    """'trees 9 : 2 · shade 4 : 0'."""
    return " · ".join(
        f"{on_one_line(word.form, WORD)} {t.number(word.here)} : {t.number(word.elsewhere)}" for word in words
    )


def _scale(t: Translator) -> str:
    return t.gettext("(0: nothing in common, 1: the same)")


def _quoted(words: str, t: Translator, limit: int = WORD) -> str:
    return t.gettext("“{words}”", words=on_one_line(words, limit))


def _name(theme: Likeness) -> str:
    return on_one_line(theme.label, NAME)


def _number(value: float, t: Translator) -> str:
    return t.number(round(value, 2))
