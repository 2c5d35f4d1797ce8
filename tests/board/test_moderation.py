"""The public count of moderation: numbers by month, and nothing else."""

from datetime import UTC, datetime

import httpx
import pytest
from bs4 import BeautifulSoup

from cocreation.ideas.comment import CommentState
from cocreation.ideas.ids import ChatId, Language, MessageId
from cocreation.ideas.report import Reason, Reported
from cocreation.services.comment_idea import Remark, comment_idea
from cocreation.services.moderate import Facilitator, hide, keep, matter_about, restore
from cocreation.services.moderate_words import object_to
from cocreation.services.report import report_idea
from cocreation.services.undo_act import undo
from tests.board.filled import NOW, Filled

# In Brussels it is December already.
LAST_OF_NOVEMBER = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)


def rows(page: str) -> list[list[str]]:
    table = BeautifulSoup(page, "html.parser").select("tbody tr, tfoot tr")
    return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in table]


async def test_an_empty_town_says_what_will_be_counted(visitor: httpx.AsyncClient) -> None:
    for language, words in {
        "nl": "nog niets beslist",
        "fr": "encore été décidé",
        "de": "nichts",
        "en": "yet",
    }.items():
        page = await visitor.get(f"/{language}/moderation")
        assert page.status_code == 200 and words in page.text
        assert "<table" not in page.text


async def test_what_was_done_is_counted_by_the_months_of_the_town(
    town: Filled, visitor: httpx.AsyncClient
) -> None:
    rude, fine = await town.idea("Secret words"), await town.idea("Secret shade")
    async with town.storage.writing() as work:
        lien = await work.residents.meet(ChatId(99), Language("nl"), NOW)
        by = Facilitator(lien.id)
        assert rude.author is not None
        about = Reported(idea=rude.id)
        (act,) = await hide(work, await matter_about(work, about), by, Reason.RUDE, NOW)
        await object_to(work, act.id, rude.author, "Secret objection", NOW)
        await restore(work, await matter_about(work, about), by, LAST_OF_NOVEMBER)
        reporter = await work.residents.meet(ChatId(98), Language("nl"), NOW)
        await report_idea(work, reporter.id, fine.id, Reason.RUDE, NOW)
        kept = await keep(work, await matter_about(work, Reported(idea=fine.id)), by, NOW)
        assert kept is not None
    page = (await visitor.get("/en/moderation")).text
    assert rows(page) == [
        ["December 2026", "0", "0", "0", "0", "1"],
        ["November 2026", "1", "1", "0", "1", "0"],
        ["Since the beginning", "1", "1", "0", "1", "1"],
    ]
    assert "Secret" not in page and str(lien.pseudonym) not in page
    async with town.storage.writing() as work:
        await undo(work, kept.id, by, NOW)
        (again,) = await hide(work, await matter_about(work, about), by, Reason.RUDE, NOW)
        await undo(work, again.id, by, NOW)
    page = (await visitor.get("/en/moderation")).text
    assert rows(page)[-1] == ["Since the beginning", "0", "2", "0", "1", "2"]


async def test_hidden_comments_are_counted_by_themselves(town: Filled, visitor: httpx.AsyncClient) -> None:
    idea = await town.idea("A tree")
    async with town.storage.writing() as work:
        other = await work.residents.meet(ChatId(8), Language("nl"), NOW)
        comment = await comment_idea(work, other, Remark(idea.id, "Secret", ChatId(8), MessageId(1)), NOW)
        by = Facilitator((await work.residents.meet(ChatId(99), Language("nl"), NOW)).id)
        await hide(work, await matter_about(work, Reported(comment=comment.id)), by, Reason.RUDE, NOW)
        found = await work.comments.get(comment.id)
    assert found is not None and found.state is CommentState.HIDDEN
    assert rows((await visitor.get("/en/moderation")).text)[-1][1:4] == ["0", "0", "1"]
    assert "Secret" not in (await visitor.get(f"/en/ideas/{idea.token}")).text


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
async def test_every_page_leads_there(visitor: httpx.AsyncClient, language: str) -> None:
    page = BeautifulSoup((await visitor.get(f"/{language}/")).text, "html.parser")
    assert page.select(f'footer a[href="/{language}/moderation"]')
    there = BeautifulSoup((await visitor.get(f"/{language}/moderation")).text, "html.parser")
    assert len(there.select("h1")) == 1
