"""BERTopic with its defaults on ready-made vectors; `reduced` shares its outliers out among the topics.

UMAP is BERTopic's default one with `random_state` set, so that a run can be repeated; UMAP then uses one
core. `unseeded` leaves that away, for speed. `language="multilingual"` keeps the accents in its keywords, and
more of them than the usual ten are asked for; neither changes its topics. Outliers are reduced with
`strategy="embeddings"` and the keywords computed anew, as its documentation asks.
Sources: Grootendorst, arXiv:2203.05794; BERTopic's documentation, 'Best practices', 'Outlier reduction'.
"""

import warnings
from collections.abc import Sequence

from bertopic import BERTopic  # type: ignore[import-not-found]
from umap import UMAP  # type: ignore[import-not-found]

from benchmarks.themes.exchange import KEYWORDS, Question, Themes, Vectors, serve

warnings.filterwarnings("ignore")


def find(texts: Sequence[str], vectors: Vectors, question: Question, seed: int) -> Themes:
    umap = UMAP(
        n_neighbors=15,
        n_components=5,
        min_dist=0.0,
        metric="cosine",
        low_memory=False,
        random_state=None if question.variant == "unseeded" else seed,
    )
    model = BERTopic(language="multilingual", top_n_words=KEYWORDS, umap_model=umap)
    documents = list(texts)
    topics, _ = model.fit_transform(documents, vectors)
    outliers = tuple(row for row, topic in enumerate(topics) if topic == -1)
    if question.variant == "reduced" and -1 in topics and max(topics) >= 0:
        topics = model.reduce_outliers(documents, topics, strategy="embeddings", embeddings=vectors)
        model.update_topics(documents, topics=topics)
    known = model.get_topics()
    keywords = [
        tuple(word for word, _ in known.get(topic) or () if word)
        for topic in range(max(topics, default=-1) + 1)
    ]
    return Themes(tuple(int(topic) for topic in topics), tuple(keywords), outliers)


if __name__ == "__main__":
    serve(find)
