"""Ways to choose goals: Morgen's, and what it has to be better than."""

import random
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from benchmarks.frames.labels import Labelled
from benchmarks.frames.measures import Chosen
from cocreation.analysis.encoding import Encoder
from cocreation.analysis.framing import IdeaFraming
from cocreation.analysis.text import is_stop_word, words
from cocreation.ideas.frame import Frame
from cocreation.ideas.framing import MOST_AT_ONCE
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import IdeaText


def by_morgen(frame: Frame, ideas: Sequence[Labelled], encoder: Encoder | None) -> Chosen:
    """As the engine suggests, all ideas being in one town; without an encoder, by words alone."""
    texts = [IdeaText(IdeaId(at), idea.text, idea.language) for at, idea in enumerate(ideas)]
    framing = IdeaFraming([frame], encoder)
    framing.learn(texts)
    return [{each.goal for each in found.get(frame.key, ())} for found in framing.suggestions(texts)]


def by_keywords(frame: Frame, ideas: Sequence[Labelled]) -> Chosen:
    """The goals of which most words stand in the text as they are written, at most two."""
    said = {
        (goal.key, language): _forms(" ".join((*goal.words[language], goal.name[language])), language)
        for goal in frame.goals
        for language in goal.words
    }
    result = []
    for idea in ideas:
        forms = _forms(idea.text, idea.language)
        hits = Counter({goal.key: len(forms & said[goal.key, idea.language]) for goal in frame.goals})
        result.append({goal for goal, count in hits.most_common(MOST_AT_ONCE) if count})
    return result


def most_frequent(tuned_on: Sequence[Labelled], count: int) -> Chosen:
    """The one goal that is labelled most often in the other half, for every idea."""
    goals = Counter(goal for idea in tuned_on for goal in idea.goals)
    return [{goals.most_common(1)[0][0]}] * count


def by_chance(tuned_on: Sequence[Labelled], count: int, rng: random.Random) -> Chosen:
    """The labels of a random idea of the other half, for every idea."""
    return [set(rng.choice(tuned_on).goals) for _ in range(count)]


def _forms(text: str, language: Language) -> AbstractSet[str]:
    return {form.casefold() for form, _, _ in words(text, language) if not is_stop_word(form, language)}
