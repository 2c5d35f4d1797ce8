"""Somebody reports an idea or a comment; facilitators hide or keep it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import MorgenError, NotFoundError
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, ReportId
from cocreation.ideas.messages import Show
from cocreation.ideas.report import Reason, Report, Reported
from cocreation.services.report import (
    hide_reported,
    keep_reported,
    report_comment,
    report_idea,
    undo_decision_about,
)
from handlers.actions import Verb, arguments, number, pattern
from handlers.comment_text import to_thread
from handlers.context import TownApplication, TownContext
from handlers.deciding import facilitator
from handlers.desks import desks, words_of_desk
from handlers.faults import words_for
from handlers.moderation_outcome import tell_outcome
from handlers.neighbour_cards import asked_way, show_card
from handlers.replied import CARD
from handlers.report_text import HIDE, KEEP, UNDO, ask_reason, report_message, slot_of_report
from handlers.roles import only_facilitators
from handlers.things import Thing, thing_about
from handlers.updates import pressed_data
from handlers.ways import Way

IDEA, COMMENT_MARK, UNASKED = "i", "c", "-"


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(report, pattern(Verb.REPORT)))
    application.add_handler(CallbackQueryHandler(decide, pattern(Verb.HIDE)))


async def report(update: Update, context: TownContext) -> None:
    """Ask what is wrong, then let facilitators know."""
    said = arguments(pressed_data(update))
    about = _about(said[0] if said else "")
    way = asked_way(update, 2)
    reason = said[1] if len(said) > 1 else UNASKED
    thing = await thing_about(context.work, about)
    if not thing.is_readable:
        t = await context.words(update)
        return await show_card(update, context, thing.view.idea.id, way, t.gettext(NotFoundError.message))
    if reason not in set(Reason):
        return await _ask(update, context, thing, said[0], way)
    resident, t = await context.resident(update), await context.words(update)
    toast = t.gettext("Facilitators will look at it. Nobody learns who reported it.")
    try:
        if about.comment is not None:
            made = await report_comment(context.work, resident.id, about.comment, Reason(reason), context.now)
        else:
            idea = thing.view.idea.id
            made = await report_idea(context.work, resident.id, idea, Reason(reason), context.now)
    except MorgenError as error:
        toast = words_for(error, t, context.town)
    else:
        await _show_facilitators(context, made, thing)
    return await show_card(update, context, thing.view.idea.id, way, toast)


async def decide(update: Update, context: TownContext) -> None:
    """A facilitator hides what was reported, keeps it, or undoes that."""
    await only_facilitators(update, context)
    by = await facilitator(update, context)
    asked, said = ReportId(number(pressed_data(update))), arguments(pressed_data(update))
    decisions = {HIDE: hide_reported, KEEP: keep_reported, UNDO: undo_decision_about}
    decision = decisions.get(said[1] if len(said) > 1 else "")
    if decision is None:
        raise NotFoundError
    decided = await decision(context.work, asked, by, context.now)
    thing = await thing_about(context.work, decided.report.about)
    await context.toast(update)
    t = await words_of_desk(context, ChatId(_chat(update)))
    card = report_message(decided.report, thing, context.town, t)
    await context.change(update, card, slot_of_report(decided.report))
    await tell_outcome(context, decided.acts, but=_chat(update))


async def _ask(update: Update, context: TownContext, thing: Thing, about: str, way: Way) -> None:
    t = await context.words(update)
    await context.toast(update)
    if thing.comment is None:
        cancel = way.button(f"✖️ {t.gettext('Cancel')}", Verb.OPEN, thing.view.idea.id)
    else:
        cancel = to_thread(thing.comment, thing.view, way, t)
    message = ask_reason(thing.text, about, cancel, way, t)
    await context.change(update, message, f"{CARD}:{thing.view.idea.id}")


async def _show_facilitators(context: TownContext, made: Report, thing: Thing) -> None:
    """A message for the first report of a thing; it changes with the next ones."""
    is_first = sum(made.reasons.values()) == 1
    for chat, t in await desks(context):
        message = report_message(made, thing, context.town, t)
        await context.post(Show(chat, message, slot=slot_of_report(made), is_new=is_first))


def _about(said: str) -> Reported:
    kind, digits = said[:1], said[1:]
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 15:
        raise NotFoundError
    if kind == IDEA:
        return Reported(idea=IdeaId(int(digits)))
    if kind == COMMENT_MARK:
        return Reported(comment=CommentId(int(digits)))
    raise NotFoundError


def _chat(update: Update) -> int:
    return 0 if update.effective_chat is None else update.effective_chat.id
