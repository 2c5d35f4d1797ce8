"""The ideas that ship with the program: complete, tidy, and honest about where they come from."""

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from examples import LANGUAGES, demo_files

COLUMNS = ["id", "text", "author", "created_at", "language", "place", "process"]
COUNTS = {"nl": 100, "fr": 100, "de": 206, "en": 183}
FILES = dict(zip(LANGUAGES, demo_files(), strict=True))
README = Path(demo_files()[0]).with_name("README.md").read_text(encoding="utf-8")
ATTRIBUTION = (
    "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under CC BY "
    "4.0 with Attribution to The Computational Democracy Project"
)
E_MAIL = re.compile(r"\S@\S")
PHONE = re.compile(r"(?:\+|\b0)\d[\d ./-]{6,}\d")
EIGHT_WEEKS = timedelta(weeks=8)


def rows(language: str) -> list[dict[str, str]]:
    with FILES[language].open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        found = list(reader)
    assert reader.fieldnames == COLUMNS
    return found


def everything() -> list[dict[str, str]]:
    return [row for language in LANGUAGES for row in rows(language)]


def moments(language: str) -> list[datetime]:
    return [datetime.fromisoformat(row["created_at"]) for row in rows(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_file_holds_its_ideas_in_its_language(language: str) -> None:
    ideas = rows(language)
    assert len(ideas) == COUNTS[language]
    assert {row["language"] for row in ideas} == {language}
    assert len({row["process"] for row in ideas}) == 1


def test_an_id_names_one_idea_in_all_files() -> None:
    ids = [row["id"] for row in everything()]
    assert len(set(ids)) == len(ids)


def test_no_text_stands_twice() -> None:
    texts = [row["text"].casefold() for row in everything()]
    assert len(set(texts)) == len(texts)


def test_no_text_is_blank_or_ragged() -> None:
    assert [row["id"] for row in everything() if row["text"] != row["text"].strip() or not row["text"]] == []


def test_nobody_can_be_mailed_or_phoned() -> None:
    assert [
        row["id"] for row in everything() if E_MAIL.search(row["text"]) or PHONE.search(row["text"])
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ideas_come_in_order_within_eight_weeks(language: str) -> None:
    found = moments(language)
    assert found == sorted(found)
    assert all(moment.utcoffset() is not None for moment in found)
    assert found[-1] - found[0] <= EIGHT_WEEKS


def test_every_week_has_ideas() -> None:
    found = sorted(moment for language in LANGUAGES for moment in moments(language))
    weeks = {(found[-1] - moment) // timedelta(weeks=1) for moment in found}
    assert weeks == set(range(8))


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_invented_authors_are_keys_and_some_write_more_than_once(language: str) -> None:
    authors = [row["author"] for row in rows(language)]
    assert all(re.fullmatch(rf"{language}-a\d\d", author) for author in authors)
    assert len(set(authors)) < len(authors)


@pytest.mark.parametrize("language", ["de", "en"])
def test_real_statements_carry_no_author(language: str) -> None:
    assert {row["author"] for row in rows(language)} == {""}


def test_the_readme_names_every_file_with_its_count() -> None:
    for language, path in FILES.items():
        assert f"[{path.name}]({path.name}) | {COUNTS[language]} |" in README


def test_the_readme_gives_the_attribution_that_polis_asks_for() -> None:
    assert ATTRIBUTION in " ".join(README.replace("> ", "").split())
    for link in (
        "https://compdemocracy.org/case-studies/2022-Austria-Klimarat",
        "https://compdemocracy.org/case-studies/2018-kentucky",
        "https://creativecommons.org/licenses/by/4.0/",
    ):
        assert link in README
