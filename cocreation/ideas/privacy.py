"""The privacy notice, in the words in which the board and the chat both say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.ideas.town import Town
from locales import Translator


@dataclass(frozen=True, slots=True)
class Link:
    """What a line ends in: an address, and what a press on it opens, if anything."""

    label: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading: a list, or one after the other."""

    heading: str
    lines: Sequence[Line]
    is_list: bool = False


def title(t: Translator) -> str:
    return t.gettext("Privacy notice")


def summary(t: Translator) -> str:
    """All of it in two sentences."""
    return t.gettext(
        "In short: everybody can read your idea, nobody sees your name. "
        "You choose what you send, and you can have it erased."
    )


def privacy_sections(t: Translator, town: Town) -> Sequence[Section]:
    """Who keeps what, why, who sees it, how long, and what one can do about it."""
    return (_who(t, town), _kept(t), _why(t), _seen(t), _how_long(t), _rights(t, town))


def _who(t: Translator, town: Town) -> Section:
    said = t.gettext(
        "{town} collects the ideas and is responsible for them. Questions go to:", town=town.name
    )
    return Section(t.gettext("Who collects this"), (Line(said, _contact(t, town)),))


def _kept(t: Translator) -> Section:
    lines = (
        t.gettext(
            "Your address in Telegram, which is a number, so that the bot can answer you. "
            "Your phone number is not kept unless you write it yourself."
        ),
        t.gettext("Your language, your settings, and the invented name under which others read you."),
        t.gettext("Your ideas, what they were before you changed them, and when you wrote them."),
        t.gettext("Your comments as they read now, and when you wrote them."),
        t.gettext(
            "The photos, voice messages and places that you send, and where you look for what is near."
        ),
        t.gettext("What you support, follow and report, and since when."),
        t.gettext(
            "Whether something of yours was hidden or you were blocked, why, and what you and the "
            "facilitators wrote to each other about it."
        ),
        t.gettext(
            "What you write in a group, when somebody there calls it an idea: "
            "until you say yes or no, at most seven days."
        ),
        t.gettext(
            "Telegram sends your name along with each message. It is erased as soon as the message is "
            "handled. When that fails, the message is kept whole, so that it can be put right."
        ),
    )
    return Section(t.gettext("What is kept"), tuple(map(Line, lines)), is_list=True)


def _why(t: Translator) -> Section:
    said = t.gettext(
        "The town wants to know what its people would like, and to decide together what to do. The bot "
        "needs your address to answer you. Nothing is sold or used for advertising. You take part only if "
        "you want to."
    )
    return Section(t.gettext("Why"), (Line(said),))


def _seen(t: Translator) -> Section:
    everybody = t.gettext(
        "Everybody, in the chat and on the board: the words of ideas, their photos, place, day and theme, "
        "how many people support them, and comments. Only your invented name can stand with them."
    )
    yourself = t.gettext(
        "What you write yourself in an idea can tell who you are. Leave out what you do not want to show."
    )
    facilitators = t.gettext(
        "The town's facilitators: the same, your voice messages, so that they can type them, and what is "
        "reported, never by whom."
    )
    who_runs = t.gettext(
        "Only those who run the computer can look up which address in Telegram something came from."
    )
    telegram = Line(
        t.gettext("Messages travel through Telegram, a company with rules of its own."),
        _page("telegram.org/privacy"),
    )
    return Section(
        t.gettext("Who sees what"),
        (*map(Line, (everybody, yourself, facilitators, who_runs)), telegram),
        is_list=True,
    )


def _how_long(t: Translator) -> Section:
    said = t.gettext(
        "An idea or a comment stays until you withdraw it, with the button below it in the chat. From then "
        "on it is no longer shown to others. You can undo that for 24 hours. All that is kept, also what you "
        "withdrew, stays in the town's database until you have it erased, and in backups until newer ones "
        "replace them."
    )
    return Section(t.gettext("How long"), (Line(said),))


def _rights(t: Translator, town: Town) -> Section:
    commands = t.gettext(
        "Write /mydata to the bot, and you get all that is kept of you as a file. Write /forget, and it is "
        "erased; the bot first says what goes and what stays."
    )
    by_the_town = t.gettext(
        "You may also ask the town what it keeps about you, and have it corrected or erased. You may object "
        "to its use. Write to:"
    )
    complaint = t.gettext("If the town does not help you, complain to the Belgian Data Protection Authority:")
    lines = (
        Line(commands),
        Line(by_the_town, _contact(t, town)),
        Line(complaint, _page("dataprotectionauthority.be")),
    )
    return Section(t.gettext("Your rights"), lines)


def _contact(t: Translator, town: Town) -> Link:
    label = town.contact or t.gettext("the town hall of {town}", town=town.name)
    return Link(label, town.contact_url)


def _page(address: str) -> Link:
    return Link(address, f"https://{address}")
