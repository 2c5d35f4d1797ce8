"""Photos as the board shows them: smaller, upright, without what the camera wrote into them."""

import io

LARGEST_SIDE = 1600
MOST_PIXELS = 50_000_000
QUALITY = 84


class UnreadablePictureError(Exception):
    """The file is no picture, or none that can be opened safely."""


def as_photo(content: bytes) -> bytes:
    """A JPEG of at most LARGEST_SIDE pixels a side, without metadata. Raises UnreadablePictureError."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - needed when the first photo comes

    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadablePictureError("more than 50 million pixels")
            picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            plain = Image.new("RGB", upright.size, "white")
            layers = upright.convert("RGBA")
            plain.paste(layers, mask=layers.getchannel("A"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnreadablePictureError(type(error).__name__) from None
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return written.getvalue()
