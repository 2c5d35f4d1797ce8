"""Answers questions whose answer is computed in the themes' process, one after the other."""

import asyncio
from concurrent.futures.process import BrokenProcessPool

import structlog

from bot.theme_worker import ThemeWorker
from cocreation.ports import Clock, Storage, TownNow
from handlers.why import Place, Question, answer, apologise

log = structlog.get_logger(__name__)


class Explaining:
    """Keeps questions until they are answered: of those about one message only the last. A question that is
    lost when the bot ends leaves its button, to be pressed again."""

    def __init__(self, storage: Storage, worker: ThemeWorker, town: TownNow, clock: Clock) -> None:
        self._storage = storage
        self._worker = worker
        self._town = town
        self._clock = clock
        self._asked = asyncio.Event()
        self._waiting: dict[Place, Question] = {}

    def ask(self, question: Question) -> None:
        self._waiting[question.place] = question
        self._asked.set()

    async def run(self) -> None:
        """Answer for ever."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            while self._waiting:
                question = self._waiting.pop(next(iter(self._waiting)))
                try:
                    await self._answer(question)
                except Exception:  # the outermost loop: one failure must not end the chat
                    log.error("a question could not be answered", kind=question.verb.name, exc_info=True)

    async def _answer(self, question: Question) -> None:
        try:
            try:
                await answer(question, self._worker, self._storage, self._town(), self._clock)
            except BrokenProcessPool:
                await answer(question, self._worker, self._storage, self._town(), self._clock)
        except Exception:
            await apologise(question, self._storage, self._clock)
            raise
