"""What people search for, as FTS5 understands it: https://sqlite.org/fts5.html#full_text_query_syntax"""


def whole_words(words: str) -> str:
    """Ideas that have each of the words."""
    return " ".join(_string(word) for word in words.split())


def word_starts(words: str) -> str:
    """Ideas that have, for each of the words, one that starts with it."""
    return " ".join(f"{_string(word)}*" for word in words.split())


def word_starts_only(words: str) -> str:
    """Those of them that do not have each of the words as a whole."""
    return f"({word_starts(words)}) NOT ({whole_words(words)})"


def _string(word: str) -> str:
    # In quotes nothing is an operator.
    return '"' + word.replace('"', '""') + '"'
