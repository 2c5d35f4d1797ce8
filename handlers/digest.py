"""The digest in words, as a phone shows it."""

from collections.abc import Sequence
from html import escape
from math import ceil, floor

from cocreation.ideas.digest import AnsweredIdea, Digest, NewestIdea, ThemeNews
from cocreation.ideas.headline import HeadlineKind
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.period import Span
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.digest_headline import heading, sentence
from handlers.digest_numbers import numbers
from handlers.digest_sections import Section, fitting, size, title
from handlers.digest_themes import LABEL, quoted, size_line, theme_line
from handlers.moderation_text import queue_button
from handlers.quoting import on_one_line
from handlers.statuses import status_words
from handlers.theme_actions import open_theme_action
from handlers.waiting_cards import answer_button, waiting_button, waiting_line
from locales import Translator, translator

LIMIT = 3500
"""UTF-16 units, markup included. Telegram takes 4,096 of the text alone, a reader on a phone fewer."""

GREW, BORN, QUIET = "▲", "✦", "▽"
"""What leads the themes, above their lines and on their buttons."""

NAME, BESIDE = 24, 2
"""Units of a theme's name on a button, and how many stand beside each other."""


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
        digest, t = self._digest, self._t
        top = [heading(digest, self._town, t), escape(sentence(digest, self._town, t))]
        if digest.is_empty:
            return Message("\n\n".join([*top, *self._one_thing()]), self._buttons())
        top.append(numbers(digest, digest.period.span(self._town.time_zone), t))
        return Message("\n\n".join([*top, *fitting(self._sections(), LIMIT - size(top))]), self._buttons())

    def _one_thing(self) -> list[str]:
        """What to do in a period in which nothing came in."""
        t, digest = self._t, self._digest
        if digest.headline.kind is HeadlineKind.NOTHING_YET:
            return []
        if digest.moderation.waiting:
            text = t.gettext("One thing to do: decide about what waits for moderation.")
            return [f"{escape(text)}\n{escape(self._moderation())}"]
        if digest.oldest is None:
            text = t.gettext("One thing to do: hang up a poster with the bot's QR code where people wait.")
            return [escape(text)]
        text = t.gettext(
            "One thing to do: answer the idea that has waited longest, for {duration}.",
            duration=t.relative(digest.made_at - digest.oldest.created_at),
        )
        return [f"{escape(text)}\n{quoted(digest.oldest.text, t)}"]

    def _sections(self) -> list[Section]:
        t, digest = self._t, self._digest
        newest = [self._newest(each) for each in digest.newest]
        answered = [self._answered(each) for each in digest.answered]
        waiting = [
            waiting_line(at, idea, digest.made_at, t) for at, idea in enumerate(digest.waiting, start=1)
        ]
        sections = [
            Section(6, title(GREW, self._growth()), self._themes(digest.grew)),
            Section(5, title(BORN, t.gettext("New themes")), self._themes(digest.born)),
            Section(3, title(QUIET, self._silence()), self._themes(digest.quiet)),
            Section(4, title("💬", t.gettext("Newest ideas")), newest),
            Section(7, title("⏳", self._waiting()), waiting),
            Section(8, title("🚩", self._moderation()), [], is_line=digest.moderation.waiting > 0),
            Section(4, title("📨", self._answers()), answered),
            Section(1, title("●", self._others()), self._largest(), shown=0),
        ]
        return [section for section in sections if section.lines or section.is_line]

    def _growth(self) -> str:
        """Beyond what is usual, where that is known."""
        is_learned = any(news.usual is not None for news in self._digest.grew)
        return self._t.gettext("Grew more than usual") if is_learned else self._t.gettext("Grew most")

    def _silence(self) -> str:
        t = self._t
        match self._digest.period.span(self._town.time_zone):
            case Span.DAY:
                return t.gettext("Quiet for three days")
            case Span.WEEK:
                return t.gettext("Quiet for three weeks")
            case Span.MONTH:
                return t.gettext("Quiet for three months")
            case Span.OTHER:
                return t.gettext("Quiet for a long time")

    def _waiting(self) -> str:
        n = self._digest.waiting_count
        return self._t.ngettext("{n} idea waits for an answer", "{n} ideas wait for an answer", n)

    def _moderation(self) -> str:
        queue, t = self._digest.moderation, self._t
        since = queue.oldest_at or self._digest.made_at
        return t.ngettext(
            "{n} message waits for moderation, for {duration}",
            "{n} messages wait for moderation, the oldest for {duration}",
            queue.waiting,
            duration=t.relative(self._digest.made_at - since),
        )

    def _answers(self) -> str:
        """How many there were, and how many people heard of them."""
        t, digest = self._t, self._digest
        answers = t.ngettext("{n} answer from the town", "{n} answers from the town", digest.counts.answers)
        people = t.ngettext("{n} person heard of it", "{n} people heard of it", digest.reached)
        return f"{answers} · {people}" if digest.reached else answers

    def _others(self) -> str:
        t = self._t
        return t.gettext("Other themes") if self._digest.themes else t.gettext("Largest themes")

    def _largest(self) -> list[str]:
        t, n = self._t, self._digest.without_theme
        lines = [size_line(theme, self._town, t) for theme in self._digest.largest]
        left = t.ngettext("{n} idea fits no theme yet.", "{n} ideas fit no theme yet.", n)
        return [*lines, escape(left)] if lines and n else lines

    def _themes(self, themes: Sequence[ThemeNews]) -> list[str]:
        return [theme_line(news, self._town, self._t) for news in themes]

    def _newest(self, idea: NewestIdea) -> str:
        theme = on_one_line(idea.theme, LABEL) if idea.theme else self._t.gettext("no theme yet")
        return f"{quoted(idea.text, self._t)}\n→ {escape(theme)}"

    def _answered(self, idea: AnsweredIdea) -> str:
        t, n = self._t, idea.others
        more = t.ngettext("and {n} more idea of its theme", "and {n} more ideas of its theme", n)
        facts = [status_words(idea.status, t), *([more] if n else [])]
        return f"{quoted(idea.text, t)}\n{escape(' · '.join(facts))}"

    def _buttons(self) -> tuple[tuple[Button, ...], ...]:
        t, board, digest = self._t, self._town.board_url, self._digest
        answers = tuple(answer_button(at, idea.id, t) for at, idea in enumerate(digest.waiting, start=1))
        if digest.is_empty:
            answers = self._answer_oldest()
        more = (waiting_button(t),) if digest.waiting_count > len(answers) else ()
        queue = (queue_button(t),) if digest.moderation.waiting else ()
        themes = Button(t.gettext("Themes"), action(Verb.THEMES, 0, NEW_MESSAGE))
        pages = () if board is None else (Button(t.gettext("Board"), url=f"{board}/{t.language}/"),)
        settings = Button(f"⚙️ {t.gettext('Settings')}", action(Verb.TOWN, 0, NEW_MESSAGE))
        last = (
            [(themes, *pages, settings)]
            if digest.is_empty
            else [(themes, *pages), (self._export(), settings)]
        )
        rows = (*self._opening(), answers, more + queue, *last)
        return tuple(row for row in rows if row)

    def _export(self) -> Button:
        period = self._digest.period
        first, last = floor(period.start.timestamp()), ceil(period.end.timestamp())
        return Button(f"📦 {self._t.gettext('Export')}", action(Verb.EXPORT, first, last))

    def _opening(self) -> list[tuple[Button, ...]]:
        """A button for each theme that is named, two beside each other."""
        digest = self._digest
        named = ((GREW, digest.grew), (BORN, digest.born), (QUIET, digest.quiet))
        buttons = [
            Button(
                f"{mark} {on_one_line(news.theme.label, NAME)}",
                open_theme_action(news.theme.id, below=True),
            )
            for mark, themes in named
            for news in themes
        ]
        return [tuple(buttons[at : at + BESIDE]) for at in range(0, len(buttons), BESIDE)]

    def _answer_oldest(self) -> tuple[Button, ...]:
        digest = self._digest
        if digest.moderation.waiting or digest.oldest is None:
            return ()
        label = f"💬 {self._t.gettext('Answer this idea')}"
        return (Button(label, action(Verb.REPLY, digest.oldest.id)),)
