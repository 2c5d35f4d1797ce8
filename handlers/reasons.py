"""Why something is reported, hidden, warned about or blocked, in words."""

from cocreation.ideas.report import Reason
from locales import Translator


def reason_words(reason: Reason, t: Translator) -> str:
    return {
        Reason.RUDE: t.gettext("Rude"),
        Reason.PRIVATE: t.gettext("Private data"),
        Reason.ADVERTISING: t.gettext("Advertising"),
        Reason.OTHER: t.gettext("Something else"),
    }[reason]


def reason_in_sentence(reason: Reason, t: Translator) -> str:
    """Behind 'The reason:', where a label would not read."""
    return {
        Reason.RUDE: t.gettext("rude words"),
        Reason.PRIVATE: t.gettext("private details"),
        Reason.ADVERTISING: t.gettext("advertising"),
        Reason.OTHER: t.gettext("something else"),
    }[reason]
