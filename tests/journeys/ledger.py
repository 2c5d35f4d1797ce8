"""The plain model: what people did, and what has to hold for it in the database and in the chats."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from handlers.actions import Verb
from handlers.forget_text import ALL
from sandbox.calls import Call
from sandbox.values import Json
from tests.journeys.village import Village

MARK = re.compile(r"\bzq\d+\b")
"""A word that people write once: by it their words are found again."""

ASKING = frozenset("ePLgznpRVhG")
"""Buttons after which the next words may be no idea: a correction, a comment, what to search for."""

FORGETTING = 3
"""Arguments of a button that erases a person."""
KEPT = """
    SELECT CASE WHEN author_id IS NULL THEN 'left' ELSE 'idea' END, id, text FROM ideas
    WHERE state != 'withdrawn'
    UNION ALL
    SELECT 'comment', id, text FROM comments WHERE state != 'withdrawn'
    UNION ALL
    SELECT 'reply', id, text FROM replies
"""
FORMER = """
    SELECT text FROM ideas WHERE state = 'withdrawn'
    UNION ALL
    SELECT text FROM comments WHERE state = 'withdrawn'
    UNION ALL
    SELECT text FROM idea_versions
"""

TRACES = """
    SELECT text FROM ideas
    UNION ALL
    SELECT text FROM comments
    UNION ALL
    SELECT text FROM idea_versions
    UNION ALL
    SELECT text FROM idea_messages
    UNION ALL
    SELECT text FROM offers
    UNION ALL
    SELECT post FROM outbox
    UNION ALL
    SELECT payload FROM inbox WHERE payload IS NOT NULL
    UNION ALL
    SELECT payload FROM dead_letters
"""
"""Wherever words could lie."""
UNSEEN = """
    SELECT telegram_id, text FROM ideas LEFT JOIN residents ON residents.id = author_id
    WHERE state IN ('hidden', 'withdrawn', 'draft')
    UNION ALL
    SELECT telegram_id, text FROM comments LEFT JOIN residents ON residents.id = author_id
    WHERE state IN ('hidden', 'withdrawn')
"""
SEEN = """
    SELECT text FROM ideas WHERE state = 'published'
    UNION ALL
    SELECT text FROM comments WHERE state = 'published'
"""

CARDS = """
    SELECT shown.chat_id, shown.message_id, text, state FROM ideas
    JOIN residents ON residents.id = author_id
    JOIN shown ON shown.chat_id = telegram_id AND slot = 'idea:' || ideas.id
    WHERE state IN ('published', 'withdrawn') AND unreachable_at IS NULL
"""

MISCOUNTED = """
    SELECT ideas.id FROM ideas WHERE support_count !=
        (SELECT count(*) FROM supports WHERE idea_id = ideas.id)
    UNION ALL
    SELECT ideas.id FROM ideas JOIN supports ON idea_id = ideas.id AND resident_id = author_id
"""


@dataclass
class Ledger:
    """Remembers what people wrote and pressed since the bot was last at rest, and what must never change."""

    must_stay: set[str] = field(default_factory=set)
    """Marks of words that are an idea, whatever happens."""
    may_stay: set[str] = field(default_factory=set)
    """Marks of words that may be kept, once: a comment, a search."""
    asked: set[int] = field(default_factory=set)
    """People who may have been asked something."""
    is_disturbed: bool = False
    """Whether an answer may have been lost on the way since the last rest."""
    presses: set[str] = field(default_factory=set)
    wrote: set[int] = field(default_factory=set)
    unseen: dict[str, int | None] = field(default_factory=dict)
    """Marks that nobody but their author may see, as of the last rest."""
    last_seq: int = 0
    said: dict[int, set[str]] = field(default_factory=dict)
    """Marks of what each person has said."""
    settled: dict[int, set[str]] = field(default_factory=dict)
    """The same as of the last rest."""
    repeated: set[str] = field(default_factory=set)
    """Marks of words that were written more than once: an idea, and perhaps a comment or an idea that was
    left without a name as well."""
    forgetting: list[tuple[int, int, bool]] = field(default_factory=list)
    """Who may be forgotten now: the person, the number of the resident, and whether their ideas go too."""

    def says(self, person: int, marks: Iterable[str]) -> None:
        self.said.setdefault(person, set()).update(marks)

    def write(self, person: int, marks: Iterable[str]) -> None:
        words = set(marks)
        (self.may_stay if person in self.asked else self.must_stay).update(words)
        if words:
            # A photo alone leaves what was asked as it is.
            self.asked.discard(person)
        self.wrote.add(person)

    def press(self, person: int, data: str, press: str) -> None:
        self.presses.add(press)
        verb, *arguments = data.split(":")[1:]
        if verb in ASKING:
            self.asked.add(person)
        if verb == Verb.FORGET and len(arguments) == FORGETTING:
            self.forgetting.append((person, int(arguments[1]), arguments[0] == ALL))

    def command(self, person: int, text: str) -> None:
        self.wrote.add(person)
        if " " in text:
            # A link may lead to where the next words are an answer.
            self.asked.add(person)

    def repeat(self, marks: list[str]) -> None:
        self.forgive(marks)
        self.repeated.update(marks)

    def forgive(self, marks: Iterable[str]) -> None:
        """What these words become is not known for sure."""
        self.must_stay.difference_update(marks)
        self.may_stay.update(marks)
        for settled in self.settled.values():
            settled.difference_update(marks)

    def check(self, village: Village, allowed: frozenset[int]) -> None:
        """What must hold whenever the bot is at rest. `allowed` are chats that may read everything."""
        calls = village.world.calls.matching(since=self.last_seq)
        self._check_forgotten(village)
        self._check_homes(village)
        self._check_answers(village, calls)
        self._check_cards(village)
        self._check_unseen(village, calls, allowed)
        assert village.rows(MISCOUNTED) == [], "supports are counted right, and none is one's own"
        assert village.rows("SELECT origin, error FROM dead_letters") == []
        self.last_seq = village.world.calls.last_seq
        self.is_disturbed = False
        self.settled = {person: set(marks) for person, marks in self.said.items()}

    def _check_forgotten(self, village: Village) -> None:
        for person, resident, is_all in self.forgetting:
            if village.rows("SELECT 1 FROM residents WHERE id = ?", resident):
                continue  # asked too late, or of somebody else
            if is_all:
                left = {mark for (text,) in village.rows(TRACES) for mark in MARK.findall(text)}
                assert left & self.settled.get(person, set()) == set(), "who is forgotten leaves nothing"
            self.forgive(set(self.said.get(person, ())))
        self.forgetting.clear()

    def _check_homes(self, village: Village) -> None:
        homes: dict[str, set[tuple[str, int]]] = {}
        for kind, number, text in village.rows(KEPT):
            for mark in MARK.findall(text):
                if kind == "idea" or mark not in self.repeated:
                    homes.setdefault(mark, set()).add((kind, number))
        doubled = {mark: found for mark, found in homes.items() if len(found) > 1}
        assert doubled == {}, f"kept twice: {doubled} in {village.rows(KEPT)}"
        texts = [text for _, _, text in village.rows(KEPT)] + [text for (text,) in village.rows(FORMER)]
        known = {mark for text in texts for mark in MARK.findall(text)}
        lost = self.must_stay - known
        assert lost == set(), f"lost: {lost} of {village.rows(KEPT)}"
        assert known - self.must_stay - self.may_stay == set(), "nothing comes from nowhere"

    def _check_answers(self, village: Village, calls: list[Call]) -> None:
        answered = Counter(
            str(call.params["callback_query_id"])
            for call in calls
            if call.method.lower() == "answercallbackquery" and call.status == 200
        )
        for press in self.presses:
            is_once = answered[press] == 1 or (self.is_disturbed and answered[press] > 1)
            assert is_once, f"a press is answered {answered[press]} times"
        # Telegram refuses an edit that changes nothing.
        reached = {call.chat_id for call in calls}
        blocking = {chat.id for chat in village.world.chats.values() if chat.bot_status == "kicked"}
        unanswered = self.wrote - reached - blocking
        assert unanswered == set() or self.is_disturbed, "who writes is answered"
        self.presses.clear()
        self.wrote.clear()

    def _check_cards(self, village: Village) -> None:
        for chat, number, text, state in village.rows(CARDS):
            card = village.world.chats[chat].messages[number]
            if not quoted(card):
                continue  # what waits for words quotes none
            assert MARK.findall(text) == MARK.findall(quoted(card)), f"{card} should say {text}"
            verbs = {data.split(":")[1] for data in actions(card)}
            assert ("r" in verbs) == (state == "withdrawn"), "the card offers what can be done"

    def _check_unseen(self, village: Village, calls: list[Call], allowed: frozenset[int]) -> None:
        seen = {mark for (text,) in village.rows(SEEN) for mark in MARK.findall(text)}
        now = {mark: author for author, text in village.rows(UNSEEN) for mark in MARK.findall(text)}
        unseen = {mark: author for mark, author in now.items() if mark not in seen}
        for call in calls:
            if call.chat_id in allowed:
                continue
            for mark in MARK.findall(str(call.params)):
                is_hidden = mark in unseen and mark in self.unseen
                assert not is_hidden or unseen[mark] == call.chat_id, "nobody sees what is hidden"
        self.unseen = unseen


def actions(message: Json) -> Iterator[str]:
    """What the buttons of a message say to the bot."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if "callback_data" in button:
                yield button["callback_data"]


def quoted(message: Json) -> str:
    """The words that a card quotes."""
    units = message["text"].encode("utf-16-le")
    for entity in message.get("entities", []):
        if "blockquote" in entity["type"]:
            part = units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
            return str(part.decode("utf-16-le"))
    return ""
