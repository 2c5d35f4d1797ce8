"""The report: one file that needs nothing, in the reader's language, with whatever people wrote in it."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.async_api import Page, expect

from board.report import MOST_ON_A_MAP, render_report
from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.theme import Spot
from cocreation.ideas.theme_event import EventKind, ThemeEvent
from cocreation.services.theme_overview import (
    Changes,
    PartOverview,
    Quote,
    ThemeOverview,
    ThemesOverview,
)

NL, FR, EN = Language("nl"), Language("fr"), Language("en")
ATTACK = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"
WIDTHS = (320, 360, 768, 1280)


def _theme(number: int, label: str, size: int = 10) -> ThemeOverview:
    return ThemeOverview(
        number=ThemeId(number),
        label=label,
        size=size,
        keywords=("fietspad", "helm"),
        keywords_of={NL: ("fietspad", "helm"), FR: ("vélo",)},
        quotes=(Quote("Een veilig fietspad naar school.", NL), Quote("Une piste cyclable.", FR)),
        parts=(PartOverview("Fietsen naar school", 4),),
        spot=Spot((number * 0.618) % 1, (number * 0.377) % 1),
    )


def _overview(count: int, language: Language = EN) -> ThemesOverview:
    names = ("Veilig fietsen", "Groen · Bomen · Schaduw", "Verkehrsberuhigung in Wohngebieten", "Bus")
    themes = [
        _theme(number, f"{names[number % 4]} {number}", max(3, 300 // (number + 1)))
        for number in range(count)
    ]
    return ThemesOverview(sum(theme.size for theme in themes) + 7, tuple(themes), 7, language)


def _soup(overview: ThemesOverview) -> BeautifulSoup:
    return BeautifulSoup(render_report(overview), "html.parser")


def test_a_page_is_the_same_for_the_same_themes() -> None:
    assert render_report(_overview(30)) == render_report(_overview(30))


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    soup = _soup(_overview(30))
    assert not soup.find_all(["script", "link", "img", "iframe", "object", "base", "form"])
    assert not [tag for tag in soup.find_all() if tag.get("style") or tag.get("src")]
    assert all(str(a["href"]).startswith("#") for a in soup.find_all("a"))
    [style] = soup.find_all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    digest = b64encode(sha256(style.text.encode()).digest()).decode()
    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_every_link_leads_somewhere() -> None:
    soup = _soup(_overview(20))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in soup.find_all("a")} <= set(ids)


def test_what_comes_from_outside_stays_plain_words() -> None:
    theme = replace(
        _theme(0, ATTACK),
        keywords=(ATTACK,),
        keywords_of={},
        quotes=(Quote(ATTACK, None),),
        parts=(PartOverview(ATTACK, 3),),
    )
    changes = Changes((ThemeEvent(EventKind.BORN, ThemeId(0), 9),), {ThemeId(0): ATTACK}, 1, 1)
    soup = _soup(ThemesOverview(10, (theme,), 0, EN, changes=changes))
    assert not soup.find_all(["script", "img"])
    assert len(soup.find_all("style")) == 1
    for place in ("p.words", "h3 bdi", ".news", ".map", ".index", "dd"):
        assert ATTACK in soup.select(place)[0].text


@pytest.mark.parametrize(
    ("language", "title", "word"),
    [
        ("nl", "Waarover 73 ideeën gaan", "Kaart van de thema’s"),
        ("fr", "De quoi parlent 73 idées", "Carte des thèmes"),
        ("de", "Worum es in 73 Ideen geht", "Karte der Themen"),
        ("en", "What 73 ideas are about", "Map of the themes"),
        ("es", "What 73 ideas are about", "Map of the themes"),
    ],
)
def test_the_page_speaks_the_language_that_was_asked_for(language: str, title: str, word: str) -> None:
    soup = _soup(replace(_overview(3), language=Language(language), ideas=73))
    assert soup.h1 is not None
    assert soup.h1.text == title
    assert soup.html is not None
    assert soup.html["lang"] == ("en" if language == "es" else language)
    assert word in soup.text


def test_people_are_quoted_in_their_language() -> None:
    section = _soup(_overview(1)).find(id="theme-0")
    assert section is not None
    quotes = section.find_all("blockquote")
    assert [(quote["lang"], quote.text.strip()) for quote in quotes] == [
        ("nl", "Een veilig fietspad naar school."),
        ("fr", "Une piste cyclable."),
    ]


def test_a_theme_tells_its_size_its_share_its_words_and_its_parts() -> None:
    section = _soup(replace(_overview(1), ideas=600)).find(id="theme-0")
    assert section is not None
    text = " ".join(section.text.split())
    for told in (
        "300 ideas · 50%",
        "Nederlands fietspad, helm",
        "Français vélo",
        "Fietsen naar school 4",
    ):
        assert told in text


def test_words_that_come_back_stand_alone_where_there_is_one_language() -> None:
    theme = replace(_theme(0, "Fietsen"), keywords_of={NL: ("fietspad", "helm")})
    text = " ".join(_soup(ThemesOverview(10, (theme,), 0, EN)).text.split())
    assert "Words that come back fietspad, helm" in text
    assert "Nederlands" not in text


def test_the_map_is_a_list_too() -> None:
    soup = _soup(_overview(MOST_ON_A_MAP + 5))
    for width in ("wide", "narrow"):
        drawing = soup.find("svg", class_=width)
        assert drawing is not None
        assert len(drawing.find_all("a")) == MOST_ON_A_MAP
        assert all(a["aria-label"] for a in drawing.find_all("a"))
    index = soup.find(class_="index")
    assert index is not None
    assert len(index.find_all("li")) == MOST_ON_A_MAP + 5


def test_before_there_are_themes_people_are_heard_all_the_same() -> None:
    soup = _soup(ThemesOverview(2, (), 2, NL, (Quote("Meer bomen", NL), Quote("Du calme", FR))))
    assert "Nog geen thema’s" in soup.text
    assert [quote.text.strip() for quote in soup.find_all("blockquote")] == ["Meer bomen", "Du calme"]
    assert soup.find("svg") is None


def test_a_table_without_ideas_has_a_page() -> None:
    assert "What 0 ideas are about" in _soup(ThemesOverview(0, (), 0, EN)).text


def test_what_changed_is_told_new_themes_first() -> None:
    labels = {ThemeId(n): name for n, name in enumerate(("Fietsen", "Bomen", "Bus", "Licht", "Stilte"))}
    events = (
        ThemeEvent(EventKind.FADED, ThemeId(4), 3),
        ThemeEvent(EventKind.MERGED, ThemeId(3), 5, ThemeId(0)),
        ThemeEvent(EventKind.SPLIT, ThemeId(0), 4, ThemeId(2)),
        ThemeEvent(EventKind.GREW, ThemeId(0), 1),
        ThemeEvent(EventKind.BORN, ThemeId(2), 6),
    )
    overview = replace(_overview(3), changes=Changes(events, labels, 8, 1))
    section = _soup(overview).find("section", attrs={"aria-labelledby": "news"})
    assert section is not None
    assert "8 ideas are new. 1 idea is no longer there." in section.text
    assert [item.text for item in section.find_all("li")] == [
        "“Bus” is new, with 6 ideas.",
        "“Fietsen” grew by 1 idea.",
        "4 ideas of “Fietsen” are now in a theme of their own: “Bus”.",
        "“Licht” is no longer there; 5 ideas of it went into “Fietsen”.",
        "“Stilte” is no longer there; it had 3 ideas.",
    ]


def test_nothing_that_changed_is_told_as_well() -> None:
    soup = _soup(replace(_overview(3), changes=Changes((), {}, 0, 0)))
    assert "The themes are the same as before." in soup.text


def _file(folder: Path, overview: ThemesOverview) -> str:
    file = folder / "report.html"
    file.write_text(render_report(overview), encoding="utf-8")
    return file.as_uri()


@pytest.mark.browser
@pytest.mark.parametrize("count", [0, 1, 20, 200])
async def test_it_fits_every_screen(page: Page, tmp_path: Path, count: int) -> None:
    address = _file(tmp_path, _overview(count))
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 800})
        await page.goto(address)
        assert await page.evaluate("document.documentElement.scrollWidth") == width
        overlaps, outside = await page.evaluate(LETTERS) if count else (0, 0)
        assert (overlaps, outside) == (0, 0), f"names on the map at {width} pixels"


LETTERS = """() => {
  const map = [...document.querySelectorAll('.map svg')].find(svg => svg.getBoundingClientRect().width)
  const room = map.getBoundingClientRect()
  const boxes = [...map.querySelectorAll('tspan')].map(name => {
    const range = document.createRange()
    range.selectNodeContents(name)
    return range.getBoundingClientRect()
  })
  const parents = [...map.querySelectorAll('tspan')].map(name => name.parentNode)
  let overlaps = 0
  for (let i = 0; i < boxes.length; i++) for (let j = 0; j < i; j++) {
    if (parents[i] === parents[j]) continue
    const across = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left)
    const down = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top)
    const air = .25 * Math.min(boxes[i].height, boxes[j].height)
    overlaps += across > 1 && down > air
  }
  const outside = boxes.filter(box => box.left < room.left - 1 || box.right > room.right + 1).length
  return [overlaps, outside]
}"""


@pytest.mark.browser
async def test_a_circle_leads_to_its_theme(page: Page, tmp_path: Path) -> None:
    await page.goto(_file(tmp_path, _overview(6)))
    await page.locator("svg.wide a").first.click()
    assert page.url.endswith("#theme-0")
    await expect(page.locator("#theme-0")).to_be_in_viewport()
    await page.get_by_role("link", name="Veilig fietsen 4").last.focus()
    await page.keyboard.press("Enter")
    assert page.url.endswith("#theme-4")


def test_no_two_things_are_called_the_same_to_a_screen_reader() -> None:
    soup = _soup(_overview(12))
    labels = [a["aria-label"] for a in soup.select("svg.wide a")]
    assert len(set(labels)) == len(labels)
    assert all(re.search(r"\d+ ideas?$", str(label)) for label in labels)
