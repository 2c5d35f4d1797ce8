"""What the bot says in a group: little, and in one message."""

from html import escape

from cocreation.ideas.deep_link import ToIdea, link
from cocreation.ideas.ids import Language, OfferId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.offer import Offer
from cocreation.ideas.submission import Receipt
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers import cards
from handlers.actions import Verb, action
from handlers.quoting import on_one_line
from locales import Translator, translator

ABOUT = "about"
YES, NO, BACK = "y", "n", "b"
NAME = 60


def slot_of_offer(offer: OfferId) -> str:
    return f"offer:{offer}"


def about(language: Language, town: Town, username: str) -> Message:
    """What the bot does in a group, with the way into the private chat and the group's other languages."""
    t = translator(language)
    lines = [
        t.gettext("I collect ideas for {town}.", town=on_one_line(town.name, NAME)),
        t.gettext(
            "Write /idea, then your idea. Or reply with /idea to somebody's message: then I ask its author."
        ),
        t.gettext("Everybody can read the ideas, without your name. I read nothing else here."),
    ]
    private = _private(t, username)
    languages = tuple(
        Button(translator(code).language_name(code), action(Verb.GROUP_LANGUAGE, code))
        for code in town.languages
        if code != language
    )
    rows = ((private,), languages) if languages else ((private,),)
    return Message(escape(" ".join(lines)), rows, silent=True)


def for_facilitators(language: Language, town: Town) -> Message:
    """The first words in the chat that receives the digest."""
    t = translator(language)
    text = t.gettext(
        "The digest of {town} comes here. /digest shows it as of now, /themes all themes.",
        town=on_one_line(town.name, NAME),
    )
    return Message(escape(text))


def how(t: Translator, username: str) -> Message:
    """What to do, for somebody who called the bot and said nothing."""
    text = t.gettext("Answer this message with your idea, or write /idea and your idea behind it.")
    return Message(escape(text), ((_private(t, username),),), silent=True)


def _private(t: Translator, username: str) -> Button:
    return Button(f"💬 {t.gettext('Write to me')}", url=link(username))


async def kept(work: Work, receipt: Receipt, t: Translator, username: str) -> Message:
    """What became of somebody's words, with the way to the idea in a private chat."""
    view = None if receipt.idea is None else await work.ideas.view(receipt.idea)
    headline = escape(cards.headline(receipt.outcome, t))
    if view is None or not view.idea.is_published:
        return Message(headline)
    way = Button(f"💬 {t.gettext('Open the idea')}", url=link(username, ToIdea(view.idea.token)))
    return Message(headline, ((way,),))


def question(offer: Offer, t: Translator) -> Message:
    """Asks the author of the message to which it is a reply."""
    text = t.gettext(
        "You wrote this: may it be kept as your idea? Everybody could read it then, without your name. "
        "Only you can say yes."
    )
    answers = (
        Button(f"✅ {t.gettext('Yes, keep it')}", action(Verb.OFFER, offer.id, YES)),
        Button(f"✖️ {t.gettext('No')}", action(Verb.OFFER, offer.id, NO)),
    )
    back = Button(f"↩️ {t.gettext('Take the question back')}", action(Verb.OFFER, offer.id, BACK))
    return Message(escape(text), (answers, (back,)))
