"""What a list of ideas looks like."""

from collections.abc import Sequence
from html import escape

from cocreation.ideas.distance import metres
from cocreation.ideas.listing import ListedIdea, ListedTheme, Listing, ListPage, Order, Position, Start
from cocreation.ideas.messages import Button, Message
from handlers.actions import Verb, action
from handlers.quoting import on_one_line
from handlers.statuses import status_words
from handlers.ways import Way
from locales import Translator

LINE, NAME, LABEL = 240, 60, 34
SLOT = "browse"
"""What the one message with lists is edited by."""
THEMES = "T"
"""In a button, instead of a list: the themes to choose from."""
KILOMETRE = 1000
STEP = 100


def list_message(way: Way, page: ListPage, heading: str, near: Position | None, t: Translator) -> Message:
    """A page of a list: each idea with its facts, a button each to open it, and the ways on."""
    lines = [_entry(at, idea, way.listing, near, t) for at, idea in enumerate(page.ideas, start=1)]
    opens = tuple(way.button(str(at), Verb.OPEN, idea.id) for at, idea in enumerate(page.ideas, start=1))
    title = f"<b>{escape(heading)}</b>"
    rows = (opens, _turns(way, page), *_below(way, t))
    return Message("\n\n".join([title, *lines]), tuple(row for row in rows if row))


def empty_message(way: Way, heading: str, t: Translator) -> Message:
    """A list without an idea says what it is for, and what one can do."""
    rows = list(_below(way, t))
    words = way.listing.words.split()
    if len(words) > 1:
        longest = sorted(words, key=len, reverse=True)[:3]
        alone = [Way(Listing(Order.SEARCH, words=word)).button(f"🔎 {word}", Verb.LIST) for word in longest]
        rows.insert(0, tuple(alone))
    return Message(f"<b>{escape(heading)}</b>\n\n{escape(_nothing(way.listing, t))}", tuple(rows))


def heading_of(listing: Listing, theme: str | None, t: Translator) -> str:
    """What the list is called; `theme` is the name of a theme's."""
    if listing.order is Order.THEME:
        return on_one_line(theme or "", NAME)
    if listing.order is Order.SEARCH:
        return t.gettext("Search: {words}", words=on_one_line(listing.words, NAME))
    return dict(_names(t))[listing.order]


def menu_message(t: Translator) -> Message:
    """The lists to choose from."""
    buttons = [Button(name, action(Verb.LIST, *Way(Listing(order)).said())) for order, name in _names(t)]
    buttons.insert(2, Button(t.gettext("By theme"), action(Verb.LIST, THEMES, 0)))
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    search = (Button(f"🔎 {t.gettext('Search')}", action(Verb.SEARCH)),)
    heading = f"<b>{escape(t.gettext('What neighbours wrote'))}</b>"
    return Message(f"{heading}\n\n{escape(t.gettext('Which ideas would you like to see?'))}", (*rows, search))


def themes_message(themes: Sequence[ListedTheme], start: int, page: int, t: Translator) -> Message:
    """Themes to choose from. One more than a page of them tells that there are others."""
    heading = f"<b>{escape(t.gettext('By theme'))}</b>"
    lists = (Button(f"☰ {t.gettext('Lists')}", action(Verb.LIST)),)
    if not themes:
        text = t.gettext("There are no themes yet. They appear once enough ideas are alike.")
        return Message(f"{heading}\n\n{escape(text)}", (lists,))
    rows = [(_theme_button(theme, t),) for theme in themes[:page]]
    earlier = (Button("◂", action(Verb.LIST, THEMES, max(0, start - page))),) if start else ()
    later = (Button("▸", action(Verb.LIST, THEMES, start + page)),) if len(themes) > page else ()
    turns = ((*earlier, *later),) if earlier or later else ()
    text = t.gettext("Choose a theme to read its ideas.")
    return Message(f"{heading}\n\n{escape(text)}", (*rows, *turns, lists))


def ask_words_message(t: Translator, cancel: Button) -> Message:
    heading = f"<b>🔎 {escape(t.gettext('Search'))}</b>"
    text = t.gettext("What are you looking for? Write one or more words; the beginning of a word will do.")
    return Message(f"{heading}\n\n{escape(text)}", ((cancel,),))


def ask_place_message(t: Translator, cancel: Button) -> Message:
    heading = f"<b>{escape(t.gettext('Near me'))}</b>"
    text = t.gettext(
        "Send me a location with 📎. I keep it to about a hundred metres, for this list alone, and a button "
        "forgets it."
    )
    return Message(f"{heading}\n\n{escape(text)}", ((cancel,),))


def distance(far: float, t: Translator) -> str:
    """'300 m' or '1.2 km': no more exactly than a place is kept."""
    if far < KILOMETRE - STEP / 2:
        return t.gettext("{n} m", n=t.number(max(STEP, round(far / STEP) * STEP)))
    return t.gettext("{n} km", n=t.number(round(far / KILOMETRE, 1)))


def _names(t: Translator) -> Sequence[tuple[Order, str]]:
    return (
        (Order.NEWEST, t.gettext("Newest")),
        (Order.MOST_SUPPORTED, t.gettext("Most supported")),
        (Order.NEAR, t.gettext("Near me")),
        (Order.WAITING, t.gettext("Waiting for an answer")),
        (Order.ANSWERED, t.gettext("Answered")),
    )


def _nothing(listing: Listing, t: Translator) -> str:
    return {
        Order.NEWEST: t.gettext("There are no ideas here yet. Write the first one, right here."),
        Order.MOST_SUPPORTED: t.gettext("There are no ideas here yet. Write the first one, right here."),
        Order.NEAR: t.gettext(
            "No idea has a place yet. Send a location right after an idea of yours, and it is the first."
        ),
        Order.WAITING: t.gettext("No idea waits for an answer now."),
        Order.ANSWERED: t.gettext("The town has not answered an idea yet. Answers appear here."),
        Order.THEME: t.gettext("This theme is no longer here. Its ideas are in the other lists."),
        Order.SEARCH: t.gettext(
            "Nobody wrote of this yet. Try fewer words, or only the beginning of one. Or write it to me as "
            "your own idea."
        ),
    }[listing.order]


def _entry(at: int, idea: ListedIdea, listing: Listing, near: Position | None, t: Translator) -> str:
    facts = []
    if listing.order is Order.NEAR and near is not None and idea.position is not None:
        facts.append(f"📍 {escape(distance(metres(near, idea.position), t))}")
    if idea.theme_label and listing.order is not Order.THEME:
        facts.append(escape(on_one_line(idea.theme_label, NAME)))
    if idea.supports:
        facts.append(f"{t.number(idea.supports)} 👍")
    if idea.comments:
        facts.append(f"{t.number(idea.comments)} 💬")
    if idea.status is not None:
        facts.append(escape(status_words(idea.status, t)))
    below = f"\n<i>{' · '.join(facts)}</i>" if facts else ""
    return f"{at} · {escape(on_one_line(idea.text, LINE))}{below}"


def _turns(way: Way, page: ListPage) -> tuple[Button, ...]:
    first, last = page.ideas[0].id, page.ideas[-1].id
    top = Way(way.listing)
    back = Way(way.listing, Start(first, is_before=True))
    on = Way(way.listing, Start(last))
    earlier = (top.button("⏮", Verb.LIST), back.button("◂", Verb.LIST)) if page.has_earlier else ()
    later = (on.button("▸", Verb.LIST),) if page.has_later else ()
    return (*earlier, *later)


def _below(way: Way, t: Translator) -> Sequence[tuple[Button, ...]]:
    lists = Button(f"☰ {t.gettext('Lists')}", action(Verb.LIST))
    search = Button(f"🔎 {t.gettext('Search')}", action(Verb.SEARCH))
    if way.listing.order is Order.NEAR:
        forget = Button(f"📍 {t.gettext('Forget my place')}", action(Verb.NEAR, "x"))
        return ((forget,), (lists, search))
    if way.listing.order is Order.THEME:
        themes = Button(f"◂ {t.gettext('Themes')}", action(Verb.LIST, THEMES, 0))
        return ((themes, lists, search),)
    return ((lists, search),)


def _theme_button(theme: ListedTheme, t: Translator) -> Button:
    way = Way(Listing(Order.THEME, theme.id))
    return way.button(f"{on_one_line(theme.label, LABEL)} · {t.number(theme.size)}", Verb.LIST)
