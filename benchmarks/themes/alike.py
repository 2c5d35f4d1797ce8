"""`python -m benchmarks.themes.alike --data FOLDER`: how like two ideas must be to be about the same.

For some ideas of each labelled set the three nearest others; by cosine, the share of pairs that people sorted
alike.
"""

import argparse
import os
import random
from collections import Counter
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.themes.sets import LabelledSet, labelled_sets
from cocreation.analysis.encoding import Encoder, load_encoder
from cocreation.analysis.language import languages_of
from cocreation.analysis.placing import KnownIdea, ThemeIndex
from cocreation.analysis.text import readable
from cocreation.ideas.ids import IdeaId

CUTS = (0.0, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)
ASKED, COUNT, MOST, SEED = 400, 3, 1500, 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.themes.alike", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the labelled sets")
    encoder = load_encoder(threads=1)
    if encoder is None:
        parser.error("Morgen's encoder is not installed")
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("share sorted alike (pairs)")
    for cut in CUTS:
        table.add_column(f"≥ {cut}", justify="right")
    for one in labelled_sets(parser.parse_args().data, most=MOST):
        table.add_row(one.name, *_shares(one, encoder))
    Console(width=140).print(table)


def _shares(one: LabelledSet, encoder: Encoder) -> list[str]:
    """From each cut to the next."""
    texts = [readable(text) for text in one.texts]
    spoken = languages_of(texts, [None] * len(texts))
    vectors = encoder.encode(texts)
    ideas = [KnownIdea(IdeaId(row), text, spoken[row]) for row, text in enumerate(texts)]
    index = ThemeIndex(ideas, vectors.astype(np.float16), {})
    pairs, alike = Counter[float](), Counter[float]()
    for row in random.Random(SEED).sample(range(len(texts)), min(ASKED, len(texts))):
        for found in index.look_alikes(ideas[row], vectors[row], COUNT):
            cut = max(cut for cut in CUTS if cut <= max(found.likeness, 0.0))
            pairs[cut] += 1
            alike[cut] += one.labels[row] == one.labels[found.idea]
    return [f"{alike[cut] / pairs[cut]:.2f} ({pairs[cut]})" if pairs[cut] else "–" for cut in CUTS]


if __name__ == "__main__":
    main()
