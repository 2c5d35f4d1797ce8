from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from cocreation.ideas.idea import IdeaState
from storage.engine import SqlStorage
from tests.board.filled import Filled, board_of

JPEG = b"\xff\xd8\xff\xe0picture"


@pytest.mark.parametrize("state", [IdeaState.HIDDEN, IdeaState.WITHDRAWN])
async def test_an_idea_that_is_no_longer_shown_is_gone_everywhere(
    town: Filled, visitor: httpx.AsyncClient, state: IdeaState
) -> None:
    gone, stays = await town.idea("A casino on the square"), await town.idea("A tree")
    theme = await town.theme("The square", [gone.id, stays.id])
    photo = await town.photo(gone.id, JPEG)
    seen = await visitor.get(f"/nl/ideas/{gone.token}")
    assert seen.status_code == 200 and (await visitor.get(f"/media/{photo}")).content == JPEG

    await town.become(gone.id, state)

    assert (await visitor.get(f"/nl/ideas/{gone.token}")).status_code == 410
    assert (await visitor.get(f"/media/{photo}")).status_code == 410
    known = {"If-None-Match": seen.headers["etag"]}
    assert (await visitor.get(f"/nl/ideas/{gone.token}", headers=known)).status_code == 410
    for page in ("/nl/", "/nl/ideas", f"/nl/themes/{theme}", f"/nl/ideas/{stays.token}"):
        assert "casino" not in (await visitor.get(page)).text


async def test_a_draft_was_never_there(town: Filled, visitor: httpx.AsyncClient) -> None:
    idea = await town.idea("A tree")
    photo = await town.photo(idea.id, JPEG)
    await town.become(idea.id, IdeaState.DRAFT)
    assert (await visitor.get(f"/nl/ideas/{idea.token}")).status_code == 404
    assert (await visitor.get(f"/media/{photo}")).status_code == 404


async def test_only_pictures_leave_the_media_store(town: Filled, visitor: httpx.AsyncClient) -> None:
    idea = await town.idea("A tree")
    drawing = await town.photo(idea.id, b"<svg onload='alert(1)'/>", ".svg")
    assert (await visitor.get(f"/media/{drawing}")).status_code == 404
    page = BeautifulSoup((await visitor.get(f"/nl/ideas/{idea.token}")).text, "html.parser")
    assert page.select(".photos img") == []


async def test_a_photo_is_served_as_what_it_is(town: Filled, visitor: httpx.AsyncClient) -> None:
    idea = await town.idea("A tree")
    photo = await town.photo(idea.id, JPEG)
    page = BeautifulSoup((await visitor.get(f"/nl/ideas/{idea.token}")).text, "html.parser")
    assert [image["src"] for image in page.select(".photos img")] == [f"/media/{photo}"]
    response = await visitor.get(f"/media/{photo}")
    assert response.headers["content-type"] == "image/jpeg"
    known = {"If-None-Match": response.headers["etag"]}
    assert (await visitor.get(f"/media/{photo}", headers=known)).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/xx/",
        "/nl/nowhere",
        "/nl/ideas/none",
        "/nl/ideas/%F0%9F%8C%B3",
        "/nl/themes/1",
        "/nl/themes/99999999999999999999",
        "/media/1",
        "/media/99999999999999999999",
        "/media/../board.css",
        "/static/board.css",
        "/static/nothing",
    ],
)
async def test_what_was_never_there_is_404(visitor: httpx.AsyncClient, path: str) -> None:
    response = await visitor.get(path)
    assert response.status_code == 404
    assert "text/html" in response.headers["content-type"]


async def test_an_error_page_speaks_the_language_of_its_address(visitor: httpx.AsyncClient) -> None:
    html = BeautifulSoup((await visitor.get("/de/nowhere")).text, "html.parser")
    assert html.html is not None and html.html["lang"] == "de"
    wish = {"Accept-Language": "fr"}
    html = BeautifulSoup((await visitor.get("/nowhere", headers=wish)).text, "html.parser")
    assert html.html is not None and html.html["lang"] == "fr"


async def test_the_board_can_only_be_read(visitor: httpx.AsyncClient) -> None:
    response = await visitor.post("/nl/ideas")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_a_fault_gives_a_page_with_all_headers(tmp_path: Path) -> None:
    closed = SqlStorage(f"sqlite:///{tmp_path}/closed.db")
    transport = httpx.ASGITransport(app=board_of(closed, tmp_path).app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://board.example") as visitor:
        response = await visitor.get("/fr/")
    assert response.status_code == 500
    assert '<html lang="fr">' in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
