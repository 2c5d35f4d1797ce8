"""What facilitators see of the templates for answers."""

from collections.abc import Sequence
from html import escape

from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.reply import Status
from cocreation.ideas.template import IDEA, TOWN, Template
from handlers.actions import Verb, action
from handlers.quoting import on_one_line
from handlers.statuses import number_of, status_words
from locales import Translator

PAGE, LINE = 5, 160
SLOT = "templates"
LIST, NEW, OPEN, CHANGE, DELETE, RETURN, CANCEL = (
    "list",
    "new",
    "open",
    "change",
    "delete",
    "return",
    "cancel",
)


def templates_page(page: Sequence[Template], start: int, total: int, t: Translator) -> Message:
    """The town's templates, with a button each; `start` of them come before."""
    add = (_button(f"➕ {t.gettext('New template')}", NEW),)
    if not page:
        empty = t.gettext("There are no templates yet. A template is an answer that you use again.")
        return Message(escape(empty), (add,))
    heading = f"<b>📝 {escape(t.ngettext('{n} template', '{n} templates', total))}</b>"
    lines = [_line(at, template, t) for at, template in enumerate(page, start=1)]
    openers = tuple(
        _button(f"📝 {t.number(at)}", OPEN, template.id) for at, template in enumerate(page, start=1)
    )
    earlier = (_button("◂", LIST, max(0, start - PAGE)),) if start else ()
    later = (_button("▸", LIST, start + PAGE),) if start + len(page) < total else ()
    rows = (openers, (*earlier, *later), add)
    return Message("\n\n".join([heading, *lines]), tuple(row for row in rows if row))


def status_card(t: Translator) -> Message:
    """Asks for which status the template is."""
    choices = [_button(status_words(status, t), NEW, number_of(status)) for status in Status]
    rows = (tuple(choices[:2]), tuple(choices[2:4]), tuple(choices[4:]), (_back(t),))
    return Message(escape(t.gettext("For which answers is the template?")), rows)


def language_card(status: Status, languages: Sequence[Language], t: Translator) -> Message:
    """Asks in which language it is."""
    choices = tuple(
        (_button(t.language_name(language), NEW, number_of(status), language),) for language in languages
    )
    ask = escape(t.gettext("In which language is the template?"))
    return Message(f"<b>{escape(status_words(status, t))}</b>\n\n{ask}", (*choices, (_back(t),)))


def words_card(
    status: Status, language: Language, before: str | None, t: Translator, *, in_group: bool, fault: str = ""
) -> Message:
    """Asks for the words."""
    if in_group:
        ask = t.gettext("Now write the words, as a reply to this message.")
    else:
        ask = t.gettext("Now write the words.")
    places = t.gettext(
        "{town} and {idea} are filled in: the town's name, and how the idea begins.", town=TOWN, idea=IDEA
    )
    parts = [escape(fault), _about(status, language, t), escape(ask), escape(places)]
    if before:
        hint = escape(t.gettext("These are the words so far. Press them to copy them."))
        parts.append(f"{hint}\n<pre>{escape(before)}</pre>")
    cancel = _button(f"✖️ {t.gettext('Cancel')}", CANCEL)
    return Message("\n\n".join(part for part in parts if part), ((cancel,),))


def put_aside_card(t: Translator) -> Message:
    """In place of a question for words, when something else came before."""
    text = t.gettext("This was put aside, because something else was begun.")
    return Message(escape(text), ((_back(t),),))


def template_card(template: Template, t: Translator, said: str = "") -> Message:
    """One template; `said` is what happened to it."""
    about = _about(template.status, template.language, t)
    parts = [escape(said), about, f"<blockquote>{escape(template.text)}</blockquote>"]
    text = "\n\n".join(part for part in parts if part)
    if template.is_removed:
        undo = _button(f"↩️ {t.gettext('Undo')}", RETURN, template.id)
        return Message(text, ((undo, _back(t)),))
    change = _button(f"✏️ {t.gettext('Change')}", CHANGE, template.id)
    delete = _button(f"🗑 {t.gettext('Delete')}", DELETE, template.id)
    return Message(text, ((change, delete), (_back(t),)))


def _line(at: int, template: Template, t: Translator) -> str:
    words = escape(on_one_line(template.text, LINE))
    return f"{at} · {_about(template.status, template.language, t)}\n{words}"


def _about(status: Status, language: Language, t: Translator) -> str:
    return f"<b>{escape(status_words(status, t))}</b> · {escape(t.language_name(language))}"


def _back(t: Translator) -> Button:
    return _button(f"◂ {t.gettext('Templates')}", LIST, 0)


def _button(label: str, *said: int | str) -> Button:
    return Button(label, action(Verb.TEMPLATES, *said))
