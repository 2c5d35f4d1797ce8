"""What somebody said becomes words: a facilitator types them, or a machine."""

from dataclasses import replace
from datetime import datetime

from cocreation.errors import NoWordsError, WordsThereError
from cocreation.ideas.idea import Idea, IdeaState, NewIdea, WordsOf, clean_text, has_words
from cocreation.ideas.ids import IdeaId
from cocreation.ports import Work
from cocreation.services.idea_parts import written_at
from cocreation.services.may_write import may_write


async def waiting_for_words(work: Work, idea: IdeaId) -> Idea:
    """An idea whose voice message nobody has typed yet. Raises WordsThereError."""
    found = await work.ideas.get(idea)
    if found is None or found.state is not IdeaState.DRAFT or found.words_of is WordsOf.ASKED:
        raise WordsThereError
    return found


async def type_words(work: Work, idea: IdeaId, text: str, now: datetime) -> None:
    """Publish a voice message with what it says. Raises WordsThereError, and NoWordsError for a text without
    any."""
    draft = await waiting_for_words(work, idea)
    words = clean_text(text)
    if not has_words(words):
        raise NoWordsError
    said_at = await written_at(work, draft.created_at, now)
    new = NewIdea(words, said_at, draft.author, draft.language, chat=draft.chat, message=draft.message)
    await work.ideas.give_words(idea, new, now)
    # Its words are the voice message's; whatever came with it keeps none.
    for part in await work.parts.of(idea):
        text = words if part.message == draft.message else ""
        await work.parts.keep(replace(part, text=text))


async def type_heard(work: Work, idea: IdeaId, text: str, now: datetime) -> None:
    """The same by a machine: what somebody said who is blocked meanwhile waits for a facilitator. Raises
    BlockedError as well."""
    draft = await waiting_for_words(work, idea)
    if draft.author is not None:
        await may_write(work, draft.author, now)
    await type_words(work, idea, text, now)
