"""Somebody reports an idea or a comment; facilitators hide or keep it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import MorgenError, NotFoundError
from cocreation.ideas.comment import Comment, CommentState
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import CommentId, IdeaId, ReportId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.report import Reason, Report, Reported
from cocreation.ideas.resident import Resident
from cocreation.services.report import (
    hide_reported,
    keep_reported,
    report_comment,
    report_idea,
    undo_decision_about,
)
from handlers import cards
from handlers.actions import Verb, arguments, number, pattern
from handlers.asking import stop_asking_on_card
from handlers.comment_text import how_it_stands, own_comment_message, to_thread
from handlers.context import TownApplication, TownContext, language_of
from handlers.deciding import facilitator
from handlers.desks import desks
from handlers.gone import take_from_readers
from handlers.neighbour_cards import asked_way, show_card
from handlers.open_comments import show_to_readers
from handlers.own_cards import own_card
from handlers.replied import CARD, COMMENT
from handlers.report_text import (
    HIDE,
    KEEP,
    UNDO,
    Thing,
    ask_reason,
    hidden_comment_message,
    report_message,
    slot_of_report,
)
from handlers.roles import only_facilitators
from handlers.ways import Way
from locales import translator

IDEA, COMMENT_MARK, UNASKED = "i", "c", "-"


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(report, pattern(Verb.REPORT)))
    application.add_handler(CallbackQueryHandler(decide, pattern(Verb.HIDE)))


async def report(update: Update, context: TownContext) -> None:
    """Ask what is wrong, then let facilitators know."""
    said = arguments(_data(update))
    about = _about(said[0] if said else "")
    way = asked_way(update, 2)
    reason = said[1] if len(said) > 1 else UNASKED
    thing = await _thing(context, about)
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
        toast = t.gettext(error.message, **error.values)
    else:
        await _show_facilitators(context, made, thing)
    return await show_card(update, context, thing.view.idea.id, way, toast)


async def decide(update: Update, context: TownContext) -> None:
    """A facilitator hides what was reported, keeps it, or undoes that."""
    await only_facilitators(update, context)
    by = await facilitator(update, context)
    asked = ReportId(number(_data(update)))
    before = await _reported(context, asked)
    said = arguments(_data(update))
    match said[1] if len(said) > 1 else "":
        case str(verb) if verb == HIDE:
            settled = await hide_reported(context.work, asked, by, context.now)
        case str(verb) if verb == KEEP:
            settled = await keep_reported(context.work, asked, by, context.now)
        case str(verb) if verb == UNDO:
            settled = await undo_decision_about(context.work, asked, by, context.now)
        case _:
            raise NotFoundError
    await context.toast(update)
    thing = await _thing(context, settled.about)
    await _show_decision(update, context, settled, thing)
    if thing.state != before.state:
        await _tell_author(context, thing)
        await _tell_readers(context, thing)


async def _ask(update: Update, context: TownContext, thing: Thing, about: str, way: Way) -> None:
    t = await context.words(update)
    await context.toast(update)
    if thing.comment is None:
        cancel = way.button(f"✖️ {t.gettext('Cancel')}", Verb.OPEN, thing.view.idea.id)
    else:
        cancel = to_thread(thing.comment, thing.view, way, t)
    message = ask_reason(thing.text, about, cancel, way, t)
    await context.change(update, message, f"{CARD}:{thing.view.idea.id}")


async def _reported(context: TownContext, report: ReportId) -> Thing:
    """What a report is about, as it stands before the decision."""
    found = await context.work.reports.get(report)
    if found is None:
        raise NotFoundError
    return await _thing(context, found.about)


async def _thing(context: TownContext, about: Reported) -> Thing:
    comment = None if about.comment is None else await context.work.comments.get(about.comment)
    idea = about.idea if comment is None else comment.idea
    view = None if idea is None else await context.work.ideas.view(idea)
    if view is None:
        raise NotFoundError
    return Thing(view, comment)


async def _show_facilitators(context: TownContext, made: Report, thing: Thing) -> None:
    """A message for the first report of a thing; it changes with the next ones."""
    is_first = sum(made.reasons.values()) == 1
    for chat, t in await desks(context):
        message = report_message(made, thing, context.town, t)
        await context.post(Show(chat, message, slot=slot_of_report(made), is_new=is_first))


async def _show_decision(update: Update, context: TownContext, settled: Report, thing: Thing) -> None:
    """In the message whose button was pressed, and wherever else it is shown to decide about."""
    here = update.effective_chat.id if update.effective_chat else None
    slot = slot_of_report(settled)
    is_desk = here == context.town.facilitator_chat
    t = translator(context.town.digest_language) if is_desk else await context.words(update)
    await context.change(update, report_message(settled, thing, context.town, t), slot)
    for chat, spoken in await desks(context):
        if chat != here:
            message = report_message(settled, thing, context.town, spoken)
            await context.post(Show(chat, message, slot=slot, priority=Priority.PUSH))


async def _tell_author(context: TownContext, thing: Thing) -> None:
    """The author's card, or comment, says how it stands; without a sound."""
    author = thing.view.idea.author if thing.comment is None else thing.comment.author
    resident = None if author is None else await context.work.residents.get(author)
    if resident is None or resident.chat is None:
        return
    if thing.comment is None:
        if thing.is_hidden:
            await stop_asking_on_card(context, resident.chat, thing.view.idea.id)
        message, slot = await own_card(context, thing.view, resident), cards.slot_of(thing.view)
    else:
        message = _own_comment(context, thing.comment, thing.view, resident)
        slot = f"{COMMENT}:{thing.comment.id}"
    await context.post(Show(resident.chat, message, slot=slot, priority=Priority.PUSH))


async def _tell_readers(context: TownContext, thing: Thing) -> None:
    """What others have open of it says how it stands; without a sound."""
    if thing.comment is not None:
        await show_to_readers(context, thing.comment.id, thing.view.idea.id, thing.comment.author)
    elif thing.is_hidden:
        await take_from_readers(context, thing.view.idea.id, thing.view.idea.author)


def _own_comment(context: TownContext, comment: Comment, view: IdeaView, author: Resident) -> Message:
    t = translator(language_of(author, context.town))
    if comment.state is CommentState.HIDDEN:
        return hidden_comment_message(comment, context.town, t)
    return own_comment_message(comment, view, Way(), t, how_it_stands(comment, t))


def _about(said: str) -> Reported:
    kind, digits = said[:1], said[1:]
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 15:
        raise NotFoundError
    if kind == IDEA:
        return Reported(idea=IdeaId(int(digits)))
    if kind == COMMENT_MARK:
        return Reported(comment=CommentId(int(digits)))
    raise NotFoundError


def _data(update: Update) -> str | None:
    return update.callback_query.data if update.callback_query else None
