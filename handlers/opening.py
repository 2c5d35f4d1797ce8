"""The card of an idea, or the ideas of a theme, for somebody who comes by a link."""

from html import escape

from telegram import Update

from cocreation.ideas.messages import Message
from cocreation.ideas.theme import Theme
from handlers.context import TownContext
from handlers.quoting import on_one_line

NAME = 80
LINE = 240
IDEAS = 5


async def open_theme(update: Update, context: TownContext, theme: Theme) -> None:
    heading = f"<b>{escape(on_one_line(theme.label, NAME))}</b>"
    found = await context.work.themes.ideas_of(theme.id, IDEAS)
    lines = [f"· {escape(on_one_line(view.idea.text, LINE))}" for view in found]
    await context.answer(update, Message("\n\n".join([heading, *lines])))
