"""What facilitators see of a voice message that waits for its words."""

from html import escape

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Button, Message
from handlers.actions import Verb, action
from locales import Translator

VOICE = "v"
"""The argument of a Cancel below the question for words."""


def slot_of(idea: IdeaId) -> str:
    return f"voice:{idea}"


def calling(idea: IdeaId, seconds: int, t: Translator) -> Message:
    """Below the voice message itself."""
    text = t.ngettext(
        "Somebody spoke an idea: {n} second. It counts once it has words.",
        "Somebody spoke an idea: {n} seconds. It counts once it has words.",
        seconds,
    )
    return Message(escape(text), ((_type(idea, t),),))


def question(idea: IdeaId, t: Translator, *, is_group: bool, fault: str | None = None) -> Message:
    """Ask for the words; `fault` says what was wrong with those that came."""
    if is_group:
        text = t.gettext("Answer this message with what you hear, in the words that were said.")
    else:
        text = t.gettext("Write what you hear, in the words that were said.")
    lines = [text] if fault is None else [fault, text]
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.CANCEL, idea, VOICE))
    return Message("\n\n".join(escape(line) for line in lines), ((cancel,),))


def still_waiting(idea: IdeaId, t: Translator) -> Message:
    """The question was taken back."""
    return Message(escape(t.gettext("This voice message still waits for its words.")), ((_type(idea, t),),))


def _type(idea: IdeaId, t: Translator) -> Button:
    return Button(f"⌨️ {t.gettext('Type what it says')}", action(Verb.TRANSCRIBE, idea))
