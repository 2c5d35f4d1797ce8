"""A town names files with frames of its own, and is told what is wrong with them before it starts."""

from pathlib import Path

import pytest

from bot.check import check
from bot.settings import SettingsError, load
from cocreation.ideas.frame import included_frames

TOKEN = "123456789:" + "Ab-_9" * 7
SCHOOL = """
key = "school"
source = "the pupils"
name = { nl = "School" }
[[goals]]
key = "yard"
name = { nl = "De speelplaats" }
words = { nl = ["speelplaats"] }
"""


@pytest.fixture(autouse=True)
def a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "school.toml").write_text(SCHOOL, encoding="utf-8")


def faults(files: str) -> list[str]:
    return [
        fault.text for fault in check(None, {"MORGEN_TELEGRAM__TOKEN": TOKEN, "MORGEN_FRAMES__FILES": files})
    ]


@pytest.mark.parametrize("files", ["frames", "frames/school.toml", '["frames"]'])
def test_a_file_or_a_folder_adds_a_frame_to_the_towns(files: str) -> None:
    assert faults(files) == []
    town = load(None, {"MORGEN_FRAMES__FILES": files}).town_profile()
    assert [frame.key for frame in town.frames] == [*(frame.key for frame in included_frames()), "school"]


def test_without_any_the_town_has_the_included_frames() -> None:
    assert load(None, {}).town_profile().frames == included_frames()


def test_what_is_wrong_is_told_with_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "twice.toml").write_text(SCHOOL, encoding="utf-8")
    (tmp_path / "broken.toml").write_text(SCHOOL.replace("words", "word"), encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes("key = 'é'".encode("latin-1"))
    for files, said in (
        ("nowhere.toml", "frames.files: nowhere.toml cannot be read"),
        ("empty", "there is no .toml file in empty"),
        ("frames,twice.toml", "twice.toml and frames/school.toml both have the key 'school'"),
        ("broken.toml", "broken.toml: goal 1 has the key 'word'"),
        ("latin.toml", "latin.toml must be UTF-8 text"),
    ):
        (text,) = faults(files)
        assert said in text
    with pytest.raises(SettingsError, match="broken"):
        load(None, {"MORGEN_FRAMES__FILES": "broken.toml"}).town_profile()
