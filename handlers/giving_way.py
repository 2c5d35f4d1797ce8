"""A chat is asked for one thing at a time: what it was asked before gives way, and its message says so."""

import json

from telegram import Update

from cocreation.errors import NotFoundError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.messages import Show
from cocreation.services.look_around import ASKED_ON_CARD
from handlers import process_cards, template_cards, voice_cards
from handlers.asking import ASKED, put_question_away
from handlers.context import TownContext
from handlers.desks import words_here, words_of_desk
from handlers.digest_buttons import dates_put_aside
from handlers.digest_token import period_from
from handlers.moderation_asked import put_back
from handlers.moderation_notices import put_notice_back
from handlers.open_theme import card_of
from handlers.own_cards import redraw_elsewhere
from handlers.process_draft import Draft as ProcessDraft
from handlers.reply_cards import put_aside_card
from handlers.reply_draft import Draft
from handlers.reply_subject import subject_of
from handlers.theme_cards import SLOT
from handlers.theme_question import NameQuestion
from handlers.town_settings_text import SLOT as TOWN_SETTINGS
from handlers.town_settings_text import put_aside_page
from handlers.updates import chat_of


async def give_way(update: Update, context: TownContext) -> None:
    """Wait no more for what the chat was asked. A half-written answer of the town is given back."""
    chat = update.effective_chat
    waiting = None if chat is None else await context.work.conversations.get(ChatId(chat.id))
    if waiting is None:
        return
    await context.work.conversations.end(waiting.chat)
    if (draft := Draft.of(waiting)) is not None:
        await _put_aside(context, waiting.chat, draft)
    elif (question := NameQuestion.of(waiting)) is not None:
        await _put_name_aside(update, context, question)
    elif (process := ProcessDraft.of(waiting)) is not None:
        aside = process_cards.put_aside_card(await words_of_desk(context, waiting.chat))
        await context.post(Show(waiting.chat, aside, slot=process_cards.SLOT, at=process.at))
    elif waiting.subject is not None and waiting.step is Step.TRANSCRIPT:
        idea, t = IdeaId(waiting.subject), await words_of_desk(context, waiting.chat)
        slot = voice_cards.slot_of(idea)
        await context.post(Show(waiting.chat, voice_cards.still_waiting(idea, t), slot=slot))
    elif waiting.step is Step.SETTING:
        page = put_aside_page(await words_of_desk(context, waiting.chat))
        await context.post(Show(waiting.chat, page, slot=TOWN_SETTINGS))
    elif waiting.step is Step.MODERATE:
        await put_back(context, waiting, await words_of_desk(context, waiting.chat))
    elif waiting.step is Step.TO_FACILITATORS:
        await put_notice_back(context, waiting)
    elif waiting.step is Step.TEMPLATE and waiting.words is not None:
        at = MessageId(int(waiting.words.partition(":")[0]))
        aside = template_cards.put_aside_card(await words_of_desk(context, waiting.chat))
        await context.post(Show(waiting.chat, aside, slot=template_cards.SLOT, at=at))
    elif waiting.step is Step.DIGEST_DATES:
        await _put_dates_aside(context, waiting)
    elif waiting.step in ASKED:
        await put_question_away(update, context, waiting)
    elif waiting.subject is not None and waiting.step in ASKED_ON_CARD:
        await redraw_elsewhere(update, context, IdeaId(waiting.subject))


async def _put_aside(context: TownContext, chat: ChatId, draft: Draft) -> None:
    try:
        subject = await subject_of(context.work, draft.target, draft.corrects)
    except NotFoundError:
        return
    message = put_aside_card(subject, draft.text, await words_of_desk(context, chat))
    await context.post(Show(chat, message, slot=draft.slot, at=draft.at))


async def _put_name_aside(update: Update, context: TownContext, question: NameQuestion) -> None:
    t = await words_here(update, context)
    said = t.gettext("This was put aside, because something else was begun.")
    card = await card_of(update, context, question.theme, said)
    await context.post(Show(chat_of(update), card, slot=SLOT, at=question.at))


async def _put_dates_aside(context: TownContext, waiting: Conversation) -> None:
    kept, t = json.loads(waiting.words or "{}"), await words_of_desk(context, waiting.chat)
    message = dates_put_aside(period_from(kept["period"]), t)
    await context.post(Show(waiting.chat, message, at=MessageId(kept["at"])))
