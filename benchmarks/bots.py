"""The bots that are measured, and how each is started."""

import os
import socket
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.aiogram_venv import NoAiogramError, aiogram_python
from sandbox.server import Sandbox

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Bot:
    """One row of the table. A variant is measured for its throughput alone; `missing` says why none is."""

    name: str
    arguments: tuple[str, ...]
    python: str = sys.executable
    is_variant: bool = False
    missing: str | None = None

    @property
    def is_morgen(self) -> bool:
        return self.arguments == MORGEN

    def environ(self, sandbox: Sandbox, folder: Path) -> Mapping[str, str]:
        """All that the process is told."""
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        if not self.is_morgen:
            return environ | {
                "BENCH_TOKEN": sandbox.token,
                "BENCH_URL": sandbox.url,
                "BENCH_DATABASE": str(database(folder)),
            }
        return environ | {
            "MORGEN_TELEGRAM__TOKEN": sandbox.token,
            "MORGEN_TELEGRAM__BASE_URL": sandbox.base_url,
            "MORGEN_TELEGRAM__BASE_FILE_URL": sandbox.base_file_url,
            "MORGEN_TOWN__IDEAS_IN_TEN_MINUTES": "1000000",
            "MORGEN_STORAGE__URL": f"sqlite:///{database(folder)}",
            "MORGEN_BOARD__PORT": str(_free_port()),
        }


MORGEN = ("bot", "run")
_TELEGRAM = "benchmarks.peers.telegram_echo"
_AIOGRAM = "benchmarks.peers.aiogram_echo"

PLAIN = Bot("python-telegram-bot", (_TELEGRAM,))


def all_bots(work: Path) -> list[Bot]:
    """In the order of the table; a venv for aiogram is made in `work` where there is none."""
    python, missing = sys.executable, None
    try:
        python = aiogram_python(work / "aiogram")
    except NoAiogramError as error:
        missing = str(error)
    return [
        PLAIN,
        Bot("python-telegram-bot, concurrent", (_TELEGRAM, "--concurrent"), is_variant=True),
        Bot("python-telegram-bot on uvloop", (_TELEGRAM, "--uvloop"), is_variant=True),
        Bot("aiogram", (_AIOGRAM,), python, missing=missing),
        Bot("aiogram on uvloop", (_AIOGRAM, "--uvloop"), python, is_variant=True, missing=missing),
        Bot("Morgen", MORGEN),
    ]


def database(folder: Path) -> Path:
    return folder / "ideas.db"


def ideas_in(folder: Path) -> int:
    """How many ideas the bot has stored."""
    return _count(folder, "SELECT count(*) FROM ideas")


def theme_runs_in(folder: Path) -> int:
    """How often the bot has found all themes."""
    return _count(folder, "SELECT count(*) FROM theme_runs")


def _count(folder: Path, query: str) -> int:
    with closing(sqlite3.connect(f"{database(folder).as_uri()}?mode=ro", uri=True)) as connection:
        count: int = connection.execute(query).fetchone()[0]
        return count


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
