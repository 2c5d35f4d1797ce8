"""Morgen: with the encoder's vectors, or by the words alone (variant `words`)."""

from collections.abc import Sequence

from benchmarks.themes.exchange import Question, Themes, Vectors, serve
from benchmarks.themes.morgen import (
    find_by_words_alone,
    find_with_vectors,
    ideas_of,
    ready,
    themes_of,
)


def find(texts: Sequence[str], vectors: Vectors, question: Question, _: int) -> Themes:
    ideas = ideas_of(texts)
    if question.variant == "words":
        return themes_of(find_by_words_alone(ideas), len(texts))
    encoder = ready(texts, vectors)
    del vectors  # a town keeps them in halves alone
    return themes_of(find_with_vectors(ideas, encoder), len(texts))


if __name__ == "__main__":
    serve(find)
