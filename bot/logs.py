"""Logs: one line an event, with numbers of rows, never a person's words or chat, never a token."""

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_TOKEN = re.compile(r"\d{3,}:[\w-]{10,}")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure_logs(format: str, level: str) -> None:
    """Write our own lines from `level` on, and warnings of libraries, to standard error."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper("iso", utc=True),
        structlog.processors.ExceptionRenderer(_where),
        _without_tokens,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(format)],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    # What libraries say at lower levels quotes requests, and so tokens and people's words.
    root.setLevel(logging.WARNING)
    for package in ("bot", "handlers", "board", "storage", "cocreation", "sandbox"):
        logging.getLogger(package).setLevel(LEVELS[level])


def _renderer(format: str) -> Processor:
    if format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _without_tokens(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {key: _TOKEN.sub("…", value) if isinstance(value, str) else value for key, value in event.items()}


def _where(exc_info: ExcInfo) -> str:
    """The places and kinds of an exception and its causes. Its message may quote people: it is left out."""
    return "\n".join(_told(exc_info[1]))


def _told(error: BaseException) -> list[str]:
    lines = [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            lines += _told(inner)
    cause: Any = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines if cause is None else [*_told(cause), "which led to:", *lines]
