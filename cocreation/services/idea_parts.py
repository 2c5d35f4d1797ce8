"""An idea grows by further messages: photos, places, a second thought."""

from dataclasses import replace
from datetime import datetime

from cocreation.ideas.digest import MAIN
from cocreation.ideas.idea import Idea, IdeaState
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.media import DOWNLOAD_LIMIT, NewMedia
from cocreation.ideas.part import Part
from cocreation.ideas.submission import Submission
from cocreation.ports import Work


def part_of(idea: IdeaId, submission: Submission, text: str = "") -> Part:
    return Part(submission.chat, submission.message, idea, text, submission.album)


async def add_part(work: Work, idea: Idea, part: Part) -> None:
    """Let a message belong to an idea besides those that do."""
    if not await work.parts.of(idea.id) and idea.chat is not None and idea.message is not None:
        await work.parts.keep(Part(idea.chat, idea.message, idea.id, idea.text))
    await work.parts.keep(part)


async def complete(work: Work, idea: IdeaId, submission: Submission, now: datetime) -> bool:
    """Add the file and the place that came along. Whether the file was too large to be taken."""
    if submission.place is not None:
        await work.ideas.set_place(idea, submission.place)
    attachment = submission.attachment
    if attachment is None or is_too_large(submission):
        return attachment is not None
    await work.media.add(
        NewMedia(
            idea,
            attachment.kind,
            attachment.file_id,
            attachment.unique_id,
            submission.message,
            attachment.seconds,
        ),
        now,
    )
    return False


async def hand_over(work: Work, draft: Idea, idea: Idea, now: datetime) -> None:
    """What waited for words belongs to an idea that has them. To one that is hidden nothing is added: it may
    be shown again, and nobody would have looked at that."""
    if idea.state is not IdeaState.HIDDEN:
        await work.media.move(draft.id, idea.id)
        if draft.place is not None and idea.place is None:
            await work.ideas.set_place(idea.id, draft.place)
        for part in await work.parts.of(draft.id):
            await add_part(work, idea, replace(part, idea=idea.id, text=""))
    await work.ideas.set_state(draft.id, IdeaState.WITHDRAWN, now)


async def written_at(work: Work, sent_at: datetime, now: datetime) -> datetime:
    """When an idea was sent; where the digest of that time has left already (the town's computer was off,
    say), the beginning of the next one, so that none leaves it out."""
    moment = min(sent_at, now)
    reported = await work.digests.last_end(MAIN)
    return moment if reported is None else min(max(moment, reported), now)


def is_too_large(submission: Submission) -> bool:
    size = submission.attachment.size if submission.attachment else None
    return size is not None and size > DOWNLOAD_LIMIT
