"""What a first reply cannot do without: insert the idea into Morgen's own table, commit, and send a card.

`python -m benchmarks.peers.insert_and_send SECONDS PER_SECOND` prints the milliseconds of each as JSON.
"""

import asyncio
import json
import os
import secrets
import sys
import time

import aiosqlite
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

_INSERT = (
    "INSERT INTO ideas (token, author_id, text, source, created_at, touched_at)"
    " VALUES (?, 1, ?, 'chat', '2026-10-01T00:00:00.000000+00:00', '2026-10-01T00:00:00.000000+00:00')"
)
_BUTTONS = {"📷 Photo": "1:P:1", "📍 Place": "1:L:1", "✏️ Edit": "1:e:1", "⋯": "1:m:1:1"}
_KEYBOARD = InlineKeyboardMarkup.from_row(
    [InlineKeyboardButton(label, callback_data=data) for label, data in _BUTTONS.items()]
)


async def measure(seconds: float, per_second: int) -> list[float]:
    chat = int(os.environ["BENCH_CHAT"])
    delays = []
    async with (
        Bot(os.environ["BENCH_TOKEN"], base_url=f"{os.environ['BENCH_URL']}/bot") as bot,
        aiosqlite.connect(os.environ["BENCH_DATABASE"]) as store,
    ):
        await store.execute("PRAGMA synchronous = FULL")
        began = time.perf_counter()
        for number in range(int(seconds * per_second)):
            await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
            text = f"Idea {number} of these: more benches in the shade of the park"
            due = time.perf_counter()
            await store.execute(_INSERT, (secrets.token_urlsafe(16), text))
            await store.commit()
            await bot.send_message(
                chat, f"Your idea is kept.\n\n<blockquote>{text}</blockquote>", "HTML", reply_markup=_KEYBOARD
            )
            delays.append(1000 * (time.perf_counter() - due))
    return delays


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(float(sys.argv[1]), int(sys.argv[2])))))
