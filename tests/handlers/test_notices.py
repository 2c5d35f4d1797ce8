"""News reads well in each language, and fits into one message however much it is."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.ids import ChatId, CommentId, IdeaId, Language, ResidentId, Token
from cocreation.ideas.messages import Message
from cocreation.ideas.notice import AT_FIRST, Addressee, News, Notice, Part, ReplyAct, Told
from cocreation.ideas.reply import LONGEST_REPLY, Status
from cocreation.ideas.town import Town
from handlers.notices import news_message
from locales import known_languages
from sandbox.markup import parse_html, utf16_length

NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)
LANGUAGES = tuple(Language(code) for code in known_languages())
TOWN = Town("Tienen", LANGUAGES, ZoneInfo("Europe/Brussels"), ChatId(-5), frozenset(), Language("nl"), None)


def reader(language: str = "en") -> Addressee:
    return Addressee(ResidentId(1), ChatId(41), Language(language), AT_FIRST, None, False, NOON)


def comment(said: str, pseudonym: str | None = "Blue heron") -> Told:
    notice = Notice(IdeaId(1), NOON, comment=CommentId(1))
    return Told(notice, Token("t"), "Trees", Part.AUTHOR, said, pseudonym=pseudonym)


ANSWERED = News(
    IdeaId(1), Token("t"), "More trees", Part.AUTHOR, Status.PLANNED, "Twelve in March.", (), ReplyAct.SAID
)
COMMENTED = replace(
    ANSWERED, idea=IdeaId(2), status=None, reply=None, act=None, comments=(comment("Yes, please"),)
)

TALKED = replace(COMMENTED, comments=(replace(comment("In the shade too"), is_answer=True),))


def shown(message: Message) -> str:
    text, _ = parse_html(message.html)
    return text


def test_an_answer_says_what_it_answers_and_how_far_the_town_is() -> None:
    assert shown(news_message([ANSWERED], reader(), TOWN)).split("\n\n") == [
        "The town has answered your idea.",
        "“More trees”",
        "🗓 Planned\nTwelve in March.",
    ]


@pytest.mark.parametrize(
    ("part", "opening"),
    [
        (Part.SUPPORTER, "The town has answered an idea that you support."),
        (Part.FOLLOWER, "The town has answered an idea that you follow."),
    ],
)
def test_it_says_why_the_person_hears_of_it(part: Part, opening: str) -> None:
    assert shown(news_message([replace(ANSWERED, part=part)], reader(), TOWN)).startswith(opening)


def test_comments_come_with_who_said_them_and_the_latest_are_shown() -> None:
    many = replace(COMMENTED, comments=tuple(comment(f"Comment {number}") for number in range(9)))
    text = shown(news_message([many], reader(), TOWN))
    assert "There are 9 new comments on your idea." in text
    assert "💬 4 earlier comments\n💬 Blue heron: “Comment 4”" in text
    assert text.endswith("\n💬 Blue heron: “Comment 8”")
    assert "Comment 3" not in text


def test_an_answer_to_ones_own_comment_is_told_as_such() -> None:
    answer = replace(comment("In the shade too"), is_answer=True)
    alone = replace(COMMENTED, part=Part.FOLLOWER, comments=(answer,))
    text = shown(news_message([alone], reader(), TOWN))
    assert text.startswith("Somebody has answered your comment.")
    assert "💬 Blue heron answers you: “In the shade too”" in text
    several = replace(alone, comments=(answer, answer))
    assert "There are 2 new answers to your comments." in shown(news_message([several], reader(), TOWN))
    # Among what others say, only the line says so.
    mixed = replace(COMMENTED, comments=(comment("Yes, please"), answer))
    text = shown(news_message([mixed], reader(), TOWN))
    assert "There are 2 new comments on your idea." in text
    assert "answers you: “In the shade too”" in text


def test_the_author_of_an_idea_is_told_without_a_pseudonym() -> None:
    said = replace(comment("In the shade too"), by_author=True)
    for answers, words in ((False, "💬 The author: “In"), (True, "💬 The author answers you: “In")):
        news = replace(COMMENTED, part=Part.FOLLOWER, comments=(replace(said, is_answer=answers),))
        text = shown(news_message([news], reader(), TOWN))
        assert words in text
        assert "Blue heron" not in text


def test_news_of_several_ideas_is_one_message_with_a_button_each() -> None:
    message = news_message([ANSWERED, COMMENTED], reader(), TOWN)
    assert shown(message).split("\n\n") == [
        "There is news about 2 ideas.",
        "1 · “More trees”\n🗓 Planned · Twelve in March.",
        "2 · “More trees”\n💬 Blue heron: “Yes, please”",
    ]
    assert [[button.label for button in row] for row in message.buttons] == [
        ["💡 1", "💡 2"],
        ["🔔 Notices"],
    ]


def test_what_is_too_much_is_a_number() -> None:
    message = news_message([ANSWERED] * 15, reader(), TOWN)
    assert shown(message).endswith("And about 7 more.")
    assert sum(button.label.startswith("💡") for row in message.buttons for button in row) == 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("news", [[ANSWERED], [COMMENTED], [TALKED], [ANSWERED, COMMENTED]])
def test_each_language_has_its_own_words(language: Language, news: list[News]) -> None:
    text = shown(news_message(news, reader(language), TOWN))
    assert text
    if language != "en":
        assert text.split("\n")[0] != shown(news_message(news, reader(), TOWN)).split("\n")[0]


def test_who_speaks_what_the_town_no_longer_does_is_told_in_its_first_language() -> None:
    town = replace(TOWN, languages=(Language("nl"),))
    assert shown(news_message([ANSWERED], reader("fr"), town)).startswith("De gemeente")


def test_the_longest_answer_fits_with_the_longest_comments() -> None:
    trees = "🌳" * LONGEST_REPLY
    news = replace(ANSWERED, text=trees, reply=trees, comments=(comment(trees, trees),) * 9)
    text = shown(news_message([news], reader(), TOWN))
    assert utf16_length(text) <= 4096
    assert trees in text
    assert "earlier comments" in text


words = st.text(st.sampled_from("a &<>😀ש\n"), max_size=LONGEST_REPLY)
comments = st.lists(st.builds(comment, words, st.none() | words), max_size=12).map(tuple)
entries = st.builds(
    News,
    st.just(IdeaId(1)),
    st.just(Token("t")),
    words,
    st.sampled_from(Part),
    st.sampled_from(Status),
    words,
    comments,
)


@given(st.lists(entries, min_size=1, max_size=12), st.sampled_from(LANGUAGES))
def test_it_fits_whatever_people_write(news: list[News], language: Language) -> None:
    message = news_message(news, reader(language), TOWN)
    assert 0 < utf16_length(shown(message)) <= 4096
    assert all(len(button.action or "") <= 64 for row in message.buttons for button in row)
