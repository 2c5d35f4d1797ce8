"""A text is encoded once as long as it is remembered, and what is asked comes back in its order."""

from collections.abc import Sequence

import numpy as np

from cocreation.analysis.encoding import (
    KnownVectors,
    RememberingEncoder,
    Vectors,
    from_vectors,
    half_vectors,
    installed_encoder,
    to_vector,
)


class Lengths:
    """An encoder by the length of the text, which counts what it is asked."""

    name = "lengths"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_a_text_is_encoded_once() -> None:
    counting = Lengths()
    encoder = RememberingEncoder(counting)
    first = encoder.encode(["tree", "bench", "tree"])
    again = encoder.encode(["bench", "tree", "bus"])
    assert counting.asked == ["tree", "bench", "bus"]
    assert first[:, 0].tolist() == [4, 5, 4]
    assert again[:, 0].tolist() == [5, 4, 3]


def test_the_oldest_are_forgotten_first_and_what_was_asked_comes_back_whole() -> None:
    counting = Lengths()
    encoder = RememberingEncoder(counting, most=2)
    assert len(encoder.encode(["a", "bb", "ccc"])) == 3
    encoder.encode(["ccc", "a"])
    assert counting.asked == ["a", "bb", "ccc", "a"]


def test_the_installed_encoder_knows_meaning_across_languages() -> None:
    encoder = installed_encoder()
    assert encoder is not None
    bench, banc, tax = encoder.encode(
        ["A bench in the shade, please", "Un banc à l'ombre, s'il vous plaît", "Lower the tax on houses"]
    )
    assert np.isclose(np.linalg.norm(bench), 1, atol=1e-3)
    assert bench @ banc > 2 * (bench @ tax)


def test_no_texts_are_no_vectors() -> None:
    encoder = installed_encoder()
    assert encoder is not None
    assert encoder.encode([]).shape[0] == 0


def test_only_texts_whose_vectors_are_not_known_are_encoded() -> None:
    counting = Lengths()
    known = KnownVectors(counting, ["tree", "bench"], np.array([[0, 1], [1, 0]], dtype=np.float16))
    assert known.encode(["bench", "bus", "tree"]).tolist() == [[1, 0], [3, 1], [0, 1]]
    assert counting.asked == ["bus"]
    assert known.encode(["to", "from"]).tolist() == [[2, 1], [4, 1]]


def test_a_vector_is_kept_in_two_bytes_a_number_and_comes_back_nearly_the_same() -> None:
    rows = np.random.default_rng(1).normal(size=(3, 512)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    kept = [to_vector(row) for row in rows]
    assert {len(vector) for vector in kept} == {1024}
    assert np.allclose(np.sum(from_vectors(kept) * rows, axis=1), 1, atol=1e-3)
    assert np.array_equal(half_vectors(kept), rows.astype(np.float16))
    assert len(half_vectors([])) == 0
