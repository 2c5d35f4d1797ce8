"""Another theme to choose: to merge with, or to move an idea to."""

from collections.abc import Callable, Sequence
from html import escape

from cocreation.ideas.messages import Button, Message
from cocreation.ideas.theme import Theme
from cocreation.ideas.theme_page import ThemeIdea, ThemeLine
from handlers.quoting import on_one_line
from handlers.theme_actions import (
    CHOOSE,
    MERGE,
    MOVE,
    NOWHERE,
    PREVIEW,
    WHERE,
    asks,
    back_to_idea,
    back_to_theme,
    open_theme_action,
)
from handlers.theme_cards import size_words
from locales import Translator

PAGE = 6
NAME, LABEL, WORDS, LINE = 80, 34, 90, 160

Ask = Callable[[int], str]


def merge_choices(theme: Theme, others: Sequence[ThemeLine], start: int, t: Translator) -> Message:
    """The other themes, those that are most alike first."""
    heading = _named(t.gettext("Merge “{theme}”", theme=on_one_line(theme.label, NAME)))
    if not others:
        return Message(
            f"{heading}\n\n{escape(t.gettext('There is no other theme.'))}", ((back_to_theme(theme.id, t),),)
        )
    ask = t.gettext("With which theme? Those most alike come first. You see both before anything changes.")
    rows = _choices(others, start, lambda other: asks(theme.id, PREVIEW, other), t)
    turns = _turns(len(others), start, lambda at: asks(theme.id, CHOOSE, at))
    buttons = (*rows, turns, (back_to_theme(theme.id, t),))
    return Message(f"{heading}\n\n{escape(ask)}", tuple(row for row in buttons if row))


def merge_preview(themes: Sequence[tuple[Theme, Sequence[ThemeIdea]]], t: Translator) -> Message:
    """Both themes, that from which one came first, and how large they would be together."""
    (one, _), (other, _) = themes
    heading = _named(t.gettext("Merge two themes"))
    both = t.ngettext("Together {n} idea.", "Together {n} ideas.", one.size + other.size)
    ask = t.gettext("Which name shall stay? The ideas of the other theme come to it, and stay with it.")
    parts = [heading, *(_theme(theme, ideas, t) for theme, ideas in themes), escape(f"{both} {ask}")]
    names = [
        (Button(f"🔗 {on_one_line(stays.label, LABEL)}", asks(goes.id, MERGE, stays.id)),)
        for stays, goes in ((one, other), (other, one))
    ]
    again = Button(f"◂ {t.gettext('Another theme')}", asks(one.id, CHOOSE, 0))
    cancel = Button(f"✖️ {t.gettext('Cancel')}", open_theme_action(one.id))
    return Message("\n\n".join(parts), (*names, (again, cancel)))


def move_choices(
    theme: Theme, idea: ThemeIdea, others: Sequence[ThemeLine], start: int, t: Translator
) -> Message:
    """Where an idea could belong."""
    words = t.gettext("“{words}”", words=on_one_line(idea.text, LINE))
    ask = t.gettext(
        "Where does this idea belong? The themes most like “{theme}” come first.", theme=_short(theme)
    )
    rows = _choices(others, start, lambda other: asks(theme.id, MOVE, idea.id, other), t)
    turns = _turns(len(others), start, lambda at: asks(theme.id, WHERE, idea.id, at))
    out = Button(f"🚫 {t.gettext('Out of all themes')}", asks(theme.id, MOVE, idea.id, NOWHERE))
    buttons = (*rows, turns, (out,), (back_to_idea(theme.id, idea.id, t),))
    return Message(f"<i>{escape(words)}</i>\n\n{escape(ask)}", tuple(row for row in buttons if row))


def _choices(
    others: Sequence[ThemeLine], start: int, ask: Ask, t: Translator
) -> tuple[tuple[Button, ...], ...]:
    first = _first(len(others), start)
    return tuple(
        (Button(f"{on_one_line(other.label, LABEL)} · {t.number(other.size)}", ask(other.id)),)
        for other in others[first : first + PAGE]
    )


def _turns(count: int, start: int, ask: Ask) -> tuple[Button, ...]:
    first = _first(count, start)
    earlier = (Button("◂", ask(max(0, first - PAGE))),) if first else ()
    later = (Button("▸", ask(first + PAGE)),) if first + PAGE < count else ()
    return (*earlier, *later)


def _first(count: int, start: int) -> int:
    return min(start, max(0, count - 1)) // PAGE * PAGE


def _theme(theme: Theme, ideas: Sequence[ThemeIdea], t: Translator) -> str:
    facts = size_words(theme.size, 0, theme.supports, t)
    lines = [f"{_named(on_one_line(theme.label, NAME))}", escape(facts)]
    if theme.keywords:
        lines.append(f"<i>{escape(on_one_line(', '.join(theme.keywords[:5]), WORDS))}</i>")
    lines += [escape(t.gettext("“{words}”", words=on_one_line(idea.text, LINE))) for idea in ideas]
    return "\n".join(lines)


def _named(name: str) -> str:
    return f"<b>{escape(name)}</b>"


def _short(theme: Theme) -> str:
    return on_one_line(theme.label, NAME)
