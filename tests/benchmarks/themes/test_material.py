"""What themes are measured on: halves, weeks, recombined texts; and how it is shown."""

from benchmarks.themes.exchange import ALONE, Themes
from benchmarks.themes.recombined import halves, recombined
from benchmarks.themes.report import Report, markdown_of, shown
from benchmarks.themes.sections.identity import batches
from benchmarks.themes.sections.stability import halves_of
from benchmarks.themes.sets import LabelledSet


def test_halves_hold_half_of_the_rows_and_are_the_same_each_time() -> None:
    found = halves_of(11, 3)
    assert [len(set(rows)) for rows in found] == [5, 5, 5]
    assert found == halves_of(11, 3)


def test_every_idea_arrives_in_one_week() -> None:
    weeks = batches(103, 25)
    assert sorted(row for batch in weeks for row in batch) == list(range(103))
    assert {len(batch) for batch in weeks} == {4, 5}


def test_a_text_is_cut_between_sentences_or_else_between_words() -> None:
    assert halves("One two. Three four! Five.") == ("One two.", "Three four! Five.")
    assert halves("more shade on the square") == ("more shade", "on the square")
    assert halves("shade") == ("shade", "")


def test_recombined_texts_keep_to_their_label_and_language() -> None:
    texts = ("trees give shade", "plant more trees", "Räder auf die Straße")
    one = LabelledSet("town", texts, ("green", "green", "bikes"), ("en", "en", "de"))
    found = recombined([one], 5, seed=0)
    assert len(set(found.texts)) == 5
    assert ("Räder auf die Straße", "town: bikes", "de") in zip(
        found.texts, found.labels, found.languages, strict=True
    )
    assert found == recombined([one], 5, seed=0)


def test_no_more_texts_are_made_than_can_be() -> None:
    one = LabelledSet("town", ("more shade",), ("green",), ("en",))
    assert recombined([one], 5, seed=0).texts == ("more shade",)


def test_a_report_as_markdown() -> None:
    report = Report("Speed", ("peer", "AMI with\nlanguage"), [("Morgen", ".51"), ("",)], "How.")
    assert markdown_of([report]).splitlines() == [
        "### Speed",
        "",
        "| peer | AMI with language |",
        "| --- | ---: |",
        "| Morgen | .51 |",
        "",
        "How.",
    ]


def test_numbers_are_shown_without_a_leading_zero() -> None:
    assert [shown(value) for value in (0.5, -0.25, 1.5, None)] == [".50", "-.25", "1.50", "–"]


def test_outliers_can_be_taken_back() -> None:
    themes = Themes((0, 1, 0), (("tree",), ("bike",)), outliers=(2,))
    assert themes.without_outliers().groups == (0, 1, ALONE)
