"""People split a thought over two messages: the second may join the first."""

from datetime import datetime, timedelta

from cocreation.ideas.idea import Idea, WordsOf

SPLIT_WITHIN = timedelta(minutes=2)
"""So soon after an idea, the next one may be the rest of it."""

OFFER_LASTS = timedelta(hours=24)
"""After that both have stood on their own for too long."""


def may_belong_together(earlier: Idea, later: Idea, now: datetime) -> bool:
    """Whether the author of both is asked if `later` is the rest of `earlier`."""
    if not (_can_be_joined(earlier) and _can_be_joined(later)) or earlier.chat != later.chat:
        return False
    pause = later.created_at - (earlier.edited_at or earlier.created_at)
    return pause <= SPLIT_WITHIN and now - later.created_at <= OFFER_LASTS


def _can_be_joined(idea: Idea) -> bool:
    """Written by its author, in the private chat, whose number is the person's."""
    is_private = idea.chat is not None and idea.chat > 0
    return is_private and idea.is_published and idea.words_of is WordsOf.AUTHOR
