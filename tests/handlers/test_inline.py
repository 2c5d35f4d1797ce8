"""The bot's name and a word, in any chat, find ideas to show there."""

import asyncio

import pytest

from sandbox import deeplinks, querying
from sandbox.inline import InlineAnswer, InlineQuery
from tests.bot.town import GRIET, LIEN, YASMINE, Town


async def answered(town: Town, query: InlineQuery) -> InlineAnswer:
    async with asyncio.timeout(100):
        await query.answered.wait()
    assert query.answer is not None
    return query.answer


async def ask(town: Town, person: int, words: str, offset: str = "") -> InlineAnswer:
    return await answered(town, querying.ask(town.world, person, person, words, offset))


async def written(town: Town, *texts: str) -> None:
    for text in texts:
        town.write(GRIET, text)
    await town.until(lambda: all(any(text in shown for shown in town.texts(GRIET)) for text in texts))


def titles(answer: InlineAnswer) -> list[str]:
    return [str(result["title"]) for result in answer.results]


async def test_a_word_finds_ideas_that_open_in_private(town: Town) -> None:
    await written(town, "Een vélo-straat & <b>bomen</b>", "Een bank")
    query = querying.ask(town.world, YASMINE, YASMINE, "velo")
    answer = await answered(town, query)
    assert titles(answer) == ["Een vélo-straat & <b>bomen</b>"]
    chosen = querying.choose(
        town.world, YASMINE, YASMINE, querying.Choice(query.id, str(answer.results[0]["id"]))
    )
    assert chosen["text"].startswith("Een vélo-straat & <b>bomen</b>")
    ((button,),) = chosen["reply_markup"]["inline_keyboard"]
    assert "Ouvrir" in button["text"]
    deeplinks.follow(town.world, LIEN, button["url"])
    await town.reads(LIEN, "Een vélo-straat")


async def test_chosen_in_the_chat_with_the_bot_it_opens_there_and_becomes_no_idea(town: Town) -> None:
    await written(town, "Een bank bij de kapel")
    town.write(YASMINE, "/start")
    await town.answer(YASMINE, 1)
    query = querying.ask(town.world, YASMINE, YASMINE, "kapel")
    found = await answered(town, query)
    choice = querying.Choice(query.id, str(found.results[0]["id"]))
    querying.choose(town.world, YASMINE, YASMINE, choice)
    await town.reads(YASMINE, "Een bank bij de kapel")
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]


async def test_what_nobody_may_see_is_not_found(town: Town) -> None:
    await written(town, "Een bank bij de kapel")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[0]), "Intrekken")
    await town.reads(GRIET, "24 uur")
    assert titles(await ask(town, YASMINE, "kapel")) == []


async def test_without_a_word_the_most_supported_come_first(town: Town) -> None:
    await written(town, "Een bank", "Een fontein")
    town.write(YASMINE, "/ideas")
    listed = await town.answer(YASMINE, 1)
    assert "Een bank" in listed["text"]
    await town.rest()
    await supported(town, "Een bank")
    town.wake()
    assert titles(await ask(town, LIEN, "")) == ["Een bank", "Een fontein"]


async def supported(town: Town, text: str) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(town.settings.storage.database)) as database, database:
        database.execute(
            "INSERT INTO supports (idea_id, resident_id, created_at) "
            "SELECT ideas.id, (SELECT id FROM residents WHERE telegram_id = ?), created_at "
            "FROM ideas WHERE text = ?",
            (YASMINE, text),
        )


async def test_more_ideas_come_as_one_scrolls(town: Town) -> None:
    assert titles(await ask(town, GRIET, "fontein")) == []
    await town.rest()
    texts = [f"Boom nummer {number}" for number in range(25)]
    await import_all(town, texts)
    town.wake()
    first = await ask(town, GRIET, "boom")
    rest = await ask(town, GRIET, "boom", first.next_offset)
    assert len(first.results) == 20
    assert sorted(titles(first) + titles(rest)) == sorted(texts)
    assert rest.next_offset == ""


async def import_all(town: Town, texts: list[str]) -> None:
    from bot.errands import import_table

    file = town.settings.storage.database.parent / "ideas.csv"
    rows = [f"{number},{text}" for number, text in enumerate(texts, start=1)]
    file.write_text("\n".join(["id,text", *rows]), encoding="utf-8")
    await import_table(town.settings, file, lambda _: None)


@pytest.mark.parametrize("typed", ["zoiets is er niet", "???", "AND OR NEAR(", "x" * 256])
async def test_nothing_found_asks_for_an_idea(town: Town, typed: str) -> None:
    answer = await ask(town, YASMINE, typed)
    assert answer.results == []
    assert answer.button is not None
    assert "Commencez" in answer.button["text"]
    deeplinks.follow(
        town.world, YASMINE, f"t.me/{town.world.bot.username}?start={answer.button['start_parameter']}"
    )
    welcome = await town.answer(YASMINE, 1)
    assert "Wilgenbeke" in welcome["text"]
    assert f"@{town.world.bot.username}" in welcome["text"]


async def test_what_a_share_button_brings_is_that_idea_alone(town: Town) -> None:
    await written(town, "Een bank bij de kapel", "Een bank bij het station")
    ((token,),) = await town.rows("SELECT token FROM ideas WHERE text LIKE '%kapel'")
    assert titles(await ask(town, LIEN, f"idea_{token}")) == ["Een bank bij de kapel"]


async def test_who_only_looks_is_not_kept(town: Town) -> None:
    await ask(town, YASMINE, "bank")
    assert await town.rows("SELECT * FROM residents") == []
