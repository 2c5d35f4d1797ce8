"""The facilitators' commands: the digest now, the themes."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.messages import Button, Message
from cocreation.ideas.theme import Theme
from cocreation.services.send_digests import digest_of, period_until
from handlers.actions import NEW_MESSAGE, Verb, action, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.digest import digest_message
from handlers.quoting import on_one_line
from handlers.roles import only_facilitators
from locales import Translator, translator

PAGE, ROW = 10, 5
NAME = 60
WORDS = 90
SLOT = "themes"


def register(application: TownApplication) -> None:
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("digest", digest, new))
    application.add_handler(CommandHandler("themes", themes, new))
    application.add_handler(CallbackQueryHandler(turn_themes, pattern(Verb.THEMES)))


async def digest(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    period = period_until(context.now, context.town.schedule, context.town)
    found = await digest_of(context.work, period, context.town.time_zone, now=context.now)
    message = digest_message(found, context.town.digest_language, context.town)
    await context.answer(update, message)


async def themes(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _themes(context, 0), SLOT)


async def turn_themes(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.toast(update)
    data = update.callback_query.data if update.callback_query else None
    page = await _themes(context, number(data))
    if NEW_MESSAGE in arguments(data):
        await context.answer(update, page, SLOT)
    else:
        await context.change(update, page, SLOT)


async def _themes(context: TownContext, start: int) -> Message:
    t = translator(context.town.digest_language)
    themes = await context.work.themes.all()
    if not themes:
        text = t.gettext("There are no themes yet. They appear once enough ideas are alike.")
        return Message(escape(text))
    start = min(start, (len(themes) - 1) // PAGE * PAGE)
    page = themes[start : start + PAGE]
    heading = f"<b>{escape(t.ngettext('{n} theme', '{n} themes', len(themes)))}</b>"
    lines = [_line(at, theme, context, t) for at, theme in enumerate(page, start=1)]
    hint = f"<i>❓ {escape(t.gettext('What makes a theme one'))}</i>"
    earlier = Button("◂", action(Verb.THEMES, max(0, start - PAGE)))
    later = Button("▸", action(Verb.THEMES, start + PAGE))
    turns = ((earlier,) if start else ()) + ((later,) if start + PAGE < len(themes) else ())
    whys = [
        Button(f"❓ {at}", action(Verb.WHY_THEME, theme.id, start)) for at, theme in enumerate(page, start=1)
    ]
    rows = (tuple(whys[:ROW]), tuple(whys[ROW:]), turns)
    return Message("\n\n".join([heading, *lines, hint]), tuple(row for row in rows if row))


def _line(at: int, theme: Theme, context: TownContext, t: Translator) -> str:
    name = escape(on_one_line(theme.label, NAME))
    if context.town.board_url is not None:
        link = f"{context.town.board_url}/{t.language}/themes/{theme.id}"
        name = f'<a href="{escape(link)}">{name}</a>'
    words = escape(on_one_line(", ".join(theme.keywords[:5]), WORDS))
    return f"{at} · <b>{name}</b> · {escape(t.ngettext('{n} idea', '{n} ideas', theme.size))}\n<i>{words}</i>"
