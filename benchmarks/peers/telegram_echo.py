"""A python-telegram-bot bot as its documentation shows one: inserts each text and sends it back."""

import asyncio
import os
import sys
from typing import Any

import aiosqlite
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.peers.store import keep, open_store

STORE = "store"

EchoApplication = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    if message is None or message.text is None:
        return
    await keep(_store(context.application), message.chat_id, message.text)
    await message.reply_text(message.text)


async def begin(application: EchoApplication) -> None:
    application.bot_data[STORE] = await open_store()


async def end(application: EchoApplication) -> None:
    await _store(application).close()


def _store(application: EchoApplication) -> aiosqlite.Connection:
    store: aiosqlite.Connection = application.bot_data[STORE]
    return store


def main() -> None:
    if "--uvloop" in sys.argv:
        import uvloop

        asyncio.set_event_loop(uvloop.new_event_loop())
    builder = ApplicationBuilder().token(os.environ["BENCH_TOKEN"]).base_url(f"{os.environ['BENCH_URL']}/bot")
    builder.concurrent_updates("--concurrent" in sys.argv).post_init(begin).post_shutdown(end)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
