"""Facilitators write an answer: choose how far the town is, write, look at it, send. Each step is kept."""

from dataclasses import replace
from html import escape

from telegram import Message as TelegramMessage
from telegram import Update

from cocreation.errors import MorgenError, NotAskedError, NotFoundError
from cocreation.ideas.conversation import Conversation
from cocreation.ideas.ids import (
    ChatId,
    IdeaId,
    Language,
    ReplyId,
    ResidentId,
    TemplateId,
    ThemeId,
    ThemeReplyId,
)
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.reply import Reach, Status
from cocreation.ideas.template import filled
from cocreation.services.correct_reply import correct_reply
from cocreation.services.keep_templates import standing_template
from cocreation.services.reply_to_idea import checked_answer, reply_to_idea
from cocreation.services.reply_to_theme import correct_theme_reply, reply_to_theme
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.giving_way import give_way
from handlers.reply_cards import (
    cancelled_card,
    choosing_card,
    corrected_card,
    preview_card,
    question_card,
    sent_card,
)
from handlers.reply_draft import Draft
from handlers.reply_subject import Subject, Target, last_change, standing, subject_of
from handlers.roles import is_facilitator, is_facilitator_of
from handlers.stale_cards import show_change
from handlers.updates import answers, chat_of, in_group, pressed_message
from locales import Translator

TEMPLATES = 6


async def choose(update: Update, context: TownContext, target: Target, corrects: int | None = None) -> None:
    """Ask how far the town is, in the message whose button was pressed."""
    subject = await subject_of(context.work, target, corrects)
    if corrects is not None:
        subject = replace(subject, said=await standing(context.work, target, corrects))
    await _end(update, context)
    card = choosing_card(subject, await words_here(update, context), corrects=corrects)
    await context.toast(update)
    await context.change(update, card, target.slot)


async def choose_again(update: Update, context: TownContext, target: Target) -> None:
    draft = Draft.of(await context.work.conversations.get(chat_of(update)))
    is_own = draft is not None and draft.at == pressed_message(update)
    await choose(update, context, target, draft.corrects if draft is not None and is_own else None)


async def ask(
    update: Update, context: TownContext, target: Target, status: Status, corrects: int | None = None
) -> None:
    """Ask for the words."""
    subject = await subject_of(context.work, target, corrects)
    at = pressed_message(update)
    draft = Draft(target, status, at, corrects=corrects)
    if corrects is not None:
        said = await standing(context.work, target, corrects)
        draft = replace(draft, text=said.answer.text, photo=said.answer.photo)
    draft = replace(draft, after=await last_change(context.work, target, corrects))
    before = Draft.of(await context.work.conversations.get(chat_of(update)))
    if before is None or before.at != at:
        await give_way(update, context)
    await _ask(update, context, subject, draft)


async def ask_again(update: Update, context: TownContext, target: Target) -> None:
    draft = await own_draft(update, context, target)
    await _ask(update, context, await subject_of(context.work, target, draft.corrects), draft)


async def fill(update: Update, context: TownContext, target: Target, template: TemplateId) -> None:
    """Let a template be the words, which can still be changed."""
    draft = await own_draft(update, context, target)
    subject = await subject_of(context.work, target, draft.corrects)
    found = await standing_template(context.work, template)
    text = checked_answer(filled(found.text, town=context.town.name, idea=subject.words))
    await context.toast(update)
    await _preview(update, context, subject, replace(draft, text=text))


async def leave_photo_out(update: Update, context: TownContext, target: Target) -> None:
    draft = await own_draft(update, context, target)
    subject = await subject_of(context.work, target, draft.corrects)
    await context.toast(update)
    await _preview(update, context, subject, replace(draft, photo=None))


async def cancel(update: Update, context: TownContext, target: Target) -> None:
    await _end(update, context)
    t = await words_here(update, context)
    try:
        card = cancelled_card(await subject_of(context.work, target), t)
    except NotFoundError:
        card = Message(escape(t.gettext("Nothing was sent.")))
    await context.toast(update)
    await context.change(update, card, target.slot)


async def may_answer(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """A theme has ideas of any process: those who look after one alone do not answer it."""
    draft = Draft.of(waiting)
    if draft is None or draft.target.is_theme:
        return await is_facilitator(update, context)
    return await is_facilitator_of(update, context, IdeaId(draft.target.id))


async def take_answer(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The town's words, or a photo, where a chat was asked for them. In a group they are a reply to the
    question."""
    draft, message = Draft.of(waiting), update.effective_message
    if draft is None or message is None:
        return False
    if not answers(update, draft.at):
        return False
    t = await words_here(update, context)
    try:
        subject = await subject_of(context.work, draft.target, draft.corrects)
    except NotFoundError as error:
        await context.work.conversations.end(waiting.chat)
        await _show(context, waiting.chat, draft, Message(escape(t.gettext(error.message))))
        return True
    file = photo_in(message)
    if file is not None:
        draft = replace(draft, photo=await context.work.reply_photos.add(file, context.now))
    said = message.text or message.caption or (draft.text if file is not None else None) or ""
    try:
        text = checked_answer(said)
    except MorgenError as error:
        fault = t.gettext(error.message, **error.values)
        await context.work.conversations.begin(draft.kept_in(waiting.chat, context.now))
        await _show(context, waiting.chat, draft, await _question(update, context, subject, draft, fault))
        return True
    await _preview(update, context, subject, replace(draft, text=text))
    return True


def photo_in(message: TelegramMessage) -> str | None:
    """The file of a photo, also of one that was sent as a file."""
    if message.photo:
        return message.photo[-1].file_id
    document = message.document
    is_picture = document is not None and (document.mime_type or "").startswith("image/")
    return document.file_id if document is not None and is_picture else None


async def send(update: Update, context: TownContext, target: Target) -> None:
    """Send what the message shows, unless somebody else has answered meanwhile."""
    draft = await own_draft(update, context, target)
    if draft.text is None:
        raise NotAskedError
    after = await last_change(context.work, target, draft.corrects)
    t = await words_here(update, context)
    if after != draft.after:
        text = t.gettext("Somebody else has answered this meanwhile. Look at yours once more, then send it.")
        subject = await subject_of(context.work, target, draft.corrects)
        await context.toast(update, text, alert=True)
        return await _preview(update, context, subject, replace(draft, after=after), text)
    by = (await context.resident(update)).id
    card = await (_add(draft, context, by, t) if draft.corrects is None else _correct(draft, context, by, t))
    await context.work.conversations.end(chat_of(update))
    await context.toast(update, t.gettext("Sent."))
    await context.change(update, card, target.slot)
    return await show_change(context, target)


async def own_draft(update: Update, context: TownContext, target: Target) -> Draft:
    """What is being written in the message whose button was pressed. Raises NotAskedError."""
    draft = Draft.of(await context.work.conversations.get(chat_of(update)))
    if draft is None or draft.target != target or draft.at != pressed_message(update):
        raise NotAskedError
    return draft


async def _add(draft: Draft, context: TownContext, by: ResidentId, t: Translator) -> Message:
    work, target, answer = context.work, draft.target, draft.answer
    if target.is_theme:
        number, reach = await reply_to_theme(work, ThemeId(target.id), answer, by=by, now=context.now)
        return sent_card(await subject_of(work, target), answer, reach, number, t)
    people = await reply_to_idea(
        work, IdeaId(target.id), answer.status, answer.text, by=by, now=context.now, photo=answer.photo
    )
    subject = await subject_of(work, target)
    said = subject.said
    return sent_card(subject, answer, Reach(1, people), None if said is None else said.id, t)


async def _correct(draft: Draft, context: TownContext, by: ResidentId, t: Translator) -> Message:
    work, target, number = context.work, draft.target, draft.corrects or 0
    if target.is_theme:
        theme_reply = ThemeReplyId(number)
        reach = await correct_theme_reply(work, theme_reply, draft.answer, by=by, now=context.now)
    else:
        people = await correct_reply(work, ReplyId(number), draft.answer, by=by, now=context.now)
        reach = Reach(1, people)
    said = await standing(work, target, number)
    correction = await last_change(work, target, number)
    day = context.town.local(context.now).date()
    return corrected_card(await subject_of(work, target, number), said, reach, correction or 0, t, day=day)


async def _ask(update: Update, context: TownContext, subject: Subject, draft: Draft) -> None:
    await context.work.conversations.begin(draft.kept_in(chat_of(update), context.now))
    card = await _question(update, context, subject, draft)
    await context.toast(update)
    await context.change(update, card, draft.slot)


async def _question(
    update: Update, context: TownContext, subject: Subject, draft: Draft, fault: str = ""
) -> Message:
    t = await words_here(update, context)
    templates = await context.work.templates.for_status(draft.status, Language(t.language), TEMPLATES)
    return question_card(
        subject,
        draft.status,
        t,
        in_group=in_group(update),
        fault=fault,
        before=draft.text,
        templates=templates,
    )


async def _preview(
    update: Update, context: TownContext, subject: Subject, draft: Draft, first: str = ""
) -> None:
    chat = chat_of(update)
    await context.work.conversations.begin(draft.kept_in(chat, context.now))
    t = await words_here(update, context)
    corrects = None
    if draft.corrects is not None:
        corrects = await standing(context.work, draft.target, draft.corrects)
    card = preview_card(subject, draft.answer, t, corrects=corrects, first=first)
    await _show(context, chat, draft, card)


async def _end(update: Update, context: TownContext) -> None:
    """Wait no longer for what the message asks for, if it is what the chat waits for."""
    draft = Draft.of(await context.work.conversations.get(chat_of(update)))
    if draft is not None and draft.at == pressed_message(update):
        await context.work.conversations.end(chat_of(update))


async def _show(context: TownContext, chat: ChatId, draft: Draft, message: Message) -> None:
    await context.post(Show(chat, message, slot=draft.slot, at=draft.at))
