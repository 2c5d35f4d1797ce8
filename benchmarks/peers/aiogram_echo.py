"""An aiogram bot as its documentation shows one: inserts each text and sends it back."""

import asyncio
import os
import sys

import aiosqlite
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from benchmarks.peers.store import keep, open_store


async def echo(message: Message, store: aiosqlite.Connection) -> None:
    await keep(store, message.chat.id, message.text)
    await message.answer(message.text)


async def run() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_URL"]))
    bot = Bot(os.environ["BENCH_TOKEN"], session=session)
    dispatcher = Dispatcher()
    dispatcher.message.register(echo, F.text)
    store = await open_store()
    try:
        await dispatcher.start_polling(bot, store=store)
    finally:
        await store.close()


def main() -> None:
    if "--uvloop" in sys.argv:
        import uvloop

        uvloop.run(run())
    else:
        asyncio.run(run())


if __name__ == "__main__":
    main()
