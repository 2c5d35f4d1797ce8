"""The card of somebody else's idea: supported, followed, shared; of one's own as its author knows it."""

from urllib.parse import parse_qs, urlsplit

from cocreation.ideas.deep_link import ToIdea, read_payload
from cocreation.ideas.ids import Token
from tests.bot.town import GRIET, LIEN, YASMINE, Json, Town
from tests.handlers.acting import asks, buttons, forges, toasted, toasts, turned, wrote
from tests.handlers.test_ideas import picture, sent_file, stored


async def opened(town: Town, person: int = YASMINE) -> Json:
    """The card of the newest idea."""
    await asks(town, person, "/ideas")
    return await turned(town, person, "1")


def said_by(card: Json, label: str) -> str:
    """What the button says to the bot."""
    (data,) = [
        button["callback_data"]
        for row in card["reply_markup"]["inline_keyboard"]
        for button in row
        if label in button["text"]
    ]
    return str(data)


async def count(town: Town, table: str) -> int:
    ((number,),) = await town.rows(f"SELECT count(*) FROM {table}")
    return int(number)


async def test_a_support_counts_once_and_can_be_taken_back(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein om in te spelen")
    card = await opened(town)
    town.press(YASMINE, card, "👍")
    card = await town.reads(YASMINE, "1 personne")
    assert await count(town, "supports") == 1
    town.press(YASMINE, card, "✅")
    await town.until(lambda: "1 personne" not in town.texts(YASMINE)[0])
    assert await count(town, "supports") == 0
    assert await town.rows("SELECT support_count FROM ideas") == [(0,)]


async def test_an_idea_is_followed_and_no_more(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = await opened(town)
    assert "apprendrez" in await toasted(town, YASMINE, card, "🔔")
    assert await count(town, "follows") == 1
    await town.until(lambda: any("🔕" in label for label in buttons(town.shown(YASMINE)[0])))
    assert "ne suivez plus" in await toasted(town, YASMINE, town.shown(YASMINE)[0], "🔕")
    assert await count(town, "follows") == 0


async def test_an_own_idea_is_the_authors_card_and_takes_neither_support_nor_follower(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = await opened(town, GRIET)
    assert not any(mark in str(buttons(card)) for mark in ("👍", "🔔", "⚑"))
    assert any("⋯" in label for label in buttons(card))
    assert "eigen idee" in await forges(town, GRIET, card, "1:s:1:n:0")
    assert "eigen idee" in await forges(town, GRIET, card, "1:f:1:n:0")
    assert await count(town, "supports") == await count(town, "follows") == 0


async def test_a_card_is_shared_by_a_link_that_opens_it(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein & een bank")
    card = await opened(town)
    (shared,) = [
        button["url"]
        for row in card["reply_markup"]["inline_keyboard"]
        for button in row
        if "📤" in button["text"]
    ]
    asked = parse_qs(urlsplit(shared).query)
    assert asked["text"] == ["Een fontein & een bank"]
    payload = parse_qs(urlsplit(asked["url"][0]).query)["start"][0]
    ((token,),) = await town.rows("SELECT token FROM ideas")
    assert read_payload(payload) == ToIdea(Token(token))
    other = await asks(town, YASMINE, f"/start {payload}")
    assert "Een fontein & een bank" in other["text"]
    assert any("👍" in label for label in buttons(other))


async def test_the_town_and_who_passed_the_idea_on_are_on_the_card(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await town.rest()
    town.run_sql(
        "INSERT INTO replies (idea_id, status, text, created_at) "
        "VALUES (1, 'planned', 'In het <voorjaar>', '2026-01-01T00:00:00.000000+00:00')",
        "UPDATE ideas SET status = 'planned', words_of = 'somebody_else'",
        "UPDATE residents SET pseudonym = 'Blauwe Reiger'",
    )
    town.wake()
    card = await opened(town)
    for words in ("Par Blauwe Reiger", "Transmis", "Prévu", "In het <voorjaar>"):
        assert words in card["text"]
    await town.rest()
    town.run_sql("UPDATE ideas SET is_anonymous = 1")
    town.wake()
    await turned(town, YASMINE, "◂")
    assert "Reiger" not in (await turned(town, YASMINE, "1"))["text"]


async def test_the_photos_of_an_idea_come_below_its_card(town: Town) -> None:
    await sent_file(town, "photo", picture(), "Een fontein")
    await sent_file(town, "photo", picture((300, 200)))
    await town.reads(GRIET, "2 foto")
    await stored(town, 2)
    card = await opened(town)
    town.press(YASMINE, card, "📷 2")
    await town.until(lambda: town.world.calls.matching("sendMediaGroup"))
    await town.until(lambda: len(town.world.chats[YASMINE].messages) == 4)
    assert "n’est plus" in await forges(town, YASMINE, card, "1:I:99")


async def test_an_idea_that_is_gone_says_so_and_leads_back(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein", "Een bank")
    support = said_by(await opened(town), "👍")
    await town.notes(YASMINE, "card:2")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[-1]), "🗑")
    await town.reads(YASMINE, "n’est plus ici")
    await forges(town, YASMINE, town.shown(YASMINE)[-1], support)
    await town.until(lambda: "Cette idée n’est plus ici." in toasts(town))
    await town.until(lambda: "forged" not in buttons(town.shown(YASMINE)[-1]))
    assert await count(town, "supports") == await count(town, "follows") == 0
    assert "Een bank" not in (await turned(town, YASMINE, "◂", "Een fontein"))["text"]


async def test_a_withdrawn_idea_is_taken_from_the_chats_in_which_it_lies_open(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    for neighbour in (YASMINE, LIEN):
        await asks(town, neighbour, "/ideas")
        await turned(town, neighbour, "1")
    await turned(town, LIEN, "💬")
    await town.notes(LIEN, "comments:1")
    await town.notes(YASMINE, "card:1")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[0]), "🗑")
    await town.until(lambda: "Een fontein" not in str([*town.texts(YASMINE), *town.texts(LIEN)]))


async def test_a_button_pressed_again_on_an_older_card_takes_nothing_back(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    older, newer = await opened(town), await opened(town)
    support, follow = said_by(older, "👍"), said_by(older, "🔔")
    assert (support, follow) == (said_by(newer, "👍"), said_by(newer, "🔔"))
    for asked, said, table in ((support, "soutenez", "supports"), (follow, "apprendrez", "follows")):
        for at in (1, 0):
            assert said in await forges(town, YASMINE, town.shown(YASMINE)[at], asked)
            assert await count(town, table) == 1
    await town.until(lambda: "✅" in str(buttons(town.shown(YASMINE)[0])))
    taken_back = said_by(town.shown(YASMINE)[0], "✅")
    for _ in range(2):
        assert "retiré" in await forges(town, YASMINE, town.shown(YASMINE)[0], taken_back)
        assert await count(town, "supports") == 0


async def test_buttons_of_an_earlier_version_still_ask_for_the_other_state(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await opened(town)
    for data, table in (("1:s:1:n:0", "supports"), ("1:f:1:n:0", "follows")):
        for expected in (1, 0):
            await forges(town, YASMINE, town.shown(YASMINE)[0], data)
            assert await count(town, table) == expected
