"""The language of an idea: what the words say, and where they say little, what was told."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from cocreation.ideas.ids import Language

LANGUAGES = tuple(Language(code) for code in ("nl", "fr", "de", "en"))

CERTAIN = 0.9
"""Below this probability a short text is no evidence against the language that was told."""


def languages_of(
    texts: Sequence[str], told: Sequence[Language | None], among: Sequence[Language] = LANGUAGES
) -> list[Language]:
    """One language per text. `told` (a phone's, a column's) decides where the text itself leaves doubt.

    Candidates are `among` and whatever was told. A text that leaves doubt and has nothing told takes the
    language that most of the others have.
    """
    identifier = _identifier(frozenset(among) | frozenset(filter(None, told)))
    guesses = [identifier.classify(text) for text in texts]
    sure = Counter(Language(code) for code, probability in guesses if probability >= CERTAIN)
    usual = min(sure, key=lambda code: (-sure[code], code), default=among[0])
    return [
        Language(code) if probability >= CERTAIN else hint or usual
        for (code, probability), hint in zip(guesses, told, strict=True)
    ]


@lru_cache(maxsize=4)
def _identifier(candidates: frozenset[Language]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(candidates & set(identifier.labels)) or None)
    return identifier
