"""What the buttons of a theme ask for. The words stand in buttons: they stay for good."""

from cocreation.ideas.ids import DecisionId, IdeaId, ThemeId
from cocreation.ideas.messages import Button
from handlers.actions import NEW_MESSAGE, Verb, action
from locales import Translator

PAGE = "p"
"""Its ideas from a number on."""
IDEA = "idea"
NAME = "name"
"""Ask for a name; with a sign behind it, take the suggestion that has it."""
CHOOSE = "choose"
"""With which other theme to merge it."""
PREVIEW = "with"
MERGE = "into"
PIN, HIDE = "pin", "hide"
WHERE = "where"
"""Into which theme to move an idea."""
MOVE = "move"
LOG = "log"
UNDO = "undo"

NOWHERE = 0
"""Instead of a theme: out of all of them."""


def open_theme_action(theme: ThemeId, *, below: bool = False) -> str:
    """Turn the message into the theme's card; show the card `below` where the message has to stay."""
    return action(Verb.THEME, theme, NEW_MESSAGE) if below else action(Verb.THEME, theme)


def asks(theme: ThemeId, act: str, *more: int | str) -> str:
    return action(Verb.THEME, theme, act, *more)


def back_to_theme(theme: ThemeId, t: Translator, start: int = 0) -> Button:
    """To its card, with its ideas from `start` on."""
    said = asks(theme, PAGE, start) if start else open_theme_action(theme)
    return Button(f"◂ {t.gettext('The theme')}", said)


def back_to_idea(theme: ThemeId, idea: IdeaId, t: Translator) -> Button:
    return Button(f"◂ {t.gettext('The idea')}", asks(theme, IDEA, idea))


def back_to_themes(theme: ThemeId, t: Translator) -> Button:
    """To the page of the list that has the theme."""
    return Button(f"◂ {t.gettext('Themes')}", action(Verb.THEMES, 0, theme))


def undo_button(theme: ThemeId, decision: DecisionId, t: Translator, at: int | None = None) -> Button:
    """Undo a decision; `at` is its number in a list of them."""
    label = t.gettext("Undo") if at is None else t.number(at)
    return Button(f"↩️ {label}", asks(theme, UNDO, decision))
