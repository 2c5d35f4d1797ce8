"""What is said where a digest has no picture."""

from html import escape

from cocreation.ideas.messages import Message
from locales import Translator


def not_drawn(t: Translator) -> Message:
    return Message(escape(t.gettext("The picture could not be drawn. The digest itself is there: /digest.")))


def nothing_to_draw(t: Translator) -> Message:
    said = t.gettext("No theme got an idea in this time, so there is nothing to draw.")
    return Message(escape(said))
