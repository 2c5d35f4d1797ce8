"""What an administrator types, and what the terminal answers."""

import csv
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from examples import demo_files

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "run", "demo", "check", "import", "export", "digest", "themes", "poster", "backup", "restore", "migrate",
)  # fmt: skip
FIVE_FAULTS = """
[town]
naam = "Wilgenbeke"
time_zone = "Europe/Brusels"
languages = ["nl", "xx"]

[telegram]
token = "not a token"

[digest]
schedule = "someday"
"""


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MORGEN_")]:
        monkeypatch.delenv(name)


def morgen(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="morgen")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = morgen(command, "--help")
    assert result.exit_code == 0
    assert f"Usage: morgen {command}" in result.output


def test_the_commands_are_those_that_the_guide_names() -> None:
    assert set(cli.commands) == set(COMMANDS)


def test_check_prints_every_fault_at_once_with_the_keys_name(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(FIVE_FAULTS)
    result = morgen("check")
    assert result.exit_code == 2
    faults = [line for line in result.output.splitlines() if line.startswith("✗")]
    assert len(faults) == 5
    for key in ("town.naam", "town.time_zone", "town.languages", "telegram.token", "digest.schedule"):
        assert any(key in fault for fault in faults)
    assert "town.name" in result.output, "the nearest known key is suggested"


def test_run_without_a_token_says_where_one_comes_from() -> None:
    result = morgen("run")
    assert result.exit_code == 2
    assert "@BotFather" in result.output


def test_check_says_that_all_is_well() -> None:
    environ = {"MORGEN_TELEGRAM__TOKEN": "123456789:" + "Ab-_9" * 7}
    result = CliRunner().invoke(cli, ["check"], env=environ)
    assert result.exit_code == 0
    assert "morgen run" in result.output


def test_an_import_keeps_the_good_rows_names_the_bad_ones_and_adds_nothing_twice(tmp_path: Path) -> None:
    file = tmp_path / "ideas.csv"
    file.write_bytes("id;text\n1;Een caf\xe9 op het plein\n2;\n3;Meer schaduw\n".encode("latin-1"))
    first = morgen("import", file)
    assert first.exit_code == 0
    assert "line 3: the text is empty" in first.output
    assert "2 ideas added, 0 were there already" in first.output
    assert "0 ideas added, 2 were there already" in morgen("import", file).output
    morgen("export", "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as exported:
        assert [row["text"] for row in csv.DictReader(exported)] == ["Een café op het plein", "Meer schaduw"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"a,b\n1,2\n", "no column"), (None, "there is no file"), (b"PK\x03\x04zip", "CSV")],
)
def test_a_file_that_is_no_table_is_one_clear_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "ideas.csv"
    if content is not None:
        file.write_bytes(content)
    for result in (morgen("import", file), morgen("themes", file, "--out", tmp_path / "themes.csv")):
        assert result.exit_code == 1
        assert words in result.output
        assert len(result.output.splitlines()) == 1


def test_an_export_is_written_as_its_ending_says(tmp_path: Path) -> None:
    morgen("import", demo_files()[0])
    assert "100 ideas written" in morgen("export", "out.jsonl").output
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 100
    assert "author" not in json.loads(lines[0])
    result = morgen("export", "no/such/folder/out.csv")
    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1


def test_an_export_comes_back_from_each_kind_of_file(tmp_path: Path) -> None:
    morgen("import", demo_files()[0])
    files = (["town.xlsx"], ["town.zip", "--photos"], ["csv.zip", "--format", "csv"], ["town.jsonl"])
    for arguments in files:
        assert "100 ideas written" in morgen("export", *arguments, "--language", "fr").output
    (tmp_path / "config.toml").write_text('[storage]\nurl = "sqlite:///other/morgen.db"\n')
    (tmp_path / "other").mkdir()
    for number, (file, *_) in enumerate(files):
        told = morgen("import", file).output
        added, known = (0, 100) if number else (100, 0)
        assert f"{added} ideas added, {known} were there already (read as an export of Morgen)" in told
    morgen("export", "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "town.jsonl").read_bytes()


def test_what_was_set_in_the_chat_counts_for_commands_too(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[storage]\nurl = "sqlite:///morgen.db"\n')
    morgen("migrate")
    with closing(sqlite3.connect(tmp_path / "morgen.db")) as database, database:
        moment = "2026-05-04T08:00:00.000000+00:00"
        for key, value in (("town.languages", "de, fr"), ("town.facilitator_chat", "-1001")):
            database.execute(
                "INSERT INTO setting_changes (key, new, changed_at) VALUES (?, ?, ?)", (key, value, moment)
            )
    assert "the digest goes nowhere" not in morgen("check").output
    morgen("import", demo_files()[0])
    assert "100 ideas written" in morgen("export", "out.xlsx", "--language", "de").output
    assert "the town speaks de, fr, not nl" in morgen("export", "out.xlsx", "--language", "nl").output
    assert morgen("poster", "--username", "wilgenbeke_bot", "--language", "de").exit_code == 0


def test_an_export_is_of_a_period_and_a_process(tmp_path: Path) -> None:
    rows = "1,Bank,2026-05-04T00:30,Lab\n2,Boom,2026-05-04T23:30,\n3,Gras,2026-05-05,Lab\n"
    (tmp_path / "ideas.csv").write_text(f"id,text,created_at,process\n{rows}")
    morgen("import", "ideas.csv")

    def texts(*options: str) -> list[str]:
        assert morgen("export", "out.csv", *options).exit_code == 0
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            return [row["text"] for row in csv.DictReader(file)]

    assert texts("--from", "2026-05-04", "--to", "2026-05-04") == ["Bank", "Boom"]
    assert texts("--from", "2026-05-05") == ["Gras"]
    assert texts("--to", "2026-05-03") == []
    assert texts("--process", "Lab") == ["Bank", "Gras"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--photos"], "let the file end in .zip"),
        (["--theme", "Bomen"], "no theme called 'Bomen'"),
        (["--process", "Lab"], "the town has: none yet"),
        (["--language", "xx"], "the town speaks"),
        (["--from", "2026-05-05", "--to", "2026-05-04"], "--from is after --to"),
    ],
)
def test_an_export_that_cannot_be_is_one_clear_line(options: list[str], words: str) -> None:
    result = morgen("export", "out.xlsx", *options)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("name", ["other.xlsx", "other.zip"])
def test_a_spreadsheet_that_morgen_did_not_write_is_one_clear_line(tmp_path: Path, name: str) -> None:
    from zipfile import ZipFile

    from openpyxl import Workbook

    if name.endswith("xlsx"):
        Workbook().save(tmp_path / name)
    else:
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("ideas.csv", "id,text\n1,Bank\n")
    result = morgen("import", name)
    assert result.exit_code == 1
    assert "save it as CSV" in result.output
    assert len(result.output.splitlines()) == 1


def test_the_digest_is_printed_as_text_in_a_language_of_the_town() -> None:
    morgen("import", demo_files()[0])
    result = morgen("digest", "--language", "de")
    assert result.exit_code == 0
    assert "Ideen" in result.output
    assert not re.search(r"</?\w+>|&\w+;", result.output)
    assert "not xx" in morgen("digest", "--language", "xx").output


def test_themes_of_a_table_need_no_bot_and_no_database(tmp_path: Path) -> None:
    result = morgen("themes", demo_files()[3], "--out", "themes.csv")
    assert result.exit_code == 0
    with (tmp_path / "themes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with demo_files()[3].open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in rows] == [row["id"] for row in csv.DictReader(file)]
    assert list(rows[0]) == ["id", "theme", "label", "score"]
    assert {row["theme"] for row in rows} >= {"0", "1", "2"}
    assert not (tmp_path / "data").exists()


def test_a_backup_comes_back(tmp_path: Path) -> None:
    morgen("import", demo_files()[0])
    made = morgen("backup", "town.zip")
    assert made.exit_code == 0
    assert "exists already" in morgen("restore", "town.zip").output
    restored = morgen("restore", "town.zip", "--replace")
    assert restored.exit_code == 0
    assert "kept in" in restored.output
    assert "100 ideas written" in morgen("export", "out.csv").output
    (tmp_path / "town.zip").write_bytes(b"no backup")
    assert morgen("restore", "town.zip", "--replace").exit_code == 1


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    assert "is up to date" in morgen("migrate").output
    with closing(sqlite3.connect(tmp_path / "data" / "morgen.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    for command in (["migrate"], ["digest"], ["import", demo_files()[0]]):
        result = morgen(*command)
        assert result.exit_code == 1
        assert "install the newer Morgen" in result.output


def test_the_demo_starts_twice_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    from tests.bot.town import free_port

    port = free_port()
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "demo", "--port", str(port), "--folder", "town"],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        shown = "".join(iter_until(process.stdout, "Open http"))
        assert re.findall(r"http://\S+", shown) == [f"http://127.0.0.1:{port}/"]
        busy = morgen("demo", "--port", str(port), "--folder", "another")
        assert busy.exit_code == 1
        assert f"port {port} is in use" in busy.output
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0
        assert errors == ""
    assert (
        "589 ideas written"
        in CliRunner()
        .invoke(
            cli, ["export", "out.csv"], env={"MORGEN_STORAGE__URL": f"sqlite:///{tmp_path}/town/morgen.db"}
        )
        .output
    )


def iter_until(stream: "object", words: str) -> list[str]:
    lines: list[str] = []
    for line in stream:  # type: ignore[attr-defined]
        lines.append(line)
        if words in line:
            break
    return lines
