"""Small files to send."""

import io
import wave

from PIL import Image

RATE = 8000


def picture(color: str = "green", size: tuple[int, int] = (400, 300), kind: str = "JPEG") -> bytes:
    """Make a picture of one colour; `size` in pixels."""
    written = io.BytesIO()
    Image.new("RGB", size, color).save(written, kind)
    return written.getvalue()


def sound(seconds: int = 2) -> bytes:
    """Make a WAV of silence."""
    written = io.BytesIO()
    with wave.open(written, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(RATE)
        made.writeframes(b"\x80" * RATE * seconds)
    return written.getvalue()


def opus(seconds: int) -> bytes:
    """Make the first and the last page of an Ogg Opus recording, which say how long it is."""
    begin = b"OggS\x00\x02" + bytes(8) + bytes(12) + b"\x01\x13" + b"OpusHead" + bytes(11)
    end = b"OggS\x00\x04" + (48_000 * seconds).to_bytes(8, "little") + bytes(12) + b"\x01\x01\x00"
    return begin + end
