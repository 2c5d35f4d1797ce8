from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from storage.engine import SqlStorage
from tests.board.filled import Filled, board_of

PATHS = ("/", "/nl/", "/nl/nowhere", "/healthz")


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_carries_the_security_headers(visitor: httpx.AsyncClient, path: str) -> None:
    headers = (await visitor.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "strict-transport-security" in headers
    assert "set-cookie" not in headers


async def test_a_board_without_https_asks_for_no_https(storage: SqlStorage, tmp_path: Path) -> None:
    app = board_of(storage, tmp_path, "http://127.0.0.1:8080").app
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://b") as visitor:
        assert "strict-transport-security" not in (await visitor.get("/nl/")).headers


async def test_style_is_kept_for_good_under_a_name_of_its_content(visitor: httpx.AsyncClient) -> None:
    html = BeautifulSoup((await visitor.get("/nl/")).text, "html.parser")
    href = html.select_one("link[rel=stylesheet]")["href"]  # type: ignore[index]
    style = await visitor.get(str(href))
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]


async def test_a_page_that_did_not_change_is_not_sent_again(town: Filled, visitor: httpx.AsyncClient) -> None:
    first = await visitor.get("/nl/ideas")
    known = {"If-None-Match": first.headers["etag"]}
    again = await visitor.get("/nl/ideas", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    await town.idea("A tree")
    assert (await visitor.get("/nl/ideas", headers=known)).status_code == 200


async def test_the_first_view_is_small(town: Filled, visitor: httpx.AsyncClient) -> None:
    for n in range(60):
        await town.idea(f"Idea {n} " + "with a good many words " * 12)
    page = await visitor.get("/nl/")
    html = BeautifulSoup(page.text, "html.parser")
    parts = {str(link["href"]) for link in html.select("link[rel=stylesheet], link[rel=icon]")}
    total = len(page.content) + sum([len((await visitor.get(part)).content) for part in parts])
    assert total < 100_000


async def test_a_board_below_a_path_links_below_it(storage: SqlStorage, tmp_path: Path) -> None:
    app = board_of(storage, tmp_path, "https://tienen.example/ideas").app
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://b") as visitor:
        html = BeautifulSoup((await visitor.get("/nl/about")).text, "html.parser")
        assert (await visitor.get("/")).headers["location"] == "/ideas/nl/"
    own = [str(tag["href"]) for tag in html.select("a[href], link[href]") if "#content" not in tag["href"]]
    assert all(
        href.startswith(("/ideas/", "https://tienen.example/ideas/", "https://t.me/", "mailto:"))
        for href in own
    )


async def test_healthz_answers(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/healthz")).text == "ok\n"
