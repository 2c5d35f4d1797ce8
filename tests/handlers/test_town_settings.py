"""What the town sets from the chat holds at once and after a restart; what the file fixes stays."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import Settings
from sandbox import people
from sandbox.context import Context
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world, words_of
from tests.handlers.acting import asks, buttons, forges, toasted

PIA, DESK = 1011, -2002
OPEN = {"facilitator_chat": None, "contact": None, "administrators": [LIEN]}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose file names an administrator and no more; Pia speaks English and facilitates."""
    world = a_world()
    world.add_person("Pia", id=PIA, language_code="en")
    world.add_group("Desk", [GRIET], admins=[LIEN], id=DESK, bot_status="administrator")
    world.updates.clear()
    async with a_town(tmp_path, world, town=OPEN) as running:
        running.settings = leaving_open(running.settings, "ideas_in_ten_minutes")
        running.wake()
        for person in (LIEN, PIA):
            await asks(running, person, "/start")
        await running.rest()
        running.run_sql(
            "INSERT INTO facilitators (resident_id, name, role, since) "
            f"SELECT id, 'Pia', 'facilitator', created_at FROM residents WHERE telegram_id = {PIA}"
        )
        running.wake()
        yield running


def leaving_open(settings: Settings, key: str) -> Settings:
    """The same as if the file did not name this key of the town."""
    part = settings.town
    given = {each: getattr(part, each) for each in part.model_fields_set - {key}}
    return settings.model_copy(update={"town": type(part).model_validate(given)})


def now(town: Town, page: Json) -> Json:
    return town.world.chats[page["chat"]["id"]].messages[page["message_id"]]


async def goes(town: Town, person: int, page: Json, label: str, words: str = "") -> Json:
    """Press a button of a page, which changes to one with the words."""
    before = now(town, page)
    town.press(person, before, label, page["chat"]["id"])
    await town.until(lambda: now(town, page) != before and words in words_of(now(town, page)))
    return now(town, page)


async def set_to(town: Town, person: int, page: Json, said: tuple[str, str], words: str) -> Json:
    """Open a setting, write a value, and see the page of it."""
    setting, value = said
    await goes(town, person, page, setting)
    await goes(town, person, page, "✏️")
    if page["chat"]["id"] == person:
        town.write(person, value)
    else:
        reply_in(town, person, page, value)
    await town.until(lambda: words in words_of(now(town, page)))
    return now(town, page)


def reply_in(town: Town, person: int, page: Json, text: str) -> None:
    people.write(
        town.world, page["chat"]["id"], person, text, Context(reply_to_message_id=page["message_id"])
    )


async def test_the_schedule_and_language_of_the_digest_are_a_facilitators_to_choose(town: Town) -> None:
    page = await asks(town, PIA, "/settings")
    assert "When the digest comes: Monday 08:00" in page["text"]
    await goes(town, PIA, page, "When the digest", "nobody has set it")
    await goes(town, PIA, page, "Thu", "Thursday 08:00")
    await goes(town, PIA, page, "every second", "every second Thursday 08:00")
    await goes(town, PIA, page, "first Thursday", "first Thursday of the month 08:00")
    await goes(town, PIA, page, "17:00", "first Thursday of the month 17:00")
    await goes(town, PIA, page, "daily", "daily 17:00")
    await goes(town, PIA, page, "◂", "daily 17:00")
    await set_to(town, PIA, page, ("When the digest", "friday 7:30"), "Friday 07:30")
    await goes(town, PIA, page, "◂", "Friday 07:30")
    await goes(town, PIA, page, "Language of", "Nederlands")
    for language in ("English", "Deutsch", "Nederlands", "Français"):
        await goes(town, PIA, page, language, f"Now: {language}")
    assert "no ideas yet" in (await asks(town, PIA, "/digest"))["text"]
    await town.rest()
    town.wake()
    again = await asks(town, PIA, "/settings")
    assert "Friday 07:30" in again["text"]
    assert "Français" in again["text"]
    await goes(town, PIA, again, "When the digest", "Set from the chat")
    await goes(town, PIA, again, "As at first", "Monday 08:00")


async def test_a_day_is_understood_in_the_words_of_who_writes(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await set_to(town, LIEN, page, ("Wanneer", "Vrijdag 9:15"), "Vrijdag 09:15")
    for said in ("dagelijks", "om de twee weken op dinsdag", "de eerste zondag van de maand"):
        page = await asks(town, LIEN, "/settings")
        await set_to(town, LIEN, page, ("Wanneer", f"{said} 9:15"), f"{said} 09:15")
    page = await asks(town, LIEN, "/settings")
    await set_to(town, LIEN, page, ("Wanneer", "maandelijks op dag 3 9:15"), "maandelijks op dag 3 09:15")


async def test_what_does_not_fit_is_asked_for_again(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await set_to(town, LIEN, page, ("Ideeën in tien", "veel <b>"), "past niet")
    town.write(LIEN, "1")
    await town.until(lambda: "Nu: 1" in words_of(now(town, page)))
    await asks(town, GRIET, "Een bank")
    assert "bewaard" in (await asks(town, GRIET, "Een tweede bank"))["text"]


async def test_a_limit_holds_at_once(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await goes(town, LIEN, page, "Ideeën in tien")
    await goes(town, LIEN, page, "5", "Nu: 5")
    for number in range(5):
        await asks(town, GRIET, f"Bank nummer {number} bij de kerk")
    assert "veel idee" in (await asks(town, GRIET, "Nog een bank"))["text"]


async def test_helplines_words_and_contact_are_kept_as_they_were_written(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await set_to(town, LIEN, page, ("Hulplijnen", "Awel | 102 | <kinderen>\nTele-Onthaal | 106"), "Awel")
    helped = (await asks(town, GRIET, "/help"))["text"]
    assert "Awel: 102 (<kinderen>)" in helped
    assert "Tele-Onthaal: 106" in helped
    await goes(town, LIEN, page, "◂", "Awel")
    await set_to(town, LIEN, page, ("Woorden", "idioot, sukkel, idioot"), "idioot, sukkel")
    await goes(town, LIEN, page, "◂", "sukkel")
    await set_to(town, LIEN, page, ("Contact", "privacy@wilgenbeke.example"), "privacy@")
    await goes(town, LIEN, page, "◂", "privacy@")
    await set_to(town, LIEN, page, ("Hulplijnen", "Awel"), "past niet")
    await goes(town, LIEN, page, "Annuleren", "Awel | 102")
    town.write(LIEN, "Dit is weer een gewoon idee")
    await town.reads(LIEN, "gewoon idee")


async def test_quiet_hours_hold_for_who_comes_afterwards(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await goes(town, LIEN, page, "Stille uren", "21")
    await goes(town, LIEN, page, "22", "22")
    await asks(town, GRIET, "/start")
    await goes(town, LIEN, page, "geen")
    await goes(town, LIEN, page, "✏️")
    town.write(LIEN, "none")
    await town.until(lambda: "Nu: geen" in words_of(now(town, page)))
    await asks(town, YASMINE, "/start")
    rows = await town.rows("SELECT telegram_id, quiet_from FROM residents WHERE telegram_id < 1007")
    assert sorted(rows) == [(GRIET, 22), (YASMINE, None)]


async def test_languages_are_spoken_as_soon_as_they_are_chosen(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await goes(town, LIEN, page, "Talen", "Nederlands, Français")
    await goes(town, LIEN, page, "Français", "Nederlands, Deutsch")
    welcome = await asks(town, YASMINE, "/start")
    assert "zien in Wilgenbeke" in welcome["text"]
    assert "Français" not in buttons(welcome)
    await town.until(lambda: commands(town, "fr") == commands(town, "nl"))
    await goes(town, LIEN, page, "Français", "Français")
    for code, first in (
        ("fr", "Nu: Français"),
        ("en", "Nu: English"),
        ("de", "Nu: Deutsch"),
        ("nl", "Nu: Nederlands"),
    ):
        await leads_to(town, page, f"1:Y:L:{code}", first)
    await goes(town, LIEN, page, "✓ Français", "Nederlands, ")
    await goes(town, LIEN, page, "✓ English", "Nederlands en Deutsch")
    await goes(town, LIEN, page, "Als eerste", "Deutsch en Nederlands")
    await goes(town, LIEN, page, "✓ Nederlands", "Jetzt: Deutsch")
    assert "passt nicht" in await toasted(town, LIEN, now(town, page), "✓ Deutsch")


async def leads_to(town: Town, page: Json, data: str, words: str) -> None:
    """Lien presses one of several buttons with the same label."""
    town.press_data(LIEN, now(town, page), data, LIEN)
    await town.until(lambda: words in words_of(now(town, page)))


def commands(town: Town, language: str) -> list[str]:
    shown = town.world.menus.shown_commands(YASMINE, YASMINE, is_admin=False, language=language)
    return [command["description"] for command in shown]


class TestTheFacilitatorsGroup:
    async def test_is_chosen_in_the_group_itself_and_taken_back(self, town: Town) -> None:
        """Until it is chosen, residents may read along: the group sees this question alone."""
        page = await asks(town, LIEN, "/settings", DESK)
        assert "Iedereen in deze groep" in page["text"]
        assert "begeleiders" in await toasted(town, GRIET, now(town, page), "Ja", DESK)
        await goes(town, LIEN, page, "Annuleren", "niets")
        page = await asks(town, LIEN, "/settings", DESK)
        await goes(town, LIEN, page, "Ja", "deze chat")
        assert "Wilgenbeke" in (await asks(town, GRIET, "/digest", DESK))["text"]
        await town.until(lambda: "digest" in menu(town, DESK))
        await town.rest()
        town.wake()
        assert "Wilgenbeke" in (await asks(town, GRIET, "/digest", DESK))["text"]
        history = await asks(town, LIEN, "/settings")
        await goes(town, LIEN, history, "🕘", str(DESK))
        await goes(town, LIEN, history, "↩️", "Ongedaan")
        assert "begeleiders" in (await asks(town, GRIET, "/digest", DESK))["text"]
        await town.until(lambda: "digest" not in menu(town, DESK))

    async def test_receives_the_digest_when_the_chat_says(self, town: Town) -> None:
        """A day that is chosen counts from then on, so it is made one that was chosen three days ago."""
        await goes(town, LIEN, await asks(town, LIEN, "/settings", DESK), "Ja", "deze chat")
        await town.rest()
        town.wake()
        while not await town.rows("SELECT 1 FROM digests"):
            await asks(town, LIEN, "/help", DESK)
        a_minute_ago = datetime.now(town.settings.town.time_zone) - timedelta(minutes=1)
        page = await asks(town, PIA, "/settings")
        value = f"daily {a_minute_ago:%H:%M}"
        await set_to(town, PIA, page, ("When the digest", value), value)
        count = len(town.shown(DESK))
        await town.rest()
        with closing(sqlite3.connect(town.settings.storage.database)) as connection, connection:
            days_ago = (a_minute_ago - timedelta(days=3)).astimezone(UTC).isoformat(timespec="microseconds")
            connection.execute("UPDATE setting_changes SET changed_at = ?", (days_ago,))
            connection.execute("UPDATE digests SET period_start = ?, period_end = ?", (days_ago, days_ago))
        town.wake()
        await town.until(lambda: len(town.shown(DESK)) > count)
        digest = town.shown(DESK)[-1]
        assert "nog geen ideeën" in words_of(digest)
        town.press(LIEN, digest, "⚙️", DESK)
        await town.until(lambda: "Instellingen van" in town.texts(DESK)[-1])
        assert town.shown(DESK)[-2] == digest


def menu(town: Town, chat: int) -> list[str]:
    shown = town.world.menus.shown_commands(chat, LIEN, is_admin=True, language="nl")
    return [command["command"] for command in shown]


async def test_a_change_is_undone_once_and_only_while_it_is_the_last(town: Town) -> None:
    page = await asks(town, LIEN, "/settings")
    await goes(town, LIEN, page, "🕘", "nog niets")
    await goes(town, LIEN, page, "◂", "Instellingen van")
    await goes(town, LIEN, page, "Wanneer")
    await goes(town, LIEN, page, "09:00", "09:00")
    older, other = await asks(town, LIEN, "/settings"), await asks(town, PIA, "/settings")
    await goes(town, LIEN, older, "🕘", "09:00")
    await goes(town, PIA, other, "When the digest")
    await goes(town, PIA, other, "12:00", "12:00")
    assert "intussen" in await toasted(town, LIEN, now(town, older), "↩️")
    await goes(town, PIA, other, "◂", "12:00")
    await goes(town, PIA, other, "🕘", "Pia")
    await goes(town, PIA, other, "↩️", "09:00")


class TestWhatTheFileFixes:
    async def test_says_so_and_stays(self, tmp_path: Path) -> None:
        fixed = {"languages": ["fr", "nl"], "administrators": [LIEN], "contact": None}
        async with a_town(tmp_path, town=fixed, digest={"schedule": "daily 06:00"}) as town:
            town.wake()
            page = await asks(town, LIEN, "/settings", FACILITATORS)
            old = await goes(town, LIEN, page, "Quand la synthèse", "config.toml")
            assert buttons(old) == ["◂ Réglages"]
            assert "installé" in await forges(town, LIEN, old, "1:Y:s:8:monday 08:00", FACILITATORS)
            assert "installé" in await forges(town, LIEN, old, "1:Y:t:8", FACILITATORS)
            assert not await town.rows("SELECT 1 FROM setting_changes")


async def test_in_a_group_only_a_reply_is_the_value(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"contact": None}) as town:
        town.wake()
        page = await asks(town, LIEN, "/settings", FACILITATORS)
        assert "beheerder" in words_of(await goes(town, LIEN, page, "Contact"))
        assert not any("✏️" in label for label in buttons(now(town, page)))
        await goes(town, LIEN, page, "◂")
        await goes(town, LIEN, page, "Wanneer")
        await goes(town, LIEN, page, "✏️", "Antwoord op dit bericht")
        town.write(LIEN, "dinsdag 10:00", FACILITATORS)
        await town.rest()
        town.wake()
        reply_in(town, LIEN, page, "woensdag 10:00")
        await town.until(lambda: "Woensdag 10:00" in words_of(now(town, page)))
