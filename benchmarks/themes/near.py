"""`python -m benchmarks.themes.near FOLDER`: one idea at a time among those that are known.

As in the running bot: one thread, the vectors in memory, a new text encoded when it comes. The folder has
`asked.json`; the answer is `near.json`.
"""

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import quantiles

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded

import numpy as np

from cocreation.analysis.centring import LanguageMeans
from cocreation.analysis.encoding import Encoder, KnownVectors, Vectors, load_encoder
from cocreation.analysis.engine import find_themes
from cocreation.analysis.language import languages_of
from cocreation.analysis.placing import KnownIdea, ThemeIndex
from cocreation.analysis.text import readable
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import IdeaText

ASKED = 300
HIDDEN = 0.1
COUNT = 5


@dataclass(frozen=True, slots=True)
class Near:
    """Milliseconds at the median and for 95 of 100, encoding included in `place`; MiB of the index; the share
    of the true nearest that is found. Of ideas that the index had not seen: the share that goes where a full
    run puts it. Of known texts with typing errors: the share whose original is found."""

    place: Sequence[float]
    look_alikes: Sequence[float]
    duplicates: Sequence[float]
    mebibytes: float
    recall: float
    agreement: float | None
    typos: float


@dataclass(frozen=True, slots=True)
class _Town:
    """The ideas, whose ids are the rows of the vectors; `kept` are those that the index knows."""

    ideas: Sequence[KnownIdea]
    vectors: Vectors
    kept: Sequence[int]
    index: ThemeIndex


def ask_near(folder: Path, encoded: Path, with_themes: bool, seed: int) -> None:
    """`encoded` has the texts and their vectors. With themes, some ideas are kept from the index."""
    asked = {"encoded": str(encoded), "with_themes": with_themes, "seed": seed}
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")


def read_near(folder: Path) -> Near:
    return Near(**json.loads((folder / "near.json").read_text(encoding="utf-8")))


def main() -> None:
    folder = Path(sys.argv[1])
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    encoded = Path(asked["encoded"])
    texts = [readable(text) for text in json.loads((encoded / "texts.json").read_text(encoding="utf-8"))]
    found = _measured(texts, np.load(encoded / "vectors.npy"), asked["with_themes"], asked["seed"])
    (folder / "near.json").write_text(json.dumps(asdict(found)), encoding="utf-8")


def _measured(texts: Sequence[str], vectors: Vectors, with_themes: bool, seed: int) -> Near:
    encoder = load_encoder(threads=1)
    if encoder is None:
        raise RuntimeError("Morgen's encoder is not installed")
    chance = random.Random(seed)
    spoken = languages_of(texts, [None] * len(texts))
    ideas = [KnownIdea(IdeaId(row), text, spoken[row]) for row, text in enumerate(texts)]
    themes = _full_run(texts, KnownVectors(encoder, texts, vectors)) if with_themes else {}
    hidden = sorted(chance.sample(range(len(ideas)), int(HIDDEN * len(ideas)))) if with_themes else []
    kept = sorted(set(range(len(ideas))) - set(hidden))
    known, halves = [ideas[row] for row in kept], vectors[kept].astype(np.float16)
    before = _resident()
    index = ThemeIndex(known, halves, {IdeaId(row): themes[row] for row in kept if row in themes})
    grown = _resident() - before
    town = _Town(ideas, vectors, kept, index)
    asked = chance.sample(hidden or kept, min(ASKED, len(hidden or kept)))
    return Near(
        place=_timed(asked, lambda row: index.place(ideas[row], encoder.encode([texts[row]])[0])),
        look_alikes=_timed(asked, lambda row: index.look_alikes(ideas[row], vectors[row], COUNT)),
        duplicates=_timed(asked, lambda row: index.duplicates(ideas[row], vectors[row], COUNT)),
        mebibytes=grown,
        recall=_recall(town, asked),
        agreement=_agreement(town, {row: themes[row] for row in asked if row in themes}),
        typos=_typos(index, chance.sample(known, min(ASKED, len(known))), encoder, chance),
    )


def _timed(asked: Sequence[int], ask: Callable[[int], object]) -> tuple[float, float]:
    ask(asked[0])
    taken = []
    for row in asked:
        start = time.perf_counter()
        ask(row)
        taken.append(1000 * (time.perf_counter() - start))
    cuts = quantiles(taken, n=100)
    return cuts[49], cuts[94]


def _recall(town: _Town, asked: Sequence[int]) -> float:
    """The share of the truly nearest that is found, compared with all in full."""
    languages = [idea.language for idea in town.ideas]
    means = LanguageMeans(town.vectors[town.kept], [languages[row] for row in town.kept])
    rows = means.taken_from(town.vectors, languages)
    kept, found = rows[town.kept], 0
    for row in asked:
        order = [town.kept[place] for place in np.argsort(-(kept @ rows[row]))[: COUNT + 1].tolist()]
        near = {alike.idea for alike in town.index.look_alikes(town.ideas[row], town.vectors[row], COUNT)}
        found += len(near & set([other for other in order if other != row][:COUNT]))
    return found / (COUNT * len(asked))


def _agreement(town: _Town, themes: dict[int, ThemeId]) -> float | None:
    if not themes:
        return None
    places = {row: town.index.place(town.ideas[row], town.vectors[row]) for row in themes}
    return sum(place is not None and place.theme == themes[row] for row, place in places.items()) / len(
        themes
    )


def _typos(index: ThemeIndex, known: Sequence[KnownIdea], encoder: Encoder, chance: random.Random) -> float:
    written = [replace(idea, id=IdeaId(-1), text=_mistyped(idea.text, chance)) for idea in known]
    rows = encoder.encode([idea.text for idea in written])
    found = 0
    for idea, again, row in zip(known, written, rows, strict=True):
        found += idea.id in {alike.idea for alike in index.duplicates(again, row, COUNT)}
    return found / len(known)


def _mistyped(text: str, chance: random.Random) -> str:
    """One error for each thirty letters: two letters swapped, one left out, doubled, or another one."""
    letters = list(text)
    for _ in range(1 + len(text) // 30):
        place = chance.randrange(max(1, len(letters) - 1))
        error = chance.randrange(4)
        if error == 0:
            letters[place : place + 2] = letters[place : place + 2][::-1]
        elif error == 1 and len(letters) > 2:
            del letters[place]
        elif error == 2:
            letters.insert(place, letters[place])
        else:
            letters[place] = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return "".join(letters)


def _full_run(texts: Sequence[str], encoder: Encoder) -> dict[int, ThemeId]:
    found = find_themes([IdeaText(IdeaId(row), text) for row, text in enumerate(texts)], encoder=encoder)
    return {
        member.idea: ThemeId(place) for place, theme in enumerate(found.themes, 1) for member in theme.members
    }


def _resident() -> float:
    """MiB that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
    main()
