"""The card of an idea, or the ideas of a theme, for somebody who comes by a link."""

from html import escape

from telegram import Update

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.messages import Message
from cocreation.ideas.submission import Outcome
from cocreation.ideas.theme import Theme
from handlers import cards
from handlers.context import TownContext, language_of
from handlers.quoting import on_one_line
from locales import translator

NAME = 80
LINE = 240
IDEAS = 5


async def open_idea(update: Update, context: TownContext, view: IdeaView) -> None:
    resident = await context.resident(update)
    language = language_of(resident, context.town)
    if view.idea.author == resident.id:
        card = cards.idea_card(view, Outcome.KEPT, language, context.town)
        await context.answer(update, card, cards.slot_of(view))
        return
    lines = [cards.quote(view.idea.text), *cards.facts(view, translator(language))]
    await context.answer(update, Message("\n\n".join(lines)), f"card:{view.idea.id}")


async def open_theme(update: Update, context: TownContext, theme: Theme) -> None:
    heading = f"<b>{escape(on_one_line(theme.label, NAME))}</b>"
    found = await context.work.themes.ideas_of(theme.id, IDEAS)
    lines = [f"· {escape(on_one_line(view.idea.text, LINE))}" for view in found]
    await context.answer(update, Message("\n\n".join([heading, *lines])))
