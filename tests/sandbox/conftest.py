"""A world with people in it, served over HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.playing import FakeClock, Play, inhabit


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def world(clock: FakeClock) -> World:
    return inhabit(World(clock=clock))


@pytest.fixture
async def play(world: World) -> AsyncIterator[Play]:
    async with serve(world, page=False) as sandbox, aiohttp.ClientSession() as session:
        yield Play(sandbox, session)
