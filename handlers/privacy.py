"""The privacy notice in the chat, for a town whose board cannot be opened from there."""

from html import escape

from cocreation.ideas.town import Town
from handlers.quoting import on_one_line
from locales import Translator

NAME = 100
CONTACT = 300


def privacy_notice(t: Translator, town: Town) -> str:
    """Who keeps what, why, who sees it, how long, and what one can do about it, as HTML."""
    name = on_one_line(town.name, NAME)
    heading = f"<b>{escape(t.gettext('Privacy notice'))}</b>"
    parts = [heading, _who(t, town, name), _kept(t), _why(t), _seen(t), _rights(t)]
    return "\n\n".join(parts)


def _who(t: Translator, town: Town, name: str) -> str:
    said = [t.gettext("{town} collects the ideas and is responsible for them.", town=name)]
    if town.contact is not None:
        said.append(t.gettext("Questions go to: {contact}", contact=on_one_line(town.contact, CONTACT)))
    return escape(" ".join(said))


def _kept(t: Translator) -> str:
    return _list(
        t.gettext("What is kept"),
        t.gettext(
            "your number in Telegram, so that you can be answered; not your phone number, unless you write it"
        ),
        t.gettext("your language, your settings and the invented name under which others read you"),
        t.gettext("your ideas and comments, what they were before you changed them, and when you wrote them"),
        t.gettext("the photos, recordings and places that you send"),
        t.gettext("what you support, follow and report"),
    )


def _why(t: Translator) -> str:
    return escape(
        t.gettext(
            "The town wants to know what its people would like, and to decide together what to do. "
            "Nothing is sold or used for advertising. You take part only if you want to."
        )
    )


def _seen(t: Translator) -> str:
    return _list(
        t.gettext("Who sees what"),
        t.gettext("everybody: your ideas, their photos and places, your comments, never your name"),
        t.gettext("the town's facilitators: the same, and the recordings"),
        t.gettext("who runs the computer: which number in Telegram an idea came from"),
        t.gettext("Telegram: all that you write here, under rules of its own (telegram.org/privacy)"),
    )


def _rights(t: Translator) -> str:
    return escape(
        t.gettext(
            "An idea stays until you withdraw it. /mydata gives you all that is kept of you, /forget erases "
            "it. You may also ask the town for that, or complain to the data protection authority "
            "(dataprotectionauthority.be)."
        )
    )


def _list(heading: str, *lines: str) -> str:
    return "\n".join([f"<b>{escape(heading)}</b>", *(f"· {escape(line)}" for line in lines)])
