"""Who wrote something objects to its hiding, or answers the facilitators' question."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import MorgenError, NotFoundError, TooManyWordsError, WordlessError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ActId, ChatId
from cocreation.ideas.messages import Show
from cocreation.ideas.moderation import HIDING, Act
from cocreation.services.moderate_words import answer_question, may_answer, may_object, object_to
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.faults import words_for
from handlers.giving_way import give_way
from handlers.moderation_bell import ring
from handlers.moderation_notices import CANCEL, answered, asking, notice, slot_of_notice
from handlers.things import thing_about
from handlers.updates import pressed_data
from locales import translator


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.TO_FACILITATORS)))


async def press(update: Update, context: TownContext) -> None:
    """Ask for the words below what was told, or do not ask any more."""
    chat, resident = update.effective_chat, await context.resident(update)
    act = await _open(context, ActId(number(pressed_data(update))), update)
    if chat is None:
        raise NotFoundError
    thing = await thing_about(context.work, act.about)
    t = translator(language_of(resident, context.town))
    await give_way(update, context)
    await context.toast(update)
    if CANCEL in arguments(pressed_data(update)):
        return await context.change(update, notice(act, thing, context.town, t), slot_of_notice(act))
    waiting = Conversation(ChatId(chat.id), Step.TO_FACILITATORS, context.now, subject=act.id)
    await context.work.conversations.begin(waiting)
    return await context.change(update, asking(act, thing, t), slot_of_notice(act))


async def take_words(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The author's words: they go into the queue."""
    message, resident = update.effective_message, await context.resident(update)
    if waiting.subject is None or message is None:
        return False
    act = await context.work.acts.get(ActId(waiting.subject))
    t = translator(language_of(resident, context.town))
    if act is None:
        await context.work.conversations.end(waiting.chat)
        return False
    say = object_to if act.kind in HIDING else answer_question
    try:
        await say(context.work, act.id, resident.id, message.text or "", context.now)
    except (WordlessError, TooManyWordsError) as error:
        thing = await thing_about(context.work, act.about)
        card = asking(act, thing, t, words_for(error, t, context.town))
        await context.post(Show(waiting.chat, card, slot=slot_of_notice(act)))
        return True
    except MorgenError:
        await context.work.conversations.end(waiting.chat)
        raise
    await context.work.conversations.end(waiting.chat)
    thing = await thing_about(context.work, act.about)
    await context.post(Show(waiting.chat, answered(act, thing, context.town, t), slot=slot_of_notice(act)))
    await ring(context.work, context.town, context.now, is_new=True)
    return True


async def _open(context: TownContext, act: ActId, update: Update) -> Act:
    """What the button is about, if this person may say something to it. Raises ObjectionOverError and
    QuestionOverError."""
    resident = await context.resident(update)
    found = await context.work.acts.get(act)
    if found is None:
        raise NotFoundError
    check = may_object if found.kind in HIDING else may_answer
    return await check(context.work, act, resident.id)
