"""The webhook's settings: https://core.telegram.org/bots/api#setwebhook"""

from dataclasses import dataclass, field


@dataclass
class Webhook:
    """Where updates are posted to, and how the last attempt that failed did so; times since 1970."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = field(default=None)
