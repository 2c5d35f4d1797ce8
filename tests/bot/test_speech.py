"""A town may install what turns speech into words; without it, and where it fails, people type."""

from pathlib import Path

import pytest

from bot.speech import installed_transcriber
from tests.bot.town import FACILITATORS, GRIET, a_town
from tests.handlers.test_parts import speak

PLUGIN = """
async def transcribe(sound, language):
    if not sound.startswith(b"OggS"):
        raise RuntimeError("no recording")
    return f"Een fontein, gezegd in het {language}"


def make():
    return transcribe


def fail():
    raise ImportError("its model is not there")
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, made_by: str) -> None:
    """Put a package where Python finds it, as an installer does."""
    about = folder / "spoken-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: spoken\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[morgen.transcriber]\nspoken = spoken_words:{made_by}\n")
    (folder / "spoken_words.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(folder)


async def test_what_a_town_has_installed_types_what_people_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "site", monkeypatch, "make")
    async with a_town(tmp_path) as town:
        town.wake()
        speak(town)
        typed = await town.reads(GRIET, "gezegd in het nl")
        assert "uitgetikt" in typed["text"]
        assert await town.rows("SELECT text, state FROM ideas") == [
            ("Een fontein, gezegd in het nl", "published")
        ]


async def test_a_recording_that_it_cannot_read_waits_for_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path / "site", monkeypatch, "make")
    async with a_town(tmp_path) as town:
        town.wake()
        speak(town, content=b"something else")
        await town.answer(FACILITATORS, 1)
        town.write(GRIET, "Een fontein")
        await town.reads(GRIET, "Een fontein")
        assert await town.rows("SELECT text FROM ideas") == [("Een fontein",)]


def test_one_that_does_not_work_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed_transcriber() is None
    install(tmp_path, monkeypatch, "fail")
    assert installed_transcriber() is None
