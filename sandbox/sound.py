"""How long a recorded sound is, read off its own bytes."""

import io
import wave

_OPUS_RATE = 48_000


def seconds_of(content: bytes) -> int | None:
    """Give the length of an Ogg Opus or WAV recording in whole seconds; None where it does not say."""
    if content.startswith(b"OggS") and b"OpusHead" in content[:128]:
        last = content.rfind(b"OggS")
        samples = int.from_bytes(content[last + 6 : last + 14], "little", signed=True)
        return max(round(samples / _OPUS_RATE), 1)
    if content.startswith(b"RIFF"):
        try:
            with wave.open(io.BytesIO(content)) as sound:
                seconds: float = sound.getnframes() / sound.getframerate()
        except (wave.Error, EOFError, ZeroDivisionError):
            return None
        return max(round(seconds), 1)
    return None
