"""How the town answers, in numbers, for facilitators."""

from datetime import timedelta
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.answering import RECENTLY, Answering, Share
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.reply import Status
from handlers.actions import Verb, action, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_here
from handlers.roles import only_facilitators
from handlers.statuses import status_words
from locales import Translator

SLOT = "waiting"
"""The list of what waits and these numbers turn into each other."""


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("answers", answers, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(turn, pattern(Verb.ANSWERING)))


async def answers(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.answer(update, await _page(update, context), SLOT)


async def turn(update: Update, context: TownContext) -> None:
    await only_facilitators(update, context)
    await context.toast(update)
    await context.change(update, await _page(update, context), SLOT)


async def _page(update: Update, context: TownContext) -> Message:
    return answering_card(await context.work.answering.at(context.now), await words_here(update, context))


def answering_card(answering: Answering, t: Translator) -> Message:
    """The numbers, most pressing first."""
    heading = f"<b>📊 {escape(t.gettext('How the town answers'))}</b>"
    if not answering.ever.ideas:
        return Message(f"{heading}\n\n{escape(t.gettext('There are no ideas yet.'))}")
    parts = [heading, _waiting(answering, t), _rates(answering, t), _statuses(answering, t)]
    button = Button(f"⏳ {t.gettext('What waits')}", action(Verb.WAITING, 0))
    return Message("\n\n".join(part for part in parts if part), ((button,),))


def _waiting(answering: Answering, t: Translator) -> str:
    if answering.longest is None:
        return f"⏳ {escape(t.gettext('No idea waits for an answer.'))}"
    waits = t.ngettext("{n} idea waits for an answer.", "{n} ideas wait for an answer.", answering.waiting)
    longest = t.gettext("The longest has waited {duration}.", duration=t.relative(answering.longest))
    return f"⏳ {escape(f'{waits} {longest}')}"


def _rates(answering: Answering, t: Translator) -> str:
    lines = []
    if answering.recent.ideas:
        recent = t.gettext(
            "Of the ideas of the last {days} days, {share} have an answer ({answered} of {ideas}).",
            **_share(answering.recent, t),
            days=t.number(RECENTLY // timedelta(days=1)),
        )
        lines.append(recent)
    lines.append(
        t.gettext(
            "Of all ideas, {share} have an answer ({answered} of {ideas}).", **_share(answering.ever, t)
        )
    )
    if answering.usual_time is not None:
        usual = t.gettext(
            "Half of the answers of these {days} days came within {duration}.",
            duration=t.relative(answering.usual_time),
            days=t.number(RECENTLY // timedelta(days=1)),
        )
        lines.append(usual)
    return escape("\n".join(lines))


def _share(share: Share, t: Translator) -> dict[str, str]:
    return {
        "share": t.percent((share.per_cent or 0) / 100),
        "answered": t.number(share.answered),
        "ideas": t.number(share.ideas),
    }


def _statuses(answering: Answering, t: Translator) -> str:
    """A line a status that some idea has."""
    found = [(status, answering.by_status.get(status, 0)) for status in Status]
    return "\n".join(
        f"{escape(status_words(status, t))} · {t.number(ideas)}" for status, ideas in found if ideas
    )
