"""Finds what turns speech into words, where a town has installed such a thing."""

from importlib.metadata import entry_points

import structlog

from cocreation.ports import Transcriber

GROUP = "morgen.transcriber"
"""The entry points among which it is looked for: https://packaging.python.org/specifications/entry-points/"""

log = structlog.get_logger(__name__)


def installed_transcriber() -> Transcriber | None:
    """What the first entry point of the group makes when it is called; None where none works."""
    for found in sorted(entry_points(group=GROUP)):
        try:
            transcriber: Transcriber = found.load()()
        except Exception as error:  # a plugin's own: the town runs without it
            log.error("a transcriber cannot be used", name=found.name, error=type(error).__name__)
        else:
            log.info("voice messages are transcribed", by=found.name)
            return transcriber
    return None
