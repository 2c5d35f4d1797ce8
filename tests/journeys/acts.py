"""What the people of a village can do, on a phone that keeps every button it has ever shown."""

import secrets
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from PIL import Image

from sandbox import files, forwards, people, querying
from sandbox.context import Context
from sandbox.values import Json, Press
from sandbox.world import World
from tests.bot.town import FACILITATORS, LIEN
from tests.journeys.ledger import actions

NL, FR, DE, EN = 1001, 1002, 1003, 1004
RESIDENTS = (NL, FR, DE, EN)
SQUARE = -2002


def village_world(world: World) -> World:
    """A resident in each language, facilitators with their group, and a group of neighbours."""
    world.add_person("Griet", id=NL, language_code="nl")
    world.add_person("Yasmine", id=FR, language_code="fr-BE")
    world.add_person("Jürgen", id=DE, language_code="de")
    world.add_person("Emma", id=EN, language_code="en")
    world.add_person("Lien", id=LIEN, language_code="nl", role="facilitator")
    world.add_group("Participatie", [], admins=[LIEN], id=FACILITATORS, bot_status="administrator")
    world.add_group("Plein", list(RESIDENTS), id=SQUARE)
    return world


@dataclass(frozen=True, slots=True)
class Shown:
    """A button that a message showed, now or once."""

    chat: int
    message: int
    data: str


@dataclass
class Acts:
    """Acts of people, each an update for the bot."""

    world: World
    buttons: list[Shown] = field(default_factory=list)
    _known: set[Shown] = field(default_factory=set)

    def look(self) -> None:
        """Remember the buttons that messages show now; those of messages that were taken away are gone."""
        there = {(chat.id, number) for chat in self.world.chats.values() for number in chat.messages}
        self.buttons = [each for each in self.buttons if (each.chat, each.message) in there]
        for chat in self.world.chats.values():
            for number, message in chat.messages.items():
                for data in actions(message):
                    button = Shown(chat.id, number, data)
                    if button not in self._known:
                        self._known.add(button)
                        self.buttons.append(button)

    def write(self, person: int, text: str, chat: int | None = None, answers: int | None = None) -> Json:
        context = Context(reply_to_message_id=answers)
        return people.write(self.world, chat or person, person, text, context)

    def forward(self, person: int, text: str, source: forwards.Source) -> Json:
        content = people.text_content(text)
        return people.send(self.world, person, person, content, Context(forward_from=source))

    def photos(self, person: int, count: int, caption: str) -> None:
        words = people.text_content(caption, field="caption", entities="caption_entities") if caption else {}
        each = [
            {"photo": files.add_photo(self.world.files, [(picture(), (90, 60))]), **words}
            for words in [words, *[{}] * (count - 1)]
        ]
        if count == 1:
            people.send(self.world, person, person, each[0])
        else:
            people.send_album(self.world, person, person, each)

    def voice(self, person: int) -> None:
        stored = self.world.files.add("voice", secrets.token_bytes(40), mime_type="audio/ogg", seconds=4)
        people.send(self.world, person, person, {"voice": files.voice(stored)})

    def place(self, person: int) -> None:
        people.send(self.world, person, person, {"location": {"latitude": 50.8, "longitude": 4.9}})

    def dice(self, person: int) -> None:
        people.send(self.world, person, person, {"dice": {"emoji": "🎲", "value": 4}})

    def correct(self, person: int, message: Json, text: str) -> None:
        people.edit(self.world, message["chat"]["id"], person, message["message_id"], text)

    def press(self, person: int, button: Shown) -> str:
        """Press a button, also one that its message has shown only earlier, or to somebody else."""
        chat = self.world.chats[button.chat]
        press = Press(str(secrets.randbits(62)), chat.id, button.message, person, self.world.clock())
        self.world.add_press(press)
        content = {
            "id": press.id,
            "from": self.world.people[person].user(),
            "message": chat.messages[button.message],
            "chat_instance": str(abs(chat.id) * 1_000_003),
            "data": button.data,
        }
        self.world.tell_bot("callback_query", content, chat.id)
        return press.id

    def ask_inline(self, person: int, words: str) -> None:
        querying.ask(self.world, SQUARE, person, words, "")


@cache
def picture() -> bytes:
    written = BytesIO()
    Image.new("RGB", (90, 60), "seagreen").save(written, "JPEG")
    return written.getvalue()
