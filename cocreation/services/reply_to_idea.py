"""The town answers an idea: in public, with how far it is."""

from datetime import datetime

from cocreation.errors import IdeaGoneError, NoWordsError, PhotoRefusedError, TooLongError
from cocreation.ideas.idea import IdeaView, clean_text, has_words
from cocreation.ideas.ids import IdeaId, ReplyPhotoId, ResidentId
from cocreation.ideas.media import MediaState
from cocreation.ideas.reply import LONGEST_REPLY, Answer, NewReply, Status
from cocreation.ports import Work


def checked_answer(text: str) -> str:
    """The words of an answer as they are kept. Raises NoWordsError and TooLongError."""
    words = clean_text(text)
    if not has_words(words):
        raise NoWordsError
    if len(words) > LONGEST_REPLY:
        raise TooLongError(limit=LONGEST_REPLY, length=len(words))
    return words


async def sayable(work: Work, answer: Answer) -> Answer:
    """The answer as it is kept. Raises NoWordsError, TooLongError, and PhotoRefusedError for a photo that
    nobody can open."""
    if answer.photo is not None:
        photo = await work.reply_photos.get(answer.photo)
        if photo is None or photo.state is MediaState.REFUSED:
            raise PhotoRefusedError
    return Answer(answer.status, checked_answer(answer.text), answer.photo)


async def answerable(work: Work, idea: IdeaId) -> IdeaView:
    """An idea that everybody can see. Raises IdeaGoneError."""
    view = await work.ideas.view(idea)
    if view is None or not view.idea.is_published:
        raise IdeaGoneError
    return view


async def reply_to_idea(
    work: Work,
    idea: IdeaId,
    status: Status,
    text: str,
    *,
    by: ResidentId | None,
    now: datetime,
    photo: ReplyPhotoId | None = None,
) -> int:
    """Keep an answer and let its author, supporters and followers hear of it; how many they are.

    Whoever calls it shows it on the cards. Raises IdeaGoneError, NoWordsError, TooLongError and
    PhotoRefusedError.
    """
    answer = await sayable(work, Answer(status, text, photo))
    await answerable(work, idea)
    reply = await work.replies.add(NewReply(idea, status, answer.text, by, now, photo))
    return await work.notices.of_reply(reply, now)
