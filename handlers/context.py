"""What a handler has at hand: one transaction, the moment, the town, the person and their words."""

from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from cocreation.ideas.group import Group
from cocreation.ideas.ids import ChatId, Language, MessageId
from cocreation.ideas.messages import Message, Post, Show, Toast
from cocreation.ideas.notice import NIGHT
from cocreation.ideas.resident import Resident
from cocreation.ideas.town import Town
from cocreation.ports import TownSettings, Work
from cocreation.services.come_back import come_back
from locales import Translator, translator

SETTINGS = "settings"
"""Under which the application keeps the rules of what may be set."""

TOAST_LIVES = timedelta(seconds=30)
"""A button's answer is worthless once the phone stopped waiting for it."""


@dataclass(slots=True)
class Turn:
    """The handling of one update. What went wrong is left in `failure`, since
    python-telegram-bot keeps a handler's exception to itself."""

    work: Work
    now: datetime
    town: Town
    failure: BaseException | None = None
    met: dict[ChatId, Resident] = field(default_factory=dict)


TURN: ContextVar[Turn] = ContextVar("turn")


class TownContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context that Morgen's handlers receive."""

    @property
    def turn(self) -> Turn:
        return TURN.get()

    @property
    def work(self) -> Work:
        return self.turn.work

    @property
    def now(self) -> datetime:
        return self.turn.now

    @property
    def town(self) -> Town:
        return self.turn.town

    @property
    def settings(self) -> TownSettings:
        """The rules of what may be set from the chat."""
        rules: TownSettings = self.bot_data[SETTINGS]
        return rules

    async def resident(self, update: Update) -> Resident:
        """The person who wrote or pressed, in the language of their phone when they are new."""
        user = update.effective_user
        if user is None:
            raise ValueError("nobody sent this update")
        chat = ChatId(user.id)
        if chat not in self.turn.met:
            language = self.town.speaks(user.language_code)
            self.turn.met[chat] = await self.work.residents.meet(chat, language, self.now)
            if self.turn.met[chat].is_new and self.town.quiet != NIGHT:
                await self._let_be_quiet(chat)
            if self.turn.met[chat].is_away and _is_private(update):
                await come_back(self.work, self.turn.met[chat], self.now)
        return self.turn.met[chat]

    async def _let_be_quiet(self, chat: ChatId) -> None:
        """The town's quiet hours for somebody who is new."""
        resident = self.turn.met[chat]
        wishes = replace(resident.wishes, quiet=self.town.quiet)
        await self.work.residents.set_wishes(resident.id, wishes)
        self.turn.met[chat] = replace(resident, wishes=wishes)

    async def post(self, post: Post) -> None:
        await self.work.outbox.put(post, self.now)

    async def answer(
        self, update: Update, message: Message, slot: str | None = None, answers: MessageId | None = None
    ) -> None:
        """Answer with a new message in the chat from which the update came, as a reply to `answers`."""
        chat, thread = _place_of(update)
        await self.post(Show(chat, message, slot=slot, is_new=True, thread=thread, answers=answers))

    async def change(self, update: Update, message: Message, slot: str | None = None) -> None:
        """Edit the message whose button was pressed, else the one that shows the slot."""
        query = update.callback_query
        at = MessageId(query.message.message_id) if query is not None and query.message else None
        chat, thread = _place_of(update)
        await self.post(Show(chat, message, slot=slot, at=at, thread=thread))

    async def toast(self, update: Update, text: str = "", alert: bool = False) -> None:
        """Answer a button press."""
        query = update.callback_query
        if query is not None:
            chat, _ = _place_of(update)
            await self.post(Toast(chat, query.id, text, self.now + TOAST_LIVES, alert))

    async def words(self, update: Update) -> Translator:
        """The language to answer in: the person's in private, the group's where many read."""
        chat = update.effective_chat
        if chat is not None and chat.type != chat.PRIVATE:
            return translator(await self.group_language(ChatId(chat.id)))
        return translator(language_of(await self.resident(update), self.town))

    async def group_language(self, chat: ChatId) -> Language:
        """What an administrator of the group chose, else the town's first language."""
        group = await self.work.groups.get(chat)
        return spoken_in(group, self.town)


TownApplication = Application[ExtBot[None], TownContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]


def _place_of(update: Update) -> tuple[ChatId, int | None]:
    chat = update.effective_chat
    message = update.effective_message
    if chat is None:
        user = update.effective_user
        if user is None:
            raise ValueError("there is nowhere to answer")
        return ChatId(user.id), None
    thread = message.message_thread_id if message is not None and message.is_topic_message else None
    return ChatId(chat.id), thread


def _is_private(update: Update) -> bool:
    """Whether the person can be answered where they are; in a group they can be while they block the bot."""
    chat = update.effective_chat
    return chat is not None and chat.type == chat.PRIVATE


def spoken_in(group: Group | None, town: Town) -> Language:
    """The language of a group, as long as the town still speaks it."""
    chosen = group.language if group is not None else None
    return chosen if chosen is not None and chosen in town.languages else town.languages[0]


def language_of(resident: Resident, town: Town) -> Language:
    """The resident's language, as long as the town still speaks it."""
    return resident.language if resident.language in town.languages else town.languages[0]
