"""Serves the board, and in webhook mode Telegram, on one port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Generator

import uvicorn
from starlette.types import ASGIApp

from bot.faults import StartError
from bot.settings import BoardSettings

BACKLOG = 1024
LAST_ANSWERS_SECONDS = 3


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the event loop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, settings: BoardSettings) -> AsyncIterator[None]:
    """Serve the application until the block ends. Raises StartError when the port cannot be had."""
    with contextlib.closing(_listen(settings)) as listening:
        server = _Server(
            uvicorn.Config(
                app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
            )
        )
        task = asyncio.create_task(server.serve(sockets=[listening]), name="web")
        try:
            yield
        finally:
            server.should_exit = True
            await task


def _listen(settings: BoardSettings) -> socket.socket:
    host, port = settings.host.strip("[]"), settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise StartError(f"board.host {settings.host} is no host here: {error.strerror}") from None
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise StartError(
            f"port {port} on {settings.host} cannot be used ({error.strerror}); stop what has it, "
            "or choose another with board.port"
        ) from None
    return listening
