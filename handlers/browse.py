"""Reading what neighbours wrote, and supporting it."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Button, Message
from cocreation.services.support_idea import toggle_support
from handlers.actions import Verb, action, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.quoting import on_one_line
from locales import Translator

PAGE = 5
LINE = 240
LABEL = 60
SLOT = "browse"


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("ideas", newest, private))
    application.add_handler(CallbackQueryHandler(turn_page, pattern(Verb.BROWSE)))
    application.add_handler(CallbackQueryHandler(support, pattern(Verb.SUPPORT)))


async def newest(update: Update, context: TownContext) -> None:
    await context.answer(update, await _page(update, context, 0), SLOT)


async def turn_page(update: Update, context: TownContext) -> None:
    await context.toast(update)
    await context.change(update, await _page(update, context, _number(update, 0)), SLOT)


async def support(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    t = await context.words(update)
    is_supported = await toggle_support(context.work, resident.id, IdeaId(_number(update, 0)), context.now)
    await context.toast(
        update, t.gettext("Supported.") if is_supported else t.gettext("Your support is taken back.")
    )
    await context.change(update, await _page(update, context, _number(update, 1)), SLOT)


async def _page(update: Update, context: TownContext, start: int) -> Message:
    """Ideas older than `start` (0: from the newest), with a button each to support them."""
    t = await context.words(update)
    resident = await context.resident(update)
    found = await context.work.ideas.newest(PAGE + 1, IdeaId(start) if start else None)
    views = found[:PAGE]
    if not views:
        return Message(escape(t.gettext("There are no ideas here yet. Write the first one, right here.")))
    given = await context.work.supports.given_by(resident.id, [view.idea.id for view in views])
    lines = [_line(at, view, t) for at, view in enumerate(views, start=1)]
    heading = f"<b>{escape(t.gettext('What neighbours wrote'))}</b>"
    supports = tuple(
        Button(f"{'✅' if view.idea.id in given else '👍'} {at}", action(Verb.SUPPORT, view.idea.id, start))
        for at, view in enumerate(views, start=1)
        if view.idea.author != resident.id
    )
    whys = tuple(
        Button(f"❓ {at}", action(Verb.WHY_IDEA, view.idea.id, start))
        for at, view in enumerate(views, start=1)
        if view.theme_label is not None
    )
    hint = (f"<i>❓ {escape(t.gettext('Why this theme?'))}</i>",) if whys else ()
    turns = _turns(start, len(found) > PAGE, views[-1].idea.id, t)
    rows = tuple(row for row in (supports, whys, turns) if row)
    return Message("\n\n".join([heading, *lines, *hint]), rows)


def _turns(start: int, has_older: bool, last: IdeaId, t: Translator) -> tuple[Button, ...]:
    newest_first = (Button(f"⏮ {t.gettext('Newest')}", action(Verb.BROWSE, 0)),) if start else ()
    older = (Button(f"{t.gettext('Older')} ▸", action(Verb.BROWSE, last)),) if has_older else ()
    return newest_first + older


def _line(at: int, view: IdeaView, t: Translator) -> str:
    facts = [escape(on_one_line(view.theme_label, LABEL))] if view.theme_label else []
    if view.supports:
        facts.append(f"{t.number(view.supports)} 👍")
    below = f"\n<i>{' · '.join(facts)}</i>" if facts else ""
    return f"{at} · {escape(on_one_line(view.idea.text, LINE))}{below}"


def _number(update: Update, at: int) -> int:
    return number(update.callback_query.data if update.callback_query else None, at)
