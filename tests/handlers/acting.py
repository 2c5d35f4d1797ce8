"""What residents do in a running town, and what they see."""

from sandbox.people import text_content
from tests.bot.town import Json, Town


def buttons(message: Json) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


def toasts(town: Town) -> list[str]:
    return [call.params.get("text", "") for call in town.world.calls.matching("answerCallbackQuery")]


async def asks(town: Town, person: int, command: str, chat: int | None = None) -> Json:
    """The answer to a message."""
    place = person if chat is None else chat
    count = len(town.shown(place))
    town.write(person, command, chat)
    return await town.answer(place, count + 1)


async def wrote(town: Town, person: int, *texts: str) -> None:
    """The person's ideas, each answered."""
    for text in texts:
        await asks(town, person, text)


async def turned(town: Town, person: int, label: str, words: str = "") -> Json:
    """Press a button of the newest message, which changes and then has the words."""
    count, before = len(town.shown(person)), town.texts(person)[-1]
    town.press(person, town.shown(person)[-1], label)
    await town.until(lambda: town.texts(person)[-1] != before and words in town.texts(person)[-1])
    assert len(town.shown(person)) == count
    return town.shown(person)[-1]


async def toasted(town: Town, person: int, message: Json, label: str, chat: int | None = None) -> str:
    """Press a button; what flashes up."""
    count = len(toasts(town))
    town.press(person, message, label, chat)
    await town.until(lambda: len(toasts(town)) > count)
    return toasts(town)[-1]


async def forges(town: Town, person: int, message: Json, data: str, chat: int | None = None) -> str:
    """Press a button that the message does not have; what the toast says."""
    message["reply_markup"] = {"inline_keyboard": [[{"text": "forged", "callback_data": data}]]}
    return await toasted(town, person, message, "forged", chat)


def reply(town: Town, person: int, to: Json, text: str) -> Json:
    """Reply in Telegram to a message of the bot."""
    return town.send(person, text_content(text), reply_to_message_id=to["message_id"])
