"""What a person reads when something happened to ideas of theirs: one message, however much it is."""

import re
from collections.abc import Sequence
from html import escape, unescape

from cocreation.ideas.messages import Button, Message
from cocreation.ideas.notice import Addressee, News, Part, ReplyAct, Told
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.quoting import on_one_line, units
from handlers.statuses import answer, photo_button, status_words
from locales import Translator, translator

LIMIT = 3600
"""UTF-16 units as they are shown, of the 4,096 that a message holds: what is folded needs its line."""
AT_ONCE, ROW = 8, 4
"""Ideas in one message, and buttons that open them in one row."""
NAME, QUOTE, SHORT, COMMENT, SHORT_COMMENT = 60, 160, 240, 300, 100
COMMENTS, FEW = 5, 2

_TAG = re.compile(r"<[^>]*>")


def news_message(news: Sequence[News], person: Addressee, town: Town) -> Message:
    """All of it in the person's language; the first ones in full, the rest as a number."""
    language = person.language if person.language in town.languages else town.languages[0]
    t = translator(language)
    if len(news) == 1:
        return _single(news[0], t)
    shown, size = list[str](), 0
    for at, entry in enumerate(news[:AT_ONCE], start=1):
        text = _entry(at, entry, t)
        size += _units(text) + 2
        if size > LIMIT:
            break
        shown.append(text)
    heading = t.ngettext("There is news about {n} idea.", "There is news about {n} ideas.", len(news))
    rest = len(news) - len(shown)
    more = t.ngettext("And about {n} more.", "And about {n} more.", rest) if rest else ""
    parts = [f"<b>{escape(heading)}</b>", *shown, escape(more)]
    openers = [Button(f"💡 {t.number(at + 1)}", _open(entry)) for at, entry in enumerate(news[: len(shown)])]
    rows = [tuple(openers[start : start + ROW]) for start in range(0, len(openers), ROW)]
    text = "\n\n".join(part for part in parts if part)
    return Message(text, (*rows, (_settings(t),)), silent=_is_quiet(news))


def _single(news: News, t: Translator) -> Message:
    # A long answer leaves room for fewer comments.
    texts = (_whole(news, most, t) for most in range(COMMENTS, 0, -1))
    text = next(text for text in texts if _units(text) <= LIMIT)
    opener = Button(f"💡 {t.gettext('Open the idea')}", _open(news))
    photo = ((photo_button(news.photo, t),),) if news.photo is not None else ()
    return Message(text, (*photo, (opener, _settings(t))), silent=_is_quiet([news]))


def _whole(news: News, most: int, t: Translator) -> str:
    """What happened to one idea, with at most so many comments."""
    parts = [f"<b>{escape(_what_happened(news, t))}</b>", _quoted(news.text, QUOTE, t)]
    if news.status is not None and news.reply is not None:
        parts.append(answer(news.status, news.reply, t))
    if news.comments:
        parts.append("\n".join(_comments(news.comments, most, COMMENT, t)))
    return "\n\n".join(parts)


def _is_quiet(news: Sequence[News]) -> bool:
    """A correction is nothing for which a phone should ring."""
    return all(each.act is ReplyAct.CORRECTED and not each.comments for each in news)


def _what_happened(news: News, t: Translator) -> str:
    match news.act:
        case None:
            n = len(news.comments)
            if all(comment.is_answer for comment in news.comments):
                return t.ngettext(
                    "Somebody has answered your comment.", "There are {n} new answers to your comments.", n
                )
            return _was_commented(news.part, n, t)
        case ReplyAct.CORRECTED:
            return _was_corrected(news, t)
        case ReplyAct.TAKEN_BACK:
            return _was_taken_back(news, t)
        case _:
            return _was_answered(news, t)


def _was_answered(news: News, t: Translator) -> str:
    theme = on_one_line(news.theme or "", NAME)
    if theme:
        return {
            Part.AUTHOR: t.gettext(
                "The town has answered all ideas about “{theme}”, yours among them.", theme=theme
            ),
            Part.SUPPORTER: t.gettext(
                "The town has answered all ideas about “{theme}”, among them one that you support.",
                theme=theme,
            ),
            Part.FOLLOWER: t.gettext(
                "The town has answered all ideas about “{theme}”, among them one that you follow.",
                theme=theme,
            ),
        }[news.part]
    return {
        Part.AUTHOR: t.gettext("The town has answered your idea."),
        Part.SUPPORTER: t.gettext("The town has answered an idea that you support."),
        Part.FOLLOWER: t.gettext("The town has answered an idea that you follow."),
    }[news.part]


def _was_corrected(news: News, t: Translator) -> str:
    theme = on_one_line(news.theme or "", NAME)
    if theme:
        return t.gettext("The town has corrected its answer about “{theme}”.", theme=theme)
    return {
        Part.AUTHOR: t.gettext("The town has corrected its answer to your idea."),
        Part.SUPPORTER: t.gettext("The town has corrected its answer to an idea that you support."),
        Part.FOLLOWER: t.gettext("The town has corrected its answer to an idea that you follow."),
    }[news.part]


def _was_taken_back(news: News, t: Translator) -> str:
    theme = on_one_line(news.theme or "", NAME)
    if theme:
        return t.gettext("The town has taken back its answer about “{theme}”.", theme=theme)
    return {
        Part.AUTHOR: t.gettext("The town has taken back its answer to your idea."),
        Part.SUPPORTER: t.gettext("The town has taken back its answer to an idea that you support."),
        Part.FOLLOWER: t.gettext("The town has taken back its answer to an idea that you follow."),
    }[news.part]


def _was_commented(part: Part, n: int, t: Translator) -> str:
    match part:
        case Part.AUTHOR:
            return t.ngettext(
                "Somebody has commented on your idea.", "There are {n} new comments on your idea.", n
            )
        case Part.SUPPORTER:
            return t.ngettext(
                "Somebody has commented on an idea that you support.",
                "There are {n} new comments on an idea that you support.",
                n,
            )
        case Part.FOLLOWER:
            return t.ngettext(
                "Somebody has commented on an idea that you follow.",
                "There are {n} new comments on an idea that you follow.",
                n,
            )


def _entry(at: int, news: News, t: Translator) -> str:
    lines = [f"{at} · {_quoted(news.text, QUOTE, t)}"]
    if news.theme or news.act in (ReplyAct.CORRECTED, ReplyAct.TAKEN_BACK):
        lines.append(escape(_what_happened(news, t)))
    if news.status is not None and news.reply is not None:
        words = escape(on_one_line(news.reply, SHORT))
        lines.append(f"<b>{escape(status_words(news.status, t))}</b> · {words}")
    return "\n".join([*lines, *_comments(news.comments, FEW, SHORT_COMMENT, t)])


def _comments(comments: Sequence[Told], most: int, limit: int, t: Translator) -> list[str]:
    """The latest ones; the earlier are a number."""
    lines = [_comment(comment, limit, t) for comment in comments[-most:]]
    earlier = len(comments) - len(lines)
    if earlier:
        lines.insert(0, escape(t.ngettext("💬 {n} earlier comment", "💬 {n} earlier comments", earlier)))
    return lines


def _comment(comment: Told, limit: int, t: Translator) -> str:
    words = on_one_line(comment.said, limit)
    name = _speaker(comment, t)
    if name is None:
        return f"💬 {escape(t.gettext('“{words}”', words=words))}"
    if comment.is_answer:
        return f"💬 {escape(t.gettext('{name} answers you: “{words}”', name=name, words=words))}"
    return f"💬 {escape(t.gettext('{name}: “{words}”', name=name, words=words))}"


def _speaker(comment: Told, t: Translator) -> str | None:
    """The author as that alone: an idea may be shown without their pseudonym."""
    if comment.by_author:
        return t.gettext("The author")
    return None if comment.pseudonym is None else on_one_line(comment.pseudonym, NAME)


def _quoted(words: str, limit: int, t: Translator) -> str:
    return f"<i>{escape(t.gettext('“{words}”', words=on_one_line(words, limit)))}</i>"


def _open(news: News) -> str:
    return action(Verb.OPEN, news.idea, NEW_MESSAGE)


def _settings(t: Translator) -> Button:
    return Button(f"🔔 {t.gettext('Notices')}", action(Verb.NOTICES, NEW_MESSAGE))


def _units(html: str) -> int:
    """The length as Telegram counts it, without the tags. https://core.telegram.org/bots/api#sendmessage"""
    return units(unescape(_TAG.sub("", html)))
