"""The digest in words, as a phone shows it."""

from html import escape

from cocreation.ideas.digest import Digest, ThemeActivity
from cocreation.ideas.idea import shorten
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from locales import Translator, translator

QUOTE = 90
LIMIT = 3500


def digest_message(digest: Digest, language: Language, town: Town) -> Message:
    """One message of at most 3,500 characters; the least needed sections give way."""
    t = translator(language)
    parts = [_heading(digest, town, t), escape(_headline(digest, t)), _numbers(digest, t)]
    for section in _sections(digest, t):
        if sum(map(len, parts)) + len(section) <= LIMIT:
            parts.append(section)
    return Message("\n\n".join(part for part in parts if part), _buttons(t, town))


def _heading(digest: Digest, town: Town, t: Translator) -> str:
    start, end = town.local(digest.period.start), town.local(digest.period.end)
    days = t.day_range(start.date(), end.date())
    late = f"\n<i>{escape(t.gettext('Late: Morgen was not running when this was due.'))}</i>"
    return f"<b>{escape(town.name)} · {escape(days)}</b>{late if digest.is_late else ''}"


def _headline(digest: Digest, t: Translator) -> str:
    headline = digest.headline
    match headline.kind:
        case "empty":
            return t.gettext(
                "No new ideas. A poster with the bot's QR code where people wait brings the first."
            )
        case "theme":
            return t.ngettext(
                "{theme} brought {n} of the {total} new ideas.",
                "{theme} brought {n} of the {total} new ideas.",
                headline.share,
                theme=headline.theme or "",
                total=t.number(headline.total),
            )
        case "busier":
            return t.gettext("Busier than before: {total} new ideas, after {before}.", **_pair(digest, t))
        case "calmer":
            return t.gettext("Calmer than before: {total} new ideas, after {before}.", **_pair(digest, t))
        case _:
            return t.ngettext("{n} new idea came in.", "{n} new ideas came in.", headline.total)


def _pair(digest: Digest, t: Translator) -> dict[str, str]:
    return {"total": t.number(digest.headline.total), "before": t.number(digest.headline.share)}


def _numbers(digest: Digest, t: Translator) -> str:
    counts, before = digest.counts, digest.before
    people = t.ngettext("{n} person", "{n} people", counts.people)
    if counts.newcomers:
        people += ", " + t.ngettext("{n} for the first time", "{n} for the first time", counts.newcomers)
    new_ideas = t.ngettext("{n} new idea", "{n} new ideas", counts.ideas)
    facts = [
        f"{new_ideas} ({_change(counts.ideas - before.ideas, t)})",
        people,
        t.ngettext("{n} support", "{n} supports", counts.supports),
        t.ngettext("{n} idea in all", "{n} ideas in all", digest.total_ideas),
    ]
    return escape(" · ".join(facts))


def _sections(digest: Digest, t: Translator) -> list[str]:
    sections = [
        _themes("▲", t.gettext("Grew most"), digest.grew, t),
        _themes("✦", t.gettext("New"), digest.born, t),
        _supported(digest, t),
        _themes("●", t.gettext("Largest"), digest.largest, t),
        _quiet(digest, t),
    ]
    if digest.without_theme:
        sections.append(
            escape(
                t.ngettext("{n} idea fits no theme yet.", "{n} ideas fit no theme yet.", digest.without_theme)
            )
        )
    return [section for section in sections if section]


def _themes(mark: str, heading: str, themes: tuple[ThemeActivity, ...], t: Translator) -> str:
    if not themes:
        return ""
    return "\n".join([f"<b>{mark} {escape(heading)}</b>", *(_theme(theme, t) for theme in themes)])


def _theme(theme: ThemeActivity, t: Translator) -> str:
    change = f" ({_change(theme.arrived, t)})" if theme.arrived else ""
    quote = f"\n<i>“{escape(shorten(theme.quote, QUOTE))}”</i>" if theme.quote else ""
    return f"{escape(theme.label)} · {t.number(theme.size)}{change}{quote}"


def _supported(digest: Digest, t: Translator) -> str:
    if not digest.supported:
        return ""
    lines = [
        f"“{escape(shorten(idea.text, QUOTE))}” · {t.number(idea.supports)} 👍" for idea in digest.supported
    ]
    return "\n".join([f"<b>👍 {escape(t.gettext('Most supported'))}</b>", *lines])


def _quiet(digest: Digest, t: Translator) -> str:
    if not digest.quiet:
        return ""
    names = t.list_of([theme.label for theme in digest.quiet])
    return "▽ " + escape(t.gettext("Quiet for three periods: {themes}", themes=names))


def _change(difference: int, t: Translator) -> str:
    return f"+{t.number(difference)}" if difference > 0 else t.number(difference).replace("-", "−")


def _buttons(t: Translator, town: Town) -> tuple[tuple[Button, ...], ...]:
    themes = Button(t.gettext("Themes"), action(Verb.THEMES, 0, NEW_MESSAGE))
    if town.board_url is None:
        return ((themes,),)
    return ((themes, Button(t.gettext("Board"), url=f"{town.board_url}/{t.language}/")),)
