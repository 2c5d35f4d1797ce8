"""What belongs to one person stays in the private chat: a button forged in a group would speak to all."""

from telegram import Update
from telegram.ext import ApplicationHandlerStop, CallbackQueryHandler

from cocreation.errors import NotFoundError
from handlers.actions import VERSION, Verb, arguments
from handlers.context import TownApplication, TownContext
from handlers.voice_cards import VOICE

IN_GROUPS = frozenset(
    {
        Verb.THEMES,
        Verb.THEME,
        Verb.WHY_THEME,
        Verb.PROPOSE_SPLIT,
        Verb.SPLIT,
        Verb.UNDO_SPLIT,
        Verb.CANCEL,
        Verb.OFFER,
        Verb.GROUP_LANGUAGE,
        Verb.TRANSCRIBE,
        Verb.WAITING,
        Verb.REPLY,
        Verb.STATUS,
        Verb.THEME_REPLY,
        Verb.ANSWERING,
        Verb.TEMPLATES,
        Verb.HIDE,
        Verb.MODERATE,
        Verb.EXPORT,
        Verb.DIGEST,
        Verb.ROLES,
        Verb.TOWN,
        Verb.FRAMES,
        Verb.PROCESSES,
    }
)
"""What messages in a group have buttons for."""

_FIRST = -1


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(keep_private), group=_FIRST)


async def keep_private(update: Update, context: TownContext) -> None:
    """Let a button of one person's go no further in a group."""
    query, chat = update.callback_query, update.effective_chat
    if query is None or chat is None or chat.type == chat.PRIVATE or _is_for_many(query.data):
        return
    t = await context.words(update)
    await context.toast(update, t.gettext(NotFoundError.message), alert=True)
    raise ApplicationHandlerStop


def _is_for_many(data: str | None) -> bool:
    version, _, said = (data or "").partition(":")
    verb = said.partition(":")[0]
    if verb == Verb.CANCEL:
        # Others stand on a card of one's own, which asked for something.
        return arguments(data)[1:] == [VOICE]
    return version == VERSION and verb in IN_GROUPS
