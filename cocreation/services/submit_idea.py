"""A message becomes an idea, or joins the one before it."""

from datetime import datetime, timedelta

from cocreation.ideas.digest import MAIN
from cocreation.ideas.idea import Idea, IdeaState, NewIdea, clean_text, has_words
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.media import DOWNLOAD_LIMIT, NewMedia
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.name_resident import name_resident

JOIN_WITHIN = timedelta(minutes=15)
"""A photo or a place this soon after an idea belongs to it."""

WORDS_WITHIN = timedelta(hours=1)
"""Words this soon after a photo or a place say what it is about: the town has asked for them."""


async def submit_idea(work: Work, resident: Resident, submission: Submission, now: datetime) -> Receipt:
    """Keep what the resident sent. The same message handled twice is kept once."""
    await name_resident(work, resident)
    again = None if resident.is_new else await work.ideas.by_message(submission.chat, submission.message)
    if again is not None:
        return Receipt(again.id, _outcome_again(again, submission))
    recent = None if resident.is_new else await _recent(work, resident, submission)
    if clean_text(submission.text):
        return await _keep_words(work, resident, _draft(recent), submission, now)
    return await _keep_without_words(work, resident, recent, submission, now)


async def correct_idea(work: Work, submission: Submission, now: datetime) -> Receipt | None:
    """The resident edited the message in the chat. None where that changes nothing.

    A message that is no idea becomes one: words that were known already and now say something else, or
    words that a photo did not have when it joined an idea.
    """
    text = clean_text(submission.text)
    idea = await work.ideas.by_message(submission.chat, submission.message)
    if not text:
        return None
    if idea is None or idea.state is IdeaState.DRAFT:
        resident = await work.residents.find(submission.chat)
        if resident is None:
            return None
        return await _keep_words(work, resident, _draft(idea), submission, now)
    if idea.state is IdeaState.WITHDRAWN:
        if idea.may_return(now):
            await work.ideas.correct(idea.id, text, now)
        return Receipt(idea.id, Outcome.WITHDRAWN)
    return await _correct(work, idea, text, submission, now)


async def _correct(
    work: Work, idea: Idea, text: str, submission: Submission, now: datetime
) -> Receipt | None:
    is_changed = text != idea.text
    if is_changed:
        await work.ideas.correct(idea.id, text, now)
    photos = await _photos(work, idea.id)
    is_too_large = await _complete(work, idea.id, submission, now)
    if not (is_changed or is_too_large or await _photos(work, idea.id) != photos):
        return None
    outcome = Outcome.CHANGED if has_words(text) else Outcome.KEPT_WITHOUT_WORDS
    return Receipt(idea.id, outcome, is_file_too_large=is_too_large)


async def _photos(work: Work, idea: IdeaId) -> int:
    view = await work.ideas.view(idea)
    return 0 if view is None else len(view.photos)


async def _keep_words(
    work: Work, resident: Resident, draft: Idea | None, submission: Submission, now: datetime
) -> Receipt:
    text = clean_text(submission.text)
    known = None if resident.is_new else await work.ideas.same_text(resident.id, text)
    if known is not None:
        if draft is not None:
            await _hand_over(work, draft, known, now)
        is_too_large = await _complete(work, known.id, submission, now)
        return Receipt(known.id, Outcome.KNOWN, is_file_too_large=is_too_large)
    new = NewIdea(
        text=text,
        created_at=await _written_at(work, submission, now),
        author=resident.id,
        language=resident.language,
        place=submission.place,
        chat=submission.chat,
        message=submission.message,
    )
    if draft is None:
        idea = await work.ideas.add(new)
    else:
        idea = draft.id
        await work.ideas.give_words(draft.id, new, now)
    is_too_large = await _complete(work, idea, submission, now)
    return Receipt(idea, _outcome_of(submission, text), is_too_large)


async def _keep_without_words(
    work: Work, resident: Resident, recent: Idea | None, submission: Submission, now: datetime
) -> Receipt:
    if _is_too_large(submission):
        return Receipt(None, Outcome.FILE_TOO_LARGE)
    if recent is not None:
        await _complete(work, recent.id, submission, now)
        waits = recent.state is IdeaState.DRAFT
        return Receipt(recent.id, Outcome.WAITS_FOR_WORDS if waits else Outcome.JOINED)
    draft = await work.ideas.add(
        NewIdea(
            text="",
            created_at=min(submission.sent_at, now),
            author=resident.id,
            language=resident.language,
            chat=submission.chat,
            message=submission.message,
            state=IdeaState.DRAFT,
        )
    )
    await _complete(work, draft, submission, now)
    return Receipt(draft, Outcome.WAITS_FOR_WORDS)


async def _written_at(work: Work, submission: Submission, now: datetime) -> datetime:
    """When it was sent; where the digest of that time has left already (the town's computer was off, say),
    the beginning of the next one, so that none leaves it out."""
    sent_at = min(submission.sent_at, now)
    reported = await work.digests.last_end(MAIN)
    return sent_at if reported is None else min(max(sent_at, reported), now)


async def _recent(work: Work, resident: Resident, submission: Submission) -> Idea | None:
    """The resident's idea or draft to which what comes now may belong."""
    latest = await work.ideas.latest_of(resident.id, submission.sent_at - WORDS_WITHIN)
    if latest is None or latest.state is IdeaState.DRAFT:
        return latest
    return latest if latest.created_at >= submission.sent_at - JOIN_WITHIN else None


def _draft(idea: Idea | None) -> Idea | None:
    return idea if idea is not None and idea.state is IdeaState.DRAFT else None


async def _hand_over(work: Work, draft: Idea, idea: Idea, now: datetime) -> None:
    """What waited for words belongs to an idea that has them."""
    await work.media.move(draft.id, idea.id)
    if draft.place is not None and idea.place is None:
        await work.ideas.set_place(idea.id, draft.place)
    await work.ideas.set_state(draft.id, IdeaState.WITHDRAWN, now)


async def _complete(work: Work, idea: IdeaId, submission: Submission, now: datetime) -> bool:
    """Add the file and the place that came along. Whether the file was too large to be taken."""
    if submission.place is not None:
        await work.ideas.set_place(idea, submission.place)
    attachment = submission.attachment
    if attachment is None or _is_too_large(submission):
        return attachment is not None
    await work.media.add(NewMedia(idea, attachment.kind, attachment.file_id, attachment.unique_id), now)
    return False


def _outcome_of(submission: Submission, text: str) -> Outcome:
    if submission.is_forwarded:
        return Outcome.KEPT_FORWARDED
    return Outcome.KEPT if has_words(text) else Outcome.KEPT_WITHOUT_WORDS


def _outcome_again(idea: Idea, submission: Submission) -> Outcome:
    match idea.state:
        case IdeaState.DRAFT:
            return Outcome.WAITS_FOR_WORDS
        case IdeaState.WITHDRAWN:
            return Outcome.WITHDRAWN
        case _:
            return _outcome_of(submission, idea.text)


def _is_too_large(submission: Submission) -> bool:
    size = submission.attachment.size if submission.attachment else None
    return size is not None and size > DOWNLOAD_LIMIT
