"""Many ideas out of few: the first half of one text and the second half of another."""

import random
import re
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.themes.sets import LabelledSet

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def recombined(sets: Sequence[LabelledSet], count: int, seed: int) -> LabelledSet:
    """So many different texts, each of two halves that people wrote.

    A text is cut after the sentence that ends nearest to its middle, or at the blank nearest to it where it
    is one sentence. Each new text is the first half of one and the second half of another of the same set,
    label and language, drawn with the seed in proportion to how many texts there are of the kind; what was
    made before is drawn again. Such texts have more near-duplicates than a town's would.
    """
    kinds: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for one in sets:
        for text, label, language in zip(one.texts, one.labels, one.languages, strict=True):
            kinds[one.name, label, language].append(halves(text))
    chance = random.Random(seed)
    pool = [kind for kind, own in kinds.items() for _ in own]
    made: dict[str, tuple[str, str]] = {}
    for _ in range(20 * count):
        if len(made) == count:
            break
        name, label, language = kind = chance.choice(pool)
        text = " ".join((chance.choice(kinds[kind])[0], chance.choice(kinds[kind])[1])).strip()
        made.setdefault(text, (f"{name}: {label}", language))
    labels, languages = zip(*made.values(), strict=True)
    return LabelledSet(f"{len(made):,} recombined", tuple(made), labels, languages)


def halves(text: str) -> tuple[str, str]:
    """The text cut near its middle, between sentences if it has several, between words if not."""
    cuts = [match.end() for match in _SENTENCE_END.finditer(text.strip())]
    cuts = cuts or [match.end() for match in re.finditer(r"\s+", text.strip())]
    middle = len(text) / 2
    cut = min(cuts, key=lambda place: abs(place - middle), default=len(text))
    return text.strip()[:cut].strip(), text.strip()[cut:].strip()
