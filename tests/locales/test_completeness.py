"""Each language says everything, with the same placeholders and tags as the English."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from locales import SOURCE_LANGUAGE, known_languages
from locales.catalog import read_catalog
from locales.extract import is_translated, template, written

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "locales"
TRANSLATED = tuple(code for code in known_languages() if code != SOURCE_LANGUAGE)
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
TAG = re.compile(r"</?\w+[^>]*>")
COMMAND = re.compile(r"(?<!\w)/[a-z]+")
CARELESS = re.compile(r"!!|!\s*!|\s[,.]|  |^\s|\s$|%\(|\bTODO\b")


@pytest.fixture(scope="module")
def messages() -> Catalog:
    return template(ROOT)


def words_of(language: str) -> Catalog:
    return read_catalog(FOLDER / f"{language}.po")


def pairs(catalog: Catalog) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The English forms and the translated ones of each message that is translated."""
    for message in catalog:
        if message.id and is_translated(message):
            yield forms(message.id), forms(message.string)


def forms(words: object) -> tuple[str, ...]:
    return tuple(words) if isinstance(words, list | tuple) else (str(words),)


def marks(mark: re.Pattern[str], text: str) -> list[str]:
    return sorted(mark.findall(text))


def key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def test_dutch_french_german_and_english_are_there() -> None:
    assert set(known_languages()) >= {"en", "nl", "fr", "de"}


def test_messages_are_found_where_people_are_spoken_to(messages: Catalog) -> None:
    assert "Only the facilitators of this town can do that." in messages
    assert "What neighbours wrote" in messages, "a message inside an f-string is not found"
    assert any(path.endswith(".html") for message in messages for path, _ in message.locations)


def test_the_template_is_up_to_date(messages: Catalog) -> None:
    kept = (FOLDER / "messages.pot").read_bytes()
    assert kept == written(messages), "run: python -m locales.extract"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_message(language: str, messages: Catalog) -> None:
    known = {key(message) for message in words_of(language) if message.id and is_translated(message)}
    assert [message.id for message in messages if message.id and key(message) not in known] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_nothing_left_over(language: str, messages: Catalog) -> None:
    wanted = {key(message) for message in messages}
    assert [message.id for message in words_of(language) if key(message) not in wanted] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_to_guess(language: str) -> None:
    assert [message.id for message in words_of(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("mark", [PLACEHOLDER, TAG, COMMAND], ids=["placeholders", "tags", "commands"])
def test_marks_are_those_of_the_english(language: str, mark: re.Pattern[str]) -> None:
    differing = []
    for english, translated in pairs(words_of(language)):
        wanted = [marks(mark, form) for form in english]
        differing += [form for form in translated if marks(mark, form) not in wanted]
    assert differing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_words_are_set_with_care(language: str) -> None:
    careless = [
        form for _, translated in pairs(words_of(language)) for form in translated if CARELESS.search(form)
    ]
    assert careless == []


def test_french_signs_stand_after_a_space_that_does_not_break() -> None:
    loose = re.compile(r"(?<![\u00a0\u202f])[:;?!»](?!\w)|«(?![\u00a0\u202f])")
    found = [form for _, french in pairs(words_of("fr")) for form in french if loose.search(form)]
    assert found == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_a_form_for_each_of_its_plurals(language: str) -> None:
    catalog = words_of(language)
    counts = {len(forms(message.string)) for message in catalog if message.pluralizable}
    assert counts <= {catalog.num_plurals}


def test_placeholders_are_names_in_braces_alone(messages: Catalog) -> None:
    odd = [
        found
        for message in messages
        for form in forms(message.id)
        for found in [*PLACEHOLDER.findall(form), *re.findall(r"%\(\w+\)|%[sd]", form)]
        if not re.fullmatch(r"\{[a-z_]+\}", found)
    ]
    assert odd == []
