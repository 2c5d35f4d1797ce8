"""Digests: composed on demand, and sent once per period when they are due."""

from datetime import datetime

from cocreation.ideas.digest import LINES, Digest, Period, compose_digest
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.schedule import Schedule
from cocreation.ideas.town import Town
from cocreation.ports import DigestRenderer, Storage, Work

NAME = "main"
LATE_AFTER_SECONDS = 600


async def digest_of(work: Work, period: Period, is_late: bool = False) -> Digest:
    """The digest of any period, from the numbers in the database."""
    return compose_digest(
        period=period,
        counts=await work.digests.counts(period),
        before=await work.digests.counts(period.before()),
        total_ideas=await work.ideas.count(),
        themes=await work.digests.theme_activity(period),
        supported=await work.digests.most_supported(LINES),
        without_theme=await work.digests.without_theme(),
        is_late=is_late,
    )


def period_until(now: datetime, schedule: Schedule, town: Town) -> Period:
    """The period as long as the schedule's that ends now: what `/digest` shows."""
    due = schedule.last_due(now, town.time_zone)
    length = due - schedule.period_ending(due, town.time_zone).start
    return Period(now - length, now)


async def send_due_digest(
    storage: Storage, town: Town, schedule: Schedule, render: DigestRenderer, now: datetime
) -> bool:
    """Send the digest whose time has come, once, whatever was killed when.

    The ledger row and the outbox row are one transaction. A town that starts writes down the last due
    moment without sending, so that its first digest comes at the next. After a downtime one digest, marked
    late, covers everything since the last. Returns whether one was sent.
    """
    chat = town.facilitator_chat
    if chat is None:
        return False
    due = schedule.last_due(now, town.time_zone)
    async with storage.reading() as work:
        last = await work.digests.last_end(NAME)
    if last is not None and last >= due:
        return False
    async with storage.writing() as work:
        digest = await _recorded(work, town, schedule, due, now)
        if digest is None:
            return False
        await work.outbox.put(Show(chat, render(digest), priority=Priority.PUSH), now)
    return True


async def _recorded(
    work: Work, town: Town, schedule: Schedule, due: datetime, now: datetime
) -> Digest | None:
    """The digest that is due, its period written into the ledger; None where there is none to send."""
    last = await work.digests.last_end(NAME)
    usual = schedule.period_ending(due, town.time_zone)
    period = Period(last, due) if last is not None else usual
    if not await work.digests.record(NAME, period, now) or last is None:
        return None
    is_late = (now - due).total_seconds() > LATE_AFTER_SECONDS
    return await digest_of(work, period, is_late)
