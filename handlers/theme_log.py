"""What facilitators decided about a theme, in words."""

from collections.abc import Sequence
from html import escape

from cocreation.ideas.decision import Decided, DecisionKind
from cocreation.ideas.ids import ResidentId, ThemeId
from cocreation.ideas.messages import Message
from cocreation.ideas.theme import Theme
from cocreation.ideas.theme_page import LoggedDecision
from cocreation.ideas.town import Town
from handlers.quoting import on_one_line
from handlers.theme_actions import back_to_theme, undo_button
from locales import Translator

DECISIONS, ROW = 8, 4
NAME, IDEA = 80, 80


def log_message(
    theme: Theme, log: Sequence[LoggedDecision], reader: ResidentId | None, town: Town, t: Translator
) -> Message:
    """The latest decisions, with a button each that undoes one that stands. `reader` is who reads alone."""
    heading = f"<b>{escape(on_one_line(theme.label, NAME))}</b>"
    if not log:
        text = escape(t.gettext("Facilitators have decided nothing about this theme."))
        return Message(f"{heading}\n\n{text}", ((back_to_theme(theme.id, t),),))
    lines = [
        f"{t.number(at)} · {escape(decision_words(logged, theme.id, t))}\n"
        f"<i>{escape(moment_words(logged, reader, town, t))}</i>"
        for at, logged in enumerate(log, start=1)
    ]
    undos = [
        undo_button(theme.id, logged.decision.id, t, at)
        for at, logged in enumerate(log, start=1)
        if logged.decision.undone_at is None
    ]
    hint = t.gettext("↩️ and its number undo a decision.") if undos else ""
    told = escape(t.gettext("What facilitators decided, the latest first."))
    parts = [f"{heading}\n{told}", *lines, f"<i>{escape(hint)}</i>" if hint else ""]
    rows = (tuple(undos[:ROW]), tuple(undos[ROW:]), (back_to_theme(theme.id, t),))
    return Message("\n\n".join(part for part in parts if part), tuple(row for row in rows if row))


def latest_words(
    logged: LoggedDecision, theme: ThemeId, reader: ResidentId | None, town: Town, t: Translator
) -> str:
    """The same about one decision, on a line."""
    return f"{decision_words(logged, theme, t)} · {moment_words(logged, reader, town, t)}"


def decision_words(logged: LoggedDecision, theme: ThemeId, t: Translator) -> str:
    """What was decided, as seen from the theme."""
    decision, other = logged.decision, on_one_line(logged.other or "…", NAME)
    if decision.kind is DecisionKind.MOVE:
        return _moved(logged, theme, t)
    name = on_one_line(decision.label or "…", NAME)
    return {
        (DecisionKind.RENAME, True): t.gettext("Named “{name}”", name=name),
        (DecisionKind.MERGE, True): t.gettext("Merged into “{theme}”", theme=other),
        (DecisionKind.MERGE, False): t.gettext("“{theme}” was merged into it", theme=other),
        (DecisionKind.SPLIT, True): t.gettext("“{theme}” was split off", theme=other),
        (DecisionKind.SPLIT, False): t.gettext("Split off from “{theme}”", theme=other),
        (DecisionKind.PIN, True): t.gettext("Pinned"),
        (DecisionKind.HIDE, True): t.gettext("Hidden"),
    }[decision.kind, decision.theme == theme]


def moment_words(logged: LoggedDecision, reader: ResidentId | None, town: Town, t: Translator) -> str:
    """When, and by whom as far as that is known."""
    decision = logged.decision
    made = _by(t.moment(town.local(decision.at)), decision.by, logged.by, reader, t)
    if decision.undone_at is None:
        return made
    undone_at = t.moment(town.local(decision.undone_at))
    undone = _by(undone_at, decision.undone_by, logged.undone_by, reader, t)
    return t.gettext("{made}; undone {undone}", made=made, undone=undone)


def overruled_words(decided: Decided, t: Translator) -> str:
    """What the decision overrules, in a sentence; nothing where that is nothing."""
    ideas = sum(each.ideas for each in decided.overruled)
    if not ideas:
        return ""
    return t.ngettext(
        "For {n} idea this takes the place of what was decided before.",
        "For {n} ideas this takes the place of what was decided before.",
        ideas,
    )


def _moved(logged: LoggedDecision, theme: ThemeId, t: Translator) -> str:
    idea = on_one_line(logged.idea or "…", IDEA)
    if logged.decision.theme == theme and logged.other is not None:
        other = on_one_line(logged.other, NAME)
        return t.gettext("“{idea}” was moved here from “{theme}”", idea=idea, theme=other)
    if logged.decision.theme == theme:
        return t.gettext("“{idea}” was moved here", idea=idea)
    if logged.other is not None:
        other = on_one_line(logged.other, NAME)
        return t.gettext("“{idea}” was moved to “{theme}”", idea=idea, theme=other)
    return t.gettext("“{idea}” was taken out of all themes", idea=idea)


def _by(
    moment: str, by: ResidentId | None, name: str | None, reader: ResidentId | None, t: Translator
) -> str:
    if by is not None and by == reader:
        return t.gettext("{moment}, by you", moment=moment)
    if name is not None:
        return t.gettext("{moment}, by {name}", moment=moment, name=on_one_line(name, NAME))
    if by is not None and reader is not None:
        return t.gettext("{moment}, by a colleague", moment=moment)
    return moment
