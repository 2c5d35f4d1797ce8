"""How a process is asked for themes: files in a folder. Needs numpy alone, so that every venv can read it."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

ALONE = -1
"""The group of a text that has no theme."""

WARM_UP = 200

KEYWORDS = 30
"""As many a theme as a peer can name, so that something is left when the stop words are out."""


@dataclass(frozen=True, slots=True)
class Question:
    """Texts and where their vectors lie (`.npy`, a row a text); `subsets` are the rows of each run,
    `seeds` what chance begins with in each.

    `count` is the true number of themes, for those that must be told. `words` is a folder with the vectors
    of the single words, for those that want them.
    """

    texts: tuple[str, ...]
    vectors: str
    subsets: tuple[tuple[int, ...], ...]
    count: int
    is_multilingual: bool
    variant: str
    seeds: tuple[int, ...]
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Themes:
    """The group of each text, ALONE where it has none, and the keywords of each group, best first.

    `outliers` are texts that had no group before outliers were shared out among the groups.
    """

    groups: tuple[int, ...]
    keywords: tuple[tuple[str, ...], ...]
    outliers: tuple[int, ...] = ()

    def without_outliers(self) -> "Themes":
        """As it was before they were shared out; the keywords stay."""
        taken = set(self.outliers)
        groups = (ALONE if row in taken else group for row, group in enumerate(self.groups))
        return Themes(tuple(groups), self.keywords)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in each subset, and what it took: seconds for each, MiB at the highest for all."""

    runs: tuple[Themes, ...]
    seconds: tuple[float, ...]
    peak: float


Finder = Callable[[Sequence[str], Vectors, Question, int], Themes]
"""Gets the last number as its seed."""


def serve(find: Finder) -> None:
    """Answer the question in the folder that the command line names.

    A first run over WARM_UP texts is not counted: imports, models to load and functions to compile are paid
    once a process. Seconds are those of the clock around one call, its vectors given.
    """
    folder = Path(sys.argv[1])
    question = read_question(folder)
    first = list(range(min(WARM_UP, len(question.texts))))
    find([question.texts[row] for row in first], np.load(question.vectors)[first], question, 0)
    runs, seconds = [], []
    for rows, seed in zip(question.subsets, question.seeds, strict=True):
        texts = [question.texts[row] for row in rows]
        given = [np.load(question.vectors)[list(rows)]]
        start = time.perf_counter()
        # Handed over: a peer that keeps them in another form may let these go.
        runs.append(find(texts, given.pop(), question, seed))
        seconds.append(time.perf_counter() - start)
    answer = Answer(tuple(runs), tuple(seconds), peak_mebibytes())
    (folder / "answer.json").write_text(json.dumps(asdict(answer)), encoding="utf-8")


def ask(folder: Path, question: Question) -> None:
    (folder / "question.json").write_text(json.dumps(asdict(question)), encoding="utf-8")


def read_question(folder: Path) -> Question:
    found = json.loads((folder / "question.json").read_text(encoding="utf-8"))
    texts, subsets = tuple(found.pop("texts")), tuple(tuple(rows) for rows in found.pop("subsets"))
    return Question(texts=texts, subsets=subsets, seeds=tuple(found.pop("seeds")), **found)


def read_answer(folder: Path) -> Answer:
    found = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    runs = tuple(
        Themes(tuple(run["groups"]), tuple(tuple(words) for words in run["keywords"]), tuple(run["outliers"]))
        for run in found["runs"]
    )
    return Answer(runs, tuple(found["seconds"]), found["peak"])


def peak_mebibytes() -> float:
    """The most memory that this process held (resident).

    /proc counts from the start of the program; `getrusage`, the way elsewhere, from that of the process, so
    that a child's figure is at least what its parent held when it started it (getrusage(2), execve).
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return _peak_by_getrusage()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _peak_by_getrusage() -> float:
    import resource

    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
