"""turftopic's KeyNMF, with which its documentation begins, and Topeax, which finds how many by itself.

Defaults, and the same vectors of texts and words as the others. KeyNMF is told how many topics, and to match
terms across languages where there are several; a text belongs to the topic with the highest share in it.
Sources:
turftopic's README; Kristensen-McLachlan et al., arXiv:2410.23791 (KeyNMF).
"""

import contextlib
import json
import os
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from turftopic import KeyNMF, Topeax  # type: ignore[import-not-found]
from turftopic.encoders import ExternalEncoder  # type: ignore[import-not-found]

from benchmarks.themes.exchange import ALONE, KEYWORDS, Question, Themes, Vectors, serve

warnings.filterwarnings("ignore")


class _KnownWords(ExternalEncoder):  # type: ignore[misc]
    """The vectors of all single words, which were computed before."""

    def __init__(self, folder: Path) -> None:
        words = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
        self._rows = {word: row for row, word in enumerate(words)}
        self._vectors: Vectors = np.load(folder / "vectors.npy")

    def encode(self, sentences: Iterable[str]) -> Vectors:
        return self._vectors[[self._rows[word] for word in sentences]]


def find(texts: Sequence[str], vectors: Vectors, question: Question, seed: int) -> Themes:
    assert question.words is not None
    encoder = _KnownWords(Path(question.words))
    if question.variant == "keynmf":
        model = KeyNMF(
            question.count,
            encoder=encoder,
            random_state=seed,
            cross_lingual=question.is_multilingual,
        )
    else:
        model = Topeax(encoder=encoder, random_state=seed)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        shares = np.asarray(model.fit_transform(list(texts), embeddings=vectors))
    groups = np.where(shares.max(axis=1) > 0, shares.argmax(axis=1), ALONE)
    vocabulary = model.get_vocab()
    order = np.argsort(-np.asarray(model.components_), axis=1)[:, :KEYWORDS]
    keywords = tuple(tuple(str(vocabulary[number]) for number in row) for row in order)
    return Themes(tuple(groups.tolist()), keywords)


if __name__ == "__main__":
    serve(find)
