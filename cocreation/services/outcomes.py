"""What is said of an idea that is there already."""

from cocreation.ideas.idea import Idea, IdeaState, WordsOf, has_words
from cocreation.ideas.submission import Outcome
from cocreation.ports import Work


def how_it_stands(idea: Idea, has_voice: bool = False) -> Outcome:
    """What the card says of an idea to which nothing has happened just now."""
    if idea.state is IdeaState.WITHDRAWN:
        return Outcome.WITHDRAWN
    if idea.state is IdeaState.DRAFT:
        if idea.words_of is WordsOf.ASKED:
            return Outcome.WHOSE
        return Outcome.VOICE_WAITS if has_voice else Outcome.WAITS_FOR_WORDS
    if idea.words_of is WordsOf.SOMEBODY_ELSE:
        return Outcome.KEPT_FORWARDED
    return Outcome.KEPT if has_words(idea.text) else Outcome.KEPT_WITHOUT_WORDS


async def how_it_waits(work: Work, idea: Idea) -> Outcome:
    """What is said when a photo or a place was added to it."""
    if idea.state is IdeaState.PUBLISHED:
        return Outcome.JOINED
    return how_it_stands(idea, has_voice=await work.media.voice_of(idea.id) is not None)
