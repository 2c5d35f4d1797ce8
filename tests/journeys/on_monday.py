"""`python -m tests.journeys.on_monday MOMENT [DYING]`: a bot that wakes at a moment, sends the digest that is
due, and goes on until somebody ends it. One that is DYING does so itself, in the middle of composing."""

import asyncio
import os
import signal
import sys
from datetime import datetime
from typing import NoReturn

from bot.connection import make_bot
from bot.delivery import Delivery
from bot.files import Files
from bot.sending import Sender
from bot.settings import load
from cocreation.ideas.digest import Digest
from cocreation.ideas.messages import Message
from cocreation.services.send_digests import send_due_digest
from handlers.digest import digest_message
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore

DYING = "dying"


async def main(now: datetime, *dying: str) -> None:
    settings = load(None)
    town = settings.town_profile()

    def render(digest: Digest) -> Message:
        if DYING in dying:
            os.kill(os.getpid(), signal.SIGKILL)
        return digest_message(digest, town.digest_language, town)

    storage = SqlStorage(settings.storage.url)
    await storage.open()
    media = FileMediaStore(settings.storage.media)
    async with make_bot(settings.telegram) as bot:
        delivery = Delivery(storage, Sender(bot), Files(bot, media, media), lambda: now, _nobody_wishes)
        storage.on_posted(delivery.accept)
        await send_due_digest(storage, town, town.schedule, render, now)
        await delivery.run()


async def _nobody_wishes(*_: object) -> NoReturn:
    raise AssertionError


if __name__ == "__main__":
    asyncio.run(main(datetime.fromisoformat(sys.argv[1]), *sys.argv[2:]))
