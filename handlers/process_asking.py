"""The guided chat in which a process is made, and the questions by which one is changed."""

from dataclasses import replace
from datetime import date

from telegram import Update

from cocreation.errors import MorgenError, NoDayError, NotFoundError
from cocreation.ideas.conversation import Conversation
from cocreation.ideas.ids import ProcessId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.process import NewPhase, Plan, Process
from cocreation.services.run_processes import (
    check_dates,
    checked_goal,
    checked_name,
    make_process,
    set_dates,
    set_phase,
    standing_process,
)
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.giving_way import give_way
from handlers.process_cards import BACK, NEW, SLOT, Reader, list_page, process_card, put_aside_card
from handlers.process_days import read_day, read_days
from handlers.process_draft import NEVER, NOW, Ask, Draft, closing, opening
from handlers.process_questions import WRITTEN, question_card
from handlers.roles import is_facilitator, only_facilitators
from handlers.updates import answers, chat_of, in_group, pressed_message


async def reader_of(update: Update, context: TownContext) -> Reader:
    """Who reads, in the language of where they do."""
    t = await words_here(update, context)
    return Reader(context.town, t, context.now, in_group(update), await is_facilitator(update, context))


async def press(update: Update, context: TownContext, act: str) -> Message:
    """Begin, go a question back, or stop."""
    if act == NEW:
        await only_facilitators(update, context)
        await give_way(update, context)
        return await _ask(update, context, Draft(pressed_message(update)))
    draft = await _waiting(update, context)
    await only_facilitators(update, context, None if draft is None else draft.process)
    if draft is None:
        return put_aside_card(await words_here(update, context))
    if act == BACK and draft.process is None:
        return await _ask(update, context, replace(draft, asks=draft.beside(-1)))
    await context.work.conversations.end(chat_of(update))
    reader = await reader_of(update, context)
    if draft.process is not None:
        return process_card(await standing_process(context.work, draft.process), reader)
    said = reader.t.gettext("Nothing was made.")
    return list_page(await context.work.processes.all(), 0, reader, said)


async def ask_of(update: Update, context: TownContext, process: Process, ask: str, at: list[str]) -> Message:
    """Ask for something else in place of what a process has."""
    if ask not in (Ask.NAME, Ask.GOAL, Ask.OPENS, Ask.CLOSES, Ask.DAYS):
        raise NotFoundError
    phase = int(at[0]) if at and at[0].isascii() and at[0].isdigit() else 0
    if (ask == Ask.DAYS) != bool(at) or (at and phase >= len(process.phases)):
        raise NotFoundError
    await give_way(update, context)
    draft = Draft(pressed_message(update), Ask(ask), process.id, phase, process.name, process.goal)
    return await _ask(update, context, draft)


async def answer(update: Update, context: TownContext, ask: str, value: str) -> Message:
    """A ready answer. On an older question nothing but the present one is shown."""
    draft = await _waiting(update, context)
    await only_facilitators(update, context, None if draft is None else draft.process)
    if draft is None:
        return put_aside_card(await words_here(update, context))
    reader = await reader_of(update, context)
    if draft.asks != ask:
        return question_card(draft, reader)
    try:
        return await _take(update, context, draft, value)
    except NotFoundError:
        raise
    except MorgenError as error:
        return question_card(draft, reader, reader.t.gettext(error.message, **error.values))


async def may_say(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """Whether who writes may still decide about the process that is asked about."""
    draft = Draft.of(waiting)
    return draft is not None and await is_facilitator(update, context, draft.process)


async def take_words(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """What a person wrote where a process asks. In a group it is a reply to the question."""
    draft, message = Draft.of(waiting), update.effective_message
    if draft is None or message is None:
        return False
    if not answers(update, draft.at):
        return False
    reader = await reader_of(update, context)
    t = reader.t
    try:
        if draft.asks in WRITTEN:
            page = await _take(update, context, draft, await _written(context, draft, message.text or ""))
        else:
            page = question_card(draft, reader, t.gettext("Choose one of the buttons."))
    except NotFoundError as error:
        await context.work.conversations.end(waiting.chat)
        page = list_page(await context.work.processes.all(), 0, reader, t.gettext(error.message))
    except MorgenError as error:
        page = question_card(draft, reader, t.gettext(error.message, **error.values))
    await context.post(Show(waiting.chat, page, slot=SLOT, at=draft.at))
    return True


async def stop_asking_here(update: Update, context: TownContext) -> None:
    """Wait no more for what this message asked."""
    if await _waiting(update, context) is not None:
        await context.work.conversations.end(chat_of(update))


async def _written(context: TownContext, draft: Draft, text: str) -> str:
    """What was written, as a ready answer would say it."""
    today = context.town.local(context.now).date()
    match draft.asks:
        case Ask.NAME:
            return await checked_name(context.work, text, draft.process)
        case Ask.GOAL:
            return checked_goal(text)
        case Ask.DAYS:
            days = read_days(text, today)
            if len(days) != 2:
                raise NoDayError
            return " ".join(day.isoformat() for day in days)
        case _:
            return read_day(text, today).isoformat()


async def _take(update: Update, context: TownContext, draft: Draft, value: str) -> Message:
    """Keep an answer, and show what comes after it."""
    if draft.process is not None:
        return await _change(update, context, draft, draft.process, value)
    match draft.asks:
        case Ask.NAME:
            draft = replace(draft, name=value)
        case Ask.GOAL:
            draft = replace(draft, goal=None if value == NEVER else value)
        case Ask.OPENS:
            _day_of(value)
            draft = replace(draft, opens=value)
        case Ask.CLOSES:
            if value == NOW:
                raise NotFoundError
            _day_of(value)
            opens_at = opening(draft.opens, context.town, context.now)
            check_dates(opens_at, closing(value, context.town), context.now)
            draft = replace(draft, closes=value)
        case Ask.PHASES if value in set(Plan):
            draft = replace(draft, plan=Plan(value))
        case Ask.SURE if value == "+":
            return await _make(update, context, draft)
        case _:
            raise NotFoundError
    return await _ask(update, context, replace(draft, asks=draft.beside(1)))


async def _make(update: Update, context: TownContext, draft: Draft) -> Message:
    made = await make_process(context.work, draft.new_process(context.town, context.now), context.now)
    await context.work.conversations.end(chat_of(update))
    reader = await reader_of(update, context)
    said = reader.t.gettext("The process is made. Give its link to people when it is open.")
    return process_card(await standing_process(context.work, made), reader, said)


async def _change(
    update: Update, context: TownContext, draft: Draft, process: ProcessId, value: str
) -> Message:
    work, town, now = context.work, context.town, context.now
    found = await standing_process(work, process)
    match draft.asks:
        case Ask.NAME:
            await work.processes.rename(process, value)
        case Ask.GOAL:
            await work.processes.set_goal(process, None if value == NEVER else value)
        case Ask.OPENS:
            _day_of(value)
            await set_dates(work, found, opening(value, town, now), found.closes_at, now)
        case Ask.CLOSES if value != NOW:
            _day_of(value)
            await set_dates(work, found, found.opens_at, closing(value, town), now)
        case Ask.DAYS:
            first, last = value.split(" ")
            if draft.phase >= len(found.phases):
                raise NotFoundError
            days = NewPhase(found.phases[draft.phase].kind, opening(first, town, now), closing(last, town))
            await set_phase(work, found, draft.phase, days)
        case _:
            raise NotFoundError
    await work.conversations.end(chat_of(update))
    reader = await reader_of(update, context)
    return process_card(await standing_process(work, process), reader, reader.t.gettext("Changed."))


def _day_of(value: str) -> date | None:
    """The day that an answer names, None for NOW and NEVER. Raises NotFoundError for a forged button."""
    try:
        return None if value in (NOW, NEVER) else date.fromisoformat(value)
    except ValueError:
        raise NotFoundError from None


async def _ask(update: Update, context: TownContext, draft: Draft) -> Message:
    await context.work.conversations.begin(draft.kept_in(chat_of(update), context.now))
    return question_card(draft, await reader_of(update, context))


async def _waiting(update: Update, context: TownContext) -> Draft | None:
    """What the pressed message asks, as long as it is waited for."""
    draft = Draft.of(await context.work.conversations.get(chat_of(update)))
    return draft if draft is not None and draft.at == pressed_message(update) else None
