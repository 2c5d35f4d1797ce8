"""What messages look like."""

from html import escape

from cocreation.ideas.conversation import Step
from cocreation.ideas.idea import IdeaState, IdeaView
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Message
from cocreation.ideas.placed import Neighbour
from cocreation.ideas.submission import Outcome
from cocreation.ideas.surroundings import ALONE, Surroundings
from cocreation.ideas.town import Town
from cocreation.services.outcomes import how_it_stands
from handlers import card_buttons as buttons
from handlers.first_time import line_on_card, rows_on_card
from handlers.quoting import on_one_line, units, within_units
from handlers.statuses import answer_of
from handlers.ways import Way
from locales import Translator, translator

QUOTE_LIMIT = 2400
"""UTF-16 units of an idea on its card, of the 4,096 that a message holds: the rest is for what is around."""
FACT_LIMIT = 80
NEIGHBOUR_LIMIT = 90
FOLD_FROM = 500
AT_HOME = Way()
_KEPT = (Outcome.KEPT, Outcome.KEPT_FORWARDED, Outcome.KEPT_WITHOUT_WORDS, Outcome.TYPED)


def slot_of(view: IdeaView) -> str:
    """The name under which the card of an idea is edited in place."""
    return f"idea:{view.idea.id}"


def headline(outcome: Outcome, t: Translator) -> str:
    """What happened, in one sentence."""
    return {
        Outcome.KEPT: t.gettext("Your idea is kept."),
        Outcome.KEPT_FORWARDED: t.gettext("Kept, and passed on by you: the words are somebody else's."),
        Outcome.KEPT_WITHOUT_WORDS: t.gettext(
            "Kept. Correct your message and add a few words, so that your neighbours know what you mean."
        ),
        Outcome.KNOWN: t.gettext("You wrote this before, so it counts once. This is its card."),
        Outcome.CHANGED: t.gettext("Changed."),
        Outcome.SAME_AS_ANOTHER: t.gettext(
            "Another idea of yours says this already, so this one stays as it was."
        ),
        Outcome.JOINED: t.gettext("Added to your idea."),
        Outcome.WAITS_FOR_WORDS: t.gettext("I have it. Now write in a few words what it is about."),
        Outcome.VOICE_WAITS: t.gettext(
            "I have your voice message. Write in a few words what you say, or wait: somebody of the town "
            "listens and types it."
        ),
        Outcome.TYPED: t.gettext(
            "Your voice message is typed out and kept as your idea. Change it if it says something else."
        ),
        Outcome.WHOSE: t.gettext(
            "You passed this on. Are the words your own, or somebody else's? It counts once you have said so."
        ),
        Outcome.FILE_TOO_LARGE: t.gettext(
            "This file is larger than 20 MB, so Telegram won't hand it to me. Send a smaller one if you like."
        ),
        Outcome.WITHDRAWN: t.gettext("Withdrawn. You can undo this within 24 hours."),
        Outcome.RETURNED: t.gettext("Your idea is back."),
        Outcome.PARTED: t.gettext("These are two ideas again."),
    }[outcome]


def question(asked: Step, t: Translator) -> str:
    """What the card asks for, when one of its buttons was pressed."""
    return {
        Step.EDIT: t.gettext("Write your idea anew. What you send next takes the place of these words."),
        Step.PHOTO: t.gettext("Send the photo now, or several. They go with this idea."),
        Step.PLACE: t.gettext("Send the place now: 📎, then Location. Or write its name."),
    }[asked]


def idea_card(
    view: IdeaView,
    outcome: Outcome | None,
    language: Language,
    town: Town,
    around: Surroundings = ALONE,
    *,
    way: Way = AT_HOME,
    is_open: bool = False,
) -> Message:
    """The one message that an idea has in its author's chat: what happened to it, or else how it stands.
    Where it `is_open`, it shows all its buttons. `way` is the list from which it was opened."""
    t = translator(language)
    state = view.idea.state
    stands = how_it_stands(view.idea, view.has_voice)
    said = headline(stands if outcome is None or state is IdeaState.DRAFT else outcome, t)
    if state is IdeaState.HIDDEN:
        return Message(_text(view, hidden_notice(t, town)))
    if around.asked is not None and state is IdeaState.PUBLISHED:
        asked = question(around.asked, t)
        opening = f"{said} {asked}" if outcome is Outcome.JOINED else asked
        return Message(_text(view, opening), buttons.while_asked(view, t))
    if state is IdeaState.WITHDRAWN:
        return Message(_text(view, said), buttons.of_withdrawn(view, t))
    parts = [_text(view, said)]
    at_first = [line_on_card(t, town)] if view.is_first else []
    rows_at_first = rows_on_card(language, town, view.idea.id) if view.is_first else ()
    if state is IdeaState.DRAFT:
        return Message("\n\n".join(parts + at_first), (*buttons.of_draft(view, t), *rows_at_first))
    parts += ["\n".join(known)] if (known := _own_facts(view, around, t)) else []
    parts += [answered] if (answered := answer_of(view, t, town.time_zone)) is not None else []
    parts += [_neighbours(around, t)] if around.neighbours else []
    rows = buttons.of_idea(view, around, t, town, way, is_open=is_open)
    if (outcome is None or outcome in _KEPT) and not is_open:
        rows = (*rows, *rows_at_first)
    return Message("\n\n".join(parts + at_first), rows)


def _text(view: IdeaView, opening: str) -> str:
    if not view.idea.text:
        return escape(opening)
    room = QUOTE_LIMIT - units(view.reply or "")
    return f"{escape(opening)}\n\n{quote(view.idea.text, room)}"


def _neighbours(around: Surroundings, t: Translator) -> str:
    lines = [_line(at, neighbour, t) for at, neighbour in enumerate(around.neighbours, start=1)]
    return "\n".join([escape(t.gettext("Neighbours wrote:")), *lines])


def _line(at: int, neighbour: Neighbour, t: Translator) -> str:
    supports = f" · {t.number(neighbour.supports)} 👍" if neighbour.supports else ""
    return f"{at} · {escape(on_one_line(neighbour.text, NEIGHBOUR_LIMIT))}{supports}"


def hidden_notice(t: Translator, town: Town) -> str:
    """For who wrote what facilitators have hidden."""
    hidden = t.gettext("This is hidden for now, so that nobody else sees it. Your words are kept.")
    if town.contact is None:
        return f"{hidden} {t.gettext('You can write it again in other words.')}"
    wrong = t.gettext("Do you think that this is a mistake? Write to {contact}.", contact=town.contact)
    return f"{hidden} {wrong}"


def too_large_notice(t: Translator) -> str:
    """A line below a card whose photo could not be taken."""
    return t.gettext(
        "The photo is larger than 20 MB, so Telegram won't hand it to me. Send a smaller one if you like."
    )


def left_out_notice(t: Translator) -> str:
    """A line below a card of whose message only the words could be kept."""
    return t.gettext(
        "The words are kept. Films, music and other files are not; send a photo if you have one."
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


def _own_facts(view: IdeaView, around: Surroundings, t: Translator) -> list[str]:
    """The same with what only its author is told."""
    known = facts(view, t)
    if around.followers:
        followers = t.ngettext("{n} person follows this", "{n} people follow this", around.followers)
        known.append("🔔 " + escape(followers))
    if view.has_voice:
        known.append("🎤 " + escape(t.gettext("with your voice")))
    if view.idea.is_anonymous:
        known.append("🙈 " + escape(t.gettext("anonymous on the board")))
    return known
