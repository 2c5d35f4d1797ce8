"""What comments look like: one by itself, and the thread under an idea."""

from dataclasses import dataclass
from html import escape

from cocreation.ideas.comment import Comment, CommentState, Said, Thread
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.messages import Button, Message
from handlers import cards
from handlers.actions import Verb
from handlers.quoting import on_one_line
from handlers.ways import Way
from locales import Translator

NAME, IDEA, ANSWERED, LINE = 60, 160, 80, 400
PAGE = 5
"""Comments that one message shows."""
OPEN, WITHDRAW, RETURN = "o", "w", "u"
"""What a button does with a comment."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, the list from which they came, and their language."""

    id: ResidentId
    way: Way
    t: Translator


def thread_message(view: IdeaView, thread: Thread, reader: Reader, opening: str = "") -> Message:
    """A page of the comments on an idea; a number opens one, to read it whole, to answer or to report it."""
    way, t = reader.way, reader.t
    parts = [escape(opening)] if opening else []
    parts.append(f"<b>{escape(t.gettext('Comments'))}</b> · {_idea(view, t)}")
    if not thread.comments:
        parts.append(escape(t.gettext("Nobody has said anything about this idea yet.")))
    parts += [_entry(at, said, view, reader) for at, said in enumerate(thread.comments, start=1)]
    opens = tuple(
        way.button(str(at), Verb.COMMENT_ACT, said.comment.id, OPEN)
        for at, said in enumerate(thread.comments, start=1)
    )
    write = way.button(f"✍️ {t.gettext('Write a comment')}", Verb.COMMENT, view.idea.id, 0)
    rows = (opens, _turns(view, thread, way), (write,), (to_idea(view, way, t),))
    return Message("\n\n".join(parts), tuple(row for row in rows if row))


def comment_message(comment: Comment, view: IdeaView, reader: Reader) -> Message:
    """One comment whole, with what the reader may do with it."""
    way, t = reader.way, reader.t
    parts = [
        f"<b>{escape(name_of(comment.author, comment.pseudonym, view, reader))}</b>",
        cards.quote(comment.text),
        f"<i>{escape(t.gettext('On the idea:'))}</i> {_idea(view, t)}",
    ]
    answer = way.button(f"↩️ {t.gettext('Answer')}", Verb.COMMENT, view.idea.id, comment.id)
    report = way.button(f"⚑ {t.gettext('Report')}", Verb.REPORT, f"c{comment.id}", "-")
    withdraw = way.button(f"🗑 {t.gettext('Withdraw')}", Verb.COMMENT_ACT, comment.id, WITHDRAW)
    may = (withdraw,) if comment.author == reader.id else (answer, report)
    return Message("\n\n".join(parts), (may, (to_thread(comment, view, way, t),)))


def own_comment_message(comment: Comment, view: IdeaView, way: Way, t: Translator, opening: str) -> Message:
    """The answer to who wrote a comment: what became of it."""
    parts = [escape(opening), cards.quote(comment.text)]
    if comment.state is CommentState.HIDDEN:
        return Message("\n\n".join(parts))
    parts.append(f"<i>{escape(t.gettext('On the idea:'))}</i> {_idea(view, t)}")
    if comment.state is CommentState.WITHDRAWN:
        act = way.button(f"↩️ {t.gettext('Undo')}", Verb.COMMENT_ACT, comment.id, RETURN)
    else:
        act = way.button(f"🗑 {t.gettext('Withdraw')}", Verb.COMMENT_ACT, comment.id, WITHDRAW)
    all_of_them = way.button(f"💬 {t.gettext('All comments')}", Verb.COMMENTS, view.idea.id, 0)
    return Message("\n\n".join(parts), ((act, all_of_them),))


def how_it_stands(comment: Comment, t: Translator) -> str:
    """What is said of an own comment to which nothing has happened just now."""
    return {
        CommentState.PUBLISHED: t.gettext("Your comment is kept."),
        CommentState.WITHDRAWN: t.gettext("Withdrawn. You can undo this within 24 hours."),
        CommentState.HIDDEN: t.gettext("Facilitators have hidden this comment."),
    }[comment.state]


def gone_comment_message(idea: IdeaId, way: Way, t: Translator) -> Message:
    """What stands in place of a comment that nobody reads any more."""
    text = t.gettext("This comment is no longer here: it was withdrawn or hidden.")
    thread = way.button(f"◂ {t.gettext('Comments')}", Verb.COMMENTS, idea, 0)
    return Message(escape(text), ((thread,),))


def ask_comment_message(view: IdeaView, answered: Comment | None, reader: Reader) -> Message:
    """The question for the words of a comment."""
    t = reader.t
    if answered is None:
        text = t.gettext("What would you like to say about this idea? Everybody can read it.")
        quoted = view.idea.text
    else:
        name = name_of(answered.author, answered.pseudonym, view, reader)
        text = t.gettext("What would you like to answer? {name} wrote:", name=name)
        quoted = answered.text
    cancel = reader.way.button(f"✖️ {t.gettext('Cancel')}", Verb.OPEN, view.idea.id)
    return Message(f"{escape(text)}\n\n{cards.quote(quoted)}", ((cancel,),))


def name_of(author: ResidentId | None, pseudonym: str | None, view: IdeaView, reader: Reader) -> str:
    """Who speaks: nobody's name, but the part that they have."""
    t = reader.t
    if author is None:
        return t.gettext("Somebody who has left")
    if author == reader.id:
        return t.gettext("You")
    if author == view.idea.author:
        return t.gettext("The author")
    return t.gettext("A neighbour") if pseudonym is None else on_one_line(pseudonym, NAME)


def to_idea(view: IdeaView, way: Way, t: Translator) -> Button:
    return way.button(f"◂ {t.gettext('The idea')}", Verb.OPEN, view.idea.id)


def to_thread(comment: Comment, view: IdeaView, way: Way, t: Translator) -> Button:
    return way.button(f"◂ {t.gettext('Comments')}", Verb.COMMENTS, view.idea.id, comment.id)


def _idea(view: IdeaView, t: Translator) -> str:
    return escape(t.gettext("“{words}”", words=on_one_line(view.idea.text, IDEA)))


def _entry(at: int, said: Said, view: IdeaView, reader: Reader) -> str:
    comment = said.comment
    line = f"{at} · <b>{escape(name_of(comment.author, comment.pseudonym, view, reader))}</b>"
    if said.answered_text is not None:
        name = name_of(said.answered_author, said.answered_pseudonym, view, reader)
        words = on_one_line(said.answered_text, ANSWERED)
        answered = reader.t.gettext("{name}: “{words}”", name=name, words=words)
        line += f"\n<i>↩ {escape(answered)}</i>"
    return f"{line}\n{escape(on_one_line(comment.text, LINE))}"


def _turns(view: IdeaView, thread: Thread, way: Way) -> tuple[Button, ...]:
    turns = []
    if thread.has_earlier:
        before = thread.comments[0].comment.id - 1
        turns.append(way.button("◂", Verb.COMMENTS, view.idea.id, before))
    if thread.next_last is not None:
        turns.append(way.button("▸", Verb.COMMENTS, view.idea.id, thread.next_last))
    return tuple(turns)
