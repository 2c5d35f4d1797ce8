"""Venvs for the peers, made on first use from pinned packages."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


class NoVenvError(Exception):
    """The packages cannot be installed here."""


@dataclass(frozen=True, slots=True)
class Venv:
    """A name and what is installed: `first` with what it needs, then `hashed` and nothing else."""

    name: str
    hashed: str
    first: str | None = None


BERTOPIC = Venv("bertopic", "requirements-peers.txt")
TURFTOPIC = Venv("turftopic", "requirements-turftopic.txt", first="requirements-torch.txt")


def python_of(venv: Venv, folder: Path) -> str:
    """The interpreter of the venv, below `folder`. Raises NoVenvError."""
    place = folder / venv.name
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = place / "installed.txt"
    wanted = "\n".join([str(place), sys.version, *(path.read_text() for path in _requirements(venv))])
    if stamp.is_file() and stamp.read_text() == wanted:
        return str(python)
    shutil.rmtree(place, ignore_errors=True)
    _run(venv, [sys.executable, "-m", "venv", str(place)])
    for path in _requirements(venv):
        strict = [] if path.name == venv.first else ["--require-hashes", "--no-deps"]
        install = [
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
        ]
        _run(venv, [str(python), *install, *strict, "-r", str(path)])
    stamp.write_text(wanted)
    return str(python)


def _requirements(venv: Venv) -> list[Path]:
    return [HERE / name for name in (venv.first, venv.hashed) if name is not None]


def _run(venv: Venv, command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise NoVenvError(f"{venv.name} could not be installed: {lines[-1] if lines else 'no reason given'}")
