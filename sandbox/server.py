"""The sandbox as a server: who may come in, the routes, and running it inside an event loop."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox.control import routes as control_routes
from sandbox.delivery import deliver_webhooks
from sandbox.errors import AddressError
from sandbox.hosts import host_name, is_loopback
from sandbox.page import routes as page_routes
from sandbox.persistence import keep_saving
from sandbox.wire import CUT, is_bot_path, serve_bot
from sandbox.world import World

logger = logging.getLogger(__name__)

_KEEP_ALIVE_SECONDS = 75


class _Front:
    """Lets only this machine in, by name too, and answers the Bot API before any routing."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        host, origin = _host_and_origin(scope)
        if not is_loopback(host_name(host)):
            refused = JSONResponse({"error": "the sandbox answers to loopback names alone"}, 421)
            await refused(scope, receive, send)
        elif is_bot_path(scope["path"]):
            await serve_bot(self._world, scope, receive, send)
        elif origin and origin != f"http://{host}":
            refused = JSONResponse({"error": "requests of other pages are refused"}, 403)
            await refused(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _host_and_origin(scope: Scope) -> tuple[str, str]:
    host = origin = ""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value.decode("latin-1")
        elif name == b"origin":
            origin = value.decode("latin-1")
    return host, origin


def create_app(world: World, page: bool = True) -> Starlette:
    """Make the ASGI application: Bot API, control API and, with `page`, the chat page."""
    routes = [*control_routes(), *(page_routes() if page else [])]
    app = Starlette(routes=routes, middleware=[Middleware(_Front, world=world)])
    app.state.world = world
    return app


class _CuttableProtocol(HttpToolsProtocol):
    """HTTP whose connections an application can cut, as faults ask."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        extensions: dict[str, dict[object, object]] = {CUT: {"cut": self.transport.abort}}
        self.scope["extensions"] = extensions


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the event loop, and ends without a pause once it is `stopped`."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stopped = asyncio.Event()

    async def main_loop(self) -> None:
        await self.stopped.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await asyncio.sleep(0)
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox; `base_url` and `base_file_url` are what python-telegram-bot takes."""

    world: World
    url: str

    @property
    def base_url(self) -> str:
        """The Bot API's address up to the token."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """The address of files up to the token."""
        return f"{self.url}/file/bot"

    @property
    def token(self) -> str:
        """The bot's token in this world."""
        return self.world.bot.token


def _listen(host: str, port: int) -> socket.socket:
    if not is_loopback(host):
        raise AddressError(f"The sandbox listens on this machine alone (127.0.0.1 or ::1), not on {host}.")
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # asyncio switches Nagle's algorithm off for sockets that name their protocol, and only for those.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise AddressError(
            f"Port {port} on {host} cannot be used ({error.strerror}); stop what uses it or choose another."
        ) from error
    return listening


@contextlib.asynccontextmanager
async def serve(
    world: World, host: str = "127.0.0.1", port: int = 0, *, page: bool = True
) -> AsyncIterator[Sandbox]:
    """Serve a world inside the running event loop until the block ends; port 0 takes a free one.

    Raises AddressError for a host that is not loopback and for a port in use. A world with a folder is
    saved as it changes and at the end.
    """
    listening = _listen(host, port)
    server = _Server(_config(create_app(world, page)))
    name = f"[{host.strip('[]')}]" if ":" in host else host
    url = f"http://{name}:{listening.getsockname()[1]}"
    tasks = [
        asyncio.create_task(server.serve(sockets=[listening])),
        asyncio.create_task(deliver_webhooks(world)),
        asyncio.create_task(keep_saving(world)),
    ]
    try:
        yield Sandbox(world, url)
    finally:
        world.updates.close()
        world.events.close()
        server.stopped.set()
        await tasks[0]
        for task in tasks[1:]:
            task.cancel()
        outcomes = await asyncio.gather(*tasks[1:], return_exceptions=True)
        listening.close()
        world.save()
        _report(outcomes)


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=_CuttableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
    )


def _report(outcomes: list[Any]) -> None:
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            logger.error("a task of the sandbox failed", exc_info=outcome)
