"""A resident corrects what they wrote, in the chat or by a button."""

from dataclasses import replace
from datetime import datetime

from cocreation.errors import NotFoundError
from cocreation.ideas.idea import Idea, IdeaState, Place, WordsOf, clean_text, has_words
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.part import PLACE_NAME, Part, words_of
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.add_by_button import is_place_name
from cocreation.services.idea_parts import add_part, complete, part_of
from cocreation.services.keep_words import keep_words
from cocreation.services.may_write import may_write
from cocreation.services.outcomes import how_it_stands
from cocreation.services.own_idea import own_idea


async def correct_idea(work: Work, submission: Submission, now: datetime) -> Receipt | None:
    """The resident edited the message in the chat. None where that changes nothing.

    What was no idea does not become one in this way: it may be what somebody searched for, or an answer that
    they wrote. A caption below a photo that joined an idea without words is added to what that says.
    """
    text = clean_text(submission.text)
    idea = await work.ideas.by_message(submission.chat, submission.message)
    if not text or idea is None:
        return None
    if idea.author is not None:
        await may_write(work, idea.author, now)
    if _waits_for_words(idea):
        resident = await work.residents.find(submission.chat)
        if resident is None:
            return None
        return await keep_words(work, resident, idea, submission, now)
    if await _names_place(work, submission):
        return await _correct_place(work, idea, text)
    if idea.state in (IdeaState.WITHDRAWN, IdeaState.HIDDEN):
        # What is hidden may be shown again, with the words at which facilitators have looked.
        if idea.may_return(now):
            await work.ideas.correct(idea.id, await _words(work, idea, submission, text), now)
        return Receipt(idea.id, how_it_stands(idea))
    return await _correct(work, idea, text, submission, now)


async def replace_words(
    work: Work, author: ResidentId, idea: IdeaId, submission: Submission, now: datetime
) -> Receipt:
    """Let an idea say what this message says, whatever its messages said. Raises NotFoundError and
    NotYoursError."""
    own = await own_idea(work, author, idea)
    await may_write(work, author, now)
    text = clean_text(submission.text)
    if not own.is_published or not text:
        raise NotFoundError
    await add_part(work, own, part_of(own.id, submission))
    if await _is_another(work, own, text):
        return Receipt(own.id, Outcome.SAME_AS_ANOTHER, await complete(work, own.id, submission, now))
    await work.ideas.correct(own.id, await _only(work, part_of(own.id, submission, text)), now)
    too_large = await complete(work, own.id, submission, now)
    return Receipt(own.id, _outcome(text), is_file_too_large=too_large)


async def _correct(
    work: Work, idea: Idea, text: str, submission: Submission, now: datetime
) -> Receipt | None:
    if idea.is_published and await _is_another(work, idea, text):
        return Receipt(idea.id, Outcome.SAME_AS_ANOTHER, await complete(work, idea.id, submission, now))
    words = await _words(work, idea, submission, text)
    is_changed = words != idea.text
    if is_changed:
        await work.ideas.correct(idea.id, words, now)
    photos = await _photos(work, idea.id)
    is_too_large = await complete(work, idea.id, submission, now)
    if not (is_changed or is_too_large or await _photos(work, idea.id) != photos):
        return None
    if idea.words_of is WordsOf.ASKED:
        return Receipt(idea.id, Outcome.WHOSE, is_file_too_large=is_too_large)
    return Receipt(idea.id, _outcome(words), is_file_too_large=is_too_large)


async def _names_place(work: Work, submission: Submission) -> bool:
    part = await work.parts.at(submission.chat, submission.message)
    return part is not None and part.album == PLACE_NAME


async def _correct_place(work: Work, idea: Idea, text: str) -> Receipt | None:
    if not idea.is_published or not is_place_name(text):
        return None
    await work.ideas.set_place(idea.id, replace(idea.place or Place(), name=text))
    return Receipt(idea.id, Outcome.CHANGED)


async def _words(work: Work, idea: Idea, submission: Submission, text: str) -> str:
    """What the idea says when one of its messages says this."""
    parts = await work.parts.of(idea.id)
    if not parts:
        return text
    own = next((part for part in parts if part.message == submission.message), None)
    if own is not None and (own.text or submission.attachment is not None):
        await work.parts.keep(replace(own, text=text))
        return words_of(await work.parts.of(idea.id))
    # It was replaced by a button, and now the author corrects it all the same.
    return await _only(work, part_of(idea.id, submission, text))


async def _only(work: Work, part: Part) -> str:
    """Let this message alone say what the idea says."""
    await work.parts.silence(part.idea)
    await work.parts.keep(part)
    return part.text


async def _is_another(work: Work, idea: Idea, text: str) -> bool:
    """Whether another idea of the same author has these words: they count once."""
    if text == idea.text or idea.author is None:
        return False
    known = await work.ideas.same_text(idea.author, text)
    return known is not None and known.id != idea.id


async def _photos(work: Work, idea: IdeaId) -> int:
    view = await work.ideas.view(idea)
    return 0 if view is None else len(view.photos)


def _waits_for_words(idea: Idea) -> bool:
    return idea.state is IdeaState.DRAFT and idea.words_of is not WordsOf.ASKED


def _outcome(text: str) -> Outcome:
    return Outcome.CHANGED if has_words(text) else Outcome.KEPT_WITHOUT_WORDS
