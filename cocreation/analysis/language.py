"""The language of an idea: what its words say, what was told, or what the others write."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cocreation.ideas.ids import Language

LANGUAGES = tuple(Language(code) for code in ("nl", "fr", "de", "en"))

CERTAIN = 0.9
"""Below this probability a short text is no evidence against the language that was told."""

LEAST_SHARE = 0.02
"""Of the texts whose language is certain; a language that has less of them is not guessed for the others."""

EXAMPLES = 1_500
"""Texts whose language is certain, of which enough is learned about the others."""

PIECES = (1, 4)
"""Lengths of the pieces of words in which a short text is compared with those whose language is certain."""


def languages_of(
    texts: Sequence[str], told: Sequence[Language | None], among: Sequence[Language] = LANGUAGES
) -> list[Language]:
    """One language per text. `told` (a phone's, a column's) decides where the text itself leaves doubt.

    Candidates are `among` and whatever was told. A text that leaves doubt and has nothing told takes the
    language of the others that are written like it (naive Bayes over pieces of words; Cavnar and Trenkle 1994
    for the pieces).
    """
    identifier = _identifier(frozenset(among) | frozenset(filter(None, told)))
    found: list[Language | None] = [
        Language(code) if probability >= CERTAIN else hint
        for (code, probability), hint in zip(map(identifier.classify, texts), told, strict=True)
    ]
    unknown = [row for row, language in enumerate(found) if language is None]
    guesses = _guesses(texts, found, [texts[row] for row in unknown], among)
    for row, guess in zip(unknown, guesses, strict=True):
        found[row] = guess
    return [language or among[0] for language in found]


def _guesses(
    texts: Sequence[str],
    found: Sequence[Language | None],
    unknown: Sequence[str],
    among: Sequence[Language],
) -> list[Language]:
    counts = Counter(language for language in found if language is not None)
    usual = {language for language, count in counts.items() if count >= LEAST_SHARE * counts.total()}
    if not unknown or len(usual) < 2:
        return [min(usual, default=among[0])] * len(unknown)
    # Who only ever places single ideas does without scikit-learn and its 75 MiB.
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415
    from sklearn.naive_bayes import MultinomialNB  # noqa: PLC0415

    known = [(text, said) for text, said in zip(texts, found, strict=True) if said in usual]
    known = known[:: 1 + len(known) // EXAMPLES]
    pieces = CountVectorizer(analyzer="char_wb", ngram_range=PIECES)
    model = MultinomialNB(alpha=0.1).fit(
        pieces.fit_transform([text for text, _ in known]), [said for _, said in known]
    )
    return [Language(str(guess)) for guess in model.predict(pieces.transform(unknown))]


@lru_cache(maxsize=4)
def _identifier(candidates: frozenset[Language]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(candidates & set(identifier.labels)) or None)
    return identifier
