"""Whatever an author joins, parts, corrects and replaces: each idea says what its messages say."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Submission
from cocreation.services.correct_idea import correct_idea, replace_words
from cocreation.services.join_ideas import join_ideas, part_ideas
from cocreation.services.submit_idea import submit_idea
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ANN = ChatId(41)
WHICH = st.integers(0, 30)


@dataclass
class Expected:
    """An idea of the model: what each of its messages says, "" where that was replaced."""

    first: int
    says: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.says[message] for message in sorted(self.says) if self.says[message])

    def say_only(self, message: int, text: str) -> None:
        self.says = dict.fromkeys(self.says, "") | {message: text}


class Author(RuleBasedStateMachine):
    """One person, whose messages come one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._folder = TemporaryDirectory()
        self._storage = SqlStorage(f"sqlite:///{Path(self._folder.name)}/morgen.db")
        self._run(self._storage.open())
        self._ideas: list[Expected] = []
        self._last = 0
        self._joined: set[int] = set()

    def teardown(self) -> None:
        self._run(self._storage.close())
        self._runner.close()
        self._folder.cleanup()

    @rule()
    def write(self) -> None:
        sent = self._next()
        self._act(lambda work, ann: submit_idea(work, ann, sent, NOW))
        self._ideas.append(Expected(sent.message, {sent.message: sent.text}))

    @precondition(lambda self: len(self._ideas) > 1)
    @rule(which=WHICH)
    def join(self, which: int) -> None:
        self._ideas.sort(key=lambda idea: idea.first)
        at = 1 + which % (len(self._ideas) - 1)
        whole, rest = self._ideas[at - 1], self._ideas.pop(at)
        later, earlier = MessageId(rest.first), MessageId(whole.first)
        self._act(lambda work, ann: join_ideas(work, ann, later, earlier, NOW))
        whole.says |= rest.says
        self._joined.add(rest.first)

    @precondition(lambda self: self._joined)
    @rule(which=WHICH)
    def part(self, which: int) -> None:
        message = sorted(self._joined)[which % len(self._joined)]
        whole = self._of(message)
        others = {other: text for other, text in whole.says.items() if other != message}
        is_possible = bool(whole.says[message] and any(others.values()))
        assert self._try(lambda work, ann: part_ideas(work, ann, MessageId(message), NOW)) is is_possible
        if is_possible:
            self._ideas.append(Expected(message, {message: whole.says[message]}))
            whole.says = others
            self._joined.remove(message)

    @precondition(lambda self: self._ideas)
    @rule(which=WHICH)
    def correct(self, which: int) -> None:
        messages = sorted(message for idea in self._ideas for message in idea.says)
        message = messages[which % len(messages)]
        sent = Submission(ANN, MessageId(message), NOW, f"corrected {self._last} {which}")
        self._act(lambda work, ann: correct_idea(work, sent, NOW))
        idea = self._of(message)
        if idea.says[message]:
            idea.says[message] = sent.text
        else:
            idea.say_only(message, sent.text)

    @precondition(lambda self: self._ideas)
    @rule(which=WHICH)
    def replace(self, which: int) -> None:
        idea = self._ideas[which % len(self._ideas)]
        sent = self._next()

        async def change(work: SqlWork, ann: Resident) -> None:
            found = await work.ideas.by_message(ANN, MessageId(idea.first))
            assert found is not None
            await replace_words(work, ann.id, found.id, sent, NOW)

        self._act(change)
        idea.say_only(sent.message, sent.text)

    @invariant()
    def each_idea_says_what_its_messages_say(self) -> None:
        texts, homes = self._run(self._read())
        assert sorted(texts.values()) == sorted(idea.text for idea in self._ideas)
        for idea in self._ideas:
            found = {homes[message] for message in idea.says}
            assert [texts[number] for number in found] == [idea.text]

    async def _read(self) -> tuple[dict[IdeaId, str], dict[int, IdeaId]]:
        homes: dict[int, IdeaId] = {}
        async with self._storage.reading() as work:
            texts = {idea.id: idea.text for idea in await work.ideas.texts()}
            for message in range(1, self._last + 1):
                found = await work.ideas.by_message(ANN, MessageId(message))
                assert found is not None
                homes[message] = found.id
        return texts, homes

    def _next(self) -> Submission:
        self._last += 1
        return Submission(ANN, MessageId(self._last), NOW, f"said {self._last}")

    def _of(self, message: int) -> Expected:
        return next(idea for idea in self._ideas if message in idea.says)

    def _act(self, act: Any) -> None:
        self._run(self._acted(act))

    def _try(self, act: Any) -> bool:
        with suppress(NotFoundError):
            self._act(act)
            return True
        return False

    async def _acted(self, act: Any) -> None:
        async with self._storage.writing() as work:
            ann = await work.residents.meet(ANN, Language("nl"), NOW)
            await act(work, ann)

    def _run(self, step: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(step)


def test_what_would_leave_an_idea_without_words_is_not_parted() -> None:
    author = Author()
    try:
        author.write()
        author.write()
        author.join(0)
        author.replace(0)
        author.correct(1)
        author.part(0)
        author.each_idea_says_what_its_messages_say()
    finally:
        author.teardown()


Author.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestAnAuthor = Author.TestCase
