"""What every section has at hand: the sets, vectors encoded once, and the peers as processes."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.themes.competitors import Peer
from benchmarks.themes.exchange import Answer, Question, ask, read_answer
from benchmarks.themes.measures import words_of
from benchmarks.themes.sets import LabelledSet
from benchmarks.themes.venvs import NoVenvError, Venv, python_of
from cocreation.analysis.encoding import UniversalSentenceEncoder

ROOT = Path(__file__).parent.parent.parent

SEED = 0


class PeerFailedError(Exception):
    """The peer ended without an answer."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    halves: int
    weeks: int
    small: int
    large: int


WHOLE = Scale(halves=10, weeks=25, small=10_000, large=100_000)
QUICK = Scale(halves=3, weeks=6, small=1_000, large=5_000)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A folder with `texts.json` and `vectors.npy`, and what encoding took when it was done."""

    folder: Path
    seconds: float
    peak: float

    @property
    def vectors(self) -> str:
        return str(self.folder / "vectors.npy")


@dataclass(frozen=True, slots=True)
class Bench:
    """The sets to measure on, how much, where to keep vectors and venvs, and who hears of progress."""

    sets: Sequence[LabelledSet]
    scale: Scale
    work: Path
    tell: Callable[[str], None] = field(default=lambda _: None)

    def encoded(self, texts: Sequence[str]) -> Encoded:
        """The texts' vectors, encoded in a process of its own and kept for the next time."""
        content = json.dumps(list(texts))
        name = hashlib.sha256(f"{UniversalSentenceEncoder.name}\n{content}".encode()).hexdigest()[:32]
        folder = self.work / "vectors" / name
        cost = folder / "cost.json"
        if not cost.is_file():
            self.tell(f"encoding {len(texts):,} texts")
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "texts.json").write_text(content, encoding="utf-8")
            run_module(sys.executable, "benchmarks.themes.encode", folder)
        return Encoded(folder, **json.loads(cost.read_text(encoding="utf-8")))

    def answer(
        self,
        peer: Peer,
        one: LabelledSet,
        subsets: Sequence[Sequence[int]] | None = None,
        seeds: Sequence[int] = (SEED,),
    ) -> Answer:
        """What the peer finds in the set with each seed, or in these rows of it each with the first seed.

        Raises PeerFailedError.
        """
        everything = range(len(one.texts))
        runs = [(rows, seeds[0]) for rows in subsets] if subsets else [(everything, seed) for seed in seeds]
        question = Question(
            texts=one.texts,
            vectors=self.encoded(one.texts).vectors,
            subsets=tuple(tuple(rows) for rows, _ in runs),
            seeds=tuple(seed for _, seed in runs),
            count=len(set(one.labels)),
            is_multilingual=one.is_multilingual,
            variant=peer.variant,
            words=self._words(one.texts) if peer.wants_words else None,
        )
        with TemporaryDirectory() as temporary:
            folder = Path(temporary)
            ask(folder, question)
            run_module(self._python(peer), f"benchmarks.themes.peers.{peer.module}", folder)
            return read_answer(folder)

    def _words(self, texts: Sequence[str]) -> str:
        words = sorted({word for text in texts for word in words_of(text)})
        return str(self.encoded(words).folder)

    def _python(self, peer: Peer) -> str:
        if peer.venv is None:
            return sys.executable
        self.tell(f"installing {peer.venv.name}, if need be")
        found = _python_or_reason(peer.venv, self.work)
        if isinstance(found, NoVenvError):
            raise PeerFailedError(str(found))
        return found


def run_module(python: str, module: str, folder: Path) -> None:
    """Run it to its end. Raises PeerFailedError with its last line."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "0"}
    command = [python, "-m", module, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise PeerFailedError(lines[-1] if lines else f"it ended with {done.returncode}")


@cache
def _python_or_reason(venv: Venv, folder: Path) -> str | NoVenvError:
    try:
        return python_of(venv, folder)
    except NoVenvError as error:
        return error
