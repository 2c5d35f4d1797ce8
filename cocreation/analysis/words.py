"""What the words of a text say, each for itself: how they are written, and what they mean."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

from cocreation.analysis.centring import unit
from cocreation.analysis.encoding import Encoder, Vectors
from cocreation.analysis.text import is_stop_word, stems, words
from cocreation.ideas.ids import Language

DIMENSIONS = 100
PIECES = (3, 5)
"""Lengths of the pieces of words: Dutch and German glue words together, and people mistype them."""

MOST_PIECES = 30_000


def word_vectors(texts: Sequence[str], languages: Sequence[Language], seed: int = 0) -> Vectors:
    """Stems and pieces of words by TF-IDF, condensed by LSA, shape (texts, at most DIMENSIONS)."""
    weights = hstack([_stem_weights(texts, languages), _piece_weights(texts)]).tocsr()
    dimensions = min(DIMENSIONS, min(weights.shape) - 1)
    if dimensions < 1:
        return np.zeros((len(texts), 1), dtype=np.float32)
    svd = TruncatedSVD(dimensions, random_state=seed)
    return np.asarray(svd.fit_transform(weights), dtype=np.float32)


def meanings_of_words(texts: Sequence[str], languages: Sequence[Language], encoder: Encoder) -> Vectors:
    """The mean of what each text's words mean, rare ones heavier, one row of length one a text.

    Nothing where there are only stop words. After Arora, Liang and Ma 2017, 'A simple but tough-to-beat
    baseline for sentence embeddings', with the encoder's own words and IDF.
    """
    said = [
        [form.casefold() for form, _, _ in words(text, language) if not is_stop_word(form, language)]
        for text, language in zip(texts, languages, strict=True)
    ]
    counts = CountVectorizer(analyzer=_itself)
    try:
        weights = TfidfTransformer(norm=None).fit_transform(counts.fit_transform(said))
    except ValueError:  # scikit-learn's way of saying that there are no words
        return np.zeros((len(texts), 1), dtype=np.float32)
    return unit(np.asarray(weights @ encoder.encode(counts.get_feature_names_out().tolist())))


def _stem_weights(texts: Sequence[str], languages: Sequence[Language]) -> csr_matrix:
    documents = [
        [f"{language}:{stem}" for stem in stems(text, language)]
        for text, language in zip(texts, languages, strict=True)
    ]
    return _weights(TfidfVectorizer(analyzer=_itself, sublinear_tf=True), documents)


def _piece_weights(texts: Sequence[str]) -> csr_matrix:
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=PIECES, sublinear_tf=True, max_features=MOST_PIECES
    )
    return _weights(vectorizer, texts)


def _weights(vectorizer: TfidfVectorizer, documents: Sequence[object]) -> csr_matrix:
    # What stands in one idea connects nothing; what stands in a third of them tells nothing apart.
    least = 2 if len(documents) > 10 else 1
    vectorizer.set_params(min_df=least, max_df=max(least, len(documents) // 3))
    try:
        return csr_matrix(vectorizer.fit_transform(documents))
    except ValueError:  # scikit-learn's way of saying that no term is left
        return csr_matrix((len(documents), 0))


def _itself(document: Sequence[str]) -> Sequence[str]:
    return document
