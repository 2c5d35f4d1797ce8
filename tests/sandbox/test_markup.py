"""HTML is read as https://core.telegram.org/bots/api#html-style says, and offsets count UTF-16 code units."""

import html

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sandbox.values import Json
from tests.sandbox.playing import GRIET, Play

RULE = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
NESTABLE = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "tg-spoiler": "spoiler"}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=60)


async def read(play: Play, source: str) -> tuple[str, list[Json]]:
    message = await play.say(source, parse_mode="HTML")
    return message["text"], message.get("entities", [])


async def fault(play: Play, source: str) -> str:
    refused = await play.refused("sendMessage", chat_id=GRIET, text=source, parse_mode="HTML")
    return refused.removeprefix("Bad Request: can't parse entities: ")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def marked(text: str, entity: Json) -> str:
    """Cut out the words that an entity marks."""
    units = text.encode("utf-16-le")
    begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
    return units[begin:end].decode("utf-16-le")


@RULE
@given(text=WORDS)
async def test_escaped_text_comes_back_as_it_was(play: Play, text: str) -> None:
    assume(text.strip())
    plain = await play.say(text)
    escaped = await play.say(html.escape(text), parse_mode="HTML")
    assert escaped["text"] == text.strip()
    assert escaped.get("entities") == plain.get("entities")


@RULE
@given(text=st.text("<>&\"'; abz🌳é\n", min_size=1).filter(str.strip))
async def test_escaped_text_without_commands_and_links_has_no_entities(play: Play, text: str) -> None:
    assert await read(play, html.escape(text)) == (text.strip(), [])


@pytest.mark.parametrize(("tag", "kind"), TAGS.items())
async def test_a_tag_makes_an_entity(play: Play, tag: str, kind: str) -> None:
    assert await read(play, f"een <{tag}>twee</{tag}> drie") == (
        "een twee drie",
        [{"type": kind, "offset": 4, "length": 4}],
    )


@RULE
@given(before=WORDS, inside=WORDS)
async def test_offsets_and_lengths_count_utf_16_code_units(play: Play, before: str, inside: str) -> None:
    assume(inside.strip() == inside and before.strip() == before)
    text, entities = await read(play, f"{html.escape(before)}<u>{html.escape(inside)}</u>")
    [underlined] = [entity for entity in entities if entity["type"] == "underline"]
    assert (underlined["offset"], underlined["length"]) == (utf16(before), utf16(inside))
    assert marked(text, underlined) == inside


async def test_an_emoji_counts_as_two(play: Play) -> None:
    assert await read(play, "🌳 <b>🌳🌳</b>") == ("🌳 🌳🌳", [{"type": "bold", "offset": 3, "length": 4}])


@RULE
@given(tags=st.lists(st.sampled_from(sorted(NESTABLE)), min_size=1, max_size=5, unique=True), text=WORDS)
async def test_tags_nest(play: Play, tags: list[str], text: str) -> None:
    assume(text.strip())
    source = html.escape(text)
    for tag in tags:
        source = f"<{tag}>{source}</{tag}>"
    shown, entities = await read(play, source)
    styles = [entity["type"] for entity in entities if entity["type"] in NESTABLE.values()]
    assert shown == text.strip()
    assert styles == [NESTABLE[tag] for tag in reversed(tags)]


@RULE
@given(tags=st.lists(st.sampled_from(sorted(TAGS)), min_size=2, max_size=2, unique=True))
async def test_tags_that_cross_are_refused(play: Play, tags: list[str]) -> None:
    first, second = tags
    source = f"<{first}>a<{second}>b</{first}>c</{second}>"
    offset = source.index(f"</{first}>")
    assert await fault(play, source) == (
        f'Unmatched end tag at byte offset {offset}, expected "</{second}>", found "</{first}>"'
    )


PIECES = [
    "<",
    ">",
    "</",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<pre>",
    "</pre>",
    "<code class='language-x'>",
    "</code>",
]
PIECES += [
    "<a href='tienen.be'>",
    "<a href=",
    "</a>",
    "<span class=tg-spoiler>",
    "</span>",
    "</>",
    "&",
    "&lt;",
    "&#",
]
PIECES += ["🌳", "é", "x", " ", "\n", "'", '"', "=", "/start", "@noor_tienen", "#bomen"]


@RULE
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12))
async def test_any_html_is_read_or_refused(play: Play, pieces: list[str]) -> None:
    source = "".join(pieces)
    answer = await play.answer("sendMessage", chat_id=GRIET, text=source, parse_mode="HTML")
    if not answer["ok"]:
        assert answer["description"].startswith("Bad Request: can't parse entities: ") or "empty" in str(
            answer
        )
        return
    text, entities = answer["result"]["text"], answer["result"].get("entities", [])
    places = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    assert all(0 <= begin < end <= utf16(text) for begin, end in places)
    assert all(marked(text, entity) for entity in entities)
    assert places == sorted(places, key=lambda place: (place[0], -place[1]))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("close</b>", "Unexpected end tag at byte offset 5"),
        ("é <p>x</p>", 'Unsupported start tag "p" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ('<a href="x>y', 'Unclosed start tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_html_that_does_not_parse_is_refused_with_the_place(
    play: Play, source: str, reason: str
) -> None:
    assert await fault(play, source) == reason


async def test_text_that_does_not_parse_does_not_change_a_message_either(play: Play) -> None:
    message = await play.say("Welkom")
    where = {"chat_id": GRIET, "message_id": message["message_id"]}
    refused = await play.refused("editMessageText", **where, text="<b>", parse_mode="HTML")
    assert refused.startswith("Bad Request: can't parse entities: ")
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == [message]


async def test_without_a_parse_mode_markup_is_text(play: Play) -> None:
    message = await play.say("<b>5 &lt; 6</b>")
    assert message["text"] == "<b>5 &lt; 6</b>"
    assert "entities" not in message


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#233;&#xe9;&#x1F333;", "éé🌳"),
        ("&nbsp;&eacute;&apos;", "&nbsp;&eacute;&apos;"),
        ("AT&T & co", "AT&T & co"),
        ("&amp;lt;", "&lt;"),
    ],
)
async def test_the_four_named_entities_and_numeric_ones_are_known(play: Play, source: str, text: str) -> None:
    assert await read(play, source) == (text, [])


async def test_a_link_has_its_url(play: Play) -> None:
    assert await read(play, '<a href="https://tienen.be/?a=1&amp;b=2">bord</a>') == (
        "bord",
        [{"type": "text_link", "offset": 0, "length": 4, "url": "https://tienen.be/?a=1&b=2"}],
    )


@pytest.mark.parametrize("target", ["", "nowhere", "javascript:alert(1)", "http://localhost:x/"])
async def test_a_link_that_leads_nowhere_is_text(play: Play, target: str) -> None:
    assert await read(play, f'<a href="{target}">bord</a>') == ("bord", [])


async def test_a_link_to_a_person_is_a_mention(play: Play) -> None:
    _, [mention] = await read(play, f'<a href="tg://user?id={GRIET}">Griet</a>')
    assert mention["type"] == "text_mention"
    assert mention["user"]["id"] == GRIET


async def test_a_program_has_its_language(play: Play) -> None:
    assert await read(play, '<pre><code class="language-python">x</code></pre>') == (
        "x",
        [{"type": "pre", "offset": 0, "length": 1, "language": "python"}],
    )


async def test_a_quotation_may_be_expandable(play: Play) -> None:
    _, [entity] = await read(play, "<blockquote expandable>x</blockquote>")
    assert entity["type"] == "expandable_blockquote"


async def test_code_holds_no_other_entities(play: Play) -> None:
    assert await read(play, "<code>a<b>b</b> /start</code>") == (
        "ab /start",
        [{"type": "code", "offset": 0, "length": 9}],
    )


async def test_an_empty_tag_leaves_nothing(play: Play) -> None:
    assert await read(play, "<b></b>x<i></i>") == ("x", [])


async def test_white_space_at_both_ends_goes_with_what_marks_it(play: Play) -> None:
    assert await read(play, "  <b> 🌳 </b>  ") == ("🌳", [{"type": "bold", "offset": 0, "length": 2}])


async def test_entities_may_be_given_instead(play: Play) -> None:
    bold = {"type": "bold", "offset": 3, "length": 5}
    assert (await play.say("🌳 bomen", entities=[bold]))["entities"] == [bold]


@pytest.mark.parametrize("entity", [{"offset": 7, "length": 2}, {"offset": -1, "length": 1}, {"offset": 0}])
async def test_entities_outside_of_the_text_are_refused(play: Play, entity: Json) -> None:
    refused = await play.refused(
        "sendMessage", chat_id=GRIET, text="🌳 bomen", entities=[{"type": "bold", **entity}]
    )
    assert refused.startswith("Bad Request: can't parse entities")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Druk op /start nu", "bot_command", "/start"),
        ("🌳 /help@morgen_sandbox_bot", "bot_command", "/help@morgen_sandbox_bot"),
        ("Kijk op https://tienen.be/bord.", "url", "https://tienen.be/bord"),
        ("Kijk op tienen.be!", "url", "tienen.be"),
        ("Vraag het @noor_tienen.", "mention", "@noor_tienen"),
        ("Voor #bomen", "hashtag", "#bomen"),
        ("Mail bord@tienen.be even", "email", "bord@tienen.be"),
    ],
)
async def test_what_telegram_recognizes_is_an_entity(play: Play, text: str, kind: str, found: str) -> None:
    message = await play.say(text)
    [entity] = message["entities"]
    assert (entity["type"], marked(text, entity)) == (kind, found)


@pytest.mark.parametrize("text", ["1/2 en/of 3", "//start", "#1", "a@b", "@abc", "en/start"])
async def test_what_telegram_does_not_recognize_is_text(play: Play, text: str) -> None:
    assert "entities" not in await play.say(text)
