"""The cards of `/frames`: one idea or theme on the goals of a frame, or of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from cocreation.ideas.frame import Frame, GoalKey
from cocreation.ideas.framing import Standing, Thing
from cocreation.ideas.messages import Button, Message
from handlers.actions import Verb, action
from handlers.frame_text import (
    ADD,
    ALL,
    CHOOSE,
    CONFIRM,
    ITEM,
    LABEL,
    NAME,
    NONE,
    NOTHING,
    PLUS,
    QUOTE,
    SET,
    UNDO,
    Told,
    goal_rows,
    is_numbered,
    item_of,
    label_of,
    named,
    number_of,
    numbers,
    stands,
    to_frame,
    to_goal,
)
from handlers.quoting import on_one_line
from locales import Translator


@dataclass(frozen=True, slots=True)
class Item:
    """An idea or a theme, and `text`, what it says or is called."""

    thing: Thing
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One of them in one frame. `reasons` are those that led to a goal, in words."""

    frame: Frame
    item: Item
    standing: Standing
    reasons: Mapping[GoalKey, str]


def item_card(card: Card, t: Translator, told: Told = NOTHING) -> Message:
    """Where something lies, why, and what a facilitator can say of it."""
    frame, standing = card.frame, card.standing
    parts = [
        f"<i>{escape(told.text)}</i>" if told.text else "",
        f"<b>{escape(on_one_line(frame.name_in(t.language), NAME))}</b>",
        _words(card.item, t),
        escape(stands(frame, standing, t)),
        *(escape(line) for goal in standing.goals if (line := _because(card, goal, t))),
    ]
    back = [
        to_goal(frame, goal, 0, f"◂ {label_of(goal, t)}")
        for goal in frame.goals
        if goal.key in standing.goals
    ]
    undo = (
        ()
        if told.undo is None
        else ((Button(f"↩️ {t.gettext('Undo')}", action(Verb.FRAMES, UNDO, told.undo)),),)
    )
    last = (
        (*back[:1], to_frame(frame, f"◂ {t.gettext('All goals')}")),
        (Button(f"🧭 {t.gettext('Other frames')}", action(Verb.FRAMES, ALL, item_of(card.item.thing))),),
    )
    return Message("\n\n".join(part for part in parts if part), (*undo, *_choices(card, t), *last))


def choosing_card(frame: Frame, item: Item, t: Translator, *, adds: bool) -> Message:
    """The goals to choose from, in place of what something lies on, or beside it."""
    parts = [
        f"<b>{escape(on_one_line(frame.name_in(t.language), NAME))}</b>",
        _words(item, t),
        escape(t.gettext("Which goal does this contribute to?")),
    ]
    if is_numbered(frame):
        parts.append("\n".join(escape(named(frame, goal.key, t)) for goal in frame.goals))
    act, name = PLUS if adds else SET, item_of(item.thing)
    buttons = [
        Button(label_of(goal, t), action(Verb.FRAMES, act, *numbers(frame, goal), name))
        for goal in frame.goals
    ]
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.FRAMES, ITEM, number_of(frame.key), name))
    return Message("\n\n".join(parts), (*goal_rows(frame, buttons), (cancel,)))


def all_card(item: Item, standing: Sequence[tuple[Frame, Standing]], t: Translator) -> Message:
    """One idea or theme in all frames."""
    parts, rows = [_words(item, t)], []
    for frame, each in standing:
        name = on_one_line(frame.name_in(t.language), NAME)
        parts.append(f"<b>{escape(name)}</b>\n{escape(stands(frame, each, t))}")
        rows.append((Button(name, action(Verb.FRAMES, ITEM, number_of(frame.key), item_of(item.thing))),))
    return Message("\n\n".join(parts), tuple(rows))


def _choices(card: Card, t: Translator) -> Sequence[tuple[Button, ...]]:
    standing, goals = card.standing, card.standing.goals
    here = number_of(card.frame.key), item_of(card.item.thing)
    rows: list[tuple[Button, ...]] = []
    if goals and not standing.is_confirmed:
        rows.append((Button(f"✓ {t.gettext('That is right')}", action(Verb.FRAMES, CONFIRM, *here)),))
    if len(goals) > 1:
        rows += [(_only(card, goal, t),) for goal in goals]
    other = Button(f"✏️ {t.gettext('Another goal')}", action(Verb.FRAMES, CHOOSE, *here))
    none = Button(f"🚫 {t.gettext('No goal')}", action(Verb.FRAMES, NONE, *here))
    rows.append((other, none) if goals or not standing.is_confirmed else (other,))
    if len(goals) == 1:
        rows.append((Button(f"➕ {t.gettext('A second goal')}", action(Verb.FRAMES, ADD, *here)),))
    return rows


def _because(card: Card, goal: GoalKey, t: Translator) -> str:
    if not (reason := card.reasons.get(goal, "")):
        return ""
    return t.gettext("{goal}: {reason}", goal=named(card.frame, goal, t), reason=reason)


def _only(card: Card, goal: GoalKey, t: Translator) -> Button:
    label = on_one_line(t.gettext("Only {goal}", goal=named(card.frame, goal, t)), LABEL)
    there = number_of(card.frame.key), number_of(goal), item_of(card.item.thing)
    return Button(label, action(Verb.FRAMES, SET, *there))


def _words(item: Item, t: Translator) -> str:
    return f"<i>{escape(t.gettext('“{words}”', words=on_one_line(item.text, QUOTE)))}</i>"
