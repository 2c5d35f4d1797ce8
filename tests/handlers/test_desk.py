"""Facilitators ask for the digest and the themes, and get the digest when it is due."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errands import import_table, joined
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.moderation import Sign
from cocreation.ideas.period import Period
from cocreation.ideas.report import Reported
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from examples import demo_files
from tests.bot.town import FACILITATORS, GRIET, LIEN, Town, a_town
from tests.handlers.acting import asks


async def test_no_themes_yet_says_when_they_come(town: Town) -> None:
    town.write(LIEN, "/themes", FACILITATORS)
    answer = await town.answer(FACILITATORS, 1)
    assert "thema" in answer["text"]


async def test_themes_are_listed_and_turn_in_place(town: Town) -> None:
    town.write(GRIET, "/start")
    await town.answer(GRIET, 1)
    await import_table(town.settings, demo_files()[0], lambda rows: None)
    town.write(GRIET, "Een veilig fietspad naar de school")
    await town.reads(GRIET, "Thema")
    town.write(LIEN, "/digest", FACILITATORS)
    digest = await town.answer(FACILITATORS, 1)
    assert "Een veilig fietspad naar de school" in digest["text"]
    town.press(LIEN, digest, "Thema", FACILITATORS)
    themes = await town.answer(FACILITATORS, 2)
    assert "idee" in themes["text"]
    assert digest["message_id"] != themes["message_id"]


async def test_the_digest_leads_to_what_waits_and_stays_as_it_is(town: Town) -> None:
    await asks(town, GRIET, "Een veilig fietspad naar de school")
    async with joined(town.settings) as storage, storage.writing() as work:
        ((idea,),) = await town.rows("SELECT id FROM ideas")
        found = FoundTheme(None, "Fietsen", (), (Member(IdeaId(idea), 1.0),), ())
        await work.themes.replace(Clustering((found,), ()), datetime.now(UTC))
        await work.moderation.open(Reported(idea=IdeaId(idea)), frozenset({Sign.LINKS}), datetime.now(UTC))
    digest = await asks(town, LIEN, "/digest", FACILITATORS)
    assert "🚩 1 bericht wacht op moderatie" in digest["text"]
    town.press(LIEN, digest, "wachtrij", FACILITATORS)
    queue = await town.answer(FACILITATORS, 2)
    assert "Een veilig fietspad" in queue["text"]
    town.press(LIEN, digest, "✦ Fietsen", FACILITATORS)
    theme = await town.answer(FACILITATORS, 3)
    assert "week na week" in theme["text"]
    town.press(LIEN, digest, "Instellingen", FACILITATORS)
    settings = await town.answer(FACILITATORS, 4)
    assert settings["message_id"] != queue["message_id"]
    town.press(LIEN, digest, "Exporteren", FACILITATORS)
    assert "1 idee" in (await town.answer(FACILITATORS, 5))["text"]
    assert town.texts(FACILITATORS)[0] == digest["text"]


async def test_strangers_cannot_press_a_facilitators_button(town: Town) -> None:
    town.write(LIEN, "/digest", FACILITATORS)
    digest = await town.answer(FACILITATORS, 1)
    town.write(GRIET, "/start")
    welcome = await town.answer(GRIET, 1)
    forged = digest["reply_markup"]["inline_keyboard"][0][0]
    welcome["reply_markup"]["inline_keyboard"][0][0] = forged
    town.press(GRIET, welcome, forged["text"])
    await town.until(lambda: town.world.calls.matching("answerCallbackQuery"))
    assert len(town.shown(GRIET)) == 1


async def test_the_digest_arrives_once_however_often_the_bot_starts(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        async with joined(town.settings) as storage, storage.writing() as work:
            long_ago = datetime.now(UTC) - timedelta(days=20)
            await work.digests.record("main", Period(long_ago - timedelta(days=7), long_ago), long_ago)
        for _ in range(3):
            town.wake()
            await town.answer(FACILITATORS, 1)
            town.write(LIEN, "/id", LIEN)
            await town.answer(LIEN, len(town.shown(LIEN)) + 1)
            await town.rest()
        assert len(town.shown(FACILITATORS)) == 1
        assert await town.rows("SELECT count(*) FROM digests") == [(2,)]


async def test_a_town_that_starts_gets_its_first_digest_at_the_next_due_moment(town: Town) -> None:
    town.write(LIEN, "/id", FACILITATORS)
    await town.answer(FACILITATORS, 1)
    await town.rest()
    assert len(town.shown(FACILITATORS)) == 1
    assert await town.rows("SELECT count(*) FROM digests") == [(1,)]
