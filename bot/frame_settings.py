"""The town's own frames, from its files."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot import setting_values as values
from bot.setting_faults import Fault, SettingsError
from cocreation.ideas.frame import MOST_FRAMES, Frame, FrameError, all_frames, read_frame

KEY = "frames.files"


class FrameSettings(BaseModel):
    """[frames]"""

    model_config = ConfigDict(frozen=True, extra="forbid")

    files: values.Paths = Field(
        default=(), description="a list of files or folders with frames, such as ['frames/school.toml']"
    )

    @cached_property
    def all(self) -> tuple[Frame, ...]:
        """The included frames and the town's own, read once. Raises SettingsError."""
        try:
            return all_frames(frames_in(self.files))
        except ValueError as error:
            raise SettingsError([Fault(KEY, f"{KEY}: {error}")]) from None


def frames_in(paths: Iterable[Path]) -> Sequence[Frame]:
    """The frames of the files, and of the .toml files in the folders. Raises ValueError in plain words."""
    frames: dict[str, tuple[Frame, Path]] = {}
    for file in (file for path in paths for file in _files(path)):
        frame = _read(file)
        if frame.key in frames:
            raise ValueError(f"{file} and {frames[frame.key][1]} both have the key {frame.key!r}")
        frames[frame.key] = frame, file
    if len(frames) > MOST_FRAMES:
        raise ValueError(f"there are {len(frames)} frames, and {MOST_FRAMES} is the most")
    return [frame for frame, _ in frames.values()]


def _files(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    if not (found := sorted(path.glob("*.toml"))):
        raise ValueError(f"there is no .toml file in {path}")
    return found


def _read(file: Path) -> Frame:
    try:
        return read_frame(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"{file} must be UTF-8 text; the byte at {error.start} is not") from None
    except FrameError as error:
        raise ValueError(f"{file}: {error}") from None
