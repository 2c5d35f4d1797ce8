"""The digest in words, as a phone shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from cocreation.ideas.digest import Digest, HeadlineKind, NewestIdea, Period, SupportedIdea, ThemeActivity
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.quoting import on_one_line, units
from handlers.reply_cards import answer_button, waiting_button, waiting_line
from locales import Translator, translator

LIMIT = 3500
"""UTF-16 units, markup included. Telegram takes 4,096 of the text alone, a reader on a phone fewer."""

QUOTE = 80
LABEL = 60
NOON = 12


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading and its lines. What is `needed` more gives way later, what is folded opens at a touch."""

    needed: int
    heading: str
    lines: Sequence[str]
    is_folded: bool = False

    def with_lines(self, count: int) -> str:
        text = "\n".join([self.heading, *self.lines[:count]])
        return f"<blockquote expandable>{text}</blockquote>" if self.is_folded else text


def digest_message(digest: Digest, language: Language, town: Town) -> Message:
    """One message of at most 3,500 UTF-16 units; the least needed lines give way."""
    return _Writer(digest, translator(language), town).message()


class _Writer:
    """Puts one digest into one language."""

    def __init__(self, digest: Digest, words: Translator, town: Town) -> None:
        self._digest = digest
        self._t = words
        self._town = town

    def message(self) -> Message:
        top = [part for part in (self._heading(), self._headline(), self._numbers()) if part]
        return Message("\n\n".join([*top, *_fitting(self._sections(), LIMIT - _size(top))]), self._buttons())

    def _heading(self) -> str:
        t, period = self._t, self._digest.period
        first, last = _days(period, self._town)
        days = t.day_range(first, last)
        town = on_one_line(self._town.name, LABEL)
        if first.weekday() == 0 and last - first == timedelta(days=6):
            week = str(first.isocalendar().week)
            heading = t.gettext("{town}, week {week} · {days}", town=town, week=week, days=days)
        else:
            heading = t.gettext("{town} · {days}", town=town, days=days)
        late = t.gettext("Late: Morgen was not running when this was due.")
        return f"<b>{escape(heading)}</b>" + (f"\n<i>{escape(late)}</i>" if self._digest.is_late else "")

    def _headline(self) -> str:
        t, headline = self._t, self._digest.headline
        total, before = t.number(headline.total), t.number(headline.share)
        match headline.kind:
            case HeadlineKind.NOTHING_YET:
                text = t.gettext(
                    "There are no ideas yet. A poster with the bot's QR code, where people wait, helps."
                )
            case HeadlineKind.EMPTY:
                text = t.gettext("No new ideas came in.")
            case HeadlineKind.THEME:
                text = t.ngettext(
                    "“{theme}” brought {n} of the {total} new ideas.",
                    "“{theme}” brought {n} of the {total} new ideas.",
                    headline.share,
                    theme=on_one_line(headline.theme or "", LABEL),
                    total=total,
                )
            case HeadlineKind.FIRST:
                text = t.ngettext("The first idea is here.", "The first {n} ideas are here.", headline.total)
            case HeadlineKind.BUSIER:
                text = t.gettext(
                    "Busier than before: {total} new ideas, after {before}.", total=total, before=before
                )
            case HeadlineKind.CALMER:
                text = t.gettext(
                    "Calmer than before: {total} new ideas, after {before}.", total=total, before=before
                )
            case HeadlineKind.SPREAD:
                text = t.ngettext(
                    "The new ideas are about {n} theme, and none stands out.",
                    "The new ideas are about {n} themes, and none stands out.",
                    headline.share,
                )
            case HeadlineKind.PLAIN:
                text = ""
        return escape(text)

    def _numbers(self) -> str:
        t, counts, digest = self._t, self._digest.counts, self._digest
        ideas = t.ngettext("{n} new idea", "{n} new ideas", counts.ideas)
        change = self._change()
        people = t.ngettext("{n} person wrote", "{n} people wrote", counts.people)
        if counts.newcomers:
            people += ", " + t.ngettext("{n} for the first time", "{n} for the first time", counts.newcomers)
        facts = [
            people if counts.people else "",
            t.ngettext("{n} support", "{n} supports", counts.supports) if counts.supports else "",
            t.ngettext("{n} answer from the town", "{n} answers from the town", counts.answers)
            if counts.answers
            else "",
            t.ngettext("{n} idea in all", "{n} ideas in all", digest.total_ideas),
        ]
        line = f"<b>{escape(ideas)}</b>" + (f" ({escape(change)})" if change else "")
        return "\n".join([line, escape(" · ".join(fact for fact in facts if fact))])

    def _change(self) -> str:
        """How the number of new ideas compares; nothing where there was no time before."""
        t, digest = self._t, self._digest
        difference = digest.counts.ideas - digest.before.ideas
        if digest.counts.ideas == digest.total_ideas:
            return ""
        if difference == 0:
            return self._as_many()
        change = _signed(difference, t)
        match digest.period.days:
            case 7:
                return t.gettext("{change} on the week before", change=change)
            case 1:
                return t.gettext("{change} on the day before", change=change)
            case _:
                return t.gettext("{change} on the same time before", change=change)

    def _as_many(self) -> str:
        t = self._t
        match self._digest.period.days:
            case 7:
                return t.gettext("as many as the week before")
            case 1:
                return t.gettext("as many as the day before")
            case _:
                return t.gettext("as many as in the same time before")

    def _sections(self) -> list[_Section]:
        t, digest = self._t, self._digest
        moving = digest.grew or digest.born
        largest = t.gettext("Other themes") if moving else t.gettext("Largest themes")
        sections = [
            _Section(3, _title("▲", t.gettext("Grew most")), [self._theme(each) for each in digest.grew]),
            _Section(4, _title("✦", t.gettext("New themes")), [self._theme(each) for each in digest.born]),
            _Section(
                5, _title("💬", t.gettext("Newest ideas")), [self._newest(each) for each in digest.newest]
            ),
            _Section(
                2,
                _title("👍", t.gettext("Most supported")),
                [self._supported(each) for each in digest.supported],
            ),
            _Section(
                1,
                _title("●", largest),
                [self._theme(each) for each in digest.largest],
                is_folded=bool(moving),
            ),
        ]
        return [section for section in sections if section.lines] + self._remarks() + self._waiting()

    def _waiting(self) -> list[_Section]:
        """The ideas that most people want an answer to, as the buttons below count them."""
        t, digest = self._t, self._digest
        if not digest.waiting:
            return []
        n = digest.waiting_count
        waits = t.ngettext("{n} idea waits for an answer", "{n} ideas wait for an answer", n)
        lines = [
            waiting_line(at, idea, digest.period.end, t) for at, idea in enumerate(digest.waiting, start=1)
        ]
        return [_Section(6, _title("⏳", waits), lines)]

    def _remarks(self) -> list[_Section]:
        """What takes one line each."""
        t, digest = self._t, self._digest
        remarks = []
        if digest.quiet:
            names = t.list_of([on_one_line(theme.label, LABEL) for theme in digest.quiet])
            match digest.period.days:
                case 7:
                    quiet = t.gettext("Quiet for three weeks: {themes}", themes=names)
                case 1:
                    quiet = t.gettext("Quiet for three days: {themes}", themes=names)
                case _:
                    quiet = t.gettext("Quiet for a long time: {themes}", themes=names)
            remarks.append(_Section(2, "▽ " + escape(quiet), ()))
        if digest.without_theme:
            n = digest.without_theme
            left = t.ngettext("{n} idea fits no theme yet.", "{n} ideas fit no theme yet.", n)
            remarks.append(_Section(0, escape(left), ()))
        return remarks

    def _theme(self, theme: ThemeActivity) -> str:
        t = self._t
        name = escape(on_one_line(theme.label, LABEL))
        if self._town.board_url is not None:
            link = f"{self._town.board_url}/{t.language}/themes/{theme.id}"
            name = f'<a href="{escape(link)}">{name}</a>'
        facts = [t.ngettext("{n} idea", "{n} ideas", theme.size)]
        if 0 < theme.arrived < theme.size:
            facts.append(t.ngettext("{n} new", "{n} new", theme.arrived))
        quote = f"\n{self._quote(theme.quotes[0])}" if theme.quotes else ""
        return f"<b>{name}</b> · {escape(', '.join(facts))}{quote}"

    def _newest(self, idea: NewestIdea) -> str:
        theme = on_one_line(idea.theme, LABEL) if idea.theme else self._t.gettext("no theme yet")
        return f"{self._quote(idea.text)}\n→ {escape(theme)}"

    def _supported(self, idea: SupportedIdea) -> str:
        return f"{self._quote(idea.text)} · {self._t.number(idea.supports)} 👍"

    def _quote(self, words: str) -> str:
        return f"<i>{escape(self._t.gettext('“{words}”', words=on_one_line(words, QUOTE)))}</i>"

    def _buttons(self) -> tuple[tuple[Button, ...], ...]:
        t, board = self._t, self._town.board_url
        answers = tuple(
            answer_button(at, idea.id, t) for at, idea in enumerate(self._digest.waiting, start=1)
        )
        more = (waiting_button(t),) if self._digest.waiting_count > len(answers) else ()
        themes = Button(t.gettext("Themes"), action(Verb.THEMES, 0, NEW_MESSAGE))
        pages = () if board is None else (Button(t.gettext("Board"), url=f"{board}/{t.language}/"),)
        return tuple(row for row in (answers, more, (themes, *pages)) if row)


def _days(period: Period, town: Town) -> tuple[date, date]:
    """The first and the last day that the period is about: those of which it holds the larger part. One that
    ends now has today in it, however early it is."""
    start, end = town.local(period.start), town.local(period.end)
    if period.is_open:
        return end.date() - timedelta(days=period.days - 1), end.date()
    first = start.date() if start.hour < NOON else start.date() + timedelta(days=1)
    last = end.date() if end.hour >= NOON else end.date() - timedelta(days=1)
    return first, max(first, last)


def _fitting(sections: Sequence[_Section], room: int) -> list[str]:
    """The sections in their order, each with the lines for which those that are needed more leave room."""
    kept: dict[int, str] = {}
    for at in sorted(range(len(sections)), key=lambda at: -sections[at].needed):
        section = sections[at]
        for count in range(len(section.lines), -1, -1):
            text = section.with_lines(count)
            if _size([text]) <= room and (count or not section.lines):
                kept[at] = text
                room -= _size([text])
                break
    return [kept[at] for at in sorted(kept)]


def _size(parts: Sequence[str]) -> int:
    return sum(units(part) + 2 for part in parts)


def _title(mark: str, heading: str) -> str:
    return f"<b>{mark} {escape(heading)}</b>"


def _signed(difference: int, t: Translator) -> str:
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + t.number(abs(difference))
