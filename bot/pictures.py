"""Photos as the board shows them: smaller, upright, without what the camera wrote into them."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LARGEST_SIDE = 1600
SMALL = 360
MOST_PIXELS = {"JPEG": 100_000_000, "MPO": 100_000_000}
MOST_PIXELS_ELSE = 16_000_000
"""A JPEG is made smaller while it is unpacked; of others all is unpacked, at four bytes a pixel."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What phones and people send. Others start programs of their own or have seen few attackers."""
QUALITY = 84


class UnreadablePictureError(Exception):
    """The file is no picture, or none that can be opened safely."""


def as_photo(content: bytes) -> bytes:
    """A JPEG of at most LARGEST_SIDE pixels a side, without metadata. Raises UnreadablePictureError."""
    try:
        return _converted(content)
    except Exception as error:  # each format has errors of its own for what is broken
        raise UnreadablePictureError(type(error).__name__) from None


def as_small_photo(content: bytes) -> bytes:
    """One of SMALL pixels a side, to stand inside a page. Raises UnreadablePictureError."""
    try:
        return _converted(content, SMALL)
    except Exception as error:  # as above
        raise UnreadablePictureError(type(error).__name__) from None


def _in_eight_bits(picture: "Image.Image") -> "Image.Image":
    """Scans have grey of 16 bits, which Pillow would cut off instead of making it coarser."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey / 257).convert("L")


def _converted(content: bytes, side: int = LARGEST_SIDE) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - needed when the first photo comes

    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        most = MOST_PIXELS.get(picture.format or "", MOST_PIXELS_ELSE)
        if picture.width * picture.height > most:
            raise UnreadablePictureError("too many pixels")
        picture.draft("RGB", (side, side))
        picture.thumbnail((side, side))
        upright = _in_eight_bits(ImageOps.exif_transpose(picture))
        plain = Image.new("RGB", upright.size, "white")
        layers = upright.convert("RGBA")
        plain.paste(layers, mask=layers.getchannel("A"))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
