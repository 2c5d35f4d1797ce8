"""Reads a Telegram message as a submission: words, photo, place."""

import re
from datetime import timedelta

from telegram import Message, MessageOriginUser, PhotoSize

from cocreation.ideas.idea import Place, clean_text
from cocreation.ideas.ids import ChatId, MessageId
from cocreation.ideas.media import DOWNLOAD_LIMIT, MediaKind
from cocreation.ideas.submission import Attachment, Submission

_COMMAND = re.compile(r"^/idea(@\w+)?(\s+|$)")
"""What some write below a photo, since that is how it goes in groups."""


def read_submission(message: Message) -> Submission:
    """What the resident sent. Words may be a text or a caption."""
    return Submission(
        chat=ChatId(message.chat_id),
        message=MessageId(message.message_id),
        sent_at=message.date,
        text=message.text or _COMMAND.sub("", message.caption or "", count=1),
        attachment=_attachment(message),
        place=_place(message),
        is_forwarded=_is_forwarded(message),
        album=message.media_group_id,
    )


def _is_forwarded(message: Message) -> bool:
    """Whether somebody else may have written it: people pass on what they wrote themselves, too."""
    origin = message.forward_origin
    if origin is None:
        return False
    is_own = isinstance(origin, MessageOriginUser) and origin.sender_user == message.from_user
    return not is_own


def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        photo = _best_size(message.photo)
        return Attachment(MediaKind.PHOTO, photo.file_id, photo.file_unique_id, photo.file_size)
    voice = message.voice
    if voice is not None:
        seconds = int(_seconds(voice.duration))
        return Attachment(MediaKind.VOICE, voice.file_id, voice.file_unique_id, voice.file_size, seconds)
    document = message.document
    if document is not None and (document.mime_type or "").startswith("image/"):
        return Attachment(MediaKind.PHOTO, document.file_id, document.file_unique_id, document.file_size)
    return None


def _seconds(duration: int | timedelta) -> float:
    return duration.total_seconds() if isinstance(duration, timedelta) else duration


def _best_size(sizes: tuple[PhotoSize, ...]) -> PhotoSize:
    within = [size for size in sizes if (size.file_size or 0) <= DOWNLOAD_LIMIT]
    return max(within or sizes, key=lambda size: size.width * size.height)


def _place(message: Message) -> Place | None:
    venue = message.venue
    if venue is not None:
        name = clean_text(venue.title or venue.address)
        return Place(venue.location.latitude, venue.location.longitude, name or None)
    if message.location is not None:
        return Place(message.location.latitude, message.location.longitude)
    return None
