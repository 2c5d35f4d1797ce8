"""When a person hears of something: as soon as they allow, never at night, never twice within an hour."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.ids import CommentId, IdeaId, ReplyId, Token
from cocreation.ideas.notice import (
    BETWEEN,
    Frequency,
    Notice,
    Part,
    QuietHours,
    Told,
    Wishes,
    news_of,
    when_due,
)
from cocreation.ideas.reply import Status

BRUSSELS = ZoneInfo("Europe/Brussels")
ZONES = [BRUSSELS, ZoneInfo("America/St_Johns"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")]
STEP = timedelta(minutes=15)
CHANGES = [
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 6, 14, tzinfo=UTC),
]

hours = st.integers(0, 23)
quiet_hours = st.none() | st.builds(QuietHours, hours, hours)
moments = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from(CHANGES),
    st.integers(-2 * 1440, 2 * 1440),
)


def local(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


def is_quiet(moment: datetime, quiet: QuietHours | None, zone: ZoneInfo) -> bool:
    """Told another way: by the hours one after the other."""
    if quiet is None or quiet.start == quiet.end:
        return False
    hour, forbidden = quiet.start, set()
    while hour != quiet.end:
        forbidden.add(hour)
        hour = (hour + 1) % 24
    return moment.astimezone(zone).hour in forbidden


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), quiet_hours, st.sampled_from(ZONES))
def test_each_time_means_as_soon_as_it_is_neither_night_nor_within_the_hour(
    now: datetime, ago: timedelta, quiet: QuietHours | None, zone: ZoneInfo
) -> None:
    noticed_at = now - ago
    due = when_due(Wishes(Frequency.ALL, quiet), now, noticed_at, now, zone)
    assert due is not None
    assert not is_quiet(due, quiet, zone)
    assert due >= max(now, noticed_at + BETWEEN)
    earlier = max(now, noticed_at + BETWEEN)
    while earlier < due:
        assert is_quiet(earlier, quiet, zone)
        earlier += STEP


@given(moments, st.integers(0, 6 * 1440), quiet_hours)
def test_weekly_means_the_next_monday_morning_and_not_before(
    since: datetime, later: int, quiet: QuietHours | None
) -> None:
    now = since + timedelta(minutes=later)
    due = when_due(Wishes(Frequency.WEEKLY, quiet), since, None, now, BRUSSELS)
    assert due is not None
    assert due >= now
    assert not is_quiet(due, quiet, BRUSSELS)
    mondays = [local_monday(since + timedelta(days=day)) for day in range(9)]
    monday = min(each for each in mondays if each is not None and each >= since)
    assert due >= monday
    assert due - max(now, monday) <= timedelta(hours=25)


def local_monday(moment: datetime) -> datetime | None:
    there = moment.astimezone(BRUSSELS)
    return there.replace(hour=9, minute=0) if there.weekday() == 0 else None


@given(moments, quiet_hours)
def test_who_wants_nothing_is_told_nothing(now: datetime, quiet: QuietHours | None) -> None:
    assert when_due(Wishes(Frequency.NONE, quiet), now, None, now, BRUSSELS) is None


@given(
    st.lists(st.integers(0, 4000), min_size=1, max_size=40),
    quiet_hours,
    st.sampled_from([Frequency.ALL, Frequency.WEEKLY]),
    st.sampled_from(ZONES),
    st.integers(20, 90),
)
def test_whatever_happens_when_all_is_told_and_never_too_often(
    minutes: list[int], quiet: QuietHours | None, frequency: Frequency, zone: ZoneInfo, tick: int
) -> None:
    """Plays weeks with a clock change in them, with a look at the clock every so many minutes."""
    start = datetime(2026, 3, 27, tzinfo=UTC)
    coming = sorted(start + timedelta(minutes=each) for each in minutes)
    wishes, waiting, sent, now = Wishes(frequency, quiet), list[datetime](), list[datetime](), start
    while (coming or waiting) and now < start + timedelta(days=14):
        waiting += [each for each in coming if each <= now]
        coming = [each for each in coming if each > now]
        if waiting:
            due = when_due(wishes, waiting[0], sent[-1] if sent else None, now, zone)
            assert due is not None
            if due <= now:
                sent.append(now)
                waiting = []
        now += timedelta(minutes=tick)
    assert not coming
    if quiet is None or (quiet.end - quiet.start) % 24 <= 22:
        assert not waiting
    assert not any(is_quiet(moment, quiet, zone) for moment in sent)
    assert all(later - earlier >= BETWEEN for earlier, later in pairwise(sent))


@pytest.mark.parametrize(
    ("now", "quiet", "due"),
    [
        (local(14, 21), QuietHours(21, 8), local(15, 8)),
        (local(15, 7, 59), QuietHours(21, 8), local(15, 8)),
        (local(15, 8), QuietHours(21, 8), local(15, 8)),
        (local(14, 20, 59), QuietHours(21, 8), local(14, 20, 59)),
        (local(14, 12), QuietHours(9, 17), local(14, 17)),
        (local(14, 12), QuietHours(5, 5), local(14, 12)),
        (local(14, 5), QuietHours(5, 4), local(15, 4)),
        # 02:00 is skipped on 29 March: the night that ends then ends at 03:00.
        (local(29, 1, 30, month=3), QuietHours(21, 2), local(29, 3, month=3)),
        # The only hour that is not quiet does not exist on that day.
        (local(29, 1, 30, month=3), QuietHours(3, 2), local(30, 2, month=3)),
        # 02:30 comes twice on 25 October.
        (local(25, 0, month=10), QuietHours(21, 2), local(25, 2, month=10)),
    ],
)
def test_a_night_ends_when_the_towns_clock_says_so(now: datetime, quiet: QuietHours, due: datetime) -> None:
    assert when_due(Wishes(Frequency.ALL, quiet), now, None, now, BRUSSELS) == due


def test_what_is_written_before_the_night_does_not_arrive_in_it() -> None:
    evening = local(14, 20, 55)
    assert Wishes().open_until(evening, BRUSSELS) == local(14, 21)
    assert Wishes().open_until(local(14, 12), BRUSSELS) < local(14, 13)


def test_news_is_one_entry_an_idea_with_the_latest_answer_first() -> None:
    def told(idea: int, said: str, reply: int | None = None, comment: int | None = None) -> Told:
        notice = Notice(
            IdeaId(idea),
            local(1, 12),
            None if reply is None else ReplyId(reply),
            None if comment is None else CommentId(comment),
        )
        status = None if reply is None else Status.PLANNED
        return Told(notice, Token(f"t{idea}"), f"idea {idea}", Part.AUTHOR, said, status)

    news = news_of(
        [
            told(1, "nice", comment=1),
            told(2, "soon", reply=1),
            told(2, "sooner", reply=2),
            told(1, "very", comment=2),
        ]
    )
    assert [(each.idea, each.reply, [c.said for c in each.comments]) for each in news] == [
        (2, "sooner", []),
        (1, None, ["nice", "very"]),
    ]
