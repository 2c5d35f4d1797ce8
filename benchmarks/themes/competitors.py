"""Who finds themes."""

from dataclasses import dataclass

from benchmarks.themes.venvs import BERTOPIC, TURFTOPIC, Venv

REPEATS = 3
REPEATS_OF_BERTOPIC = 10
"""On small sets it finds two topics or seven, as chance has it: a mean of three says little."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to find themes: a module of `benchmarks.themes.peers`, one of its variants, and its venv.

    `venv` is None for those that need no more than Morgen does. `wants_words` asks for the vectors of words.
    `repeats` is how often it is asked, each time with another seed: more than once where chance plays a part.
    """

    name: str
    module: str
    variant: str
    venv: Venv | None = None
    wants_words: bool = False
    repeats: int = 1


KMEANS = Peer("TF-IDF + k-means, told how many", "tfidf_peer", "kmeans", repeats=REPEATS)
NMF = Peer("TF-IDF + NMF, told how many", "tfidf_peer", "nmf")
BERTOPIC_PLAIN = Peer("BERTopic", "bertopic_peer", "plain", BERTOPIC, repeats=REPEATS_OF_BERTOPIC)
BERTOPIC_REDUCED = Peer(
    "BERTopic, outliers reduced", "bertopic_peer", "reduced", BERTOPIC, repeats=REPEATS_OF_BERTOPIC
)
BERTOPIC_UNSEEDED = Peer("BERTopic, no seed, all cores", "bertopic_peer", "unseeded", BERTOPIC)
KEYNMF = Peer("turftopic KeyNMF", "turftopic_peer", "keynmf", TURFTOPIC, wants_words=True)
TOPEAX = Peer("turftopic Topeax", "turftopic_peer", "topeax", TURFTOPIC, wants_words=True, repeats=REPEATS)
MORGEN = Peer("Morgen", "morgen_peer", "whole")
MORGEN_WORDS = Peer("Morgen, words alone", "morgen_peer", "words")

PEERS = (KMEANS, NMF, BERTOPIC_PLAIN, BERTOPIC_REDUCED, KEYNMF, TOPEAX, MORGEN, MORGEN_WORDS)
