"""What `/me` looks like: who one is here, what one has done, and one's settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import Language
from cocreation.ideas.media import MediaKind
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.mine import Counted, Mine, MyLine, MyPage
from cocreation.ideas.resident import Resident
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.first_time import notice_button
from handlers.notice_settings import settings_rows
from handlers.quoting import on_one_line
from handlers.statuses import status_words
from locales import Translator, translator

PAGE = 5
LINE, NAME = 160, 60
OPEN, LANGUAGE, PLACE = "o", "l", "p"
"""Behind the verb: open an own idea; choose a language, forget the place."""

SETTINGS = "me"
"""Behind the button to the privacy notice: that it stands among the settings."""

Rows = tuple[tuple[Button, ...], ...]


def overview(resident: Resident, counted: Counted, town: Town, t: Translator) -> Message:
    """Only what there is has a button."""
    if not any(counted.values()):
        return Message("\n\n".join([_name(resident, t), escape(_nothing(town, t))]), _below(t))
    present = {mine: number for mine, number in counted.items() if number}
    lines = [escape(f"{_sign(mine)} {_counted(mine, number, t)}") for mine, number in present.items()]
    lists = tuple(Button(f"{_sign(mine)} {_label(mine, t)}", action(Verb.MINE, mine, 0)) for mine in present)
    rows = tuple(lists[at : at + 2] for at in range(0, len(lists), 2))
    return Message("\n\n".join([_name(resident, t), "\n".join(lines)]), (*rows, *_below(t)))


def my_list(mine: Mine, page: MyPage, number: int, t: Translator) -> Message:
    """A page of a list; each line has a button that opens its card below."""
    heading = f"<b>{_sign(mine)} {escape(_label(mine, t))}</b>"
    if not page.lines:
        return Message(f"{heading}\n\n{escape(t.gettext('There is nothing here now.'))}", (_back(t),))
    lines = [_entry(at, line, mine, t) for at, line in enumerate(page.lines, start=1)]
    opens = tuple(Button(str(at), _opens(mine, line)) for at, line in enumerate(page.lines, start=1))
    earlier = (Button("◂", action(Verb.MINE, mine, number - 1)),) if number else ()
    later = (Button("▸", action(Verb.MINE, mine, number + 1)),) if page.has_later else ()
    rows = (opens, (*earlier, *later), _back(t))
    return Message("\n\n".join([heading, *lines]), tuple(row for row in rows if row))


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be changed; `has_place`: the person gave a place to see what is near."""

    resident: Resident
    has_place: bool
    town: Town


def settings(of: Settings, t: Translator) -> Message:
    heading = f"<b>⚙️ {escape(t.gettext('My settings'))}</b>"
    language = t.gettext("Language: {language}", language=t.language_name(t.language))
    lines = [f"🌐 {escape(language)}"]
    if of.has_place:
        lines.append(f"📍 {escape(t.gettext('I know a place of yours, to list the ideas near it.'))}")
    languages = tuple(
        Button(translator(code).language_name(code), action(Verb.SETTINGS, LANGUAGE, code))
        for code in of.town.languages
        if code != t.language
    )
    place = (Button(f"📍 {t.gettext('Forget my place')}", action(Verb.SETTINGS, PLACE)),)
    rows = (
        languages,
        *settings_rows(of.resident, t),
        place if of.has_place else (),
        (notice_button(Language(t.language), of.town, SETTINGS),),
        _back(t),
    )
    return Message("\n\n".join([heading, "\n".join(lines)]), tuple(row for row in rows if row))


def _name(resident: Resident, t: Translator) -> str:
    if resident.pseudonym is None:
        return f"<b>{escape(t.gettext('You, in this chat'))}</b>"
    said = t.gettext("Under this invented name others read what you write.")
    return f"<b>{escape(resident.pseudonym)}</b>\n<i>{escape(said)}</i>"


def _nothing(town: Town, t: Translator) -> str:
    return t.gettext(
        "There is nothing of yours here yet. Write me what you would like to see in {town}, or read "
        "with /ideas what others wrote.",
        town=on_one_line(town.name, NAME),
    )


def _below(t: Translator) -> Rows:
    return (
        (Button(f"⚙️ {t.gettext('My settings')}", action(Verb.SETTINGS)),),
        (
            Button(f"📦 {t.gettext('My data')}", action(Verb.MYDATA)),
            Button(f"🗑 {t.gettext('Forget me')}", action(Verb.FORGET)),
        ),
    )


def _back(t: Translator) -> tuple[Button, ...]:
    return (Button(f"◂ {t.gettext('Back')}", action(Verb.MINE)),)


def _opens(mine: Mine, line: MyLine) -> str:
    if mine is Mine.IDEAS:
        return action(Verb.MINE, OPEN, line.idea)
    return action(Verb.OPEN, line.idea, NEW_MESSAGE)


def _entry(at: int, line: MyLine, mine: Mine, t: Translator) -> str:
    text = escape(on_one_line(line.text, LINE) or _without_words(line, t))
    if line.said is not None:
        text = f"{escape(on_one_line(line.said, LINE))}\n<i>{escape(t.gettext('On:'))} {text}</i>"
    facts = _facts(line, mine, t)
    below = f"\n<i>{' · '.join(map(escape, facts))}</i>" if facts else ""
    return f"{at} · {text}{below}"


def _without_words(line: MyLine, t: Translator) -> str:
    """What came of an idea that nobody has said anything of yet."""
    if line.media is MediaKind.VOICE:
        return f"🎤 {t.gettext('Voice message')}"
    return f"📍 {t.gettext('Place')}" if line.media is None else f"📷 {t.gettext('Photo')}"


def _facts(line: MyLine, mine: Mine, t: Translator) -> Sequence[str]:
    if line.state is IdeaState.DRAFT:
        return [f"⏳ {t.gettext('waits for your answer') if line.is_asked else t.gettext('waits for words')}"]
    if line.state is IdeaState.WITHDRAWN:
        return [f"🗑 {t.gettext('withdrawn')}"]
    if line.state is IdeaState.HIDDEN or line.said_state is CommentState.HIDDEN:
        return [f"🙈 {t.gettext('hidden by the town')}"]
    if mine is Mine.COMMENTS:
        return []
    facts = [] if line.status is None else [status_words(line.status, t)]
    if line.supports:
        facts.append(f"{t.number(line.supports)} 👍")
    if line.comments:
        facts.append(f"{t.number(line.comments)} 💬")
    return facts


def _sign(mine: Mine) -> str:
    return {Mine.IDEAS: "💡", Mine.SUPPORTS: "👍", Mine.FOLLOWS: "👁", Mine.COMMENTS: "💬"}[mine]


def _label(mine: Mine, t: Translator) -> str:
    return {
        Mine.IDEAS: t.gettext("My ideas"),
        Mine.SUPPORTS: t.gettext("What I support"),
        Mine.FOLLOWS: t.gettext("What I follow"),
        Mine.COMMENTS: t.gettext("My comments"),
    }[mine]


def _counted(mine: Mine, number: int, t: Translator) -> str:
    return {
        Mine.IDEAS: t.ngettext("{n} idea", "{n} ideas", number),
        Mine.SUPPORTS: t.ngettext("{n} idea that you support", "{n} ideas that you support", number),
        Mine.FOLLOWS: t.ngettext("{n} idea that you follow", "{n} ideas that you follow", number),
        Mine.COMMENTS: t.ngettext("{n} comment", "{n} comments", number),
    }[mine]
