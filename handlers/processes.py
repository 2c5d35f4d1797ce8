"""`/process`: facilitators see the town's processes, make them, and decide what becomes of them."""

from collections.abc import Callable, Mapping

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotFoundError
from cocreation.ideas.deep_link import ToProcess, link
from cocreation.ideas.ids import ChatId, ProcessChangeId, ProcessId
from cocreation.ideas.messages import Message
from cocreation.ideas.process import Plan, Process, ProcessState, phases_between
from cocreation.services.run_processes import set_state, standing_process, undo_state
from handlers import process_asking
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.process_asking import reader_of, stop_asking_here
from handlers.process_cards import (
    ANSWER,
    ARCHIVE,
    ASK,
    BACK,
    CANCEL,
    CHANGE,
    LINK,
    NEW,
    OPEN,
    PHASES,
    PLAN,
    SLOT,
    STATE,
    UNDO,
    Reader,
    archive_page,
    change_page,
    link_page,
    list_page,
    phases_page,
    process_card,
)
from handlers.roles import is_facilitator, only_facilitators
from handlers.updates import pressed_data


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("process", processes, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.PROCESSES)))


async def processes(update: Update, context: TownContext) -> None:
    """All of them; who has one in hand sees that one."""
    page = list_page(await _in_hand(update, context), 0, await reader_of(update, context))
    await context.answer(update, page, SLOT)


async def press(update: Update, context: TownContext) -> None:
    """A button on these pages."""
    page = await _page(update, context, arguments(pressed_data(update)))
    await context.toast(update)
    await context.change(update, page, SLOT)


async def _page(update: Update, context: TownContext, said: list[str]) -> Message:
    data = pressed_data(update)
    match said:
        case [] | ["l" | "a", _]:
            mine, reader = await _in_hand(update, context), await reader_of(update, context)
            start = number(data, 1) if said else 0
            show = archive_page if said[:1] == [ARCHIVE] else list_page
            return show(mine, start, reader)
        case [act] if act in (NEW, BACK, CANCEL):
            return await process_asking.press(update, context, act)
        case [act, ask, value] if act == ANSWER:
            return await process_asking.answer(update, context, ask, value)
        case [act, _] if act == UNDO:
            return await _undo(update, context, ProcessChangeId(number(data, 1)))
        case [act, _, *rest] if act in (OPEN, STATE, CHANGE, ASK, PHASES, PLAN, LINK):
            process = ProcessId(number(data, 1))
            await only_facilitators(update, context, process)
            return await _of_one(update, context, await standing_process(context.work, process), act, rest)
        case _:
            await only_facilitators(update, context)
            raise NotFoundError


async def _of_one(
    update: Update, context: TownContext, process: Process, act: str, rest: list[str]
) -> Message:
    """What a button on the pages of one process leads to."""
    reader = await reader_of(update, context)
    if not rest and act in _PLAIN:
        if act == OPEN:
            await stop_asking_here(update, context)
        return _PLAIN[act](process, reader)
    match [act, *rest]:
        case [act, state] if act == STATE and state in set(ProcessState):
            return await _set(update, context, process, ProcessState(state))
        case [act, plan] if act == PLAN and plan in set(Plan):
            return await _plan(context, process, Plan(plan), reader)
        case [act] if act == LINK:
            return link_page(process, link(context.bot.username, ToProcess(process.id)), reader)
        case [act, ask, *at] if act == ASK:
            return await process_asking.ask_of(update, context, process, ask, at)
        case _:
            raise NotFoundError


_PLAIN: Mapping[str, Callable[[Process, Reader], Message]] = {
    OPEN: process_card,
    CHANGE: change_page,
    PHASES: phases_page,
}


async def _set(update: Update, context: TownContext, process: Process, state: ProcessState) -> Message:
    by, reader = (await context.resident(update)).id, await reader_of(update, context)
    change = await set_state(context.work, process.id, state, by=by, now=context.now)
    after = await standing_process(context.work, process.id)
    t = reader.t
    if change is None:
        return process_card(after, reader, t.gettext("It was so already."))
    said = {
        ProcessState.OPEN: t.gettext("It is open: what people write at its link belongs to it."),
        ProcessState.PAUSED: t.gettext(
            "It is paused: what people write at its link is kept as an idea of the town, and they are told."
        ),
        ProcessState.CLOSED: t.gettext(
            "It is closed: what people write at its link is kept as an idea of the town, and they are told."
        ),
        ProcessState.ARCHIVED: t.gettext("It is in the archive. Its ideas stay where they are."),
    }[state]
    return process_card(after, reader, said, change)


async def _undo(update: Update, context: TownContext, change: ProcessChangeId) -> Message:
    found = await context.work.processes.change(change)
    await only_facilitators(update, context, None if found is None else found.process)
    if found is None:
        raise NotFoundError
    await undo_state(context.work, found, context.now)
    reader = await reader_of(update, context)
    return process_card(
        await standing_process(context.work, found.process), reader, reader.t.gettext("Undone.")
    )


async def _plan(context: TownContext, process: Process, plan: Plan, reader: Reader) -> Message:
    zone = context.town.time_zone
    phases = phases_between(plan.kinds, process.opens_at, process.closes_at, zone)
    await context.work.processes.set_phases(process.id, phases)
    after = await standing_process(context.work, process.id)
    return phases_page(after, reader, reader.t.gettext("Changed."))


async def _in_hand(update: Update, context: TownContext) -> list[Process]:
    """Those that who asks may see. Raises NotAllowedError for who runs none."""
    every = await context.work.processes.all()
    user = update.effective_user
    charges = [] if user is None else (await context.work.facilitators.rights(ChatId(user.id))).charges
    mine = {charge.process for charge in charges}
    await only_facilitators(update, context, next(iter(mine), None))
    if await is_facilitator(update, context):
        return list(every)
    return [process for process in every if process.id in mine]
