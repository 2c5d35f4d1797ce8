"""People split a thought over two messages: its author lets the second be the rest of the first."""

from dataclasses import replace
from datetime import datetime

from cocreation.errors import (
    JoinTooLateError,
    NotFoundError,
    NotYoursError,
    OthersSpokeError,
    TooLateError,
)
from cocreation.ideas.idea import UNDO_WITHIN, Idea, NewIdea
from cocreation.ideas.ids import IdeaId, MessageId
from cocreation.ideas.joining import OFFER_LASTS
from cocreation.ideas.part import Part, words_of
from cocreation.ideas.resident import Resident
from cocreation.ports import Work
from cocreation.services.idea_parts import add_part


async def join_ideas(
    work: Work, author: Resident, later: MessageId, earlier: MessageId, now: datetime
) -> tuple[IdeaId | None, IdeaId]:
    """Let the idea with the message `later` be the rest of the one with `earlier`. Gives the idea that is no
    more, None where they are one already, and the one that holds both.

    What others gave to the later one goes to the earlier. Raises NotFoundError where one of them is not there
    any more, NotYoursError, JoinTooLateError and OthersSpokeError.
    """
    rest = await _own(work, author, later)
    whole = await _own(work, author, earlier)
    if rest.id == whole.id:
        return None, whole.id
    if now - rest.created_at > OFFER_LASTS:
        raise JoinTooLateError
    view = await work.ideas.view(rest.id)
    if view is None or view.comments or rest.status is not None:
        raise OthersSpokeError
    for part in await _parts(work, rest):
        await add_part(work, whole, replace(part, idea=whole.id))
    if whole.place is None and rest.place is not None:
        await work.ideas.set_place(whole.id, rest.place)
    await work.ideas.absorb(whole.id, rest.id)
    await work.ideas.correct(whole.id, words_of(await work.parts.of(whole.id)), now)
    return rest.id, whole.id


async def part_ideas(work: Work, author: Resident, later: MessageId, now: datetime) -> tuple[IdeaId, IdeaId]:
    """Undo it: the message is an idea of its own again. Gives that and the one that it leaves.

    Supports stay with the other. Raises NotFoundError where it is not joined any more, or nothing would be
    left of the other; NotYoursError; and TooLateError once a day has passed.
    """
    whole = await _own(work, author, later)
    part = None if whole.chat is None else await work.parts.at(whole.chat, later)
    if part is None or not part.text or whole.message == later:
        raise NotFoundError
    if whole.edited_at is not None and now - whole.edited_at > UNDO_WITHIN:
        raise TooLateError
    parts = await work.parts.of(whole.id)
    is_its = [each for each in parts if _came_with(each, part)]
    left = words_of(each for each in parts if not _came_with(each, part))
    if not left:
        raise NotFoundError
    rest = await work.ideas.add(
        NewIdea(
            text=words_of(is_its),
            created_at=whole.created_at,
            author=author.id,
            language=whole.language,
            chat=part.chat,
            message=later,
        )
    )
    await work.ideas.take_after(rest, whole.id)
    for each in is_its:
        await work.parts.keep(replace(each, idea=rest))
    await work.media.move_of([each.message for each in is_its], whole.id, rest)
    await work.ideas.correct(whole.id, left, now)
    return rest, whole.id


async def _own(work: Work, author: Resident, message: MessageId) -> Idea:
    """The idea that a message in its author's own chat belongs to."""
    idea = None if author.chat is None else await work.ideas.by_message(author.chat, message)
    if idea is None or not idea.is_published:
        raise NotFoundError
    if idea.author != author.id:
        raise NotYoursError
    return idea


async def _parts(work: Work, idea: Idea) -> list[Part]:
    parts = list(await work.parts.of(idea.id))
    if parts or idea.chat is None or idea.message is None:
        return parts
    return [Part(idea.chat, idea.message, idea.id, idea.text)]


def _came_with(each: Part, part: Part) -> bool:
    return each.message == part.message or (part.album is not None and each.album == part.album)
