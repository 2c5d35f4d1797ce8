"""What the rules point out reaches the desk, and what was hidden at once its author, in a running town."""

import asyncio
from pathlib import Path

import pytest

from sandbox import people
from sandbox.world import World
from tests.bot.town import FACILITATORS, GRIET, LIEN, PATIENCE, YASMINE, Town, a_town, a_world, words_of
from tests.handlers.acting import asks, buttons, reply, turned, wrote
from tests.handlers.test_moderation import hidden, pressed, queue, replied

TEXT = "Bouw geen windmolens op de akker van Jan"
SCHOOL = range(3001, 3006)


def a_crowd() -> World:
    world = a_world()
    for number in SCHOOL:
        world.add_person(f"Nieuw {number}", id=number, language_code="nl")
    return world


async def test_a_burst_is_kept_or_hidden_as_a_whole(tmp_path: Path) -> None:
    async with a_town(tmp_path, a_crowd()) as town:
        town.wake()
        await wrote(town, GRIET, "Een bank")
        for number in SCHOOL:
            await wrote(town, number, f"{TEXT} {number}")
        rung = await town.reads(FACILITATORS, "wacht op een beslissing")
        town.press(LIEN, rung, "🛡", FACILITATORS)
        case = await town.reads(FACILITATORS, "5 ideeën, bijna hetzelfde")
        assert "Veel nieuwe mensen" in case["text"] and f"{TEXT} 3003" in case["text"]
        assert not any("⛔" in label for label in buttons(case))
        await pressed(town, "Alle laten staan", "Het blijft zoals het is")
        await pressed(town, "↩️", "(ongedaan gemaakt)")
        await pressed(town, "Alle verbergen", "Waarom moet")
        await pressed(town, "✖️", "Veel nieuwe mensen")
        await pressed(town, "Alle verbergen", "Waarom moet")
        await pressed(town, "Iets anders", "Verborgen")
        for number in SCHOOL:
            await town.reads(number, "De reden: iets anders")
        assert await town.rows("SELECT text FROM ideas WHERE state = 'published'") == [("Een bank",)]
        await pressed(town, "↩️", "Veel nieuwe mensen")
        for reason in ("Grof", "Privégegevens", "Reclame"):
            await pressed(town, "Alle verbergen", "Waarom moet")
            await pressed(town, reason, "Verborgen")
            await pressed(town, "↩️", "Veel nieuwe mensen")
        await pressed(town, "Alle verbergen", "Waarom moet")
        asked = await pressed(town, "In eigen woorden", "Schrijf waarom")
        replied(town, asked, "Een actie van één persoon")
        await town.reads(SCHOOL[1], "Een actie van één persoon")
        await town.until(lambda: "Ongedaan" in str(town.shown(FACILITATORS)[-1]))
        await pressed(town, "↩️", "Veel nieuwe mensen")
        await town.reads(SCHOOL[0], "Iedereen kan het weer zien")
        assert await town.rows("SELECT count(*) FROM ideas WHERE state = 'hidden'") == [(0,)]


async def test_a_word_of_the_town_is_pointed_out_and_a_barred_one_hides_at_once(tmp_path: Path) -> None:
    words = {"watched_words": ["gans", "!mokkel"]}
    async with a_town(tmp_path, town=words) as town:
        town.wake()
        await wrote(town, GRIET, "Domme gans")
        await town.reads(FACILITATORS, "1 bericht wacht")
        assert "waar de gemeente op let" in (await queue(town))["text"]
        await wrote(town, YASMINE, "Un mokkel")
        told = await town.reads(YASMINE, "que la commune n’affiche pas")
        assert buttons(told) == ["✋ Je conteste"]
        await town.reads(FACILITATORS, "2 berichten wachten")
        assert "Un mokkel" not in (await asks(town, GRIET, "/ideas"))["text"]
        await queue(town)
        await pressed(town, "▸", "Un mokkel")
        await pressed(town, "👁", "Weer getoond")
        await town.reads(YASMINE, "peut le revoir")
        assert "Un mokkel" in (await asks(town, GRIET, "/ideas"))["text"]


async def test_a_comment_with_a_barred_word_is_hidden_and_its_author_blocked(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"watched_words": ["!mokkel"]}) as town:
        town.wake()
        await wrote(town, GRIET, "Een fontein")
        await asks(town, YASMINE, "/ideas")
        reply(town, YASMINE, await turned(town, YASMINE, "1"), "Mokkel")
        await town.reads(YASMINE, "que la commune n’affiche pas")
        assert await town.rows("SELECT state FROM comments") == [("hidden",)]
        await queue(town)
        await pressed(town, "⛔", "Waarom blokkeer")
        await pressed(town, "Grof", "Voor hoe lang")
        await pressed(town, "1 dag", "geblokkeerd tot")
        await town.reads(YASMINE, "ni écrire ni soutenir")
        await asks(town, YASMINE, "/ideas")
        reply(town, YASMINE, await turned(town, YASMINE, "1"), "Bon")
        await town.reads(YASMINE, "n’est pas gardé")
        assert await town.rows("SELECT count(*) FROM comments") == [(1,)]


async def test_what_is_hidden_at_once_is_gone_wherever_it_lies_open(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"watched_words": ["!mokkel"]}) as town:
        town.wake()
        written = town.write(GRIET, "Een fontein")
        await town.reads(GRIET, "Een fontein")
        await asks(town, YASMINE, "/ideas")
        card = (await turned(town, YASMINE, "1"))["message_id"]
        await town.notes(YASMINE, "card:1")
        people.edit(town.world, GRIET, GRIET, written["message_id"], "Een mokkel")
        await town.reads(GRIET, "dat de gemeente niet toont")
        shown = town.world.chats[YASMINE].messages
        await town.until(lambda: "n’est plus ici" in words_of(shown[card]))
        assert "Een" not in words_of(shown[card])


async def test_what_came_while_the_bot_was_away_is_looked_at_once(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await wrote(town, GRIET, "Een bank")
        await town.rest()
        town.write(GRIET, "Bel 0478 12 34 56")
        town.wake()
        await town.reads(FACILITATORS, "1 bericht wacht")
        await town.rest()
        town.wake()
        await wrote(town, GRIET, "Een fontein")
        assert await town.rows("SELECT signs FROM moderation_cases") == [("telephone",)]
        assert len(town.shown(FACILITATORS)) == 1


@pytest.mark.parametrize("who", [GRIET, YASMINE, LIEN], ids=["author", "reporter", "facilitator"])
async def test_whoever_is_forgotten_leaves_no_word_in_moderation(town: Town, who: int) -> None:
    await hidden(town, "Mijn zwarte eend")
    await pressed(town, "✋", "waarom", GRIET, GRIET)
    town.write(GRIET, "Mijn eend is lief")
    await town.reads(GRIET, "Je bezwaar is")
    await asks(town, who, "/forget")
    yes = next(button for button in buttons(town.shown(who)[-1]) if "✖️" not in button)
    town.press(who, town.shown(who)[-1], yes)
    async with asyncio.timeout(PATIENCE):
        while await town.rows("SELECT 1 FROM residents WHERE telegram_id = ?", who):
            pass
    words = await town.rows("SELECT text FROM moderation_words")
    assert words == ([] if who == GRIET else [("Mijn eend is lief",)])
    kinds = [row[0] for row in await town.rows("SELECT kind FROM moderation_acts ORDER BY id")]
    assert kinds == ["hide", "object"]
    assert await town.rows("SELECT count(*) FROM moderation_acts WHERE by_id IS NULL") == [
        (int(who != YASMINE),)
    ]
    assert "Beslist" in str((await queue(town))["reply_markup"])
