"""Words weighted by TF-IDF: k-means, and non-negative matrix factorisation. Both are told how many themes.

No list of stop words, since the texts are in several languages: what stands in more than half of them is left
out, and what stands in one alone. Sources: scikit-learn's guide, 'Clustering text documents' and 'Topic
extraction with NMF'.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.themes.exchange import ALONE, KEYWORDS, Question, Themes, Vectors, serve


def find(texts: Sequence[str], _: Vectors, question: Question, seed: int) -> Themes:
    vectorizer = TfidfVectorizer(max_df=0.5, min_df=2)
    weights = vectorizer.fit_transform(texts)
    if question.variant == "kmeans":
        model = KMeans(question.count, n_init=10, random_state=seed).fit(weights)
        groups, importance = model.labels_, model.cluster_centers_
    else:
        model = NMF(question.count, init="nndsvda", max_iter=500, random_state=seed)
        shares = model.fit_transform(weights)
        groups = np.where(shares.max(axis=1) > 0, shares.argmax(axis=1), ALONE)
        importance = model.components_
    words = vectorizer.get_feature_names_out()
    return Themes(tuple(groups.tolist()), tuple(_best(row, words) for row in importance))


def _best(importance: NDArray[np.float64], words: NDArray[np.object_]) -> tuple[str, ...]:
    order = np.argsort(-importance, kind="stable")[:KEYWORDS]
    return tuple(str(words[number]) for number in order if importance[number] > 0)


if __name__ == "__main__":
    serve(find)
