"""What is moderated, as it stands now: an idea or a comment, and who has it open."""

from dataclasses import dataclass
from html import escape

from cocreation.errors import NotFoundError
from cocreation.ideas.comment import Comment, CommentState
from cocreation.ideas.idea import IdeaState, IdeaView
from cocreation.ideas.ids import ResidentId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.report import Reported
from cocreation.ideas.resident import Resident
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers import cards
from handlers.asking import stop_asking_on_card
from handlers.comment_text import how_it_stands, own_comment_message
from handlers.context import TownContext, language_of
from handlers.gone import take_from_readers
from handlers.open_comments import show_to_readers
from handlers.own_cards import own_card
from handlers.replied import COMMENT
from handlers.ways import Way
from locales import Translator, translator


@dataclass(frozen=True, slots=True)
class Thing:
    """What is reported, as it stands now; with a comment the idea that it is about."""

    view: IdeaView
    comment: Comment | None = None

    @property
    def text(self) -> str:
        return self.view.idea.text if self.comment is None else self.comment.text

    @property
    def state(self) -> IdeaState | CommentState:
        return self.view.idea.state if self.comment is None else self.comment.state

    @property
    def is_readable(self) -> bool:
        """Whether others than its author may read it."""
        return self.view.idea.is_published and (self.comment is None or self.comment.is_published)

    @property
    def is_hidden(self) -> bool:
        return self.state in (IdeaState.HIDDEN, CommentState.HIDDEN)

    @property
    def author(self) -> ResidentId | None:
        return self.view.idea.author if self.comment is None else self.comment.author

    @property
    def about(self) -> Reported:
        if self.comment is None:
            return Reported(idea=self.view.idea.id)
        return Reported(comment=self.comment.id)


async def thing_about(work: Work, about: Reported) -> Thing:
    """Raises NotFoundError where it is gone."""
    comment = None if about.comment is None else await work.comments.get(about.comment)
    idea = about.idea if comment is None else comment.idea
    view = None if idea is None else await work.ideas.view(idea)
    if view is None:
        raise NotFoundError
    return Thing(view, comment)


async def show_change(context: TownContext, thing: Thing) -> None:
    """Wherever it lies open it says how it stands now, without a sound."""
    await _show_author(context, thing)
    if thing.comment is not None:
        await show_to_readers(context, thing.comment.id, thing.view.idea.id, thing.comment.author)
    elif thing.is_hidden:
        await take_from_readers(context, thing.view.idea.id, thing.view.idea.author)


async def _show_author(context: TownContext, thing: Thing) -> None:
    resident = None if thing.author is None else await context.work.residents.get(thing.author)
    if resident is None or resident.chat is None:
        return
    if thing.comment is None:
        if thing.is_hidden:
            await stop_asking_on_card(context, resident.chat, thing.view.idea.id)
        message, slot = await own_card(context, thing.view, resident), cards.slot_of(thing.view)
    else:
        message = _own_comment(context, thing.comment, thing.view, resident)
        slot = f"{COMMENT}:{thing.comment.id}"
    await context.post(Show(resident.chat, message, slot=slot, priority=Priority.PUSH))


def _own_comment(context: TownContext, comment: Comment, view: IdeaView, author: Resident) -> Message:
    t = translator(language_of(author, context.town))
    if comment.state is CommentState.HIDDEN:
        return hidden_comment_message(comment, context.town, t)
    return own_comment_message(comment, view, Way(), t, how_it_stands(comment, t))


def hidden_comment_message(comment: Comment, town: Town, t: Translator) -> Message:
    """For the author of a comment that facilitators have hidden."""
    return Message(f"{escape(cards.hidden_notice(t, town))}\n\n{cards.quote(comment.text)}")
