"""One request at a time, unless it takes long."""

import asyncio

from bot.pace import Pace


async def test_the_next_waits_for_the_first() -> None:
    pace, order = Pace(most=8, patience=3600), []

    async def request(number: int) -> None:
        async with pace:
            order.append(f"{number} goes")
            await asyncio.sleep(0)
            order.append(f"{number} lands")

    await asyncio.gather(*(request(number) for number in range(3)))
    assert order == ["0 goes", "0 lands", "1 goes", "1 lands", "2 goes", "2 lands"]


async def test_one_that_takes_long_holds_nobody_up_but_at_most_so_many_are_under_way() -> None:
    pace, under_way, most = Pace(most=3, patience=0), 0, 0
    answers = asyncio.Event()

    async def request() -> None:
        nonlocal under_way, most
        async with pace:
            under_way += 1
            most = max(most, under_way)
            if under_way == 3:
                answers.set()
            await answers.wait()
            under_way -= 1

    async with asyncio.timeout(10):
        await asyncio.gather(*(request() for _ in range(10)))
    assert most == 3


async def test_a_failure_makes_room() -> None:
    pace = Pace(most=1, patience=3600)

    async def fail() -> None:
        async with pace:
            raise ValueError

    await asyncio.gather(fail(), return_exceptions=True)
    async with asyncio.timeout(10), pace:
        pass
