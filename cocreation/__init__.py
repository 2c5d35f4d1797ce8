"""The subject itself: ideas, themes, digests. Knows no chat, no database and no web."""
