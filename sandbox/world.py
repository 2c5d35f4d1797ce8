"""A world: one bot, people, chats, and everything that happened in them. No HTTP in here."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from sandbox import demo, persistence
from sandbox.calls import CallLog
from sandbox.errors import SandboxError
from sandbox.events import EventHub
from sandbox.faults import FaultList
from sandbox.files import FileStore
from sandbox.inline import InlineMode
from sandbox.limits import FloodLimits
from sandbox.menus import BotMenus
from sandbox.tokens import DEFAULT_TOKEN, bot_id
from sandbox.updates import UpdateQueue
from sandbox.values import ADMINISTRATOR, LEFT, MEMBER, Bot, Chat, Json, Person, Press
from sandbox.webhook import Webhook

CALLBACK_SECONDS = 15 * 60.0
_FIRST_PERSON = 1_000_001
_FIRST_GROUP = -4_000_001
_FIRST_SUPERGROUP = -1_000_000_000_001
_EPOCH = 1_735_689_600  # the start of 2025


class World:
    """Everything the sandbox knows.

    Update ids and message ids begin at numbers that rise with the time of creation, so that a fresh world
    never repeats those that a database remembers from an earlier one. With `privacy_mode` the bot hears in
    groups what a bot with privacy mode hears. `limits` switches Telegram's flood limits on.
    `inline_feedback` is whether the bot is told which inline result was chosen.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        first_name: str = "Morgen",
        username: str = "morgen_sandbox_bot",
        clock: Callable[[], float] = time.time,
        limits: bool = False,
        privacy_mode: bool = True,
        inline_feedback: bool = True,
        folder: Path | None = None,
    ) -> None:
        age = max(int(clock()) - _EPOCH, 0)
        self.bot = Bot(token, bot_id(token), username, first_name)
        self.clock = clock
        self.folder = folder
        self.privacy_mode = privacy_mode
        self.inline_feedback = inline_feedback
        self.inline = InlineMode(clock)
        self.limits = FloodLimits(clock) if limits else None
        self.links: dict[str, str | None] = {"board": None}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore(None if folder is None else folder / "files")
        self.updates = UpdateQueue(100_000_000 + age * 4 % 1_900_000_000, clock)
        self.webhook: Webhook | None = None
        self.menus = BotMenus()
        self.calls = CallLog()
        self.faults = FaultList()
        self.events = EventHub()
        self.presses: dict[str, Press] = {}
        self.changes = 0
        self.first_message_id = age // 10

    @classmethod
    def load(cls, folder: Path, *, limits: bool = False, clock: Callable[[], float] = time.time) -> "World":
        """Read the world that was saved in a folder; raises SandboxError when it cannot be read."""
        saved = persistence.read(folder)
        bot = saved["bot"]
        world = cls(
            bot["token"],
            first_name=bot["first_name"],
            username=bot["username"],
            clock=clock,
            limits=limits,
            privacy_mode=saved["privacy_mode"],
            folder=folder,
        )
        persistence.restore(world, saved)
        return world

    def save(self) -> None:
        """Write the world into its folder, if it has one."""
        persistence.save(self)

    def now(self) -> int:
        """Seconds since 1970, as messages are dated."""
        return int(self.clock())

    def changed(self) -> None:
        """Note that there is something new to save."""
        self.changes += 1

    def add_person(
        self,
        first_name: str,
        *,
        id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        role: str = "resident",
        started: bool = False,
    ) -> Person:
        """Let a person exist, with a private chat of the same id, in which they wrote before if `started`."""
        person_id = id if id is not None else self._free_id(_FIRST_PERSON, 1)
        if person_id in self.chats or person_id == self.bot.id or person_id <= 0:
            raise SandboxError(f"there is already a chat {person_id}, or it is no number for a person")
        person = Person(person_id, first_name, last_name, username, language_code, role)
        self.people[person_id] = person
        self._add_chat(
            Chat(
                person_id,
                "private",
                person=person,
                members={person_id: MEMBER},
                bot_status=MEMBER if started else LEFT,
            )
        )
        return person

    def add_group(
        self,
        title: str,
        members: Iterable[int],
        *,
        admins: Iterable[int] = (),
        type: str = "group",
        id: int | None = None,
        is_forum: bool = False,
        bot_status: str = MEMBER,
    ) -> Chat:
        """Make a group or supergroup of people and the bot, added by the first administrator or member."""
        if type not in {"group", "supergroup"}:
            raise SandboxError("a chat with several people is a group or a supergroup")
        if is_forum and type != "supergroup":
            raise SandboxError("only a supergroup is a forum")
        bosses = list(admins)
        everyone = {**dict.fromkeys(members, MEMBER), **dict.fromkeys(bosses, ADMINISTRATOR)}
        unknown = [person for person in everyone if person not in self.people]
        if unknown or not everyone:
            raise SandboxError(f"a group needs members who exist; unknown: {unknown}")
        first = _FIRST_GROUP if type == "group" else _FIRST_SUPERGROUP
        chat_id = id if id is not None else self._free_id(first, -1)
        if chat_id in self.chats or chat_id >= 0:
            raise SandboxError(f"there is already a chat {chat_id}, or it is no number for a group")
        chat = Chat(chat_id, type, title, members=everyone, bot_status=bot_status, is_forum=is_forum)
        self._add_chat(chat)
        self.tell_bot_status(chat, self.people[next(iter(bosses or everyone))], LEFT)
        return chat

    def new_supergroup(self, group: Chat, *, is_forum: bool = False) -> Chat:
        """Make the supergroup that takes a group's place, with the same people."""
        chat = Chat(
            self._free_id(_FIRST_SUPERGROUP, -1),
            "supergroup",
            group.title,
            members=dict(group.members),
            bot_status=group.bot_status,
            is_forum=is_forum,
        )
        self._add_chat(chat)
        return chat

    def _free_id(self, first: int, step: int) -> int:
        while first in self.chats:
            first += step
        return first

    def _add_chat(self, chat: Chat) -> None:
        chat.last_message_id = self.first_message_id
        self.chats[chat.id] = chat
        self.changed()
        self.events.publish("chat", chat.id)

    def post(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat; gives it with its message_id and date."""
        message_id = chat.next_message_id()
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.brief,
            "date": self.now(),
            **content,
        }
        chat.messages[message_id] = message
        self.changed()
        self.events.publish("message", chat.id, message=message, message_id=message_id)
        return message

    def replace(self, chat: Chat, message: Json) -> None:
        """Put a changed message in the place of the one with its message_id."""
        chat.messages[message["message_id"]] = message
        self.changed()
        self.events.publish("edited", chat.id, message=message, message_id=message["message_id"])

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message out of a chat."""
        del chat.messages[message_id]
        chat.reactions.pop(message_id, None)
        self.changed()
        self.events.publish("deleted", chat.id, message_id=message_id)

    def tell_bot(self, kind: str, content: Json, chat_id: int) -> None:
        """Queue an update for the bot."""
        self.updates.add(kind, content, chat_id)
        self.changed()

    def redeliver(self, count: int) -> int:
        """Let the bot have its last `count` confirmed updates once more; gives how many there are."""
        updates = self.updates.confirmed(count)
        if self.webhook is None:
            self.updates.repeat(updates)
        else:
            for update in updates:
                self.updates.restore(replace(update, queued_at=self.clock()))
        self.changed()
        return len(updates)

    def tell_bot_status(self, chat: Chat, by: Person | Bot, before: str) -> None:
        """Tell the bot that its place in a chat changed from `before` to what it is now."""
        content = {
            "chat": chat.brief,
            "from": by.user(),
            "date": self.now(),
            "old_chat_member": self.bot_member(before),
            "new_chat_member": self.bot_member(chat.bot_status),
        }
        self.tell_bot("my_chat_member", content, chat.id)
        self.events.publish("chat", chat.id)

    def bot_member(self, status: str) -> Json:
        """The bot's own `ChatMember`."""
        return chat_member(self.bot.user(), status)

    def add_press(self, press: Press) -> None:
        """Remember a press until it is too old to be answered."""
        oldest = self.clock() - CALLBACK_SECONDS
        while self.presses and next(iter(self.presses.values())).at < oldest:
            del self.presses[next(iter(self.presses))]
        self.presses[press.id] = press

    def find_press(self, press_id: str) -> Press | None:
        """Look a press up; None once it is too old."""
        press = self.presses.get(press_id)
        if press is None or press.at < self.clock() - CALLBACK_SECONDS:
            return None
        return press


def demo_world(
    town_name: str, *, token: str = DEFAULT_TOKEN, folder: Path | None = None, limits: bool = False
) -> World:
    """Make the world of the demo for a town, with the people and groups of `sandbox.demo`."""
    world = World(token, first_name=f"Morgen {town_name}", folder=folder, limits=limits)
    demo.people(world, town_name)
    return world


_ADMIN_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_promote_members",
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "is_anonymous",
)
_DENIED = {"can_be_edited", "can_promote_members", "is_anonymous"}


def chat_member(user: Json, status: str) -> Json:
    """The `ChatMember` of a user with one of the four statuses that a world knows."""
    member: Json = {"user": user, "status": status}
    if status == ADMINISTRATOR:
        member.update({right: right not in _DENIED for right in _ADMIN_RIGHTS})
    elif status == "kicked":
        member["until_date"] = 0
    return member
