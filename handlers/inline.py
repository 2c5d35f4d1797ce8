"""The bot's name and a word, in any chat: ideas to show there. https://core.telegram.org/bots/inline"""

import re
from datetime import timedelta
from html import escape

from telegram import Update
from telegram.ext import InlineQueryHandler

from cocreation.ideas.deep_link import ToIdea, ToInlineHelp, link, payload
from cocreation.ideas.ids import ChatId, IdeaId, Language, Token
from cocreation.ideas.listing import TOP, ListedIdea, Listing, ListPage, Order, Start, search_words
from cocreation.ideas.messages import Button, Message, Result, Results
from handlers import cards
from handlers.context import TownApplication, TownContext, language_of
from handlers.quoting import on_one_line, within_units
from locales import Translator, translator

ANSWER_LIVES = timedelta(seconds=10)
"""Who typed a word and sees nothing for so long has gone on."""
PAGE = 20
TITLE, LINE, QUOTE = 80, 120, 600
LONGEST = 256
_OFFSET = re.compile(r"[1-9]\d{0,14}")


def register(application: TownApplication) -> None:
    application.add_handler(InlineQueryHandler(look_up))


async def look_up(update: Update, context: TownContext) -> None:
    """Ideas with these words; the most supported ones where there are none."""
    query = update.inline_query
    if query is None:
        return
    page = await _page(context, query.query, query.offset)
    tokens = await context.work.ideas.tokens([idea.id for idea in page.ideas])
    t = translator(await _language(context, query.from_user.id, query.from_user.language_code))
    found = [(idea, tokens[idea.id]) for idea in page.ideas if idea.id in tokens]
    results = tuple(_result(idea, token, t, context.bot.username) for idea, token in found)
    is_empty = not results and not query.offset
    await context.post(
        Results(
            ChatId(query.from_user.id),
            query.id,
            results,
            next_offset=str(page.ideas[-1].id) if page.has_later else "",
            button=t.gettext("Nobody wrote about this yet. Be the first")
            if is_empty
            else t.gettext("Write an idea of your own"),
            start=payload(ToInlineHelp()),
            # The same words get the same ideas, but what stands around them is in the language of who asks.
            is_personal=len(context.town.languages) > 1,
            expires_at=context.now + ANSWER_LIVES,
        )
    )


async def _page(context: TownContext, typed: str, offset: str) -> ListPage:
    """The offset of a page is the last idea of the one before."""
    words = search_words(typed, LONGEST)
    if typed.strip() and not words:
        return ListPage(())
    listing = Listing(Order.SEARCH, words=words) if words else Listing(Order.MOST_SUPPORTED)
    start = Start(IdeaId(int(offset))) if _OFFSET.fullmatch(offset) else TOP
    return await context.work.listings.page(listing, PAGE, start)


async def _language(context: TownContext, person: int, code: str | None) -> Language:
    """Who only looks is not kept as a resident."""
    resident = await context.work.residents.find(ChatId(person))
    return context.town.speaks(code) if resident is None else language_of(resident, context.town)


def _result(idea: ListedIdea, token: Token, t: Translator, username: str) -> Result:
    way = Button(f"💬 {t.gettext('Open the idea')}", url=link(username, ToIdea(token)))
    theme = None if idea.theme_label is None else on_one_line(idea.theme_label, LINE)
    below = []
    if theme is not None:
        below.append(escape(t.gettext("Theme: {theme}", theme=theme)))
    if idea.supports:
        support = t.ngettext("{n} person supports this", "{n} people support this", idea.supports)
        below.append(f"👍 {escape(support)}")
    html = "\n\n".join([cards.quote(within_units(idea.text, QUOTE)), *(["\n".join(below)] if below else [])])
    supports = [f"{t.number(idea.supports)} 👍"] if idea.supports else []
    line = " · ".join([*([theme] if theme else []), *supports])
    return Result(token, on_one_line(idea.text, TITLE), line, Message(html, ((way,),)))
