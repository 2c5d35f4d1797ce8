"""What the card of somebody else's idea looks like."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from cocreation.ideas.deep_link import ToIdea, link, payload
from cocreation.ideas.idea import IdeaView, WordsOf
from cocreation.ideas.messages import Button, Message
from handlers import cards
from handlers.actions import OFF, ON, Verb, action
from handlers.quoting import on_one_line, units
from handlers.statuses import answer_of, photo_button
from handlers.ways import Way
from locales import Translator

NAME, SHARED = 60, 120
SHARE = "https://t.me/share/url"
"""Lets the person choose a chat: https://core.telegram.org/widgets/share#custom-buttons"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a card shows besides the idea: how the reader stands to it."""

    is_supported: bool = False
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class Bot:
    """The bot's name for links, and whether its name in another chat finds ideas."""

    username: str
    is_inline: bool = False


def neighbour_card(
    view: IdeaView, seen: Seen, way: Way, bot: Bot, t: Translator, *, zone: ZoneInfo
) -> Message:
    """The card, with what the reader may do."""
    parts = [cards.quote(view.idea.text, cards.QUOTE_LIMIT - units(view.reply or ""))]
    known = [*_whose(view, t), *cards.facts(view, t)]
    if known:
        parts.append("\n".join(known))
    answer = answer_of(view, t, zone)
    if answer is not None:
        parts.append(answer)
    return Message("\n\n".join(parts), _buttons(view, seen, way, bot, t))


def gone_card(way: Way, t: Translator) -> Message:
    """What stands in place of an idea that nobody sees any more."""
    text = t.gettext("This idea is no longer here: it was withdrawn or hidden.")
    return Message(escape(text), ((back(way, t),),))


def back(way: Way, t: Translator) -> Button:
    return way.button(f"◂ {t.gettext('Ideas')}", Verb.LIST)


def why(view: IdeaView, way: Way, t: Translator) -> tuple[Button, ...]:
    """What put the idea into its theme, if it has one."""
    if view.theme_label is None:
        return ()
    return (way.button(f"❓ {t.gettext('Why this theme?')}", Verb.WHY_IDEA, view.idea.id),)


def photos(view: IdeaView, t: Translator) -> tuple[Button, ...]:
    """The way to see them, where there are any."""
    if not view.photos:
        return ()
    label = t.ngettext("{n} photo", "{n} photos", len(view.photos))
    return (Button(f"📷 {label}", action(Verb.SHOW_PHOTOS, view.idea.id)),)


def comments(view: IdeaView, way: Way, t: Translator) -> Button:
    """The thread, or the question for its first comment."""
    if view.comments:
        return way.button(f"💬 {t.number(view.comments)}", Verb.COMMENTS, view.idea.id, 0)
    return way.button(f"💬 {t.gettext('Comment')}", Verb.COMMENT, view.idea.id, 0)


def share(view: IdeaView, bot: Bot, t: Translator) -> tuple[Button, ...]:
    """A link to hand on, and the idea itself where the bot can be called in other chats."""
    asked = {"url": link(bot.username, ToIdea(view.idea.token)), "text": on_one_line(view.idea.text, SHARED)}
    by_link = Button(f"📤 {t.gettext('Share')}", url=f"{SHARE}?{urlencode(asked)}")
    if not bot.is_inline:
        return (by_link,)
    return by_link, Button(f"↗️ {t.gettext('In a chat')}", inline=payload(ToIdea(view.idea.token)))


def _whose(view: IdeaView, t: Translator) -> list[str]:
    facts = []
    if view.pseudonym is not None:
        facts.append(escape(t.gettext("By {name}", name=on_one_line(view.pseudonym, NAME))))
    if view.idea.words_of is WordsOf.SOMEBODY_ELSE:
        facts.append(escape(t.gettext("Passed on: somebody else wrote this.")))
    return facts


def _buttons(view: IdeaView, seen: Seen, way: Way, bot: Bot, t: Translator) -> tuple[tuple[Button, ...], ...]:
    idea = view.idea.id
    supported = f"✅ {t.gettext('You support it')}" if seen.is_supported else f"👍 {t.gettext('Support it')}"
    followed = f"🔕 {t.gettext('Unfollow')}" if seen.is_followed else f"🔔 {t.gettext('Follow')}"
    support = way.button(supported, Verb.SUPPORT, idea, OFF if seen.is_supported else ON)
    follow = way.button(followed, Verb.FOLLOW, idea, OFF if seen.is_followed else ON)
    rows = [
        (support, follow),
        (comments(view, way, t), *share(view, bot, t)),
    ]
    report = way.button(f"⚑ {t.gettext('Report')}", Verb.REPORT, f"i{idea}", "-")
    answer = () if view.reply_photo is None else (photo_button(view.reply_photo, t),)
    more = (answer, (*photos(view, t), *why(view, way, t)))
    return (*rows, *(row for row in more if row), (back(way, t), report))
