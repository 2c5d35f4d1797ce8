"""The bot's name and a word, in any chat: ideas to show there. https://core.telegram.org/bots/inline"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape

from telegram import Update
from telegram.ext import InlineQueryHandler

from cocreation.ideas.deep_link import ToIdea, ToInlineHelp, link, payload, read_payload
from cocreation.ideas.ids import ChatId, IdeaId, Language, Token
from cocreation.ideas.listing import TOP, Listing, Order, Start, search_words
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


@dataclass(frozen=True, slots=True)
class Found:
    """What is shown of an idea in somebody else's chat."""

    token: Token
    text: str
    theme: str | None
    supports: int


def register(application: TownApplication) -> None:
    application.add_handler(InlineQueryHandler(look_up))


async def look_up(update: Update, context: TownContext) -> None:
    """Ideas with these words; without words the most supported ones. A share button brings one idea."""
    query = update.inline_query
    if query is None:
        return
    t = translator(await _language(context, query.from_user.id, query.from_user.language_code))
    shared = read_payload(query.query.strip())
    if isinstance(shared, ToIdea):
        found, next_offset = await _shared(context, shared.token), ""
    else:
        found, next_offset = await _page(context, query.query, query.offset)
    results = tuple(_result(each, t, context.bot.username) for each in found)
    has_nothing = not results and not query.offset
    nothing = t.gettext("Nobody wrote about this yet. Be the first")
    await context.post(
        Results(
            ChatId(query.from_user.id),
            query.id,
            results,
            next_offset=next_offset,
            button=nothing if has_nothing else t.gettext("Write an idea of your own"),
            start=payload(ToInlineHelp()),
            # The same words get the same ideas, but what stands around them is in the language of who asks.
            is_personal=len(context.town.languages) > 1,
            expires_at=context.now + ANSWER_LIVES,
        )
    )


async def _page(context: TownContext, typed: str, offset: str) -> tuple[Sequence[Found], str]:
    """A page and the offset of the next one, which is the last idea of this one."""
    words = search_words(typed, LONGEST)
    if typed.strip() and not words:
        return (), ""
    listing = Listing(Order.SEARCH, words=words) if words else Listing(Order.MOST_SUPPORTED)
    start = Start(IdeaId(int(offset))) if _OFFSET.fullmatch(offset) else TOP
    page = await context.work.listings.page(listing, PAGE, start)
    tokens = await context.work.ideas.tokens([idea.id for idea in page.ideas])
    found = [
        Found(tokens[idea.id], idea.text, idea.theme_label, idea.supports)
        for idea in page.ideas
        if idea.id in tokens
    ]
    return found, str(page.ideas[-1].id) if page.has_later else ""


async def _shared(context: TownContext, token: Token) -> Sequence[Found]:
    view = await context.work.ideas.by_token(token)
    if view is None or not view.idea.is_published:
        return ()
    return (Found(token, view.idea.text, view.theme_label, view.supports),)


async def _language(context: TownContext, person: int, code: str | None) -> Language:
    """Who only looks is not kept as a resident."""
    resident = await context.work.residents.find(ChatId(person))
    return context.town.speaks(code) if resident is None else language_of(resident, context.town)


def _result(found: Found, t: Translator, username: str) -> Result:
    theme = None if found.theme is None else on_one_line(found.theme, LINE)
    facts, line = [], []
    if theme is not None:
        facts.append(escape(t.gettext("Theme: {theme}", theme=theme)))
        line.append(theme)
    if found.supports:
        people = t.ngettext("{n} person supports this", "{n} people support this", found.supports)
        facts.append(f"👍 {escape(people)}")
        line.append(f"{t.number(found.supports)} 👍")
    parts = [cards.quote(within_units(found.text, QUOTE))]
    if facts:
        parts.append("\n".join(facts))
    way = Button(f"💬 {t.gettext('Open the idea')}", url=link(username, ToIdea(found.token)))
    message = Message("\n\n".join(parts), ((way,),))
    return Result(found.token, on_one_line(found.text, TITLE), " · ".join(line), message)
