"""How updates reach the bot: https://core.telegram.org/bots/api#getting-updates"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import orjson

from sandbox.errors import bad_request, conflict
from sandbox.hosts import is_loopback
from sandbox.params import Params
from sandbox.values import Json
from sandbox.webhook import Webhook
from sandbox.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]+")
_MAX_SECRET = 256
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, params: Params) -> list[orjson.Fragment]:
    """getUpdates, with long polling."""
    if world.webhook is not None:
        raise conflict(_WEBHOOK_ACTIVE)
    _set_allowed(world, params)
    limit = params.integer("limit")
    bodies = await world.updates.poll(
        params.integer("offset") or 0,
        100 if limit is None else limit,
        params.number("timeout") or 0,
    )
    return [orjson.Fragment(body) for body in bodies]


def _set_allowed(world: World, params: Params) -> None:
    kinds = params.json("allowed_updates")
    if isinstance(kinds, list):
        world.updates.allowed = frozenset(str(kind) for kind in kinds) or None


def set_webhook(world: World, params: Params) -> bool:
    """setWebhook; plain HTTP is taken on loopback, as a local Bot API server takes it."""
    url = (params.text("url") or "").strip()
    secret = params.text("secret_token") or None
    if secret is not None and len(secret) > _MAX_SECRET:
        raise bad_request("secret token is too long")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if url:
        _check_url(url)
    connections = params.integer("max_connections") or 40
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    _set_allowed(world, params)
    world.webhook = Webhook(url, secret, min(max(connections, 1), 100)) if url else None
    if url:
        world.updates.interrupt("terminated by setWebhook request")
    world.updates.arrived.set()
    world.changed()
    return True


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.hostname is None or parts.scheme not in {"http", "https"}:
        raise bad_request("invalid webhook URL specified")
    if not is_loopback(parts.hostname):
        raise bad_request("bad webhook: the sandbox delivers to this machine alone")


def delete_webhook(world: World, params: Params) -> bool:
    """deleteWebhook."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = None
    world.updates.arrived.set()
    world.changed()
    return True


def get_webhook_info(world: World, params: Params) -> Json:
    """getWebhookInfo."""
    webhook = world.webhook
    info: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(list(world.updates.pending())),
    }
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = "127.0.0.1"
        if webhook.last_error_date is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
