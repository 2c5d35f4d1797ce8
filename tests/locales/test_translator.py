"""What the words do with what fills them."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from locales import Translator, known_languages, translator
from locales.catalog import read_translator
from locales.extract import written

VALUES = st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), st.text() | st.integers() | st.none())
NUMBERS = st.integers(-(2**63), 2**63 - 1)
"""What a database can count."""


def in_a_new_file(folder: Path, *messages: tuple[str | tuple[str, str], str | tuple[str, str]]) -> Translator:
    catalog = Catalog(locale="nl_BE", fuzzy=False)
    for source, translated in messages:
        catalog.add(source, translated)
    (folder / "xx.po").write_bytes(written(catalog))
    return read_translator("xx", folder)


def test_a_value_takes_its_place() -> None:
    assert translator("en").gettext("Theme: {theme}", theme="Shade") == "Theme: Shade"


def test_braces_in_peoples_words_stay_as_they_are() -> None:
    assert translator("en").gettext("“{text}”", text="{name} {0} {text}") == "“{name} {0} {text}”"


def test_n_is_written_as_the_language_groups_digits() -> None:
    assert translator("en").ngettext("{n} idea", "{n} ideas", 12345) == "12,345 ideas"


@pytest.mark.parametrize(("n", "expected"), [(0, "0 ideas"), (1, "1 idea"), (2, "2 ideas")])
def test_english_has_one_and_many(n: int, expected: str) -> None:
    assert translator("en").ngettext("{n} idea", "{n} ideas", n) == expected


def test_zero_is_singular_in_french_alone() -> None:
    forms = {code: translator(code).ngettext("{n} idea", "{n} ideas", 0) for code in known_languages()}
    assert forms == {"en": "0 ideas", "nl": "0 ideeën", "de": "0 Ideen", "fr": "0 idée"}


def test_an_unknown_language_is_english() -> None:
    assert translator("tlh") is translator("en")


def test_a_new_language_is_one_file(tmp_path: Path) -> None:
    t = in_a_new_file(
        tmp_path,
        ("Theme: {theme}", "Thema: {theme}"),
        (("{n} idea", "{n} ideas"), ("{n} idee", "{n} ideeën")),
    )
    assert t.gettext("Theme: {theme}", theme="Groen") == "Thema: Groen"
    assert t.ngettext("{n} idea", "{n} ideas", 1234) == "1.234 ideeën"


def test_a_translation_with_a_wrong_placeholder_gives_way_to_english(tmp_path: Path) -> None:
    t = in_a_new_file(
        tmp_path,
        ("Theme: {theme}", "Thema: {thema}"),
        (("{n} idea", "{n} ideas"), ("{getal} idee", "{getal} ideeën")),
    )
    assert t.gettext("Theme: {theme}", theme="Groen") == "Theme: Groen"
    assert t.ngettext("{n} idea", "{n} ideas", 1) == "1 idea"


def test_an_empty_translation_gives_way_to_english(tmp_path: Path) -> None:
    assert in_a_new_file(tmp_path, ("Undo", "")).gettext("Undo") == "Undo"


def test_a_translation_cannot_reach_into_a_value(tmp_path: Path) -> None:
    t = in_a_new_file(tmp_path, ("{name}", "{name.__class__} {name!r} {name:>99999999}"))
    assert "class 'str'" not in t.gettext("{name}", name="x")


@given(st.sampled_from(known_languages()), st.text(), st.text(), NUMBERS, VALUES)
def test_no_value_makes_a_message_fail(
    language: str, msgid: str, plural: str, n: int, values: dict[str, object]
) -> None:
    t = translator(language)
    assert isinstance(t.gettext(msgid, **values), str)
    assert isinstance(t.pgettext("context", msgid, **values), str)
    assert isinstance(t.ngettext(msgid, plural, n, **values), str)


@given(st.sampled_from(known_languages()), VALUES)
def test_no_value_makes_a_real_message_fail(language: str, values: dict[str, object]) -> None:
    assert translator(language).gettext("Theme: {theme}", **values)


def test_a_template_escapes_what_fills_a_message() -> None:
    t = translator("en")
    page = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).from_string(
        '{{ _("Theme: {theme}", theme=label) }}, {{ ngettext("{n} idea", "{n} ideas", 2) }}'
    )
    shown = page.render(gettext=t.gettext, ngettext=t.ngettext, label="<b>Shade</b>")
    assert shown == "Theme: &lt;b&gt;Shade&lt;/b&gt;, 2 ideas"
