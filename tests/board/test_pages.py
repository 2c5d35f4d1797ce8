from datetime import timedelta

import httpx
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import Place, clean_text, has_words
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, Language, MessageId
from cocreation.ideas.reply import Answer, NewReply, Status
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services.comment_idea import Remark, comment_idea
from cocreation.services.correct_reply import correct_reply
from cocreation.services.reply_to_theme import reply_to_theme, take_back_theme_reply
from tests.board.filled import NOW, Filled

LANGUAGES = ("nl", "fr", "de", "en")
PAGES = ("", "ideas", "about", "privacy", "moderation")


def soup(response: httpx.Response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
async def test_every_page_answers_in_every_language(
    town: Filled, visitor: httpx.AsyncClient, language: str, page: str
) -> None:
    await town.idea("Shade on the market square")
    response = await visitor.get(f"/{language}/{page}")
    assert response.status_code == 200
    assert response.headers["content-language"] == language
    html = soup(response)
    assert html.html is not None and html.html["lang"] == language
    assert html.select_one("h1") is not None
    assert html.select_one("meta[name=description]")["content"]  # type: ignore[index]


async def test_a_page_names_itself_in_the_other_languages(visitor: httpx.AsyncClient) -> None:
    html = soup(await visitor.get("/fr/privacy"))
    alternates = {link["hreflang"]: link["href"] for link in html.select("link[rel=alternate]")}
    assert alternates == {code: f"https://ideas.tienen.example/{code}/privacy" for code in LANGUAGES}
    assert html.select_one(".languages [aria-current]")["hreflang"] == "fr"  # type: ignore[index]


@pytest.mark.parametrize(
    ("wish", "page"),
    [
        ("fr-BE,fr;q=0.9,en;q=0.5", "/fr/"),
        ("it,de;q=0.4", "/de/"),
        ("en;q=0.2,nl;q=0.9", "/nl/"),
        ("fr;q=0,en", "/en/"),
        ("it", "/nl/"),
        ("", "/nl/"),
        (";;q=x,,=", "/nl/"),
    ],
)
async def test_the_front_door_leads_to_the_language_of_the_browser(
    visitor: httpx.AsyncClient, wish: str, page: str
) -> None:
    response = await visitor.get("/", headers={"Accept-Language": wish})
    assert (response.status_code, response.headers["location"]) == (302, page)
    assert response.headers["vary"] == "Accept-Language"


async def test_a_language_without_slash_leads_to_its_front_page(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/de")).headers["location"] == "/de/"


async def test_an_empty_town_says_what_will_be_here(visitor: httpx.AsyncClient) -> None:
    html = soup(await visitor.get("/en/"))
    assert html.select_one(".empty") is not None
    assert html.select_one("a.button")["href"] == "https://t.me/TienenBot"  # type: ignore[index]
    assert "No ideas yet" in soup(await visitor.get("/en/ideas")).get_text()


async def test_the_front_page_shows_a_theme_as_a_bar_with_its_numbers(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    ideas = [await town.idea(f"Tree number {n}", "en") for n in range(3)]
    theme = await town.theme("Green in the centre", [idea.id for idea in ideas])
    row = soup(await visitor.get("/en/")).select_one(".themes li")
    assert row is not None
    assert row.select_one("h3 a")["href"] == f"/en/themes/{theme}"  # type: ignore[index]
    assert "3 ideas, 3 new" in row.get_text()
    assert row.select_one(".size")["width"] == "100.0%"  # type: ignore[index]
    # The first idea opens the page, so another one stands for the theme.
    assert row.select_one(".words").get_text().strip() == "Tree number 1"  # type: ignore[union-attr]


async def test_the_page_opens_with_words_in_its_own_language_where_there_are_any(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    shade = await town.idea("Mehr Schatten auf dem Marktplatz", "de")
    fountain = await town.idea("Ein Brunnen zum Spielen", "de")
    bus = await town.idea("Een nachtbus naar Leuven", "nl")
    themes = [
        FoundTheme(None, "Markt", (), (Member(shade.id, 1), Member(fountain.id, 0.9)), (shade.id,)),
        FoundTheme(None, "Bus", (), (Member(bus.id, 1),), (bus.id,)),
    ]
    async with town.storage.writing() as work:
        await work.themes.replace(Clustering(tuple(themes), ()), NOW)
    for language, words in (("nl", bus.text), ("de", shade.text), ("en", shade.text)):
        lead = soup(await visitor.get(f"/{language}/")).select_one(".lead .words")
        assert lead is not None and lead.get_text().strip() == words


async def test_a_theme_shows_its_ideas_most_central_first(town: Filled, visitor: httpx.AsyncClient) -> None:
    ideas = [await town.idea(text) for text in ("Benches", "Trees", "Fountain")]
    theme = await town.theme("Green", [ideas[1].id, ideas[2].id, ideas[0].id])
    html = soup(await visitor.get(f"/nl/themes/{theme}"))
    assert [words.get_text().strip() for words in html.select(".words")] == ["Trees", "Fountain", "Benches"]


async def test_long_lists_come_in_linked_pages(town: Filled, visitor: httpx.AsyncClient) -> None:
    for n in range(45):
        await town.idea(f"Idea {n}")
    middle = soup(await visitor.get("/en/ideas?page=2"))
    assert len(middle.select(".idea")) == 20
    assert middle.select_one("nav a[rel=prev]")["href"] == "?page=1"  # type: ignore[index]
    assert middle.select_one("nav a[rel=next]")["href"] == "?page=3"  # type: ignore[index]
    last = soup(await visitor.get("/en/ideas?page=3"))
    assert len(last.select(".idea")) == 5
    assert last.select_one("nav a[rel=next]") is None


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1e3", "9999999999", "%F0%9F%8C%B3"])
async def test_a_page_that_is_not_there_is_404(visitor: httpx.AsyncClient, page: str) -> None:
    assert (await visitor.get(f"/nl/ideas?page={page}")).status_code == 404


async def test_an_idea_shows_its_words_with_their_own_language(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    idea = await town.idea("Mehr Schatten auf dem Marktplatz", "de")
    async with town.storage.writing() as work:
        await work.ideas.set_place(idea.id, Place(50.80712345, 4.93781234, "Grote Markt"))
        await work.ideas.correct(idea.id, "Viel mehr Schatten", NOW)
    html = soup(await visitor.get(f"/nl/ideas/{idea.token}"))
    words = html.select_one("blockquote")
    assert words is not None and words["lang"] == "de"
    assert words.get_text() == "Viel mehr Schatten"
    place = html.select_one("a[href*=openstreetmap]")
    assert place is not None and "mlat=50.8071&mlon=4.9378" in str(place["href"])


async def test_an_idea_shows_what_the_town_said_latest_first(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    idea = await town.idea("A bench at the stop")
    async with town.storage.writing() as work:
        for status, text in ((Status.UNDER_REVIEW, "We look at it."), (Status.PLANNED, "In <spring>.")):
            await work.replies.add(NewReply(idea.id, status, text, None, NOW))
    html = soup(await visitor.get(f"/nl/ideas/{idea.token}"))
    said = [
        [part.get_text() for part in item.select("strong, .answer")] for item in html.select(".answers li")
    ]
    assert said == [["Gepland", "In <spring>."], ["In onderzoek", "We look at it."]]


async def test_a_corrected_answer_says_so_and_links_to_pages_of_the_web_alone(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    idea = await town.idea("A bench at the stop")
    text = "See (https://a.example/x?y=1&z=2), javascript:alert(1), ftp://b.example and <i>c.example</i>."
    async with town.storage.writing() as work:
        reply = await work.replies.add(NewReply(idea.id, Status.PLANNED, "Soon", None, NOW))
        await correct_reply(work, reply, Answer(Status.PLANNED, text), by=None, now=NOW + timedelta(days=1))
    html = soup(await visitor.get(f"/nl/ideas/{idea.token}"))
    (answer,) = html.select(".answers .answer")
    assert answer.get_text() == text
    assert [link["href"] for link in answer.select("a")] == ["https://a.example/x?y=1&z=2"]
    (status,) = html.select(".answers .status")
    assert "verbeterd op 25 november 2026" in status.get_text()


async def test_a_theme_shows_what_the_town_said_to_all_of_it(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    ideas = [await town.idea(text) for text in ("A bench", "Two benches")]
    members = tuple(Member(idea.id, 0.9) for idea in ideas)
    async with town.storage.writing() as work:
        await work.themes.replace(Clustering((FoundTheme(None, "Benches", (), members, ()),), ()), NOW)
        (theme,) = await work.themes.all()
        answer = Answer(Status.DONE, "They stand.")
        reply, _ = await reply_to_theme(work, theme.id, answer, by=None, now=NOW)
    page = soup(await visitor.get(f"/nl/themes/{theme.id}"))
    assert [part.get_text() for part in page.select(".answers strong, .answers .answer")] == [
        "Gedaan",
        "They stand.",
    ]
    async with town.storage.writing() as work:
        await take_back_theme_reply(work, reply, by=None, now=NOW)
    assert not soup(await visitor.get(f"/nl/themes/{theme.id}")).select(".answers")


async def test_an_idea_shows_what_people_say_about_it_and_nothing_that_is_hidden(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    idea = await town.idea("A bench at the stop")
    async with town.storage.writing() as work:
        other = await work.residents.meet(ChatId(8), Language("fr"), NOW)
        author = None if idea.author is None else await work.residents.get(idea.author)
        assert author is not None
        first = await comment_idea(work, other, _remark(idea.id, 1, "<b>Two</b> benches"), NOW)
        await comment_idea(work, author, _remark(idea.id, 2, "Even better", first.id), NOW)
        hidden = await comment_idea(work, other, _remark(idea.id, 3, "Rude words"), NOW)
        await work.comments.set_state(hidden.id, CommentState.HIDDEN, NOW)
    html = soup(await visitor.get(f"/nl/ideas/{idea.token}"))
    said = [
        [part.get_text() for part in item.select(".answered, .answer")]
        for item in html.select(".comments li")
    ]
    assert said == [["<b>Two</b> benches"], ["<b>Two</b> benches", "Even better"]]
    assert [who.get_text().split(" 2")[0] for who in html.select(".who")][1] == "Wie het idee schreef"


def _remark(idea: IdeaId, message: int, text: str, answers: CommentId | None = None) -> Remark:
    return Remark(idea, text, ChatId(8), MessageId(message), answers)


NASTY = st.one_of(
    st.text(min_size=1, max_size=200),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "</blockquote></main><img src=x onerror=alert(1)>",
            '" onmouseover="alert(1)',
            "{{ 7 * 7 }} {% raw %} {town} %(town)s",
            "&lt;b&gt; &amp;amp; &#60;",
            "\u202eright to left\u202c",
            "مزيد من الأشجار في ساحة السوق",
            "Z\u0335\u0321a\u0334l\u0337" * 40,
            "🌳" * 300,
            "a" * 4096,
        ]
    ),
).map(clean_text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY.filter(has_words) | st.just("🌳🌳🌳"))
async def test_words_from_outside_show_as_words(town: Filled, visitor: httpx.AsyncClient, text: str) -> None:
    idea = await town.idea(text)
    theme = await town.theme(text, [idea.id])
    html = soup(await visitor.get(f"/en/ideas/{idea.token}"))
    words = html.select_one("blockquote")
    assert words is not None
    assert words.get_text() == text
    assert words.find() is None
    for page in ("/en/", "/en/ideas", f"/en/themes/{theme}"):
        found = soup(await visitor.get(page))
        assert found.select("script, [onerror], [onmouseover], [style]") == []
        assert found.select_one("footer nav") is not None
