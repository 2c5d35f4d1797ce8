"""A message becomes an idea, or joins the one before it."""

from datetime import datetime, timedelta

from cocreation.ideas.idea import Idea, IdeaState, NewIdea, clean_text, has_words
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.media import DOWNLOAD_LIMIT, NewMedia
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work

JOIN_WITHIN = timedelta(minutes=15)
"""A photo or a place this soon after an idea belongs to it."""


async def submit_idea(work: Work, resident: Resident, submission: Submission, now: datetime) -> Receipt:
    """Keep what the resident sent. The same message handled twice is kept once."""
    if clean_text(submission.text):
        return await _keep_words(work, resident, submission, now)
    return await _keep_without_words(work, resident, submission, now)


async def correct_idea(work: Work, submission: Submission, now: datetime) -> Receipt | None:
    """The resident edited the message in the chat. None where the message never was an idea."""
    idea = await work.ideas.by_message(submission.chat, submission.message)
    text = clean_text(submission.text)
    if idea is None or not text:
        return None
    if text != idea.text:
        await work.ideas.correct(idea.id, text, now)
    return Receipt(idea.id, Outcome.CHANGED)


async def _keep_words(work: Work, resident: Resident, submission: Submission, now: datetime) -> Receipt:
    text = clean_text(submission.text)
    if not resident.is_new:
        known = await _already_here(work, resident, submission, text, now)
        if known is not None:
            await _attach(work, known.idea, submission, now)
            return known
    idea = await work.ideas.add(
        NewIdea(
            text=text,
            created_at=submission.sent_at,
            author=resident.id,
            language=resident.language,
            place=submission.place,
            chat=submission.chat,
            message=submission.message,
        )
    )
    too_large = await _attach(work, idea, submission, now)
    return Receipt(idea, _outcome_of(submission, text), resident.is_new, too_large)


def _outcome_of(submission: Submission, text: str) -> Outcome:
    if submission.is_forwarded:
        return Outcome.KEPT_FORWARDED
    return Outcome.KEPT if has_words(text) else Outcome.KEPT_WITHOUT_WORDS


async def _already_here(
    work: Work, resident: Resident, submission: Submission, text: str, now: datetime
) -> Receipt | None:
    same = await work.ideas.same_text(resident.id, text)
    if same is not None:
        return Receipt(same.id, Outcome.KNOWN)
    draft = await _recent(work, resident, now)
    if draft is None or draft.state is not IdeaState.DRAFT:
        return None
    await work.ideas.correct(draft.id, text, now)
    await work.ideas.set_state(draft.id, IdeaState.PUBLISHED, now)
    return Receipt(draft.id, Outcome.KEPT)


async def _keep_without_words(
    work: Work, resident: Resident, submission: Submission, now: datetime
) -> Receipt:
    if submission.attachment is not None and _is_too_large(submission):
        return Receipt(None, Outcome.FILE_TOO_LARGE)
    recent = await _recent(work, resident, now)
    if recent is None:
        draft = await work.ideas.add(
            NewIdea(
                text="",
                created_at=submission.sent_at,
                author=resident.id,
                language=resident.language,
                place=submission.place,
                chat=submission.chat,
                message=submission.message,
                state=IdeaState.DRAFT,
            )
        )
        await _attach(work, draft, submission, now)
        return Receipt(draft, Outcome.WAITS_FOR_WORDS, resident.is_new)
    await _attach(work, recent.id, submission, now)
    if submission.place is not None:
        await work.ideas.set_place(recent.id, submission.place)
    waits = recent.state is IdeaState.DRAFT
    return Receipt(recent.id, Outcome.WAITS_FOR_WORDS if waits else Outcome.JOINED)


async def _recent(work: Work, resident: Resident, now: datetime) -> Idea | None:
    return await work.ideas.latest_of(resident.id, now - JOIN_WITHIN)


async def _attach(work: Work, idea: IdeaId | None, submission: Submission, now: datetime) -> bool:
    """Whether the file was too large to be taken."""
    attachment = submission.attachment
    if attachment is None or idea is None:
        return False
    if _is_too_large(submission):
        return True
    await work.media.add(NewMedia(idea, attachment.kind, attachment.file_id, attachment.unique_id), now)
    return False


def _is_too_large(submission: Submission) -> bool:
    size = submission.attachment.size if submission.attachment else None
    return size is not None and size > DOWNLOAD_LIMIT
