"""The pages of `/frames`: the frames, the goals of one, and what lies on a goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cocreation.ideas.frame import Frame, Goal, GoalKey
from cocreation.ideas.framing import GoalTally, LaidIdea, LaidTheme, Thing
from cocreation.ideas.messages import Button, Message
from handlers.actions import Verb, action
from handlers.frame_text import (
    CONFIRM_HERE,
    GOAL,
    ITEM,
    LINE,
    NAME,
    NOTHING,
    PAGE,
    THEMES,
    UNDO,
    Told,
    because,
    by_words_alone,
    counted,
    goal_rows,
    item_of,
    label_of,
    named,
    names,
    number_of,
    numbers,
    share,
    to_frame,
    to_goal,
)
from handlers.quoting import on_one_line
from locales import Translator


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of what lies on a goal. `start` of it come before; `is_last` says that none comes after."""

    frame: Frame
    goal: Goal
    start: int
    is_last: bool
    t: Translator
    told: Told = NOTHING


def frames_page(frames: Sequence[Frame], t: Translator, *, by_words: bool) -> Message:
    """The frames to choose from."""
    lines = [
        f"<b>{escape(t.gettext('Frames'))}</b>",
        escape(t.gettext("What the ideas and themes of this town contribute to. Choose a list of goals.")),
        escape(t.gettext("The goals are suggested; you confirm or correct them.")),
    ]
    if by_words:
        lines.append(f"<i>{escape(by_words_alone(t))}</i>")
    rows = [(to_frame(frame, on_one_line(frame.name_in(t.language), NAME)),) for frame in frames]
    return Message("\n\n".join(lines), tuple(rows))


def frame_page(frame: Frame, tallies: Sequence[GoalTally], t: Translator, *, by_words: bool) -> Message:
    """The goals, with how much lies on each and what of it is confirmed."""
    full = [each for each in tallies if each.ideas.all or each.themes.all]
    empty = [each.goal for each in tallies if each not in full]
    parts = [f"<b>{escape(on_one_line(frame.name_in(t.language), NAME))}</b>"]
    parts += [_tallied(frame, each, t) for each in full]
    if not full:
        parts.append(
            escape(t.gettext("Nothing contributes to these goals yet. New ideas are read within a minute."))
        )
    elif empty:
        listed = ", ".join(named(frame, key, t) for key in empty)
        parts.append(f"<i>{escape(t.gettext('Nothing yet: {goals}', goals=listed))}</i>")
    if by_words:
        parts.append(f"<i>{escape(by_words_alone(t))}</i>")
    parts.append(f"<i>{escape(t.gettext('Source: {source}', source=on_one_line(frame.source, LINE)))}</i>")
    buttons = [to_goal(frame, goal, 0, label_of(goal, t)) for goal in frame.goals]
    back = Button(f"◂ {t.gettext('Frames')}", action(Verb.FRAMES))
    return Message("\n\n".join(parts), (*goal_rows(frame, buttons), (back,)))


def goal_page(page: Page, tally: GoalTally, ideas: Sequence[LaidIdea]) -> Message:
    """The ideas on a goal, each with what led there; those that wait to be confirmed come first."""
    frame, goal, t = page.frame, page.goal, page.t
    lines = [_idea_line(at, idea, page) for at, idea in enumerate(ideas, start=1)]
    if not ideas:
        lines.append(escape(t.gettext("No idea contributes to this goal yet.")))
    facts = counted(tally.ideas, t.ngettext("{n} idea", "{n} ideas", tally.ideas.all), t)
    things = [(Thing(idea=idea.idea), idea.is_confirmed) for idea in ideas]
    more = t.ngettext("{n} theme", "{n} themes", tally.themes.all)
    themes = (
        (Button(more, action(Verb.FRAMES, THEMES, *numbers(frame, goal), 0)),) if tally.themes.all else ()
    )
    return _list_message(page, [facts, *lines], things, GOAL, themes)


def themes_page(page: Page, themes: Sequence[LaidTheme]) -> Message:
    """The themes on a goal, each with the share of its ideas."""
    t = page.t
    lines = [_theme_line(at, theme, page) for at, theme in enumerate(themes, start=1)]
    if not themes:
        lines.append(escape(t.gettext("No theme contributes to this goal yet.")))
    things = [(Thing(theme=theme.theme), theme.is_confirmed) for theme in themes]
    ideas = (to_goal(page.frame, page.goal, 0, t.gettext("The ideas")),)
    return _list_message(page, lines, things, THEMES, ideas)


def _list_message(
    page: Page,
    lines: Sequence[str],
    things: Sequence[tuple[Thing, bool]],
    act: str,
    others: tuple[Button, ...],
) -> Message:
    frame, goal, t, told = page.frame, page.goal, page.t, page.told
    heading = f"<b>{escape(named(frame, goal.key, t))}</b>"
    parts = [f"<i>{escape(told.text)}</i>"] if told.text else []
    opens = tuple(
        Button(str(at), action(Verb.FRAMES, ITEM, number_of(frame.key), item_of(thing)))
        for at, (thing, _) in enumerate(things, start=1)
    )
    here = (*numbers(frame, goal), page.start)
    confirms = tuple(
        Button(f"✓ {at}", action(Verb.FRAMES, CONFIRM_HERE, *here, item_of(thing)))
        for at, (thing, is_confirmed) in enumerate(things, start=1)
        if not is_confirmed
    )
    back = to_frame(frame, f"◂ {t.gettext('All goals')}")
    undoing = (
        ()
        if told.undo is None
        else (Button(f"↩️ {t.gettext('Undo')}", action(Verb.FRAMES, UNDO, told.undo, *here)),)
    )
    rows = (undoing, confirms, opens, _turns(act, page), (*others, back))
    return Message("\n\n".join([*parts, heading, *lines]), tuple(row for row in rows if row))


def _idea_line(at: int, idea: LaidIdea, page: Page) -> str:
    text = escape(on_one_line(idea.text, LINE))
    facts = _facts(page, idea.goals, idea.is_confirmed, because(idea.words, page.t))
    return f"{at} · {text}\n<i>{escape(facts)}</i>"


def _theme_line(at: int, theme: LaidTheme, page: Page) -> str:
    t = page.t
    part = share(theme.ideas, theme.size, t)
    label = escape(on_one_line(theme.label, NAME))
    return f"{at} · <b>{label}</b>\n<i>{escape(_facts(page, theme.goals, theme.is_confirmed, part))}</i>"


def _facts(page: Page, goals: Sequence[GoalKey], is_confirmed: bool, why: str) -> str:
    """'✓ confirmed · because of “bus” · also 13 · Climate action'"""
    t = page.t
    others = [goal for goal in goals if goal != page.goal.key]
    also = t.gettext("also {goals}", goals=names(page.frame, others, t)) if others else ""
    confirmed = f"✓ {t.gettext('confirmed')}" if is_confirmed else ""
    return " · ".join(part for part in (confirmed, why, also) if part) or t.gettext(
        "suggested by its meaning"
    )


def _tallied(frame: Frame, tally: GoalTally, t: Translator) -> str:
    facts = [counted(tally.ideas, t.ngettext("{n} idea", "{n} ideas", tally.ideas.all), t)]
    if tally.themes.all:
        facts.append(counted(tally.themes, t.ngettext("{n} theme", "{n} themes", tally.themes.all), t))
    return f"{escape(named(frame, tally.goal, t))}\n<i>{' · '.join(facts)}</i>"


def _turns(act: str, page: Page) -> tuple[Button, ...]:
    here = numbers(page.frame, page.goal)
    earlier = Button("◂", action(Verb.FRAMES, act, *here, max(0, page.start - PAGE)))
    later = Button("▸", action(Verb.FRAMES, act, *here, page.start + PAGE))
    return ((earlier,) if page.start else ()) + (() if page.is_last else (later,))
