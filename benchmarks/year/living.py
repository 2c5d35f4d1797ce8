"""Lets the year happen: through the services that the chat calls, with a clock that somebody else moves."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial

from benchmarks.year.plan import PEOPLE, ZONE, Answered, Decided, Event, Reported, Supported, Wrote
from cocreation.analysis.encoding import Encoder, load_encoder
from cocreation.analysis.hashing import WordsEncoder
from cocreation.analysis.neighbourhood import Neighbourhood
from cocreation.errors import MorgenError
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId
from cocreation.ideas.reply import Answer
from cocreation.ideas.report import Reported as About
from cocreation.ideas.town import Town
from cocreation.ports import Storage, Work
from cocreation.services.find_themes import KeptMeaning
from cocreation.services.moderate import Facilitator
from cocreation.services.place_ideas import Placing
from cocreation.services.refresh_themes import refresh_themes
from cocreation.services.reply_to_idea import reply_to_idea
from cocreation.services.reply_to_theme import reply_to_theme
from cocreation.services.report import hide_reported, keep_reported, report_idea
from cocreation.services.support_idea import support_idea
from cocreation.services.tell import tell_due
from handlers.notices import news_message

FIRST_PERSON = 100_001
LIEN = ChatId(1007)
"""Who answers, and decides about what was reported."""
TOLD_AT_ONCE = 25

WORDS = {
    "nl": "We hebben dit bekeken en nemen het mee.",
    "fr": "Nous avons examiné cette idée et nous la gardons à l’esprit.",
    "de": "Wir haben das geprüft und nehmen es mit.",
    "en": "We looked into this and take it along.",
}


class Living:
    """A town that lives by a list of events. What it has lived is in the database alone, but for which idea
    is which."""

    def __init__(
        self, storage: Storage, town: Town, events: Sequence[Event], encoder: Encoder | None = None
    ) -> None:
        self.storage = storage
        self.now = events[0].at
        self._town = town
        self._events = events
        self._past = 0
        self._ideas: dict[int, IdeaId] = {}
        self._people: dict[int, ResidentId] = {}
        self._encoder = encoder or load_encoder() or WordsEncoder()
        self._placing = self._new_placing()

    def restart(self, storage: Storage) -> None:
        """Go on with another connection to the same database."""
        self.storage = storage
        self._placing = self._new_placing()

    async def until(self, moment: datetime) -> None:
        """All that happens up to this moment, with the themes of what is new."""
        self.now = moment
        async with self.storage.writing() as work:
            while self._past < len(self._events) and self._events[self._past].at <= moment:
                await self._happen(work, self._events[self._past])
                self._past += 1
        await self._placing.place_new_ideas()
        await self._tell(moment)

    async def find_themes(self) -> None:
        """Find all themes anew, as they are now."""
        engine = KeptMeaning(self.storage, self._encoder, self._town.languages)
        await refresh_themes(self.storage, engine, lambda: self.now)

    def _new_placing(self) -> Placing:
        return Placing(self.storage, Neighbourhood(self._encoder, self._town.languages), lambda: self.now)

    async def _tell(self, moment: datetime) -> None:
        """People hear of what the town answered; that it leaves is somebody else's work."""
        render = partial(news_message, town=self._town)
        for _ in range(1 + PEOPLE // TOLD_AT_ONCE):
            await tell_due(self.storage, ZONE, render, moment)

    async def _happen(self, work: Work, event: Event) -> None:
        match event:
            case Wrote():
                author = await self._resident(work, event.person, Language(event.text.language), event.at)
                idea = NewIdea(event.text.words, event.at, author, Language(event.text.language))
                self._ideas[event.number] = await work.ideas.add(idea)
            case Supported():
                person = await self._resident(work, event.person, self._town.languages[0], event.at)
                with suppress(MorgenError):
                    await support_idea(work, person, self._ideas[event.number], event.at)
            case Answered():
                with suppress(MorgenError):
                    await self._answer(work, event)
            case Reported():
                person = await self._resident(work, event.person, self._town.languages[0], event.at)
                with suppress(MorgenError):
                    await report_idea(work, person, self._ideas[event.number], event.reason, event.at)
            case Decided():
                await self._decide(work, event)

    async def _resident(self, work: Work, person: int, language: Language, now: datetime) -> ResidentId:
        if person not in self._people:
            self._people[person] = (
                await work.residents.meet(ChatId(FIRST_PERSON + person), language, now)
            ).id
        return self._people[person]

    async def _answer(self, work: Work, event: Answered) -> None:
        view = await work.ideas.view(self._ideas[event.number])
        language = str(view.idea.language) if view is not None else "nl"
        text = WORDS.get(language, WORDS["nl"])
        if event.is_to_theme and view is not None and view.theme is not None:
            await reply_to_theme(work, view.theme, Answer(event.status, text), by=None, now=event.at)
        else:
            await reply_to_idea(work, self._ideas[event.number], event.status, text, by=None, now=event.at)

    async def _decide(self, work: Work, event: Decided) -> None:
        lien = await work.residents.meet(LIEN, self._town.digest_language, event.at)
        report = await work.reports.open_about(About(idea=self._ideas[event.number]))
        if report is not None:
            decide = hide_reported if event.is_hidden else keep_reported
            await decide(work, report.id, Facilitator(lien.id), event.at)
