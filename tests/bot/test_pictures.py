"""Photos become small, upright JPEGs that tell nothing but what they show."""

import io
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.pictures import LARGEST_SIDE, UnreadablePictureError, as_photo

ORIENTATION = 0x0112


def written(image: Image.Image, format: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def colour(photo: bytes) -> tuple[float, ...]:
    found = read(photo).getpixel((5, 5))
    assert isinstance(found, tuple)
    return found


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
def test_usual_formats_are_taken(format: str) -> None:
    photo = read(as_photo(written(Image.new("RGB", (3000, 1000), "seagreen"), format)))
    assert photo.format == "JPEG"
    assert photo.width == LARGEST_SIDE
    assert photo.height == pytest.approx(LARGEST_SIDE / 3, abs=1)


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    image = Image.new("RGB", (400, 200), "seagreen")
    exif = image.getexif()
    exif[ORIENTATION] = 6
    photo = read(as_photo(written(image, "JPEG", exif=exif)))
    assert photo.size == (200, 400)
    assert not photo.getexif()


def test_what_is_transparent_becomes_white() -> None:
    photo = read(as_photo(written(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")))
    pixel = photo.getpixel((10, 10))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_the_inks_of_a_printer_become_the_colours_of_a_screen(format: str) -> None:
    printed = written(Image.new("CMYK", (50, 50), (0, 255, 255, 0)), format)
    assert colour(as_photo(printed)) == pytest.approx((255, 0, 0), abs=4)


def test_the_fine_grey_of_a_scan_stays_grey() -> None:
    scanned = written(Image.new("I;16", (50, 50), 30_000), "PNG")
    assert colour(as_photo(scanned)) == pytest.approx((117, 117, 117), abs=2)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_beginning_stays(format: str) -> None:
    first, then = Image.new("RGB", (50, 50), "red"), Image.new("RGB", (50, 50), "blue")
    moving = written(first, format, save_all=True, append_images=[then])
    assert colour(as_photo(moving)) == pytest.approx((255, 0, 0), abs=4)


def test_what_telephones_alone_can_read_is_refused() -> None:
    heic = bytes.fromhex("00000018667479706865696300000000") + b"mif1heic" + bytes(100)
    with pytest.raises(UnreadablePictureError):
        as_photo(heic)


def test_more_pixels_than_a_camera_has_are_refused_before_they_are_unpacked() -> None:
    bomb = written(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(UnreadablePictureError):
        as_photo(bomb)


@given(st.binary(max_size=200))
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        as_photo(content)


@given(st.integers(1, 2000))
def test_a_file_cut_short_is_refused_or_read(length: int) -> None:
    whole = written(Image.new("RGB", (300, 300), "seagreen"), "JPEG")
    with suppress(UnreadablePictureError):
        assert read(as_photo(whole[:length])).format == "JPEG"


@pytest.mark.parametrize(
    "content", [b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"DDS " + bytes(200)]
)
def test_formats_that_start_programs_or_that_nobody_sends_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        as_photo(content)


def test_a_picture_of_many_pixels_takes_little_memory() -> None:
    large = written(Image.new("RGBA", (3900, 3900), (0, 100, 0, 128)), "PNG")
    tracemalloc.start()
    as_photo(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
    with pytest.raises(UnreadablePictureError):
        as_photo(written(Image.new("RGBA", (5000, 5000)), "PNG"))
