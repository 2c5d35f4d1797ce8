"""A venv for the aiogram peer, made on first use: aiogram wants an older pydantic than Morgen."""

import shutil
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements-aiogram.txt")


class NoAiogramError(Exception):
    """aiogram cannot be installed here."""


def aiogram_python(folder: Path) -> str:
    """The interpreter of a venv in `folder` that has the pinned packages. Raises NoAiogramError."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = folder / "installed.txt"
    wanted = f"{folder} {sys.version}\n{REQUIREMENTS.read_text()}"
    if stamp.is_file() and stamp.read_text() == wanted:
        return str(python)
    shutil.rmtree(folder, ignore_errors=True)
    install = (
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--no-input",
    )
    _run(sys.executable, "-m", "venv", str(folder))
    _run(str(python), *install, "--disable-pip-version-check", "-r", str(REQUIREMENTS))
    stamp.write_text(wanted)
    return str(python)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise NoAiogramError(f"aiogram could not be installed: {lines[-1] if lines else 'no reason given'}")
