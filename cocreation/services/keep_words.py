"""Words become an idea, at once or once it is known whose they are."""

from datetime import datetime

from cocreation.ideas.idea import Idea, IdeaState, NewIdea, WordsOf, clean_text, has_words
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.idea_parts import add_part, complete, hand_over, part_of, written_at


async def keep_words(
    work: Work, resident: Resident, draft: Idea | None, submission: Submission, now: datetime
) -> Receipt:
    """Let the words be an idea of their own, or of the draft that waits for some."""
    text = clean_text(submission.text)
    known = None if resident.is_new else await work.ideas.same_text(resident.id, text)
    if known is not None:
        if draft is not None:
            await hand_over(work, draft, known, now)
        return await _add_to_known(work, known, submission, now)
    new = await _new_idea(work, resident, submission, text, now)
    if draft is None:
        idea = await work.ideas.add(new)
        if submission.album is not None:
            await work.parts.keep(part_of(idea, submission, text))
    else:
        idea = draft.id
        await add_part(work, draft, part_of(idea, submission, text))
        await work.ideas.give_words(draft.id, new, now)
    too_large = await complete(work, idea, submission, now)
    return Receipt(idea, outcome_of(submission, text), too_large)


async def _new_idea(
    work: Work, resident: Resident, submission: Submission, text: str, now: datetime
) -> NewIdea:
    return NewIdea(
        text=text,
        created_at=await written_at(work, submission.sent_at, now),
        author=resident.id,
        language=resident.language,
        place=submission.place,
        chat=submission.chat,
        message=submission.message,
        words_of=WordsOf.SOMEBODY_ELSE if submission.is_forwarded else WordsOf.AUTHOR,
    )


async def _add_to_known(work: Work, known: Idea, submission: Submission, now: datetime) -> Receipt:
    if known.state is IdeaState.HIDDEN:
        return Receipt(known.id, Outcome.KNOWN)
    too_large = await complete(work, known.id, submission, now)
    if submission.album is not None:
        await add_part(work, known, part_of(known.id, submission))
    return Receipt(known.id, Outcome.KNOWN, too_large)


async def ask_whose(work: Work, resident: Resident, submission: Submission, now: datetime) -> Receipt:
    """Keep what was passed on, with its words, until the resident has said whose they are."""
    text = clean_text(submission.text)
    draft = await add_draft(work, resident, submission, now, text)
    return Receipt(draft, Outcome.WHOSE, await complete(work, draft, submission, now))


async def add_draft(
    work: Work, resident: Resident, submission: Submission, now: datetime, text: str = ""
) -> IdeaId:
    """What waits for words, or with its words for an answer."""
    draft = await work.ideas.add(
        NewIdea(
            text=text,
            created_at=min(submission.sent_at, now),
            author=resident.id,
            language=resident.language,
            chat=submission.chat,
            message=submission.message,
            state=IdeaState.DRAFT,
            words_of=_whose(submission, text),
        )
    )
    if submission.album is not None:
        await work.parts.keep(part_of(draft, submission, text))
    return draft


def _whose(submission: Submission, text: str) -> WordsOf:
    """Of words that were passed on the resident is asked; a voice that was is somebody else's."""
    if text:
        return WordsOf.ASKED
    is_passed_on = submission.is_forwarded and submission.is_voice
    return WordsOf.SOMEBODY_ELSE if is_passed_on else WordsOf.AUTHOR


def outcome_of(submission: Submission, text: str) -> Outcome:
    if submission.is_forwarded:
        return Outcome.KEPT_FORWARDED
    return Outcome.KEPT if has_words(text) else Outcome.KEPT_WITHOUT_WORDS
