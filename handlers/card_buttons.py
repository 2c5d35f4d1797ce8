"""The buttons below the card of an idea in its author's chat: few, and the rest behind ⋯."""

from cocreation.ideas.idea import IdeaView, WordsOf
from cocreation.ideas.messages import Button
from cocreation.ideas.surroundings import Surroundings
from cocreation.ideas.town import Town
from handlers.actions import OFF, ON, Verb, action
from handlers.statuses import photo_button
from handlers.ways import Way
from locales import Translator

Rows = tuple[tuple[Button, ...], ...]

OPEN, CLOSED = 1, 0
MINE, SOMEBODY_ELSE = "m", "s"


def of_idea(
    view: IdeaView, around: Surroundings, t: Translator, town: Town, way: Way, *, is_open: bool
) -> Rows:
    joins = (_join(view, around, t),) if around.joins is not None else ()
    supports = tuple(
        _support(view, at, neighbour.idea in around.supported, around, t)
        for at, neighbour in enumerate(around.neighbours, start=1)
    )
    answer = () if view.reply_photo is None else (photo_button(view.reply_photo, t),)
    rest = _rest(view, t, town) if is_open else ()
    return tuple(
        row
        for row in (joins, supports, answer, _comments(view, way, t), _main(view, t, is_open), *rest)
        if row
    )


def of_draft(view: IdeaView, t: Translator) -> Rows:
    """Whose words they are is to be answered; what waits for words may be taken back."""
    idea = view.idea
    withdraw = Button(f"🗑 {t.gettext('Do not keep it')}", action(Verb.WITHDRAW, idea.id))
    if idea.words_of is not WordsOf.ASKED:
        return ((withdraw,),)
    mine = Button(f"✍️ {t.gettext('My own')}", action(Verb.WHOSE, idea.id, MINE))
    others = Button(f"💬 {t.gettext('Somebody else’s')}", action(Verb.WHOSE, idea.id, SOMEBODY_ELSE))
    return ((mine, others), (withdraw,))


def of_withdrawn(view: IdeaView, t: Translator) -> Rows:
    return ((Button(f"↩️ {t.gettext('Undo')}", action(Verb.RETURN, view.idea.id)),),)


def while_asked(view: IdeaView, t: Translator) -> Rows:
    """Below what the card asks for."""
    return ((Button(f"✖️ {t.gettext('Cancel')}", action(Verb.CANCEL, view.idea.id)),),)


def _main(view: IdeaView, t: Translator, is_open: bool) -> tuple[Button, ...]:
    idea = view.idea.id
    label, then = ("▴", CLOSED) if is_open else ("⋯", OPEN)
    return (
        Button(f"📷 {t.gettext('Photo')}", action(Verb.PHOTO, idea)),
        Button(f"📍 {t.gettext('Place')}", action(Verb.PLACE, idea)),
        Button(f"✏️ {t.gettext('Edit')}", action(Verb.EDIT, idea)),
        Button(label, action(Verb.MORE, idea, then)),
    )


def _comments(view: IdeaView, way: Way, t: Translator) -> tuple[Button, ...]:
    """The way to what others say, once they do."""
    if not view.comments:
        return ()
    label = t.ngettext("{n} comment", "{n} comments", view.comments)
    return (way.button(f"💬 {label}", Verb.COMMENTS, view.idea.id, 0),)


def _rest(view: IdeaView, t: Translator, town: Town) -> Rows:
    idea = view.idea.id
    why = (Button(f"❓ {t.gettext('Why this theme?')}", action(Verb.WHY_IDEA, idea)),)
    named = (
        f"👤 {t.gettext('Show my pseudonym again')}"
        if view.idea.is_anonymous
        else f"🙈 {t.gettext('Anonymous on the board')}"
    )
    anonymous = (Button(named, action(Verb.ANONYMOUS, idea, int(not view.idea.is_anonymous))),)
    withdraw = Button(f"🗑 {t.gettext('Withdraw')}", action(Verb.WITHDRAW, idea))
    if town.board_url is None:
        last: tuple[Button, ...] = (withdraw,)
    else:
        link = f"{town.board_url}/{t.language}/ideas/{view.idea.token}"
        last = (Button(f"🔎 {t.gettext('On the board')}", url=link), withdraw)
    return (why if view.theme_label is not None else (), anonymous, last)


def _support(view: IdeaView, at: int, is_supported: bool, around: Surroundings, t: Translator) -> Button:
    label = (
        f"✅ {t.gettext('Supported {n}', n=at)}" if is_supported else f"👍 {t.gettext('Support {n}', n=at)}"
    )
    asked = OFF if is_supported else ON
    neighbour = around.neighbours[at - 1].idea
    return Button(label, action(Verb.SUPPORT_NEIGHBOUR, neighbour, view.idea.id, asked))


def _join(view: IdeaView, around: Surroundings, t: Translator) -> Button:
    label = t.gettext("Join to your previous idea")
    return Button(f"🔗 {label}", action(Verb.JOIN, view.idea.message or 0, around.joins or 0))
