"""`/digest` for any period, turned by its buttons or typed, and its picture."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errands import joined
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.named_period import Named
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from handlers.digest_dates import name_of
from locales import known_languages, translator
from sandbox import people
from sandbox.context import Context
from tests.bot.town import FACILITATORS, GRIET, LIEN, Json, Town
from tests.handlers.acting import asks, buttons, forges, toasts

NL = translator("nl")


async def turned(town: Town, label: str, words: str) -> Json:
    """Press a button of the newest message of the facilitators, which turns."""
    count, before = len(town.shown(FACILITATORS)), str(town.shown(FACILITATORS)[-1])
    town.press(LIEN, town.shown(FACILITATORS)[-1], label, FACILITATORS)

    def is_turned() -> bool:
        newest = str(town.shown(FACILITATORS)[-1])
        return newest != before and words in newest

    await town.until(is_turned)
    assert len(town.shown(FACILITATORS)) == count
    return town.shown(FACILITATORS)[-1]


def answer_in_group(town: Town, to: Json, text: str) -> None:
    people.write(town.world, FACILITATORS, LIEN, text, Context(reply_to_message_id=to["message_id"]))


async def below(town: Town, label: str, message: Json) -> Json:
    """Press a button that is answered below."""
    count = len(town.shown(FACILITATORS))
    town.press(LIEN, message, label, FACILITATORS)
    return await town.answer(FACILITATORS, count + 1)


async def written_long_ago(town: Town, days: int) -> datetime:
    """An idea of so many days ago, on the town's clock."""
    moment = datetime.now(UTC) - timedelta(days=days)
    await asks(town, GRIET, "Een bank bij de rivier")
    await town.rest()
    town.run_sql(f"UPDATE ideas SET created_at = '{moment:%Y-%m-%dT%H:%M:%S.%f}+00:00'")
    town.wake()
    return moment


async def test_the_buttons_turn_the_digest_to_each_period_and_back(town: Town) -> None:
    await asks(town, GRIET, "Een bank bij de rivier")
    first = await asks(town, LIEN, "/digest", FACILITATORS)
    whole = buttons(first)
    for named in Named:
        await turned(town, "Een andere periode", name_of(named, NL))
        digest = await turned(town, name_of(named, NL), "Een andere periode")
        assert ("bank bij de rivier" in digest["text"]) == (named not in (Named.LAST_WEEK, Named.LAST_MONTH))
    await turned(town, "Een andere periode", name_of(Named.LAST_WEEK, NL))
    digest = await turned(town, "Terug", "Een andere periode")
    assert buttons(digest) == whole
    assert digest["message_id"] == first["message_id"]


async def test_days_are_asked_for_in_the_digest_itself_and_can_be_left_again(town: Town) -> None:
    day = await written_long_ago(town, 40)
    digest = await asks(town, LIEN, "/digest", FACILITATORS)
    await turned(town, "Een andere periode", "Andere dagen")
    asked = await turned(town, "Andere dagen", "Welke dagen?")
    answer_in_group(town, asked, "ooit eens")
    await town.until(lambda: "begrijp ik niet" in town.texts(FACILITATORS)[-1])
    answer_in_group(town, asked, f"{day.astimezone(town_zone(town)):%d/%m/%Y}")
    await town.until(lambda: "bank bij de rivier" in town.texts(FACILITATORS)[-1])
    assert town.shown(FACILITATORS)[-1]["message_id"] == digest["message_id"]
    await turned(town, "Een andere periode", "Andere dagen")
    await turned(town, "Andere dagen", "Welke dagen?")
    await turned(town, "Annuleren", "Een andere periode")
    assert await town.rows("SELECT 1 FROM conversations") == []


async def test_the_question_for_days_gives_way_to_something_else_and_waits_no_more(town: Town) -> None:
    await asks(town, LIEN, "/digest", FACILITATORS)
    await turned(town, "Een andere periode", "Andere dagen")
    asked = await turned(town, "Andere dagen", "Welke dagen?")
    second = await asks(town, LIEN, "/digest", FACILITATORS)
    await turned(town, "Een andere periode", "Andere dagen")
    await turned(town, "Andere dagen", "Welke dagen?")
    assert second["message_id"] != asked["message_id"]
    await town.until(lambda: "opzij" in town.texts(FACILITATORS)[-2])
    back = town.shown(FACILITATORS)[-2]
    town.press(LIEN, back, "Terug", FACILITATORS)
    await town.until(lambda: "opzij" not in town.texts(FACILITATORS)[-2])
    ((words,),) = await town.rows("SELECT words FROM conversations")
    assert str(second["message_id"]) in words


async def test_a_period_is_typed_behind_the_command(town: Town) -> None:
    day = await written_long_ago(town, 40)
    local = day.astimezone(town_zone(town))
    found = await asks(town, LIEN, f"/digest {local:%Y-%m-%d} {local:%Y-%m-%d}", FACILITATORS)
    assert "bank bij de rivier" in found["text"]
    assert NL.day_range(local.date(), local.date()) in found["text"]
    other = await asks(town, LIEN, "/digest deze week", FACILITATORS)
    assert "bank bij de rivier" not in other["text"].split("wacht")[0]
    unclear = await asks(town, LIEN, "/digest ooit", FACILITATORS)
    assert "2026-11-01 2026-11-15" in unclear["text"]
    ahead = await asks(town, LIEN, "/digest 1/1/2300 2/1/2300", FACILITATORS)
    assert "moet nog komen" in ahead["text"]


async def test_the_picture_comes_as_a_photo_with_its_words(town: Town) -> None:
    await asks(town, GRIET, "Een bank bij de rivier")
    await theme(town, "Banken <b>& bomen")
    digest = await asks(town, LIEN, "/digest", FACILITATORS)
    town.press(LIEN, digest, "Tekening", FACILITATORS)
    await town.until(lambda: any("photo" in message for message in town.shown(FACILITATORS)))
    photo = town.shown(FACILITATORS)[-1]
    assert "“Banken <b>& bomen” 1 (ervoor 0)" in photo["caption"]
    assert photo["photo"][-1]["width"] == 1080


async def test_a_digest_that_came_by_itself_stays_and_others_come_below_it(town: Town) -> None:
    await asks(town, GRIET, "Een bank bij de rivier")
    await theme(town, "Banken")
    start = datetime.now(UTC) - timedelta(days=9)
    day = f"{start + timedelta(days=1):%Y-%m-%dT%H:%M:%S.%f}+00:00"
    await town.rest()
    town.run_sql(
        f"UPDATE ideas SET created_at = '{day}'",
        "UPDATE digests SET period_start = '{0}', period_end = '{0}'".format(
            f"{start:%Y-%m-%dT%H:%M:%S.%f}+00:00"
        ),
    )
    town.wake()
    await town.until(lambda: len(town.shown(FACILITATORS)) == 2)
    digest, picture = town.shown(FACILITATORS)
    assert "photo" in picture
    other = await below(town, "Een andere periode", digest)
    assert "Vorige week" in buttons(other)
    assert town.texts(FACILITATORS)[0] == digest["text"]
    ((count,),) = await town.rows("SELECT count(*) FROM digest_files")
    assert count == 0


async def test_a_preview_says_when_the_digest_comes_and_where(town: Town) -> None:
    await asks(town, GRIET, "Een bank bij de rivier")
    here = await asks(town, LIEN, "/preview", FACILITATORS)
    assert "Het komt hier op" in here["text"]
    assert "bank bij de rivier" in here["text"]
    alone = await asks(town, LIEN, "/preview")
    assert "begeleiders" in alone["text"]


@pytest.mark.parametrize("data", ["1:J:v:1_2_3", "1:J:s:z", "1:J:m:0_1:exe", "1:J", f"1:J:v:{'9' * 17}_1"])
async def test_a_button_that_nobody_made_is_refused(town: Town, data: str) -> None:
    digest = await asks(town, LIEN, "/digest", FACILITATORS)
    said = await forges(town, LIEN, digest, data, FACILITATORS)
    assert "niet meer" in said
    assert toasts(town)


@pytest.mark.parametrize("language", known_languages())
def test_periods_have_a_name_of_their_own_in_each_language(language: str) -> None:
    names = [name_of(named, translator(language)) for named in Named]
    assert len(set(names)) == len(names)


def town_zone(town: Town) -> ZoneInfo:
    return town.settings.town.time_zone


async def theme(town: Town, label: str) -> None:
    async with joined(town.settings) as storage, storage.writing() as work:
        ((idea,),) = await town.rows("SELECT id FROM ideas")
        found = FoundTheme(None, label, (), (Member(IdeaId(idea), 1.0),), ())
        await work.themes.replace(Clustering((found,), ()), datetime.now(UTC))
