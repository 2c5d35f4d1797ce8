"""Digests: composed on demand, and sent once per period when they are due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cocreation.ideas.digest import MAIN, Digest, Moderation, compose_digest
from cocreation.ideas.digest_file import DigestFormat, NewDigestFile
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.movement import FOLDED, LINES, moving_themes
from cocreation.ideas.period import Period
from cocreation.ideas.schedule import Schedule
from cocreation.ideas.setting import Key
from cocreation.ideas.town import Town
from cocreation.ideas.trend import Trend, trend_of, trend_periods
from cocreation.ideas.usual import PERIODS
from cocreation.ports import DigestRenderer, Storage, Work
from cocreation.services.find_facilitators import desk_chats

LATE_AFTER = timedelta(minutes=10)


async def digest_of(
    work: Work, period: Period, zone: ZoneInfo, *, now: datetime | None = None, is_late: bool = False
) -> Digest:
    """The digest of any period, from the numbers in the database; `zone` is that of the town's clock.

    What waits is what waits when somebody asks, `now`, which is the end of the period unless told.
    """
    earlier = period.earlier(zone, PERIODS)
    counts, later, *counts_before = await work.digests.counts_of([period, period.after(), *earlier])
    first = await work.digests.first_idea_at()
    known = sum(first is not None and first <= each.start for each in earlier)
    themes = await work.digests.theme_activity(period, earlier)
    moving = moving_themes(themes, period, known)
    return compose_digest(
        period,
        counts=counts,
        earlier=counts_before,
        known=known,
        total_ideas=await work.ideas.count() - later.ideas,
        themes=themes,
        moving=moving,
        quotes=await work.digests.quotes_of([theme.id for theme in moving.named()], period),
        newest=await work.digests.newest(period, LINES * 2),
        waiting=await work.replies.most_wanted(LINES),
        waiting_count=await work.replies.count_waiting(),
        oldest=next(iter(await work.replies.waiting(1)), None),
        moderation=Moderation(*await work.moderation.waiting()),
        answered=await work.digests.answered(period, LINES + FOLDED),
        reached=await work.digests.reached(period),
        made_at=now or period.end,
        is_late=is_late,
    )


async def digest_trend(work: Work, period: Period, zone: ZoneInfo) -> Trend:
    """What the picture of the period shows."""
    periods = trend_periods(period, zone)
    return trend_of(await work.digests.theme_activity(period, periods[-2::-1]), periods)


def period_until(now: datetime, schedule: Schedule, town: Town) -> Period:
    """The period as long as the schedule's that ends now: what `/digest` shows."""
    return schedule.period_until(now, town.time_zone)


async def coming_period(work: Work, schedule: Schedule, town: Town, now: datetime) -> Period:
    """What the next digest that comes by itself is about, from the last due one on."""
    due = schedule.next_due(now, town.time_zone)
    last = await work.digests.last_end(MAIN)
    if last is not None and schedule.is_too_soon(last, due, town.time_zone):
        due = schedule.next_due(due, town.time_zone)
    return Period(last or schedule.last_due(now, town.time_zone), due)


async def send_due_digest(
    storage: Storage, town: Town, schedule: Schedule, render: DigestRenderer, now: datetime
) -> bool:
    """Send the digest whose time has come, once, whatever was killed when: to the facilitators' chat, else
    to each who has the whole town in hand.

    The ledger row, the outbox row and the wish for a picture are one transaction. A town that starts writes
    down the last due moment without sending, so that its first digest comes at the next. After a downtime
    one digest, marked late, covers everything since the last. Moments before the schedule was changed from
    the chat were not due, nor is one soon after the last digest: the next period is a whole one. Returns
    whether one was sent.
    """
    due = schedule.last_due(now, town.time_zone)
    async with storage.reading() as work:
        last = await work.digests.last_end(MAIN)
        if await _is_settled(work, last, due) or _is_too_soon(last, due, schedule, town):
            return False
        if not await desk_chats(work, town):
            return False
    async with storage.writing() as work:
        # Somebody else may have sent it since: what counts is what this transaction sees.
        last = await work.digests.last_end(MAIN)
        if await _is_settled(work, last, due) or _is_too_soon(last, due, schedule, town):
            return False
        period = schedule.period_ending(due, town.time_zone) if last is None else Period(last, due)
        is_new = await work.digests.record(MAIN, period, now)
        if last is None or not is_new:
            return False
        digest = await digest_of(work, period, town.time_zone, now=now, is_late=now - due > LATE_AFTER)
        message = render(digest)
        for chat in await desk_chats(work, town):
            await work.outbox.put(Show(chat, message, priority=Priority.PUSH), now)
            picture = NewDigestFile(
                chat, None, town.digest_language, DigestFormat.PICTURE, period, is_asked=False
            )
            await work.digest_files.want(picture, now)
    return True


def _is_too_soon(last: datetime | None, due: datetime, schedule: Schedule, town: Town) -> bool:
    return last is not None and schedule.is_too_soon(last, due, town.time_zone)


async def _is_settled(work: Work, last: datetime | None, due: datetime) -> bool:
    """Whether there is nothing to send for this moment: it has its digest, or the schedule is younger."""
    if last is None or last >= due:
        return last is not None
    changed = await work.settings.changed_at(Key.SCHEDULE)
    return changed is not None and changed > due
