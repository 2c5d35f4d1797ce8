"""The flood limits that Telegram announces: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.errors import too_many_requests

OVERALL_PER_SECOND = 30.0
CHAT_PER_SECOND = 1.0
CHAT_BURST = 3.0
GROUP_PER_MINUTE = 20.0


@dataclass(slots=True)
class _Bucket:
    rate: float
    capacity: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more call fits."""
        self.level = max(0.0, self.level - (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (self.level + 1 - self.capacity) / self.rate)


class FloodLimits:
    """One message a second in a chat with a small burst, 20 a minute in a group, 30 a second in all."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._overall = _Bucket(OVERALL_PER_SECOND, OVERALL_PER_SECOND, 0.0, clock())
        self._chats: dict[int, _Bucket] = {}

    def check(self, chat_id: int, count: int = 1) -> None:
        """Count messages; raises 429 with the seconds to wait when not even one fits."""
        now = self._clock()
        chat = self._chats.get(chat_id)
        if chat is None:
            chat = self._chats[chat_id] = self._bucket(chat_id, now)
        wait = max(self._overall.wait(now), chat.wait(now))
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._overall.level += count
        chat.level += count

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        if chat_id < 0:
            return _Bucket(GROUP_PER_MINUTE / 60, GROUP_PER_MINUTE, 0.0, now)
        return _Bucket(CHAT_PER_SECOND, CHAT_BURST, 0.0, now)
