"""What the guided chat about a process asks."""

from datetime import date, timedelta
from html import escape

from cocreation.ideas.messages import Button, Message
from cocreation.ideas.process import Plan
from handlers.process_cards import ANSWER, BACK, CANCEL, NAME, Reader, button
from handlers.process_draft import GUIDE, NEVER, NOW, Ask, Draft, opening
from handlers.process_words import closing_words, opening_words, phase_line, plan_words
from handlers.quoting import on_one_line
from locales import Translator

_WEEKS = (2, 4, 13)
WRITTEN = (Ask.NAME, Ask.GOAL, Ask.OPENS, Ask.CLOSES, Ask.DAYS)
"""What a person may write. The others take a button."""


def question_card(draft: Draft, reader: Reader, fault: str = "") -> Message:
    """The question that a draft is at, with its ready answers."""
    t = reader.t
    parts = [_heading(draft, t), f"⚠️ {escape(fault)}" if fault else ""]
    parts += [_summary(draft, reader)] if draft.asks is Ask.SURE else [escape(_question(draft.asks, t))]
    if reader.in_group and draft.asks in WRITTEN:
        parts.append(escape(t.gettext("Answer this message, so that I know it is meant for me.")))
    cancel = button(f"✖️ {t.gettext('Cancel')}", CANCEL)
    can_go_back = draft.process is None and draft.asks is not Ask.NAME
    last = (button(f"◂ {t.gettext('Back')}", BACK), cancel) if can_go_back else (cancel,)
    rows = (*_choices(draft, reader), last)
    return Message("\n\n".join(part for part in parts if part), tuple(row for row in rows if row))


def _heading(draft: Draft, t: Translator) -> str:
    if draft.process is not None:
        return f"<b>{escape(on_one_line(draft.name, NAME))}</b>"
    at, of = t.number(GUIDE.index(draft.asks) + 1), t.number(len(GUIDE))
    name = on_one_line(draft.name, NAME) if draft.name else t.gettext("New process")
    return f"<b>{escape(name)}</b> · {escape(t.gettext('{at} of {total}', at=at, total=of))}"


def _question(ask: Ask, t: Translator) -> str:
    return {
        Ask.NAME: t.gettext("What is it called? Write a name that people see, such as: Our square."),
        Ask.GOAL: t.gettext("What is it for? Write one or two sentences that people read before they write."),
        Ask.OPENS: t.gettext("When does it open? Choose, or write a day such as 1/12."),
        Ask.CLOSES: t.gettext("What is its last day? Choose, or write a day such as 31/12."),
        Ask.PHASES: t.gettext("Which phases does it have? Their days can be changed later."),
        Ask.SURE: "",
        Ask.DAYS: t.gettext("From when to when? Write two days, such as 1/12 - 14/12."),
    }[ask]


def _summary(draft: Draft, reader: Reader) -> str:
    t, town, now = reader.t, reader.town, reader.now
    new = draft.new_process(town, now)
    lines = [
        f"<blockquote>{escape(draft.goal)}</blockquote>" if draft.goal else "",
        escape(opening_words(new.opens_at, town, now, t)),
        escape(closing_words(new.closes_at, town, now, t)),
        *(escape(phase_line(phase, town, now, t)) for phase in new.phases),
    ]
    return "\n".join(line for line in lines if line)


def _choices(draft: Draft, reader: Reader) -> list[tuple[Button, ...]]:
    t = reader.t
    match draft.asks:
        case Ask.GOAL:
            return [(_answer(draft, t.gettext("Without a goal"), NEVER),)]
        case Ask.OPENS:
            return _openings(draft, reader)
        case Ask.CLOSES:
            return _closings(draft, reader)
        case Ask.PHASES:
            return [(_answer(draft, plan_words(plan, t), plan),) for plan in Plan]
        case Ask.SURE:
            return [(_answer(draft, f"✅ {t.gettext('Make it')}", "+"),)]
        case _:
            return []


def _openings(draft: Draft, reader: Reader) -> list[tuple[Button, ...]]:
    t = reader.t
    today = reader.town.local(reader.now).date()
    tomorrow = today + timedelta(days=1)
    monday = today + timedelta(days=7 - today.weekday())
    days = [tomorrow] if tomorrow == monday else [tomorrow, monday]
    now = [] if draft.process is not None else [(_answer(draft, t.gettext("Now"), NOW),)]
    by_hand = (_answer(draft, t.gettext("I open it myself"), NEVER),)
    return [*now, tuple(_answer(draft, t.day(day), day.isoformat()) for day in days), by_hand]


def _closings(draft: Draft, reader: Reader) -> list[tuple[Button, ...]]:
    t, town, now = reader.t, reader.town, reader.now
    start = town.local(max(opening(draft.opens, town, now) or now, now)).date()
    days: list[date] = [start + timedelta(weeks=weeks) for weeks in _WEEKS]
    by_hand = (_answer(draft, t.gettext("I close it myself"), NEVER),)
    return [tuple(_answer(draft, t.day(day), day.isoformat()) for day in days), by_hand]


def _answer(draft: Draft, label: str, value: str) -> Button:
    return button(label, ANSWER, draft.asks, value)
