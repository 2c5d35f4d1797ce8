"""A checkout whose Python is a shell script that behaves as a test wants."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = (
    "sh",
    "basename",
    "cat",
    "chmod",
    "cksum",
    "cp",
    "dirname",
    "grep",
    "head",
    "mkdir",
    "rm",
    "sed",
    "tail",
)
FAKE_PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
case "$*" in
    *sys.version_info*) echo "$VERSION" ;;
    *ensurepip*) exit "${ENSUREPIP:-0}" ;;
    "-m venv "*)
        mkdir -p "$3/bin" "$3/lib"
        cp "$0" "$3/bin/python"
        echo "#!$3/bin/python" >"$3/bin/pip"
        printf '%s\\n' "${VENV_SAYS:-}"
        exit "${VENV_EXITS:-0}"
        ;;
    *"pip install"*)
        [ -z "${KILLED:-}" ] || kill -INT "$PPID" "$$"
        printf '%s\\n' "${PIP_SAYS:-}"
        exit "${PIP_EXITS:-0}"
        ;;
    *purelib*) echo "${0%/bin/python}/lib" ;;
esac
"""


@dataclass
class Checkout:
    """`start` runs the set-up as `make` does; `calls` is what Python was asked since the last start."""

    root: Path
    pythons: Path
    outcome: subprocess.CompletedProcess[str] | None = None
    calls: list[str] = field(default_factory=list)

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    def start(self, packages: str = "run", **environ: str) -> str:
        """The last line of the errors, without the program's name."""
        log = self.pythons.parent / "calls"
        log.write_text("")
        self.outcome = subprocess.run(
            [str(self.root / "scripts" / "environment.sh"), packages],
            env={"PATH": str(self.pythons), "CALLS": str(log), "VERSION": "3.12"} | environ,
            capture_output=True,
            text=True,
            check=False,
        )
        self.calls = log.read_text().splitlines()
        return (self.outcome.stderr.splitlines() or [""])[-1].removeprefix("morgen: ")

    @property
    def asked_pip(self) -> bool:
        return any("pip install" in call for call in self.calls)

    @property
    def made_venv(self) -> bool:
        return any(call.startswith("-m venv") for call in self.calls)


def add_python(folder: Path, name: str, version: str | None = None) -> None:
    path = folder / name
    fixed = f"VERSION={version}\n" if version else ""
    path.write_text(FAKE_PYTHON.replace("#!/bin/sh\n", f"#!/bin/sh\n{fixed}"))
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Files of set-up in a folder with a space and a quote in its name."""
    root, tools = tmp_path / "a town's copy", tmp_path / "bin"
    (root / "scripts").mkdir(parents=True)
    tools.mkdir()
    for name in ("scripts/environment.sh", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, root / name)
    for tool in TOOLS:
        found = shutil.which(tool, path=os.defpath)
        assert found, tool
        (tools / tool).symlink_to(found)
    add_python(tools, "python3")
    return Checkout(root, tools)
