"""What messages look like."""

from html import escape

from cocreation.ideas.idea import IdeaState, IdeaView
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.submission import Outcome
from cocreation.ideas.town import Town
from handlers.actions import Verb, action
from handlers.first_time import line_on_card, rows_on_card
from handlers.quoting import on_one_line, units, within_units
from handlers.statuses import answer_of
from locales import Translator, translator

QUOTE_LIMIT = 2800
"""UTF-16 units of an idea on its card, of the 4,096 that a message holds: the facts need theirs."""
FACT_LIMIT = 80
FOLD_FROM = 500
_KEPT = (Outcome.KEPT, Outcome.KEPT_FORWARDED, Outcome.KEPT_WITHOUT_WORDS)


def slot_of(view: IdeaView) -> str:
    """The name under which the card of an idea is edited in place."""
    return f"idea:{view.idea.id}"


def headline(outcome: Outcome, t: Translator) -> str:
    """What happened, in one sentence."""
    return {
        Outcome.KEPT: t.gettext("Your idea is kept."),
        Outcome.KEPT_FORWARDED: t.gettext(
            "Kept as your idea, though somebody else wrote it. Withdraw it if that is not right."
        ),
        Outcome.KEPT_WITHOUT_WORDS: t.gettext(
            "Kept. Correct your message and add a few words, so that your neighbours know what you mean."
        ),
        Outcome.KNOWN: t.gettext("You wrote this before, so it counts once. This is its card."),
        Outcome.CHANGED: t.gettext("Changed."),
        Outcome.JOINED: t.gettext("Added to your idea."),
        Outcome.WAITS_FOR_WORDS: t.gettext("I have it. Now write in a few words what it is about."),
        Outcome.FILE_TOO_LARGE: t.gettext(
            "This file is larger than 20 MB, so Telegram won't hand it to me. Send a smaller one if you like."
        ),
        Outcome.WITHDRAWN: t.gettext("Withdrawn. You can undo this within 24 hours."),
        Outcome.RETURNED: t.gettext("Your idea is back."),
    }[outcome]


def idea_card(view: IdeaView, outcome: Outcome, language: Language, town: Town) -> Message:
    """The one message that an idea has in its author's chat."""
    t = translator(language)
    if view.idea.state is IdeaState.DRAFT:
        return Message(escape(headline(Outcome.WAITS_FOR_WORDS, t)))
    card = _card(view, headline(outcome, t), t, town)
    if not view.is_first or outcome not in _KEPT:
        return card
    return Message(card.html, (*card.buttons, *rows_on_card(language, town, view.idea.id)), card.silent)


def hint_card(view: IdeaView, hint: str, language: Language, town: Town) -> Message:
    """The card with what to do next in place of what happened."""
    return _card(view, hint, translator(language), town)


def _card(view: IdeaView, opening: str, t: Translator, town: Town) -> Message:
    if view.idea.state is IdeaState.HIDDEN:
        return Message(f"{escape(hidden_notice(t, town))}\n\n{quote(view.idea.text)}")
    room = QUOTE_LIMIT - units(view.reply or "")
    parts = [escape(opening), quote(view.idea.text, room)]
    if view.idea.state is IdeaState.WITHDRAWN:
        return Message("\n\n".join(parts), ((_undo(view, t),),))
    known = facts(view, t)
    if known:
        parts.append("\n".join(known))
    if (said := answer_of(view, t)) is not None:
        parts.append(said)
    if view.is_first:
        parts.append(line_on_card(t, town))
    return Message("\n\n".join(parts), _buttons(view, t, town))


def hidden_notice(t: Translator, town: Town) -> str:
    """For who wrote what facilitators have hidden."""
    hidden = t.gettext("Facilitators have hidden this, so that nobody else sees it. Your words are kept.")
    if town.contact is None:
        return f"{hidden} {t.gettext('You can write it again in other words.')}"
    wrong = t.gettext("Do you think that this is a mistake? Write to {contact}.", contact=town.contact)
    return f"{hidden} {wrong}"


def too_large_notice(t: Translator) -> str:
    """A line below a card whose photo could not be taken."""
    return t.gettext(
        "The photo is larger than 20 MB, so Telegram won't hand it to me. Send a smaller one if you like."
    )


def quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """People's words, set off; long ones fold."""
    fold = " expandable" if len(text) > FOLD_FROM else ""
    return f"<blockquote{fold}>{escape(within_units(text, limit))}</blockquote>"


def with_lines(message: Message, *lines: str) -> Message:
    """The message with further paragraphs (HTML) below its text."""
    return Message("\n\n".join([message.html, *lines]), message.buttons, message.silent)


def facts(view: IdeaView, t: Translator) -> list[str]:
    """What is known of the idea, a line each."""
    known = []
    if view.theme_label is not None:
        theme = t.gettext("Theme: {theme}", theme=on_one_line(view.theme_label, FACT_LIMIT))
        size = t.ngettext("{n} idea", "{n} ideas", view.theme_size)
        known.append(escape(f"{theme} · {size}"))
    if view.supports:
        known.append(
            "👍 " + escape(t.ngettext("{n} person supports this", "{n} people support this", view.supports))
        )
    if view.comments:
        known.append("💬 " + escape(t.ngettext("{n} comment", "{n} comments", view.comments)))
    if view.photos:
        known.append("📷 " + escape(t.ngettext("{n} photo", "{n} photos", len(view.photos))))
    if view.idea.place is not None:
        name = on_one_line(view.idea.place.name or "", FACT_LIMIT)
        known.append("📍 " + escape(name or t.gettext("with a place")))
    return known


def _buttons(view: IdeaView, t: Translator, town: Town) -> tuple[tuple[Button, ...], ...]:
    idea = view.idea.id
    hints = (
        Button(f"📷 {t.gettext('Photo')}", action(Verb.HINT, idea, "photo")),
        Button(f"📍 {t.gettext('Place')}", action(Verb.HINT, idea, "place")),
        Button(f"✏️ {t.gettext('Edit')}", action(Verb.HINT, idea, "edit")),
    )
    withdraw = Button(f"🗑 {t.gettext('Withdraw')}", action(Verb.WITHDRAW, idea))
    if town.board_url is None:
        return hints, (withdraw,)
    link = f"{town.board_url}/{t.language}/ideas/{view.idea.token}"
    return hints, (Button(f"🔎 {t.gettext('On the board')}", url=link), withdraw)


def _undo(view: IdeaView, t: Translator) -> Button:
    return Button(f"↩️ {t.gettext('Undo')}", action(Verb.RETURN, view.idea.id))
