"""The poster: its code is read, its words stay on the paper, whatever the town is called."""

import io
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import segno
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image, ImageFilter

from bot.cli import cli
from bot.poster import ERROR_CORRECTION, QUIET_ZONE, PaperSize, Poster, PosterFormat, draw_poster
from cocreation.ideas.deep_link import ToProcess, payload
from cocreation.ideas.ids import Language, ProcessId
from cocreation.ideas.town import Town
from sandbox.server import serve
from storage.engine import SqlStorage
from tests.bot.town import a_world

FOUR = tuple(map(Language, ("nl", "fr", "de", "en")))
USERNAME = "wilgenbeke_ideas_bot"
ADDRESS = f"https://t.me/{USERNAME}"
MILLIMETRES_OF_A_POINT = 25.4 / 72
PIXELS_OF_A_MILLIMETRE_AT_ONE_AND_A_HALF_METRES = 0.95
"""What a phone's preview, 1920 pixels wide at 68 degrees, makes of a millimetre at that distance."""
TOWNS = {
    "short": "Mol",
    "usual": "Wilgenbeke",
    "long": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-aan-de-Schelde en omliggende dorpen",
    "one endless word": "W" * 100,
    "right to left": "ירושלים",
    "markup": '#set page(fill: red) "$x$ \\ <b>&',
}


def a_poster(
    name: str = "Wilgenbeke",
    languages: tuple[Language, ...] = FOUR,
    board_url: str | None = "https://ideas.wilgenbeke.example",
    contact: str | None = "privacy@wilgenbeke.example",
    process: str | None = None,
) -> Poster:
    town = Town(name, FOUR, ZoneInfo("Europe/Brussels"), None, frozenset(), languages[0], board_url, contact)
    to = None if process is None else ToProcess(ProcessId(3))
    return Poster(town, USERNAME, languages, to, process)


def read_code(content: bytes | Image.Image) -> zxingcpp.Barcode:
    picture = Image.open(io.BytesIO(content)) if isinstance(content, bytes) else content
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    return found


def letters(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """The box of each letter: left, bottom, right, top, in points from the lower left corner."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        if right > left and top > bottom:
            yield left, bottom, right, top


@pytest.mark.parametrize("name", TOWNS.values(), ids=TOWNS)
@pytest.mark.parametrize("languages", [FOUR, FOUR[:1]], ids=["four languages", "one language"])
def test_the_code_is_read_and_no_letter_lies_on_it_or_off_the_paper(
    name: str, languages: tuple[Language, ...]
) -> None:
    document = pypdfium2.PdfDocument(draw_poster(a_poster(name, languages), PosterFormat.PDF))
    (page,) = document
    width, height = page.get_size()
    assert (width * MILLIMETRES_OF_A_POINT, height * MILLIMETRES_OF_A_POINT) == pytest.approx(
        (210, 297), 0.01
    )
    code = read_code(page.render(scale=2).to_pil())
    assert code.text == ADDRESS
    corners = [code.position.top_left, code.position.bottom_right]
    (from_x, from_y), (to_x, to_y) = [(corner.x / 2, height - corner.y / 2) for corner in corners]
    assert to_x - from_x > 90 / MILLIMETRES_OF_A_POINT
    for left, bottom, right, top in letters(page):
        assert left > 0 and bottom > 0 and right < width and top < height
        assert right < from_x or left > to_x or bottom > from_y or top < to_y


@pytest.mark.parametrize("board_url", [None, "https://ideas.wilgenbeke.example"])
@pytest.mark.parametrize("contact", [None, "privacy@wilgenbeke.example"])
def test_a_poster_says_what_the_settings_know(board_url: str | None, contact: str | None) -> None:
    poster = a_poster(board_url=board_url, contact=contact)
    (page,) = pypdfium2.PdfDocument(draw_poster(poster, PosterFormat.PDF))
    text = " ".join(page.get_textpage().get_text_range().split())
    assert f"t.me/{USERNAME}" in text
    assert "What would you like to see in Wilgenbeke?" in text
    assert ("privacy@wilgenbeke.example" in text) is (contact is not None)
    assert ("ideas.wilgenbeke.example/nl/privacy" in text) is (board_url is not None)


def test_a_phone_reads_the_code_from_one_and_a_half_metres() -> None:
    poster = a_poster(process="Un nouveau parc pour le quartier de la gare")
    whole = Image.open(io.BytesIO(draw_poster(poster, PosterFormat.PNG))).convert("L")
    size = tuple(round(side * PIXELS_OF_A_MILLIMETRE_AT_ONE_AND_A_HALF_METRES) for side in (210, 297))
    seen = whole.rotate(7, fillcolor=128, resample=Image.Resampling.BICUBIC).resize((size[0], size[1]))
    assert read_code(seen.filter(ImageFilter.GaussianBlur(0.7))).text == poster.address


def test_four_modules_of_white_lie_around_the_code() -> None:
    drawn = Image.open(io.BytesIO(draw_poster(a_poster(), PosterFormat.PNG))).convert("L")
    position = read_code(drawn).position
    modules = segno.make_qr(ADDRESS, error=ERROR_CORRECTION).symbol_size(border=0)[0]
    margin = round((position.bottom_right.x - position.top_left.x) / modules * (QUIET_ZONE - 0.2))
    left, top = position.top_left.x, position.top_left.y
    right, bottom = position.bottom_right.x, position.bottom_right.y
    for strip in (
        (left, top - margin, right, top - 3),
        (left, bottom + 3, right, bottom + margin),
        (left - margin, top, left - 3, bottom),
        (right + 3, top, right + margin, bottom),
    ):
        assert drawn.crop(strip).getextrema() == (255, 255)


@pytest.mark.parametrize(("size", "width"), [("a3", 297.0), ("a4", 210.0), ("a5", 148.5)])
def test_every_size_of_paper_has_the_same_drawing(size: str, width: float) -> None:
    poster = a_poster()
    (page,) = pypdfium2.PdfDocument(draw_poster(poster, PosterFormat.PDF, PaperSize(size)))
    assert page.get_width() * MILLIMETRES_OF_A_POINT == pytest.approx(width, abs=0.6)
    png = Image.open(io.BytesIO(draw_poster(poster, PosterFormat.PNG, PaperSize(size))))
    assert png.width == pytest.approx(width / 25.4 * 300, abs=4)
    drawn = page.render(scale=1).to_pil().convert("L")
    assert read_code(drawn).text == read_code(png).text == ADDRESS


def morgen(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["poster", *arguments], prog_name="morgen")


@pytest.fixture
def a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORGEN_TOWN__NAME", "Wilgenbeke")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "name", "begins"),
    [
        ((), "poster.pdf", b"%PDF"),
        (("--format", "svg"), "poster.svg", b"<svg"),
        (("--out", "wall.png"), "wall.png", b"\x89PNG"),
        (("--out", "wall", "--size", "a5"), "wall", b"%PDF"),
        (("--out", "wall.png", "--format", "svg"), "wall.png", b"<svg"),
    ],
)
def test_the_file_is_of_the_kind_that_was_asked_for(
    a_folder: Path, arguments: tuple[str, ...], name: str, begins: bytes
) -> None:
    result = morgen("--username", f"@{USERNAME}", *arguments)
    assert result.exit_code == 0, result.output
    assert f"{name}: its code leads to {ADDRESS}" in result.output
    assert (a_folder / name).read_bytes().startswith(begins)
    assert [file.name for file in a_folder.iterdir()] == [name], "no database is made"


async def test_telegram_tells_the_bots_name(a_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async with serve(a_world(), page=False) as sandbox:
        monkeypatch.setenv("MORGEN_TELEGRAM__TOKEN", sandbox.token)
        monkeypatch.setenv("MORGEN_TELEGRAM__BASE_URL", sandbox.base_url)
        result = await asyncio.to_thread(morgen, "--out", "poster.png")
        assert result.exit_code == 0, result.output
        code = read_code((a_folder / "poster.png").read_bytes())
        assert code.text == f"https://t.me/{sandbox.world.bot.username}"
        monkeypatch.setenv("MORGEN_TELEGRAM__TOKEN", "1:wrong")
        refused = await asyncio.to_thread(morgen)
    unreachable = await asyncio.to_thread(morgen)
    for result, words in ((refused, "check telegram.token"), (unreachable, "--username")):
        assert result.exit_code == 1
        assert words in result.output
        assert len(result.output.splitlines()) == 1


async def test_a_process_has_a_code_of_its_own(a_folder: Path) -> None:
    import asyncio

    (a_folder / "ideas.csv").write_text(
        "id,text,process\n1,Meer schaduw,Speelplein Noord\n", encoding="utf-8"
    )
    imported = await asyncio.to_thread(CliRunner().invoke, cli, ["import", "ideas.csv"])
    assert imported.exit_code == 0
    result = await asyncio.to_thread(
        morgen, "--username", USERNAME, "--process", "Speelplein Noord", "--out", "poster.png"
    )
    assert result.exit_code == 0, result.output
    storage = SqlStorage(f"sqlite:///{a_folder}/data/morgen.db")
    await storage.join()
    async with storage.reading() as work:
        process = await work.processes.called("Speelplein Noord")
        assert await work.processes.called("Speelplein Zuid") is None
    await storage.close()
    assert process is not None
    code = read_code((a_folder / "poster.png").read_bytes())
    assert code.text == f"{ADDRESS}?start={payload(ToProcess(process))}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "telegram.token is missing"),
        (("--username", USERNAME, "--process", "Nergens"), "no process called 'Nergens'"),
        (("--username", USERNAME, "--language", "es"), "not es"),
        (("--username", USERNAME, "--out", "no/such/folder/poster.pdf"), "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_one_clear_line(
    a_folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = morgen(*arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.splitlines()) == 1


def test_what_is_no_bots_name_is_refused(a_folder: Path) -> None:
    result = morgen("--username", "t.me/somebody")
    assert result.exit_code == 2
    assert "no bot's name" in result.output
