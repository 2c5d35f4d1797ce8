"""How the town answers, in numbers: each by one query, named after its question."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.answering import RECENTLY, Answering, Share
from cocreation.ideas.reply import Status
from storage.schema import UtcDateTime, ideas, replies
from storage.views import is_published

_MOMENT = UtcDateTime()
_since, _now = bindparam("since", type_=_MOMENT), bindparam("now", type_=_MOMENT)
_written = and_(is_published, ideas.c.created_at >= _since, ideas.c.created_at <= _now)
_has_answer = func.coalesce(ideas.c.status, Status.RECEIVED) != Status.RECEIVED

_waits = func.coalesce(ideas.c.status, Status.RECEIVED) == Status.RECEIVED
HOW_MANY_WAIT_AND_SINCE_WHEN = select(func.count(), func.min(ideas.c.created_at, type_=_MOMENT)).where(
    is_published, _waits
)

HOW_MANY_STAND_HOW_FAR = (
    select(ideas.c.status, func.count())
    .where(is_published, ideas.c.status.is_not(None))
    .group_by(ideas.c.status)
)

HOW_MANY_OF_THOSE_WRITTEN_HAVE_AN_ANSWER = select(func.count(case((_has_answer, 1))), func.count()).where(
    _written
)

_seconds = (func.julianday(func.min(replies.c.created_at)) - func.julianday(ideas.c.created_at)) * 86400.0
_first_answers = (
    select(_seconds.label("seconds"))
    .select_from(ideas.join(replies, replies.c.idea_id == ideas.c.id))
    .where(_written, replies.c.status != Status.RECEIVED)
    .group_by(ideas.c.id)
    .subquery("first_answers")
)
_ranked = select(
    _first_answers.c.seconds,
    func.row_number().over(order_by=_first_answers.c.seconds).label("rank"),
    func.count().over().label("answered"),
).subquery("ranked")
# Of an even number of answers, the mean of the two in the middle.
HOW_LONG_DOES_HALF_OF_THEM_WAIT = select(func.avg(_ranked.c.seconds)).where(
    _ranked.c.rank * 2 >= _ranked.c.answered, _ranked.c.rank * 2 <= _ranked.c.answered + 2
)
_EVER = datetime.min.replace(tzinfo=UTC)


class SqlAnsweringRepository:
    """See `cocreation.ports.AnsweringRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def at(self, now: datetime) -> Answering:
        execute, recently = self._connection.execute, {"since": now - RECENTLY, "now": now}
        waiting, first = (await execute(HOW_MANY_WAIT_AND_SINCE_WHEN)).one()
        seconds = (await execute(HOW_LONG_DOES_HALF_OF_THEM_WAIT, recently)).scalar_one()
        stand = await execute(HOW_MANY_STAND_HOW_FAR)
        return Answering(
            waiting=waiting,
            longest=None if first is None else max(now - first, timedelta()),
            by_status={Status(status): ideas for status, ideas in stand},
            recent=Share(*(await execute(HOW_MANY_OF_THOSE_WRITTEN_HAVE_AN_ANSWER, recently)).one()),
            ever=Share(
                *(await execute(HOW_MANY_OF_THOSE_WRITTEN_HAVE_AN_ANSWER, {"since": _EVER, "now": now})).one()
            ),
            usual_time=None if seconds is None else timedelta(seconds=round(max(seconds, 0.0))),
        )
