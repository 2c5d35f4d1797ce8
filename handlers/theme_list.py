"""`/themes`: all themes, largest first, with a numbered button each that opens one."""

from collections.abc import Sequence
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.ids import ThemeId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.theme_page import WEEK, ThemeLine
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_here
from handlers.quoting import on_one_line
from handlers.roles import only_facilitators
from handlers.theme_actions import open_theme_action
from handlers.theme_cards import SLOT, marks, size_words
from handlers.updates import pressed_data
from locales import Translator

PAGE, ROW = 10, 5
NAME = 60
WORDS = 90


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("themes", themes, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(turn_themes, pattern(Verb.THEMES)))


async def themes(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _themes(update, context, 0), SLOT)


async def turn_themes(update: Update, context: TownContext) -> None:
    """A page of the list: from a number on, or the one that has a theme."""
    await only_facilitators(update, context)
    await context.toast(update)
    data = pressed_data(update)
    said = arguments(data)
    theme = ThemeId(int(said[1])) if len(said) > 1 and said[1].isdecimal() else None
    page = await _themes(update, context, number(data), theme)
    if NEW_MESSAGE in said:
        await context.answer(update, page, SLOT)
    else:
        await context.change(update, page, SLOT)


async def _themes(update: Update, context: TownContext, start: int, theme: ThemeId | None = None) -> Message:
    t = await words_here(update, context)
    lines = await context.work.theme_pages.lines(context.now - WEEK)
    at = next((at for at, line in enumerate(lines) if line.id == theme), start)
    return themes_message(lines, at, context.town, t)


def themes_message(lines: Sequence[ThemeLine], start: int, town: Town, t: Translator) -> Message:
    """The page of the list on which the theme with the number `start` is."""
    if not lines:
        return Message(escape(t.gettext("There are no themes yet. They appear once enough ideas are alike.")))
    start = min(start, len(lines) - 1) // PAGE * PAGE
    page = lines[start : start + PAGE]
    rows = [_line(at, line, town, t) for at, line in enumerate(page, start=start + 1)]
    opens = [
        Button(t.number(at), open_theme_action(line.id)) for at, line in enumerate(page, start=start + 1)
    ]
    earlier = (Button("◂", action(Verb.THEMES, max(0, start - PAGE))),) if start else ()
    later = (Button("▸", action(Verb.THEMES, start + PAGE)),) if start + PAGE < len(lines) else ()
    buttons = (tuple(opens[:ROW]), tuple(opens[ROW:]), earlier + later)
    html = "\n\n".join([_heading(lines, t), *rows])
    return Message(html, tuple(row for row in buttons if row))


def _heading(lines: Sequence[ThemeLine], t: Translator) -> str:
    count = t.ngettext("{n} theme", "{n} themes", len(lines))
    hidden = sum(line.is_hidden for line in lines)
    if hidden:
        count += f", {t.ngettext('{n} of them hidden', '{n} of them hidden', hidden)}"
    hint = t.gettext("A number opens a theme. New is what came in the last seven days.")
    return f"<b>{escape(count)}</b>\n<i>{escape(hint)}</i>"


def _line(at: int, line: ThemeLine, town: Town, t: Translator) -> str:
    name = escape(on_one_line(line.label, NAME))
    if town.board_url is not None and not line.is_hidden:
        link = f"{town.board_url}/{t.language}/themes/{line.id}"
        name = f'<a href="{escape(link)}">{name}</a>'
    facts = size_words(line.size, line.arrived, line.supports, t)
    signs = marks(line.is_pinned, line.is_hidden, t)
    words = escape(on_one_line(", ".join(line.keywords[:5]), WORDS))
    about = escape(" · ".join([*signs, facts]))
    return f"{t.number(at)} · <b>{name}</b>\n{about}\n<i>{words}</i>"
