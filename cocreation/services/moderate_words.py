"""What authors say to moderation: an objection, an answer; and what is said in few words."""

from datetime import datetime

from cocreation.errors import ObjectionOverError, QuestionOverError, TooManyWordsError, WordlessError
from cocreation.ideas.idea import clean_text, has_words
from cocreation.ideas.ids import ActId, ResidentId
from cocreation.ideas.moderation import HIDING, LONGEST_WORDS, Act, ActKind, NewAct, Sign
from cocreation.ports import Work
from cocreation.services.moderate_things import hiding_of


def checked_words(text: str) -> str:
    """Raises WordlessError and TooManyWordsError."""
    words = clean_text(text)
    if not has_words(words):
        raise WordlessError
    if len(words) > LONGEST_WORDS:
        raise TooManyWordsError(length=len(words), limit=LONGEST_WORDS)
    return words


async def may_object(work: Work, act: ActId, author: ResidentId) -> Act:
    """The hiding of what this person wrote, as long as it holds. Raises ObjectionOverError."""
    hiding = await work.acts.get(act)
    if hiding is None or hiding.kind not in HIDING or hiding.person != author or not hiding.stands:
        raise ObjectionOverError
    current = await hiding_of(work, hiding.about)
    if current is None or current.id != hiding.id or await work.acts.answer_to(act) is not None:
        raise ObjectionOverError
    return hiding


async def object_to(work: Work, act: ActId, author: ResidentId, text: str, now: datetime) -> Act:
    """Once for each hiding; it waits for facilitators then.

    Raises ObjectionOverError, WordlessError and TooManyWordsError.
    """
    words = checked_words(text)
    hiding = await may_object(work, act, author)
    return await _answer(work, hiding, ActKind.OBJECT, words, now)


async def may_answer(work: Work, act: ActId, author: ResidentId) -> Act:
    """The question to this person, as long as it is open. Raises QuestionOverError."""
    asked = await work.acts.get(act)
    if asked is None or asked.kind is not ActKind.ASK or asked.person != author or not asked.stands:
        raise QuestionOverError
    if await work.acts.answer_to(act) is not None:
        raise QuestionOverError
    return asked


async def answer_question(work: Work, act: ActId, author: ResidentId, text: str, now: datetime) -> Act:
    """It waits for facilitators again. Raises QuestionOverError, WordlessError and TooManyWordsError."""
    words = checked_words(text)
    asked = await may_answer(work, act, author)
    return await _answer(work, asked, ActKind.ANSWER, words, now)


async def _answer(work: Work, to: Act, kind: ActKind, words: str, now: datetime) -> Act:
    sign = Sign.OBJECTION if kind is ActKind.OBJECT else Sign.ANSWER
    case = await work.moderation.open(to.about, frozenset([sign]), now)
    said = NewAct(kind, to.what, now, to.person, to.about, case.id, to.person, answers=to.id)
    made = await work.acts.get(await work.acts.add(said, words))
    if made is None:
        raise QuestionOverError
    return made
