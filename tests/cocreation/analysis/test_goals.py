"""Ideas are laid onto goals by what they mean and by their words, and each suggestion says what led there."""

from datetime import UTC, datetime

import pytest

from cocreation.analysis.encoding import installed_encoder
from cocreation.analysis.framing import IdeaFraming
from cocreation.ideas.frame import FrameKey, GoalKey, included_frames, read_frame
from cocreation.ideas.framing import MOST_AT_ONCE
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import IdeaText
from cocreation.services.lay_ideas import lay_ideas
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SDGS = FrameKey("sdgs")
TEXTS = {
    "nl": ("Meer zonnepanelen op elk dak", "7"),
    "fr": ("Des toilettes publiques propres et ouvertes le dimanche", "6"),
    "de": ("Mehr Photovoltaik und Windräder für saubere Energie", "7"),
    "en": ("Better teachers and smaller classes in our schools", "4"),
}


def ideas() -> list[IdeaText]:
    return [
        IdeaText(IdeaId(at), text, Language(language))
        for at, (language, (text, _)) in enumerate(TEXTS.items())
    ]


@pytest.mark.parametrize("knows_meaning", [True, False], ids=["meaning", "words alone"])
def test_what_is_plainly_about_a_goal_lies_on_it_in_every_language(knows_meaning: bool) -> None:
    framing = IdeaFraming(included_frames(), installed_encoder() if knows_meaning else None)
    framing.learn(ideas())
    for (text, goal), found in zip(TEXTS.values(), framing.suggestions(ideas()), strict=True):
        first = found[SDGS][0]
        assert first.goal == GoalKey(goal), text
        assert first.words
        assert all(word in text for word in first.words)
        assert all(len(each) <= MOST_AT_ONCE for each in found.values())


@pytest.mark.parametrize("text", ["???", "", "👍 👍", "1 2 3"])
@pytest.mark.parametrize("knows_meaning", [True, False], ids=["meaning", "words alone"])
def test_what_has_no_words_lies_on_no_goal(text: str, knows_meaning: bool) -> None:
    framing = IdeaFraming(included_frames(), installed_encoder() if knows_meaning else None)
    assert list(framing.suggestions([IdeaText(IdeaId(1), text)])) == [{}]


def test_another_frame_or_encoder_is_another_version() -> None:
    frames = included_frames()
    own = read_frame(
        'key = "a"\nsource = "b"\nname = { en = "c" }\n[[goals]]\nkey = "d"\nname = { en = "e" }\n'
        'words = { en = ["trees"] }\n'
    )
    versions = {
        IdeaFraming(some, encoder).version
        for some in (frames, frames[1:], [*frames[:3], own])
        for encoder in (installed_encoder(), None)
    }
    assert len(versions) == 6


async def test_ideas_are_read_once_and_again_when_a_frame_changes(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        written = [await work.ideas.add(NewIdea(text, NOW)) for text, _ in TEXTS.values()]
    framing = IdeaFraming(included_frames()[:1], None)
    assert not (await lay_ideas(storage, framing)).is_more
    async with storage.reading() as work:
        assert await work.frames.unread(framing.version, 9) == []
        found = await work.frames.suggested(SDGS, written)
        assert [found[idea][0].goal for idea in written] == [goal for _, goal in TEXTS.values()]
    other = IdeaFraming(included_frames()[1:2], None)
    await lay_ideas(storage, other)
    async with storage.reading() as work:
        assert await work.frames.suggested(SDGS, written) == {}
        assert await work.frames.unread(other.version, 9) == []
