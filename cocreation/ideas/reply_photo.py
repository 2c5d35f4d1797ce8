"""A photo that goes with an answer of the town."""

from dataclasses import dataclass
from datetime import timedelta

from cocreation.ideas.ids import ReplyPhotoId
from cocreation.ideas.media import MediaState

UNUSED_AFTER = timedelta(days=2)
"""A photo of an answer that was never sent is kept for longer than the answer can still be sent."""


@dataclass(frozen=True, slots=True)
class ReplyPhoto:
    """`file_id` is Telegram's; `path` is relative to the media store and None until the file is there."""

    id: ReplyPhotoId
    file_id: str
    state: MediaState
    attempts: int
    path: str | None
