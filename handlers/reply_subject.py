"""What the town answers: an idea, or all ideas of a theme."""

from dataclasses import dataclass
from datetime import datetime

from cocreation.errors import ReplyGoneError
from cocreation.ideas.ids import IdeaId, ReplyId, ThemeId, ThemeReplyId
from cocreation.ideas.messages import Button
from cocreation.ideas.reply import Answer, Reach
from cocreation.ports import Work
from cocreation.services.correct_reply import standing_reply
from cocreation.services.reply_to_idea import answerable
from cocreation.services.reply_to_theme import answerable_theme, standing_theme_reply
from handlers.actions import Verb, action


@dataclass(frozen=True, slots=True)
class Target:
    """The number of an idea or of a theme."""

    id: int
    is_theme: bool = False

    @property
    def slot(self) -> str:
        return f"{'themereply' if self.is_theme else 'reply'}:{self.id}"

    def button(self, label: str, *said: int | str) -> Button:
        """A button about this."""
        return Button(label, action(Verb.THEME_REPLY if self.is_theme else Verb.REPLY, self.id, *said))


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that stands; `id` is the number of a reply, or of one to a theme."""

    id: int
    answer: Answer
    created_at: datetime
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A target with what the desk's cards show of it: its words, and what the town says now.

    `reach` is whom an answer would reach now; an idea has its `supports`.
    """

    target: Target
    words: str
    reach: Reach
    supports: int = 0
    said: Said | None = None


async def subject_of(work: Work, target: Target, number: int | None = None) -> Subject:
    """Raises IdeaGoneError and ThemeGoneError. What was said to a theme, the answer of that `number`, can be
    changed when the theme is gone."""
    if target.is_theme and number is not None:
        reach = await work.theme_replies.reach(ThemeReplyId(number))
        name = await work.theme_replies.theme_label(ThemeReplyId(number))
        return Subject(target, name, reach, said=await standing(work, target, number))
    if target.is_theme:
        theme = await answerable_theme(work, ThemeId(target.id))
        reach = await work.theme_replies.reach_of_theme(theme.id)
        found = await work.theme_replies.latest(theme.id)
        said = None if found is None else Said(found.id, found.answer, found.created_at, found.corrected_at)
        return Subject(target, theme.label, reach, said=said)
    view = await answerable(work, IdeaId(target.id))
    people = await work.notices.audience(view.idea.id)
    reply = await work.replies.latest(view.idea.id)
    latest = None if reply is None else Said(reply.id, reply.answer, reply.created_at, reply.corrected_at)
    return Subject(target, view.idea.text, Reach(1, people), view.supports, latest)


async def standing(work: Work, target: Target, number: int) -> Said:
    """The answer with that number, to this. Raises ReplyGoneError and IdeaGoneError."""
    if target.is_theme:
        found = await standing_theme_reply(work, ThemeReplyId(number))
        if found.theme != target.id:
            raise ReplyGoneError
        return Said(found.id, found.answer, found.created_at, found.corrected_at)
    reply = await standing_reply(work, ReplyId(number))
    if reply.idea != target.id:
        raise ReplyGoneError
    return Said(reply.id, reply.answer, reply.created_at, reply.corrected_at)


async def last_change(work: Work, target: Target, corrects: int | None) -> int | None:
    """A number that is another one once somebody has answered this, or corrected that answer."""
    if corrects is None:
        said = (await subject_of(work, target)).said
        return None if said is None else said.id
    latest = await (
        work.theme_replies.last_correction(ThemeReplyId(corrects))
        if target.is_theme
        else work.replies.last_correction(ReplyId(corrects))
    )
    return None if latest is None else latest.id
