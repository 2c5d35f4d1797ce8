"""A facilitator gives a theme a name: types it when the card asks for it, or takes one that is suggested."""

from collections.abc import Sequence
from hashlib import blake2b
from html import escape

from telegram import Update

from cocreation.errors import MorgenError, ThemeGoneError
from cocreation.ideas.conversation import Conversation
from cocreation.ideas.decision import Decided
from cocreation.ideas.ids import MessageId, ThemeId
from cocreation.ideas.messages import Button, Message, Show
from cocreation.ideas.theme import Theme
from cocreation.services.name_theme import name_theme, suggested_names
from cocreation.services.open_theme import present_theme
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.giving_way import give_way
from handlers.open_theme import card_of, show_on_cards, show_theme
from handlers.quoting import on_one_line
from handlers.theme_actions import NAME, asks, open_theme_action, undo_button
from handlers.theme_cards import LONGEST_LABEL, SLOT
from handlers.theme_log import overruled_words
from handlers.theme_question import NameQuestion
from handlers.updates import answers, chat_of, in_group, pressed_message
from locales import Translator

BUTTON = 48


async def ask_name(update: Update, context: TownContext, theme: ThemeId) -> None:
    """Ask in the card what the theme shall be called."""
    present = await present_theme(context.work, theme)
    await give_way(update, context)
    question = NameQuestion(theme, pressed_message(update))
    await context.work.conversations.begin(question.kept_in(chat_of(update), context.now))
    await context.toast(update)
    await context.change(update, await _question(update, context, present), SLOT)


async def take_suggestion(update: Update, context: TownContext, theme: ThemeId, sign: str) -> None:
    """Give the suggested name that the button showed, as long as it is still suggested."""
    present = await present_theme(context.work, theme)
    name = next((name for name in await suggested_names(context.work, present) if _sign(name) == sign), None)
    if name is None:
        return await ask_name(update, context, theme)
    t = await words_here(update, context)
    said, undo = await _give(update, context, present, name, t)
    return await show_theme(update, context, theme, said, undo)


async def take_name(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The name that was asked for. In a group it is a reply to the question."""
    question, message = NameQuestion.of(waiting), update.effective_message
    if question is None or message is None:
        return False
    if not answers(update, question.at):
        return False
    t = await words_here(update, context)
    try:
        present = await present_theme(context.work, question.theme)
        said, undo = await _give(update, context, present, message.text or "", t)
    except ThemeGoneError:
        await context.work.conversations.end(waiting.chat)
        await _show(context, waiting, question.at, await card_of(update, context, question.theme))
    except MorgenError as error:
        await context.work.conversations.begin(question.kept_in(waiting.chat, context.now))
        fault = t.gettext(error.message, **error.values)
        await _show(context, waiting, question.at, await _question(update, context, present, fault))
    else:
        await context.work.conversations.end(waiting.chat)
        card = await card_of(update, context, question.theme, said, undo)
        await _show(context, waiting, question.at, card)
    return True


async def _give(
    update: Update, context: TownContext, theme: Theme, name: str, t: Translator
) -> tuple[str, Sequence[Button]]:
    """Name it; what the card says of that, and the button to undo it."""
    by = (await context.resident(update)).id
    decided = await name_theme(context.work, theme.id, name, by=by, now=context.now)
    if decided is None:
        return t.gettext("The theme has this name already."), ()
    await show_on_cards(context, decided.decision)
    return _named(theme, decided, t), (undo_button(theme.id, decided.decision, t),)


def _named(before: Theme, decided: Decided, t: Translator) -> str:
    was = t.gettext("Renamed. It was “{theme}” before.", theme=on_one_line(before.label, LONGEST_LABEL))
    return f"{was} {overruled_words(decided, t)}".strip()


async def _question(update: Update, context: TownContext, theme: Theme, fault: str = "") -> Message:
    t = await words_here(update, context)
    names = await suggested_names(context.work, theme)
    if in_group(update):
        ask = t.gettext("Write the new name as a reply to this message, as people here would say it.")
    else:
        ask = t.gettext("Write the new name, as people here would say it.")
    if names:
        ask = f"{ask} {t.gettext('Or take one that its words suggest:')}"
    heading = t.gettext("Rename “{theme}”", theme=on_one_line(theme.label, LONGEST_LABEL))
    parts = [f"<b>{escape(heading)}</b>", escape(fault), escape(ask)]
    rows = [(Button(on_one_line(name, BUTTON), asks(theme.id, NAME, _sign(name))),) for name in names]
    cancel = Button(f"✖️ {t.gettext('Cancel')}", open_theme_action(theme.id))
    return Message("\n\n".join(part for part in parts if part), (*rows, (cancel,)))


async def _show(context: TownContext, waiting: Conversation, at: MessageId, message: Message) -> None:
    await context.post(Show(waiting.chat, message, slot=SLOT, at=at))


def _sign(name: str) -> str:
    """What tells a suggested name from any other, in a button; it begins with a digit."""
    return f"0{blake2b(name.encode(), digest_size=5).hexdigest()}"
