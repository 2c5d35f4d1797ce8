"""Tells facilitators what the date of a process did."""

from datetime import datetime

from cocreation.ideas.ids import ChatId, ProcessChangeId
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.process import Process, ProcessState
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers.context import language_of
from handlers.desks import desks_of
from handlers.process_cards import Reader, process_card
from locales import Translator, translator


async def tell_of_process(
    work: Work, process: Process, change: ProcessChangeId, *, town: Town, now: datetime
) -> None:
    """In the chat of the facilitators, and to those who have this process in hand."""
    told: dict[ChatId, Translator] = dict(await desks_of(work, town))
    for facilitator in await work.facilitators.all():
        person = await work.residents.get(facilitator.resident)
        is_of_it = facilitator.charge.process == process.id
        if is_of_it and person is not None and person.chat is not None and not person.is_away:
            told[person.chat] = translator(language_of(person, town))
    for chat, t in told.items():
        reader = Reader(town, t, now, chat < 0, may_make=False)
        message = process_card(process, reader, _said(process, t), change)
        await work.outbox.put(Show(chat, message, is_new=True, priority=Priority.PUSH), now)


def _said(process: Process, t: Translator) -> str:
    if process.state is ProcessState.OPEN:
        return t.gettext("Its day has come: this process is open now.")
    return t.gettext("Its last day is over: this process is closed now.")
