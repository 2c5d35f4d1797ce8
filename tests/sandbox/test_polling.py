"""Long polling keeps the rules of https://core.telegram.org/bots/api#getupdates"""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.values import Json
from sandbox.world import World
from tests.sandbox.playing import GRIET, LAB, LIEN, FakeClock, Play, buttons, until

RULE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def waiting(play: Play, **params: object) -> "asyncio.Task[Json]":
    """Start a poll, and come back once the server holds it."""
    poll = asyncio.create_task(play.answer("getUpdates", **params))
    await until(lambda: play.sandbox.world.updates.is_awaited)
    return poll


async def test_an_update_is_given_until_it_is_confirmed(play: Play) -> None:
    await play.write(GRIET, "Meer bomen")
    assert await play.updates() == await play.updates()
    assert texts(await play.updates()) == ["Meer bomen"]


async def test_a_confirmed_update_is_not_given_again(play: Play) -> None:
    for text in ("een", "twee", "drie"):
        await play.write(GRIET, text)
    first, second, third = await play.updates()
    assert await play.updates(offset=second["update_id"] + 1) == [third]
    assert await play.updates() == [third]
    assert await play.updates(offset=first["update_id"]) == [third]


async def test_update_ids_follow_each_other(play: Play) -> None:
    for text in ("een", "twee", "drie"):
        await play.write(GRIET, text)
    ids = [update["update_id"] for update in await play.updates()]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    assert ids[0] > 0


async def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(play: Play) -> None:
    for text in ("een", "twee", "drie"):
        await play.write(GRIET, text)
    assert texts(await play.updates(offset=-2)) == ["twee", "drie"]
    assert texts(await play.updates(offset=-5)) == ["twee", "drie"]
    assert texts(await play.updates()) == ["twee", "drie"]


async def test_an_offset_far_in_the_future_confirms_nothing(play: Play) -> None:
    await play.write(GRIET, "Meer bomen")
    [update] = await play.updates()
    assert await play.updates(offset=update["update_id"] + 1_000_000) == [update]


@pytest.mark.parametrize(("limit", "given"), [(1, 1), (2, 2), (0, 1), (-3, 1), (100, 101), (1000, 101)])
async def test_a_limit_lies_between_1_and_100(play: Play, world: World, limit: int, given: int) -> None:
    for number in range(102):
        world.updates.add_raw({"message": {"text": str(number)}})
    found = await play.updates(limit=limit)
    assert len(found) == min(given, 100)
    assert texts(found)[0] == "0"


async def test_a_hundred_updates_are_given_unless_told_otherwise(play: Play, world: World) -> None:
    for number in range(101):
        world.updates.add_raw({"message": {"text": str(number)}})
    assert len(await play.updates()) == 100


async def test_a_short_poll_without_updates_is_empty(play: Play) -> None:
    assert await play.updates() == []
    assert await play.updates(timeout=0) == []


async def test_a_long_poll_is_empty_after_its_timeout(play: Play) -> None:
    assert await play.updates(timeout=0.05) == []


async def test_a_long_poll_answers_as_soon_as_something_happens(play: Play) -> None:
    poll = await waiting(play, timeout=50)
    await play.write(GRIET, "Meer bomen")
    assert texts((await poll)["result"]) == ["Meer bomen"]


async def test_a_long_poll_does_not_wait_when_there_is_something(play: Play) -> None:
    await play.write(GRIET, "Meer bomen")
    assert texts(await play.updates(timeout=50)) == ["Meer bomen"]


async def test_a_second_poller_ends_the_first_with_a_conflict(play: Play) -> None:
    first = await waiting(play, timeout=50)
    second = asyncio.create_task(play.answer("getUpdates", timeout=50))
    refused = await first
    await play.write(GRIET, "Meer bomen")
    assert refused["error_code"] == 409
    assert refused["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert texts((await second)["result"]) == ["Meer bomen"]


async def test_a_poll_that_does_not_wait_lets_the_waiting_one_be(play: Play) -> None:
    first = await waiting(play, timeout=50)
    assert await play.updates(timeout=0) == []
    await play.write(GRIET, "Meer bomen")
    assert (await first)["ok"]


async def test_updates_cannot_be_polled_while_a_webhook_is_set(play: Play) -> None:
    await play.do("setWebhook", url="http://127.0.0.1:9/nobody")
    assert await play.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await play.do("deleteWebhook")
    assert await play.updates() == []


async def test_an_update_is_not_kept_longer_than_24_hours(play: Play, clock: FakeClock) -> None:
    await play.write(GRIET, "gisteren")
    clock.forward(24 * 3600)
    await play.write(GRIET, "vandaag")
    assert texts(await play.updates()) == ["gisteren", "vandaag"]
    clock.forward(1)
    assert texts(await play.updates()) == ["vandaag"]


async def test_only_the_kinds_that_were_asked_for_are_given(play: Play) -> None:
    await play.updates(allowed_updates=["callback_query"])
    question = await play.say("Steunt u dit?", reply_markup=buttons([("Ja", "yes")]))
    await play.write(GRIET, "Meer bomen")
    await play.press(GRIET, question, "yes")
    assert [set(update) for update in await play.updates()] == [{"update_id", "callback_query"}]


async def test_the_kinds_asked_for_stay_until_others_are(play: Play) -> None:
    await play.updates(allowed_updates=["callback_query"])
    await play.updates()
    await play.write(GRIET, "een")
    await play.updates(allowed_updates=[])
    await play.write(GRIET, "twee")
    assert texts(await play.updates()) == ["twee"]


async def test_kinds_asked_for_do_not_touch_updates_from_before(play: Play) -> None:
    await play.write(GRIET, "Meer bomen")
    assert texts(await play.updates(allowed_updates=["callback_query"])) == ["Meer bomen"]


async def test_an_update_shows_a_message_as_it_was_when_it_happened(play: Play) -> None:
    message = await play.write(GRIET, "Meer bomem")
    path = f"chats/{GRIET}/messages/{message['message_id']}/edit"
    await play.act(path, **{"from": GRIET}, text="Meer bomen")
    first, second = await play.updates()
    assert first["message"]["text"] == "Meer bomem"
    assert second["edited_message"]["text"] == "Meer bomen"


async def test_an_update_body_can_be_queued_as_it_is(play: Play) -> None:
    odd = {"update_id": 2_000_000_000, "something_new": {"deep": [None, "é", 1.5]}}
    assert await play.act("updates", **odd) == {"update_id": 2_000_000_000}
    await play.write(GRIET, "daarna")
    first, second = await play.updates()
    assert first == odd
    assert second["update_id"] == 2_000_000_001


async def test_an_update_queued_as_it_is_gets_the_next_number_when_it_has_none(play: Play) -> None:
    await play.write(GRIET, "ervoor")
    await play.act("updates", message={"text": "los"})
    first, second = await play.updates()
    assert second == {"update_id": first["update_id"] + 1, "message": {"text": "los"}}


async def test_the_bot_is_not_told_of_its_own_messages(play: Play) -> None:
    await play.say("Welkom")
    await play.say("Welkom", LAB)
    assert await play.updates() == []


@RULE
@given(batches=st.lists(st.integers(1, 5), max_size=6), limit=st.integers(1, 7))
async def test_polling_with_the_highest_id_plus_one_gives_each_update_once_and_in_order(
    play: Play, world: World, batches: list[int], limit: int
) -> None:
    world.updates.clear()
    sent: list[str] = []
    seen: list[str] = []
    offset = 0
    for size in [*batches, 0, 0, 0, 0]:
        for _ in range(size):
            sent.append(str(len(sent)))
            world.updates.add_raw({"message": {"text": sent[-1]}}, LIEN)
        while found := await play.updates(offset=offset, limit=limit):
            seen += texts(found)
            offset = found[-1]["update_id"] + 1
    assert seen == sent
    assert await play.updates() == []
