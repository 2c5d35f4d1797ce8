"""People hear of what happened to an idea: as often as they allow, and in one message at a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cocreation.ideas.comment import Comment
from cocreation.ideas.messages import Priority, Show
from cocreation.ideas.notice import Addressee, Frequency, news_of, when_due
from cocreation.ports import NewsRenderer, Storage, Work

LOOKED_AT, TOLD = 200, 25
"""People in one transaction: those whose turn it is, and those who get a message. The Bot API takes about as
many in a second, so that little waits in the outbox."""


async def tell_of_comment(work: Work, comment: Comment, now: datetime) -> int:
    """Let an idea's author and followers, and whom it answers, hear of a new comment; how many they are."""
    return await work.notices.of_comment(comment.id, comment.idea, comment.author, now)


async def tell_due(storage: Storage, zone: ZoneInfo, render: NewsRenderer, now: datetime) -> None:
    """Write to the people whose time has come, each once, whatever was killed when.

    A message and the end of the notices in it are one transaction. Whose time has not come, by what they
    allow, is looked at again when it has; somebody who blocked the bot, when they are back.
    """
    async with storage.reading() as work:
        if not await work.notices.is_any_due(now):
            return
    async with storage.writing() as work:
        told = 0
        for person in await work.notices.due(now, LOOKED_AT):
            told += await _tell(work, person, zone, render, now)
            if told == TOLD:
                return


async def _tell(work: Work, person: Addressee, zone: ZoneInfo, render: NewsRenderer, now: datetime) -> bool:
    """Whether there was something to tell at this moment."""
    if person.wishes.frequency is Frequency.NONE:
        await work.notices.settle(person.id)
        return False
    due = when_due(person.wishes, person.since, person.noticed_at, now, zone)
    if person.is_away or due is None or due > now:
        await work.notices.postpone(person.id, None if person.is_away else due)
        return False
    await work.notices.pass_on(person.id)
    told = await work.notices.of(person.id)
    if not told:
        await work.notices.settle(person.id)
        return False
    news = news_of(told)
    message = Show(
        person.chat,
        render(news, person),
        # A message about one idea is one to which people can say something.
        slot=f"news:{news[0].idea}" if len(news) == 1 else None,
        is_new=True,
        priority=Priority.PUSH,
        tells=tuple(each.notice for each in told),
        until=person.wishes.open_until(now, zone),
    )
    await work.outbox.put(message, now)
    await work.notices.settle(person.id, now)
    return True
