"""The bot's name and a word, in any chat: ideas to show there. https://core.telegram.org/bots/inline"""

import re
from collections.abc import Sequence
from datetime import timedelta

from telegram import Update
from telegram.ext import InlineQueryHandler

from cocreation.ideas.deep_link import ToIdea, ToInlineHelp, link, payload
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.messages import Button, Message, Result, Results
from handlers import cards
from handlers.context import TownApplication, TownContext, language_of
from handlers.quoting import on_one_line
from locales import Translator, translator

ANSWER_LIVES = timedelta(seconds=10)
"""Who typed a word and sees nothing for so long has gone on."""
PAGE = 20
FURTHEST = 200
TITLE, LINE = 80, 120
QUOTE = 600
_OFFSET = re.compile(r"\d{1,4}")


def register(application: TownApplication) -> None:
    application.add_handler(InlineQueryHandler(look_up))


async def look_up(update: Update, context: TownContext) -> None:
    """Ideas with these words; the most supported ones where there are none."""
    query = update.inline_query
    if query is None:
        return
    start = int(query.offset) if _OFFSET.fullmatch(query.offset) else 0
    found = await _found(context, query.query, start) if start <= FURTHEST else []
    t = translator(await _language(context, query.from_user.id, query.from_user.language_code))
    results = tuple(_result(view, t, context.bot.username) for view in found[:PAGE])
    nothing = t.gettext("Nobody wrote about this yet. Be the first")
    await context.post(
        Results(
            ChatId(query.from_user.id),
            query.id,
            results,
            next_offset=str(start + PAGE) if len(found) > PAGE else "",
            button=t.gettext("Write an idea of your own") if results or start else nothing,
            start=payload(ToInlineHelp()),
            is_personal=len(context.town.languages) > 1,
            expires_at=context.now + ANSWER_LIVES,
        )
    )


async def _found(context: TownContext, words: str, start: int) -> Sequence[IdeaView]:
    return await context.work.ideas.newest(PAGE + 1, offset=start)


async def _language(context: TownContext, person: int, code: str | None) -> Language:
    """Who only looks is not kept as a resident."""
    resident = await context.work.residents.find(ChatId(person))
    return context.town.speaks(code) if resident is None else language_of(resident, context.town)


def _result(view: IdeaView, t: Translator, username: str) -> Result:
    facts = cards.facts(view, t)
    shown = on_one_line(view.idea.text, QUOTE)
    html = "\n\n".join([cards.quote(shown), *(["\n".join(facts)] if facts else [])])
    way = Button(f"💬 {t.gettext('Open the idea')}", url=link(username, ToIdea(view.idea.token)))
    return Result(
        view.idea.token, on_one_line(view.idea.text, TITLE), _line(view, t), Message(html, ((way,),))
    )


def _line(view: IdeaView, t: Translator) -> str:
    theme = [on_one_line(view.theme_label, LINE)] if view.theme_label else []
    supports = [f"{t.number(view.supports)} 👍"] if view.supports else []
    return " · ".join(theme + supports)
