"""How frames, goals and what lies on them are called, and the buttons that lead to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape

from cocreation.ideas.frame import Frame, FrameKey, Goal, GoalKey
from cocreation.ideas.framing import MarkId, Standing, Tally, Thing
from cocreation.ideas.messages import Button
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.quoting import on_one_line
from locales import Translator

FRAME, GOAL, THEMES, ITEM, ALL = "F", "G", "T", "I", "X"
CONFIRM, CONFIRM_HERE, NONE, CHOOSE, ADD, SET, PLUS, UNDO = "C", "K", "N", "O", "A", "S", "P", "U"
IDEA, THEME = "i", "t"

PAGE, ROW = 5, 5
NAME, GOAL_NAME, LINE, QUOTE, WORD, LABEL = 60, 80, 160, 400, 40, 34
MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What was just done, which a page says first, and the mark that its button takes back."""

    text: str = ""
    undo: MarkId | None = None


NOTHING = Told()


def number_of(key: FrameKey | GoalKey) -> int:
    """What a button calls a frame or a goal: the same whatever comes before it in the list."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest())


def item_of(thing: Thing) -> str:
    """What a button calls an idea or a theme."""
    return f"{IDEA}{thing.idea}" if thing.idea is not None else f"{THEME}{thing.theme}"


def kept(frame: Frame, text: str, goals: Sequence[GoalKey], t: Translator) -> str:
    """'Kept: “More trees” contributes to 15 · Life on land.'"""
    words = on_one_line(text, WORD)
    if not goals:
        return t.gettext("Kept: “{words}” contributes to no goal.", words=words)
    return t.gettext("Kept: “{words}” contributes to {goals}.", words=words, goals=names(frame, goals, t))


def by_words_alone(t: Translator) -> str:
    return t.gettext("No encoder is installed here: goals are suggested by their words alone.")


def named(frame: Frame, key: GoalKey, t: Translator) -> str:
    """A goal with its number, where goals have one."""
    goal = frame.goal(key)
    name = key if goal is None else on_one_line(goal.name_in(t.language), GOAL_NAME)
    return f"{key} · {name}" if key.isdigit() else name


def names(frame: Frame, goals: Sequence[GoalKey], t: Translator) -> str:
    return t.list_of([named(frame, goal, t) for goal in goals])


def label_of(goal: Goal, t: Translator) -> str:
    return goal.key if goal.key.isdigit() else on_one_line(goal.name_in(t.language), LABEL)


def because(words: Sequence[str], t: Translator) -> str:
    if not words:
        return ""
    quoted = [t.gettext("“{words}”", words=on_one_line(word, WORD)) for word in words]
    return t.gettext("because of {words}", words=t.list_of(quoted))


def stands(frame: Frame, standing: Standing, t: Translator) -> str:
    if not standing.goals:
        return (
            t.gettext("Confirmed: no goal.") if standing.is_confirmed else t.gettext("No goal is suggested.")
        )
    listed = names(frame, standing.goals, t)
    if standing.is_confirmed:
        return t.gettext("Confirmed: {goals}", goals=listed)
    return t.gettext("Suggested: {goals}", goals=listed)


def counted(tally: Tally, counted: str, t: Translator) -> str:
    """'12 ideas, 3 of them confirmed', as HTML."""
    if not tally.confirmed:
        return escape(counted)
    confirmed = t.ngettext("{n} of them confirmed", "{n} of them confirmed", tally.confirmed)
    return escape(f"{counted}, {confirmed}")


def is_numbered(frame: Frame) -> bool:
    return all(goal.key.isdigit() and len(goal.key) <= MOST_DIGITS for goal in frame.goals)


def goal_rows(frame: Frame, buttons: Sequence[Button]) -> Sequence[tuple[Button, ...]]:
    """Numbers stand side by side, names below each other."""
    width = ROW + 1 if is_numbered(frame) else 1
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]


def numbers(frame: Frame, goal: Goal) -> tuple[int, int]:
    return number_of(frame.key), number_of(goal.key)


def to_frame(frame: Frame, label: str) -> Button:
    return Button(label, action(Verb.FRAMES, FRAME, number_of(frame.key)))


def to_goal(frame: Frame, goal: Goal, start: int, label: str) -> Button:
    return Button(label, action(Verb.FRAMES, GOAL, *numbers(frame, goal), start))


def share(count: int, size: int, t: Translator) -> str:
    """How many ideas of a theme lie on a goal."""
    return t.gettext("{n} of {size} ideas", n=t.number(count), size=t.number(size))


def frames_button(thing: Thing, t: Translator) -> Button:
    """The way from the card of an idea or a theme to its goals, below the card."""
    return Button(f"🧭 {t.gettext('Frames')}", action(Verb.FRAMES, ALL, item_of(thing), NEW_MESSAGE))
