"""Who collects what, why, and who sees it: what somebody has to know who was never here before."""

from html import escape

from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.messages import Button
from cocreation.ideas.town import Town
from handlers.actions import Verb, action
from handlers.quoting import on_one_line
from locales import Translator, translator

NAME = 60

Rows = tuple[tuple[Button, ...], ...]


def who_and_why(t: Translator, town: Town) -> str:
    """Two sentences, as HTML."""
    why = t.gettext("{town} collects ideas to decide together what to do.", town=on_one_line(town.name, NAME))
    who = t.gettext("Everybody can read your idea, nobody sees your name.")
    return escape(f"{why} {who}")


def line_on_card(t: Translator, town: Town) -> str:
    """The same below somebody's first idea, where a button to a page would be one too many."""
    if town.board_url is None:
        return who_and_why(t, town)
    page = escape(_page(t.language, town.board_url))
    return f'{who_and_why(t, town)} <a href="{page}">{escape(t.gettext("Privacy notice"))}</a>'


def rows_on_card(language: Language, town: Town, idea: IdeaId) -> Rows:
    notice = ((notice_button(language, town, idea),),) if town.board_url is None else ()
    return (*notice, *language_rows(language, town, idea))


def notice_button(language: Language, town: Town, *told: int | str) -> Button:
    """The way to the privacy notice. `told` says of what the button is a part, so that one can come back."""
    label = translator(language).gettext("Privacy notice")
    if town.board_url is None:
        return Button(label, action(Verb.PRIVACY, *told))
    return Button(label, url=_page(language, town.board_url))


def language_rows(language: Language, town: Town, *told: int | str) -> Rows:
    """A row with the town's other languages, or none."""
    others = tuple(
        Button(translator(code).language_name(code), action(Verb.LANGUAGE, code, *told))
        for code in town.languages
        if code != language
    )
    return (others,) if others else ()


def _page(language: str, board_url: str) -> str:
    return f"{board_url}/{language}/privacy"
