"""Logs tell what happened and where, never what people wrote or who they are."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs

TOKEN = "123456789:" + "Ab-_9" * 7


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def fail() -> None:
    try:
        raise KeyError("what Griet wrote")
    except KeyError as error:
        raise ValueError("what Noor wrote") from error


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_failure_is_told_with_its_place_and_without_its_words(
    format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs(format, "info")
    try:
        fail()
    except ValueError:
        structlog.get_logger("bot").error("it failed", row=7, exc_info=True)
        logging.getLogger("some.library").exception("it failed there")
    written = capsys.readouterr().err
    assert written.count("in fail") >= 2
    assert "ValueError" in written
    assert "KeyError" in written
    assert "wrote" not in written.replace('raise KeyError("what Griet wrote")', "").replace(
        'raise ValueError("what Noor wrote") from error', ""
    ).replace('raise KeyError(\\"what Griet wrote\\")', "").replace(
        'raise ValueError(\\"what Noor wrote\\") from error', ""
    )


@pytest.mark.parametrize("format", ["text", "json"])
def test_a_token_never_appears(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(format, "debug")
    structlog.get_logger("bot").info("asked", url=f"https://api.example/bot{TOKEN}/getMe")
    logging.getLogger("some.library").warning("failed: %s", f"https://api.example/bot{TOKEN}/getMe")
    written = capsys.readouterr().err
    assert written.count("getMe") == 2
    assert TOKEN not in written


def test_libraries_are_heard_from_warnings_on_and_our_own_from_the_level(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("json", "info")
    logging.getLogger("some.library").info("what Griet wrote")
    structlog.get_logger("bot").debug("too small")
    structlog.get_logger("bot").info("signed in", row=1)
    (line,) = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"], told["row"]) == ("signed in", "info", 1)
