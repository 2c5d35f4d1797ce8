"""`python -m benchmarks.themes.encode FOLDER`: vectors of the texts in the folder, by Morgen's encoder."""

import json
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.themes.exchange import peak_mebibytes
from benchmarks.themes.morgen import read
from cocreation.analysis.encoding import Encoder, installed_encoder

BATCH = 2_000


def main() -> None:
    folder = Path(sys.argv[1])
    texts = [read(text) for text in json.loads((folder / "texts.json").read_text(encoding="utf-8"))]
    encoder = _encoder()
    encoder.encode(texts[:10])
    start = time.perf_counter()
    parts = [encoder.encode(texts[first : first + BATCH]) for first in range(0, len(texts), BATCH)]
    seconds = time.perf_counter() - start
    np.save(folder / "vectors.npy", np.vstack(parts))
    cost = {"seconds": seconds, "peak": peak_mebibytes()}
    (folder / "cost.json").write_text(json.dumps(cost), encoding="utf-8")


def _encoder() -> Encoder:
    encoder = installed_encoder()
    if encoder is None:
        sys.exit("Morgen's encoder is not installed")
    return encoder


if __name__ == "__main__":
    main()
