"""What an administrator writes is read as meant, or every fault in it is told at once."""

import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.setting_faults import fields, variable
from bot.settings import Settings, SettingsError, load
from cocreation.ideas.schedule import Schedule

ROOT = Path(__file__).parents[2]
TELEGRAM_TOKEN = "123456789:" + "Ab-_9" * 7


def faults_of(file: Path | None, environ: dict[str, str]) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        load(file, environ)
    return {fault.key: fault.text for fault in caught.value.faults}


def fault_of(**environ: str) -> str:
    (text,) = faults_of(None, environ).values()
    return text


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.fixture(autouse=True)
def no_file_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_six_variables_are_enough_to_run_a_bot(tmp_path: Path) -> None:
    settings = load(
        None,
        {
            "MORGEN_TELEGRAM__TOKEN": "42:short-token-of-an-emulator",
            "MORGEN_TELEGRAM__BASE_URL": "http://127.0.0.1:8081/bot",
            "MORGEN_TELEGRAM__BASE_FILE_URL": "http://127.0.0.1:8081/file/bot",
            "MORGEN_STORAGE__URL": f"sqlite:///{tmp_path}/town.db",
            "MORGEN_TOWN__FACILITATOR_CHAT": "-1001234567890",
            "MORGEN_BOARD__PORT": "9090",
        },
    )
    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "42:short-token-of-an-emulator"
    assert (settings.storage.database, settings.board.port) == (tmp_path / "town.db", 9090)
    assert settings.storage.media == tmp_path / "media"
    assert settings.town_profile().facilitator_chat == -1001234567890


def test_the_environment_wins_over_the_file_key_by_key(config: Path) -> None:
    config.write_text('[town]\nname = "Tienen"\nlanguages = ["nl", "fr"]\n[board]\nport = 8000\n')
    settings = load(config, {"MORGEN_TOWN__NAME": "Leuven", "MORGEN_BOARD__HOST": "0.0.0.0"})
    assert (settings.town.name, settings.town.languages) == ("Leuven", ("nl", "fr"))
    assert (settings.board.host, settings.board.port) == ("0.0.0.0", 8000)


def test_the_file_is_the_one_given_else_the_one_named_else_the_one_here(tmp_path: Path) -> None:
    for name in ("given", "named", "config"):
        (tmp_path / f"{name}.toml").write_text(f'[town]\nname = "{name}"\n')
    named = {"MORGEN_CONFIG": str(tmp_path / "named.toml")}
    assert load(tmp_path / "given.toml", named).town.name == "given"
    assert load(None, named).town.name == "named"
    assert load(None, {}).town.name == "config"


def test_the_constructor_looks_at_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MORGEN_BOARD__PORT", "9999")
    assert Settings().board.port == 8080


def test_five_faults_are_told_as_five_each_with_its_key(config: Path) -> None:
    config.write_text(
        '[town]\ntime_zone = "Europe/Brusels"\nlangauges = ["nl"]\n'
        '[telegram]\ntoken = "123456789:too short"\n'
        '[digest]\nschedule = "mondy 08:00"\n'
    )
    faults = faults_of(config, {"MORGEN_BOARD__PORT": "abc"})
    assert faults == {
        "town.langauges": "town.langauges is not a setting of Morgen; did you mean 'town.languages'?",
        "town.time_zone": "town.time_zone must be the name of a time zone, such as Europe/Brussels; "
        "it is 'Europe/Brusels'. Did you mean 'Europe/Brussels'?",
        "telegram.token": "telegram.token must be what @BotFather gave: a number, a colon and 35 letters. "
        "Copy it again, without quotes or spaces",
        "digest.schedule": "digest.schedule must be a day and a time, such as 'monday 08:00' or "
        "'daily 17:30'; it is 'mondy 08:00'. Did you mean 'monday'?",
        "board.port": "board.port must be a whole number between 1 and 65535; it is 'abc' "
        "(in the environment variable MORGEN_BOARD__PORT)",
    }


@pytest.mark.parametrize("written", ["nl,fr", " nl , fr ", '["nl", "fr"]', "NL,fr,nl"])
def test_a_list_in_the_environment_is_json_or_has_commas(written: str) -> None:
    assert load(None, {"MORGEN_TOWN__LANGUAGES": written}).town.languages == ("nl", "fr")


def test_ids_in_the_environment_are_numbers_with_commas() -> None:
    town = load(None, {"MORGEN_TOWN__ADMINISTRATORS": "123,456"}).town_profile()
    assert town.administrators == {123, 456}


def test_what_is_left_blank_counts_as_not_given(config: Path) -> None:
    config.write_text('[town]\ncontact = ""\n[telegram]\ntoken = ""\nwebhook_url = ""\n')
    settings = load(config, {"MORGEN_BOARD__PORT": " "})
    assert (settings.town.contact, settings.telegram.token, settings.board.port) == (None, None, 8080)


def test_a_town_without_settings_has_sensible_ones() -> None:
    settings = load(None, {})
    town = settings.town_profile()
    assert (town.name, town.time_zone, town.digest_language) == ("My town", ZoneInfo("Europe/Brussels"), "nl")
    assert (settings.storage.database, settings.storage.media) == (Path("data/morgen.db"), Path("data/media"))
    assert settings.digest.schedule == Schedule.parse("monday 08:00")


def test_files_are_fetched_beside_the_bot_api_that_is_set() -> None:
    settings = load(None, {"MORGEN_TELEGRAM__BASE_URL": "http://localhost:8081/bot/"})
    assert settings.telegram.base_file_url == "http://localhost:8081/file/bot"


def test_the_board_has_no_address_when_it_is_off() -> None:
    on = {"MORGEN_BOARD__PUBLIC_URL": "https://ideas.example.org/"}
    assert load(None, on).town_profile().board_url == "https://ideas.example.org"
    assert load(None, on | {"MORGEN_BOARD__ENABLED": "no"}).town_profile().board_url is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TOWN__LANGUAGES", "nl,xx", "it holds 'xx'"),
        ("TOWN__LANGUAGES", "nl-BE", "did you mean 'nl'?"),
        ("TOWN__LANGUAGES", "[]", "Name at least one"),
        ("TOWN__LANGUAGES", '["nl"', "do not hold a JSON list"),
        ("TOWN__TIME_ZONE", "brussels", "Did you mean 'Europe/Brussels'?"),
        ("TOWN__TIME_ZONE", "../../etc/passwd", "must be the name of a time zone"),
        ("TOWN__TIME_ZONE", "Europe", "must be the name of a time zone"),
        ("TOWN__FACILITATOR_CHAT", "@tienen", "a whole number such as -1001234567890"),
        ("TOWN__FACILITATOR_CHAT", "0", "no chat with such an id"),
        ("TOWN__ADMINISTRATORS", "1,-100", "A person's id is positive"),
        ("TOWN__NAME", "x" * 101, "1 to 100 letters"),
        ("TELEGRAM__MODE", "webhok", "must be 'polling' or 'webhook'"),
        ("TELEGRAM__MODE", "webhook", "telegram.webhook_url"),
        ("TELEGRAM__WEBHOOK_URL", "http://town.example/x", "Telegram calls https:// alone"),
        ("TELEGRAM__WEBHOOK_URL", "https://town.example:8080/x", "443, 80, 88 and 8443"),
        ("TELEGRAM__WEBHOOK_SECRET", "with spaces in it", "1 to 256 letters"),
        ("TELEGRAM__BASE_URL", "https://api.telegram.org", "write https://api.telegram.org/bot"),
        ("TELEGRAM__BASE_URL", "api.telegram.org/bot", "begin with https://"),
        (
            "TELEGRAM__BASE_FILE_URL",
            "https://api.telegram.org/file",
            "write https://api.telegram.org/file/bot",
        ),
        ("STORAGE__URL", "postgresql://town.example/morgen", "an SQLite file"),
        ("STORAGE__URL", "sqlite:///:memory:", "Name a file"),
        ("DIGEST__SCHEDULE", "monday 25:00", "'monday 08:00' or 'daily 17:30'"),
        ("DIGEST__LANGUAGE", "klingon", "Known are"),
        ("BOARD__PORT", "70000", "between 1 and 65535"),
        ("BOARD__HOST", "http://0.0.0.0", "without http://"),
        ("BOARD__HOST", "999.1.1.1", "the host to listen on"),
        ("BOARD__ENABLED", "maybe", "true or false"),
        ("BOARD__PUBLIC_URL", "ideas.example.org", "Begin with https://"),
        ("LOG__LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("TOKEN", "1", "did you mean 'MORGEN_TELEGRAM__TOKEN'?"),
        ("TELEGRAM_TOKEN", "1", "did you mean 'MORGEN_TELEGRAM__TOKEN'?"),
        ("CONFG", "x.toml", "did you mean 'MORGEN_CONFIG'?"),
    ],
)
def test_a_fault_says_what_is_wanted(name: str, value: str, words: str) -> None:
    assert words.lower() in fault_of(**{f"MORGEN_{name}": value}).lower()


@pytest.mark.parametrize(
    ("written", "key", "words"),
    [
        ("[board]\nport = true\n", "board.port", "it is true"),
        ("[board]\nport = [1]\n", "board.port", "it is [1]"),
        ("[town]\nname = 5\n", "town.name", "it is 5"),
        ("[town]\nname = 2026-01-01\n", "town.name", "it is 2026-01-01"),
        ('town = "Tienen"\n', "town", "must be a section"),
        ("[[town]]\nname = 'Tienen'\n", "town", "must be a section"),
        ("port = 1\n", "port", "did you mean 'board.port'?"),
        ("[bord]\nport = 1\n", "bord", "did you mean 'board'?"),
        ("[town]\nname = \n", "config", "line 2"),
    ],
)
def test_a_fault_in_the_file_is_told_in_plain_words(config: Path, written: str, key: str, words: str) -> None:
    config.write_text(written)
    (found,) = faults_of(config, {}).items()
    assert (found[0], words in found[1]) == (key, True), found


def test_a_file_that_is_named_and_missing_is_a_fault(tmp_path: Path) -> None:
    assert "No such file" in fault_of(MORGEN_CONFIG=str(tmp_path / "away.toml"))


def test_a_file_in_another_encoding_is_a_fault(config: Path) -> None:
    config.write_bytes('[town]\nname = "Liège"\n'.encode("latin-1"))
    assert "must be UTF-8" in faults_of(config, {})["config"]


@pytest.mark.parametrize("token", [TELEGRAM_TOKEN, f" {TELEGRAM_TOKEN}\n"])
def test_a_token_of_telegram_has_its_form(token: str) -> None:
    settings = load(None, {"MORGEN_TELEGRAM__TOKEN": token})
    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == TELEGRAM_TOKEN


@given(
    secret=st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=40),
    name=st.sampled_from(["TELEGRAM__TOKEN", "TELEGRAM__WEBHOOK_SECRET", "TELEGRAM__TOKN", "TOKEN"]),
)
def test_no_fault_holds_a_secret(secret: str, name: str) -> None:
    assert secret not in fault_of(**{f"MORGEN_{name}": f"{secret} !"})


@pytest.mark.parametrize(
    "name", ["TELEGRAM__BASE_URL", "TELEGRAM__WEBHOOK_URL", "BOARD__PUBLIC_URL", "STORAGE__URL", "TOWN__NAME"]
)
def test_a_token_in_the_wrong_place_is_not_repeated(name: str) -> None:
    text = fault_of(**{f"MORGEN_{name}": f"x://y/bot{TELEGRAM_TOKEN}" + " " * 99 + "x"})
    assert TELEGRAM_TOKEN not in text


def test_a_secret_is_not_shown_where_settings_are() -> None:
    settings = load(None, {"MORGEN_TELEGRAM__TOKEN": TELEGRAM_TOKEN})
    assert TELEGRAM_TOKEN not in f"{settings!r}{settings}{settings.model_dump_json()}"


def test_the_webhook_has_a_secret_even_when_none_is_set() -> None:
    made = load(None, {"MORGEN_TELEGRAM__TOKEN": TELEGRAM_TOKEN}).telegram.secret_for_webhook()
    given_ = load(None, {"MORGEN_TELEGRAM__WEBHOOK_SECRET": "our-own"}).telegram.secret_for_webhook()
    assert re.fullmatch(r"[0-9a-f]{64}", made)
    assert given_ == "our-own"


def test_a_server_of_ones_own_may_call_a_webhook_without_tls() -> None:
    environ = {
        "MORGEN_TELEGRAM__BASE_URL": "http://127.0.0.1:8081/bot",
        "MORGEN_TELEGRAM__MODE": "webhook",
        "MORGEN_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1:9999/telegram",
    }
    assert load(None, environ).telegram.webhook_url == "http://127.0.0.1:9999/telegram"


def example_with_every_key() -> str:
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    return re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE)


def test_the_example_names_every_key_and_no_other() -> None:
    written = tomllib.loads(example_with_every_key())
    named = [f"{section}.{key}" for section, part in written.items() for key in part]
    assert sorted(named) == sorted(fields(Settings))


def test_the_example_shows_the_defaults() -> None:
    assert load(ROOT / "config.example.toml", {}) == load(None, {})


def test_the_example_with_its_optional_keys_has_no_fault(config: Path) -> None:
    config.write_text(example_with_every_key(), encoding="utf-8")
    assert load(config, {}).town.facilitator_chat == -1001234567890


def test_the_guide_has_a_row_for_every_key_with_its_default() -> None:
    guide = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|", guide, flags=re.MULTILINE))
    assert sorted(rows) == sorted(fields(Settings))
    for key, field in fields(Settings).items():
        if isinstance(field.default, str | int) and not isinstance(field.default, bool):
            assert rows[key] == f"`{field.default}`", key


def test_a_variable_has_the_name_of_its_key() -> None:
    assert variable("town.facilitator_chat") == "MORGEN_TOWN__FACILITATOR_CHAT"
