"""A thread fits into one message, whatever people wrote."""

from datetime import UTC, datetime

import pytest

from cocreation.ideas.comment import LONGEST_COMMENT, Comment, CommentState, Said, Thread
from cocreation.ideas.ids import CommentId, IdeaId, Language, ResidentId
from cocreation.ideas.listing import Listing, Order
from handlers.comment_text import PAGE, Reader, thread_message
from handlers.ways import Way
from locales import translator
from sandbox.markup import parse_html, utf16_length
from tests.handlers.test_cards import LANGUAGES, WORST, view

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
SEARCHED = Way(Listing(Order.SEARCH, words="ש" * 20))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", WORST, ids=range(len(WORST)))
def test_a_page_of_the_longest_comments_fits(language: Language, text: str) -> None:
    words = text[:LONGEST_COMMENT]
    comment = Comment(
        CommentId(2**53),
        IdeaId(2**53),
        ResidentId(5),
        words,
        CommentState.PUBLISHED,
        NOON,
        pseudonym=words,
    )
    thread = Thread((Said(comment, words, ResidentId(6), words),) * PAGE, True, CommentId(2**53))
    reader = Reader(ResidentId(7), SEARCHED, translator(language))
    message = thread_message(view(text), thread, reader, "🌳" * 60)
    shown, _ = parse_html(message.html)
    assert 0 < utf16_length(shown) <= 4096
    assert all(len((button.action or "").encode()) <= 64 for row in message.buttons for button in row)
