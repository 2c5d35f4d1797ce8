"""What a theme looks like to facilitators: one message that is edited in place."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from cocreation.ideas.framing import Thing
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.theme import Theme
from cocreation.ideas.theme_page import Fate, ThemeIdea, ThemePage
from handlers.actions import OFF, ON, Verb, action
from handlers.cards import quote
from handlers.frame_text import frames_button
from handlers.quoting import on_one_line
from handlers.statuses import answer_of
from handlers.theme_actions import (
    CHOOSE,
    HIDE,
    IDEA,
    LOG,
    NAME,
    PAGE,
    PIN,
    WHERE,
    asks,
    back_to_theme,
    back_to_themes,
    open_theme_action,
)
from locales import Translator

SLOT = "themes"
LONGEST_LABEL = 80
KEYWORDS, WORDS = 8, 140
LINE = 160
TEXT = 1600
BUTTON = 34
_BARS = "▁▂▃▄▅▆▇█"


def theme_card(
    page: ThemePage, latest: str | None, t: Translator, said: str = "", undo: Sequence[Button] = ()
) -> Message:
    """The theme. `said` tells what has just happened to it, `latest` what was decided last (plain texts)."""
    theme = page.theme
    parts = [
        escape(said),
        _head(page, t),
        _trend(page.weeks, t),
        _ideas(page, t),
        f"<i>{escape(latest)}</i>" if latest is not None and not said else "",
    ]
    rows = (tuple(undo), *_idea_rows(page, t), *_acts(theme, t), *_ways(theme, latest is not None, t))
    return Message("\n\n".join(part for part in parts if part), tuple(row for row in rows if row))


def idea_in_theme(view: IdeaView, theme: Theme, came: datetime, t: Translator, *, start: int = 0) -> Message:
    """One of its ideas, to answer it or to move it; `came` is when, on the town's clock. `start` is where
    the page began from which it was opened."""
    idea = view.idea.id
    facts = [
        t.ngettext("{n} person supports this", "{n} people support this", view.supports)
        if view.supports
        else "",
        t.day_and_year(came.date()),
    ]
    parts = [
        f"<b>{_name(theme.label)}</b>",
        quote(view.idea.text, TEXT),
        escape(" · ".join(fact for fact in facts if fact)),
        answer_of(view, t, came.tzinfo) or "",
    ]
    answer = Button(f"💬 {t.gettext('Answer')}", action(Verb.REPLY, idea))
    move = Button(f"↪️ {t.gettext('Move')}", asks(theme.id, WHERE, idea, 0))
    return Message(
        "\n\n".join(part for part in parts if part), ((answer, move), (back_to_theme(theme.id, t, start),))
    )


def gone_card(
    theme: ThemeId, fate: Fate, t: Translator, said: str = "", undo: Sequence[Button] = ()
) -> Message:
    """What became of a theme that is no longer there."""
    gone = t.gettext("The theme “{theme}” is no longer there.", theme=_short(fate.label))
    opens: tuple[Button, ...] = ()
    if fate.heir is not None and fate.heir_label is not None:
        heir = _short(fate.heir_label)
        gone = f"{gone} {t.gettext('Its ideas are in “{theme}” now.', theme=heir)}"
        label = t.gettext("Open “{theme}”", theme=on_one_line(fate.heir_label, BUTTON))
        opens = (Button(label, open_theme_action(fate.heir)),)
    parts = [escape(said), escape(gone)]
    rows = (tuple(undo), opens, (back_to_themes(theme, t),))
    return Message("\n\n".join(part for part in parts if part), tuple(row for row in rows if row))


def size_words(size: int, arrived: int, supports: int, t: Translator) -> str:
    """'36 ideas, 4 new · 12 supports'."""
    ideas = t.ngettext("{n} idea", "{n} ideas", size)
    if arrived:
        ideas += f", {t.ngettext('{n} new', '{n} new', arrived)}"
    return f"{ideas} · {t.ngettext('{n} support', '{n} supports', supports)}" if supports else ideas


def marks(is_pinned: bool, is_hidden: bool, t: Translator) -> list[str]:
    """How facilitators have set it."""
    pinned = [f"📌 {t.gettext('pinned')}"] if is_pinned else []
    return [*pinned, f"🙈 {t.gettext('hidden')}"] if is_hidden else pinned


def sparkline(counts: Sequence[int]) -> str:
    """Bars as high as the counts: '▁▂▁▄▃▂▅█'. No bar is lower than another for a larger count."""
    top = max(counts, default=0)
    return "".join(_BARS[0 if not top else -(-count * (len(_BARS) - 1) // top)] for count in counts)


def _head(page: ThemePage, t: Translator) -> str:
    theme = page.theme
    lines = [f"<b>{_name(theme.label)}</b>"]
    facts = _size(theme, page.weeks[-1], t)
    lines.append(escape(" · ".join([*marks(theme.is_pinned, theme.is_hidden, t), facts])))
    words = theme.keywords_of.get(Language(t.language)) or theme.keywords
    if words:
        lines.append(f"<i>{escape(on_one_line(', '.join(words[:KEYWORDS]), WORDS))}</i>")
    if theme.is_hidden:
        told = t.gettext("Only facilitators see this theme. Its ideas are shown like those without a theme.")
        lines.append(escape(told))
    return "\n".join(lines)


def _size(theme: Theme, arrived: int, t: Translator) -> str:
    facts = [t.ngettext("{n} idea", "{n} ideas", theme.size)]
    if arrived:
        facts[0] += f", {t.ngettext('{n} in the last seven days', '{n} in the last seven days', arrived)}"
    if theme.supports:
        facts.append(t.ngettext("{n} support", "{n} supports", theme.supports))
    return " · ".join(facts)


def _trend(weeks: Sequence[int], t: Translator) -> str:
    if not any(weeks):
        return escape(t.gettext("No new idea in the last eight weeks."))
    counts = t.list_of([t.number(count) for count in weeks])
    told = t.gettext("New ideas, week by week: {counts}", counts=counts)
    return f"{sparkline(weeks)}\n{escape(told)}"


def _ideas(page: ThemePage, t: Translator) -> str:
    numbered = enumerate(page.ideas, start=page.start + 1)
    return "\n".join(_idea_line(at, idea, t) for at, idea in numbered)


def _idea_line(at: int, idea: ThemeIdea, t: Translator) -> str:
    words = t.gettext("“{words}”", words=on_one_line(idea.text, LINE))
    liked = f" · {t.number(idea.supports)} 👍" if idea.supports else ""
    return f"{t.number(at)} · {escape(words)}{liked}"


def _idea_rows(page: ThemePage, t: Translator) -> tuple[tuple[Button, ...], ...]:
    theme, start = page.theme, page.start
    step = max(1, len(page.ideas))
    opens = tuple(
        Button(t.number(at), asks(theme.id, IDEA, idea.id, start))
        for at, idea in enumerate(page.ideas, start=start + 1)
    )
    earlier = (Button("◂", asks(theme.id, PAGE, max(0, start - 1))),) if start else ()
    later = (Button("▸", asks(theme.id, PAGE, start + step)),) if start + step < theme.size else ()
    return ((*earlier, *opens, *later),)


def _acts(theme: Theme, t: Translator) -> tuple[tuple[Button, ...], ...]:
    pin = Button(f"📌 {t.gettext('Pin')}", asks(theme.id, PIN, ON))
    if theme.is_pinned:
        pin = Button(f"📌 {t.gettext('Unpin')}", asks(theme.id, PIN, OFF))
    name = Button(f"✏️ {t.gettext('Rename')}", asks(theme.id, NAME))
    if theme.is_hidden:
        return ((Button(f"👁 {t.gettext('Show again')}", asks(theme.id, HIDE, OFF)), name),)
    merge = Button(f"🔗 {t.gettext('Merge')}", asks(theme.id, CHOOSE, 0))
    split = Button(f"✂️ {t.gettext('Split')}", action(Verb.PROPOSE_SPLIT, theme.id, 0))
    hide = Button(f"🙈 {t.gettext('Hide')}", asks(theme.id, HIDE, ON))
    answer = Button(f"💬 {t.gettext('Answer')}", action(Verb.THEME_REPLY, theme.id))
    return ((answer, name), (merge, split), (pin, hide))


def _ways(theme: Theme, has_log: bool, t: Translator) -> tuple[tuple[Button, ...], ...]:
    why = (Button(f"❓ {t.gettext('Why')}", action(Verb.WHY_THEME, theme.id, 0)),)
    log = (Button(f"🕘 {t.gettext('Decisions')}", asks(theme.id, LOG)),) if has_log else ()
    frames = (frames_button(Thing(theme=theme.id), t),)
    return ((*(() if theme.is_hidden else (*why, *frames)), *log), (back_to_themes(theme.id, t),))


def _name(label: str) -> str:
    return escape(on_one_line(label, LONGEST_LABEL))


def _short(label: str) -> str:
    return on_one_line(label, LONGEST_LABEL)
