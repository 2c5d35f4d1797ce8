"""How commands speak to an administrator: one line for a fault, and a line that moves for what takes time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from bot.faults import StartError

if TYPE_CHECKING:
    from rich.progress import Progress

    from cocreation.services.read_table import Problem

SETTINGS_EXIT, FAILURE_EXIT = 2, 1
PROBLEMS_SHOWN = 20

P = ParamSpec("P")
T = TypeVar("T")


def in_one_line(command: Callable[P, T]) -> Callable[P, T]:
    """Tell a fault that has words for the administrator in one line, instead of a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        from bot.setting_faults import SettingsError  # noqa: PLC0415
        from cocreation.services.read_table import TableError  # noqa: PLC0415
        from storage.errors import StorageError  # noqa: PLC0415

        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            for fault in error.faults:
                say(str(fault))
            sys.exit(SETTINGS_EXIT)
        except (StartError, StorageError, TableError) as error:
            say(str(error))
            sys.exit(FAILURE_EXIT)

    return run


def say(line: str) -> None:
    """Write a line for the administrator beside what the command puts out."""
    click.echo(f"morgen: {line}", err=True)


@contextmanager
def progress_line() -> Iterator["Progress"]:
    """A line that moves on a terminal, and nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield progress


def tell_problems(problems: "tuple[Problem, ...]") -> None:
    """Tell which rows of a table were left out, and why."""
    for problem in problems[:PROBLEMS_SHOWN]:
        say(f"line {problem.line}: {problem.message}")
    if len(problems) > PROBLEMS_SHOWN:
        say(f"and {len(problems) - PROBLEMS_SHOWN} more")
    if problems:
        say(f"{len(problems)} rows were left out")
