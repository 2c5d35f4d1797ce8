"""Reads what is said in a group: to whom, by whom, in answer to what."""

import re
from dataclasses import replace

from telegram import Message, User
from telegram.ext import filters

from cocreation.ideas.idea import clean_text
from cocreation.ideas.submission import Submission
from handlers.reading import read_submission

_COMMAND = re.compile(r"/\w+(@\w+)?(\s|$)")


class SpokenTo(filters.MessageFilter):
    """Messages that begin or end with the bot's name, begin with /idea below a photo, or reply to the bot."""

    def filter(self, message: Message) -> bool:
        is_captioned = re.match(r"/idea(@\w+)?(\s|$)", message.caption or "") is not None
        return is_captioned or names_bot(message) or replies_to_bot(message)


def names_bot(message: Message) -> bool:
    """Whether the bot is spoken to by name; inside a sentence its name is just a word."""
    return _named(message).search(_said(message)) is not None


def replies_to_bot(message: Message) -> bool:
    answered = answered_message(message)
    return answered is not None and answered.from_user == message.get_bot().bot


def is_command(message: Message) -> bool:
    return _COMMAND.match(_said(message)) is not None


def calls_for_idea(message: Message) -> bool:
    """Whether it speaks to the bot as one does who has an idea."""
    name = re.escape(message.get_bot().username)
    is_call = re.match(rf"/idea(@{name})?(\s|$)", _said(message), re.IGNORECASE) is not None
    return is_call or names_bot(message)


def answered_message(message: Message) -> Message | None:
    """The message to which this is a reply. In a topic every other message hangs on the one that began it."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created is not None else answered


def author_of(message: Message) -> User | None:
    """The person who wrote it; None for bots, channels, administrators who write in the group's name, and
    cards of the bot's, which have somebody else's words."""
    user = message.from_user
    if user is None or user.is_bot or message.sender_chat is not None or is_shared_card(message):
        return None
    return user


def is_shared_card(message: Message) -> bool:
    """Whether somebody chose the card of an idea inline, to show it in this chat."""
    return message.via_bot is not None and message.via_bot.id == message.get_bot().id


def is_by_other_bot(message: Message) -> bool:
    user = message.from_user
    return user is not None and user.is_bot and message.sender_chat is None


def submission_of(message: Message) -> Submission:
    """What is said besides the command or the bot's name."""
    text = _said(message)
    found = _COMMAND.match(text) or _named(message).search(text)
    words = text if found is None else text[: found.start()] + text[found.end() :]
    return replace(read_submission(message), text=clean_text(words))


def _said(message: Message) -> str:
    return (message.text or message.caption or "").strip()


def _named(message: Message) -> re.Pattern[str]:
    name = re.escape(f"@{message.get_bot().username}")
    return re.compile(rf"^{name}\b[\s,:]*|[\s,]*{name}$", re.IGNORECASE)
