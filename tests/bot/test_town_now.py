"""The town is what the environment, the file and the chat make of it, in that order."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.settings import load
from bot.town_now import TownNow
from cocreation.errors import SettingRefusedError
from cocreation.ideas.ids import Language
from cocreation.ideas.setting import Key, Origin

CHOSEN: Mapping[Key, str] = {
    Key.LANGUAGES: "fr, nl",
    Key.FACILITATOR_CHAT: "-1001",
    Key.CONTACT: "privacy@town.example",
    Key.IDEAS_IN_TEN_MINUTES: "7",
    Key.QUIET_HOURS: "22-7",
    Key.WATCHED_WORDS: "idiot, sot",
    Key.HELPLINES: "Awel | 102\nTele-Onthaal | 106 | anybody",
    Key.SCHEDULE: "friday 09:30",
    Key.DIGEST_LANGUAGE: "de",
}


def town_of(config: Path | None = None, **environ: str) -> TownNow:
    return TownNow(load(config, environ))


def origin(town: TownNow, key: Key, chosen: Mapping[Key, str]) -> Origin:
    return next(setting.origin for setting in town.standing(chosen) if setting.key is key)


def test_the_chat_sets_what_nothing_else_does() -> None:
    town = town_of()
    renewed: list[int] = []
    town.on_changed(lambda: renewed.append(1))
    town.accept(CHOSEN)
    town.accept(CHOSEN)
    now = town()
    assert renewed == [1]
    assert (now.languages, now.digest_language) == (("fr", "nl"), "de")
    assert (now.facilitator_chat, now.contact, now.ideas_in_ten_minutes) == (-1001, "privacy@town.example", 7)
    assert (str(now.quiet), str(now.schedule)) == ("22-7", "friday 09:30")
    assert now.watched_words == ("idiot", "sot")
    assert [line.number for line in now.helplines] == ["102", "106"]
    assert {setting.key: setting.value for setting in town.standing(CHOSEN)} == CHOSEN
    assert {setting.origin for setting in town.standing(CHOSEN)} == {Origin.CHAT}
    town.accept({})
    assert town() == town_of()()


def test_the_file_goes_before_the_chat_and_the_environment_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[town]\nlanguages = ["de"]\n[digest]\nschedule = "daily 06:00"\n', encoding="utf-8")
    town = town_of(
        file,
        MORGEN_TOWN__LANGUAGES="en",
        MORGEN_TOWN__CONTACT="0470",
    )
    town.accept(CHOSEN)
    assert town().languages == ("en",)
    assert str(town().schedule) == "daily 06:00"
    assert town().contact == "0470"
    assert origin(town, Key.LANGUAGES, CHOSEN) is Origin.ENVIRONMENT
    assert origin(town, Key.SCHEDULE, CHOSEN) is Origin.FILE
    assert origin(town, Key.CONTACT, CHOSEN) is Origin.ENVIRONMENT
    assert origin(town, Key.DIGEST_LANGUAGE, {}) is Origin.DEFAULT


def test_what_is_no_value_any_more_counts_for_nothing_beside_what_is() -> None:
    town = town_of()
    town.accept({Key.LANGUAGES: "tlh", Key.IDEAS_IN_TEN_MINUTES: "3"})
    assert town().languages[0] == Language("nl")
    assert town().ideas_in_ten_minutes == 3


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (Key.LANGUAGES, ""),
        (Key.LANGUAGES, "xx"),
        (Key.FACILITATOR_CHAT, "0"),
        (Key.IDEAS_IN_TEN_MINUTES, "0"),
        (Key.IDEAS_IN_TEN_MINUTES, "many"),
        (Key.QUIET_HOURS, "24-8"),
        (Key.QUIET_HOURS, "night"),
        (Key.WATCHED_WORDS, "a"),
        (Key.WATCHED_WORDS, "[1"),
        (Key.HELPLINES, "Awel"),
        (Key.HELPLINES, "Awel | nobody"),
        (Key.HELPLINES, "Awel | 102 | you | me"),
        (Key.SCHEDULE, "someday 08:00"),
        (Key.SCHEDULE, "monday 25:00"),
        (Key.DIGEST_LANGUAGE, "xx"),
    ],
)
def test_a_value_against_the_rules_is_refused(key: Key, text: str) -> None:
    with pytest.raises(SettingRefusedError):
        town_of().checked(key, text)


@example(key=Key.WATCHED_WORDS, text='["a, b", "c|d"]')
@example(key=Key.WATCHED_WORDS, text="ab|c, de")
@example(key=Key.HELPLINES, text="A; b | 1 ; c | 2")
@given(key=st.sampled_from(list(Key)), text=st.text(max_size=40) | st.sampled_from(list(CHOSEN.values())))
def test_what_is_kept_of_a_value_means_the_same_when_it_is_read_again(key: Key, text: str) -> None:
    town = TOWN
    try:
        kept = town.checked(key, text)
    except SettingRefusedError:
        return
    assert town.checked(key, kept) == kept
    assert town.town_with({key: kept}) == town.town_with({key: text})


TOWN = TownNow(load(None, {}))
