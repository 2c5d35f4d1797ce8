"""Administrators invite people by a link that works once, change roles and end them; the rest is refused."""

import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import ChatMemberRestricted

from handlers.actions import Verb, action
from sandbox import people
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world
from tests.handlers.acting import asks, buttons, forges, toasted

OMAR, PIA, NOOR = 1010, 1011, 1012


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose settings name Lien as its administrator; Omar and Pia speak German and English."""
    world = a_world()
    world.add_person("Omar", id=OMAR, language_code="de", last_name="<Haddad>")
    world.add_person("Pia", id=PIA, language_code="en")
    world.add_person("Noor", id=NOOR, language_code="en")
    world.updates.clear()
    async with a_town(tmp_path, world, town={"administrators": [LIEN]}) as running:
        running.wake()
        for person in (OMAR, PIA):
            await asks(running, person, "/start")
        yield running


async def invited(town: Town, person: int, *labels: str) -> Json:
    """Lien invites, and sees the link; the person opens it."""
    page = await asks(town, LIEN, "/facilitators")
    for label in ("➕", *labels):
        await pressed(town, LIEN, page, label)
    await pressed(town, LIEN, page, "", words="inv_")
    return await opens(town, person, link_in(shown(town, LIEN, page)))


def shown(town: Town, chat: int, message: Json) -> Json:
    return town.world.chats[chat].messages[message["message_id"]]


def link_in(message: Json) -> str:
    return str(message["text"]).split("start=")[1].split()[0]


async def opens(town: Town, person: int, payload: str) -> Json:
    return await asks(town, person, f"/start {payload}")


async def pressed(town: Town, person: int, message: Json, label: str, words: str = "") -> Json:
    """Press a button of a message, which changes; without a label only wait for the words."""
    now = shown(town, person, message)
    before = now["text"]
    if label:
        town.press(person, now, label)
        await town.until(lambda: shown(town, person, message)["text"] != before)
    await town.until(lambda: words in shown(town, person, message)["text"])
    return shown(town, person, message)


class TestAnInvitation:
    async def test_makes_a_facilitator_of_who_says_yes(self, town: Town) -> None:
        card = await invited(town, OMAR, "hele gemeente")
        assert "&lt;" not in card["text"]
        assert "Omar <Haddad>" in card["text"]
        await pressed(town, OMAR, card, "Nein", "In Ordnung")
        again = await opens(town, OMAR, (await town.rows("SELECT 'inv_' || token FROM invitations"))[0][0])
        await pressed(town, OMAR, again, "Ja, gern", "Willkommen")
        told = await town.reads(LIEN, "aanvaard")
        assert "Omar <Haddad>" in told["text"]
        assert "Wilgenbeke" in (await asks(town, OMAR, "/digest"))["text"]
        await town.rest()
        town.wake()
        assert "Administratoren" not in (await asks(town, OMAR, "/facilitators"))["text"]
        assert "reply_markup" not in town.shown(OMAR)[-1]
        town.press(LIEN, told, "Openen")
        await town.until(lambda: "hele gemeente" in shown(town, LIEN, told)["text"])

    async def test_comes_with_who_collects_what_for_somebody_new(self, town: Town) -> None:
        page = await asks(town, LIEN, "/facilitators")
        await pressed(town, LIEN, page, "➕")
        await pressed(town, LIEN, page, "Beheerder", "inv_")
        town.write(NOOR, f"/start {link_in(shown(town, LIEN, page))}")
        await town.answer(NOOR, 2)
        assert "Wilgenbeke collects ideas" in town.texts(NOOR)[0]
        await pressed(town, NOOR, town.shown(NOOR)[1], "Yes, I do", "administrator")

    async def test_works_once(self, town: Town) -> None:
        card = await invited(town, OMAR, "hele gemeente")
        payload = (await town.rows("SELECT 'inv_' || token FROM invitations"))[0][0]
        late = await opens(town, PIA, payload)
        await pressed(town, OMAR, card, "Ja, gern", "Willkommen")
        assert "over" in await toasted(town, PIA, late, "Yes, I do")
        assert "over" in (await opens(town, PIA, payload))["text"]
        assert await town.rows("SELECT name FROM facilitators") == [("Omar <Haddad>",)]

    async def test_is_void_once_it_was_taken_back(self, town: Town) -> None:
        card = await invited(town, OMAR, "Beheerder")
        page = await asks(town, LIEN, "/facilitators")
        await pressed(town, LIEN, page, "✉️", "inv_")
        await pressed(town, LIEN, page, "◂", "Wie dit begeleidt")
        await pressed(town, LIEN, page, "✉️", "inv_")
        await pressed(town, LIEN, page, "Intrekken", "ingetrokken")
        assert "gilt nicht mehr" in await toasted(town, OMAR, card, "Ja, gern")

    async def test_is_void_after_a_week(self, town: Town) -> None:
        card = await invited(town, OMAR, "Beheerder")
        await town.rest()
        town.run_sql("UPDATE invitations SET created_at = '2020-01-01T00:00:00.000000+00:00'")
        town.wake()
        assert "gilt nicht mehr" in await toasted(town, OMAR, card, "Ja, gern")
        page = await asks(town, LIEN, "/facilitators")
        assert not any("✉️" in label for label in buttons(page))

    async def test_stays_for_somebody_else_where_it_gives_nothing_new(self, town: Town) -> None:
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        again = await invited(town, OMAR, "hele gemeente")
        await pressed(town, OMAR, again, "Ja, gern", "schon")
        payload = (await town.rows("SELECT 'inv_' || token FROM invitations WHERE used_at IS NULL"))[0][0]
        await pressed(town, PIA, await opens(town, PIA, payload), "Yes, I do", "Welcome")

    async def test_is_shown_in_private_alone(self, town: Town) -> None:
        await invited(town, OMAR, "Beheerder")
        count = len(town.shown(FACILITATORS))
        page = await asks(town, LIEN, "/facilitators", FACILITATORS)
        for label in ("➕", "✉️"):
            assert "in privé" in await toasted(town, LIEN, page, label, FACILITATORS)
        for act in (("i", "a"), ("i", "f")):
            said = await forges(town, LIEN, page, action(Verb.ROLES, *act), FACILITATORS)
            assert "in privé" in said
        assert len(await town.rows("SELECT 1 FROM invitations")) == 1
        assert not any("inv_" in text for text in town.texts(FACILITATORS))
        assert len(town.shown(FACILITATORS)) == count + 1

    async def test_takes_nothing_from_an_administrator(self, town: Town) -> None:
        await pressed(town, PIA, await invited(town, PIA, "Beheerder"), "Yes, I do", "Welcome")
        await pressed(town, PIA, await invited(town, PIA, "hele gemeente"), "Yes, I do", "includes this role")
        assert buttons(await asks(town, PIA, "/facilitators"))
        payload = (await town.rows("SELECT 'inv_' || token FROM invitations WHERE used_at IS NULL"))[0][0]
        await pressed(town, OMAR, await opens(town, OMAR, payload), "Ja, gern", "Willkommen")

    async def test_can_be_for_one_process(self, town: Town) -> None:
        await town.rest()
        town.run_sql("INSERT INTO processes (name) VALUES ('Groene <straat>')")
        town.wake()
        card = await invited(town, OMAR, "Groene")
        await pressed(town, OMAR, card, "Ja, gern", "Groene <straat>")
        assert "/export" in shown(town, OMAR, card)["text"]
        await town.until(lambda: {"process", "export"} <= set(menu(town, OMAR)))
        assert "waiting" not in menu(town, OMAR)
        await asks(town, PIA, "A bench by the church")
        await town.rest()
        town.run_sql("UPDATE ideas SET process_id = 1")
        town.wake()
        (token,) = (await town.rows("SELECT token FROM ideas"))[0]
        labels = " ".join(buttons(await opens(town, OMAR, f"idea_{token}")))
        assert ("🏛" in labels, "🛡" in labels, "🧭" in labels) == (True, False, False)
        assert "nur das Begleitteam" in (await asks(town, OMAR, "/digest"))["text"]
        page = await asks(town, LIEN, "/facilitators")
        await pressed(town, LIEN, page, "Omar", "Groene <straat>")
        await pressed(town, LIEN, page, "hele gemeente", "hele gemeente")
        await town.until(lambda: "waiting" in menu(town, OMAR))
        labels = " ".join(buttons(await opens(town, OMAR, f"idea_{token}")))
        assert ("🛡" in labels, "🧭" in labels) == (True, True)
        await pressed(town, LIEN, page, "Groene", "Groene")
        await town.until(lambda: sum("andere Aufgabe" in text for text in town.texts(OMAR)) == 2)


def menu(town: Town, person: int) -> list[str]:
    shown = town.world.menus.shown_commands(person, person, is_admin=False, language="de")
    return [command["command"] for command in shown]


class TestARole:
    async def test_ends_and_is_given_back(self, town: Town) -> None:
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        await town.until(lambda: "waiting" in menu(town, OMAR))
        themes = await asks(town, OMAR, "/settings")
        page = await asks(town, LIEN, "/facilitators")
        await pressed(town, LIEN, page, "Omar", "Sinds")
        await pressed(town, LIEN, page, "Deze rol", "beëindigen?")
        await pressed(town, LIEN, page, "Annuleren", "Sinds")
        await pressed(town, LIEN, page, "Deze rol", "beëindigen?")
        await pressed(town, LIEN, page, "Ja", "is beëindigd")
        assert "beendet" in (await town.reads(OMAR, "beendet"))["text"]
        await town.until(lambda: "waiting" not in menu(town, OMAR))
        assert "nur das Begleitteam" in (await asks(town, OMAR, "/digest"))["text"]
        assert "nur das Begleitteam" in await toasted(town, OMAR, themes, "Sprachen")
        await pressed(town, LIEN, page, "↩️", "teruggegeven")
        assert "Wilgenbeke" in (await asks(town, OMAR, "/digest"))["text"]

    async def test_changes_and_two_administrators_do_not_undo_each_other(self, town: Town) -> None:
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        await pressed(town, PIA, await invited(town, PIA, "Beheerder"), "Yes, I do", "Welcome")
        await town.reads(LIEN, "Pia")
        of_lien, of_pia = await asks(town, LIEN, "/facilitators"), await asks(town, PIA, "/facilitators")
        await pressed(town, LIEN, of_lien, "Omar", "Sinds")
        await pressed(town, PIA, of_pia, "Omar", "Since")
        await pressed(town, LIEN, of_lien, "Beheerder", "Aangepast")
        assert "not have this role" in await toasted(town, PIA, shown(town, PIA, of_pia), "End this role")
        assert await town.reads(OMAR, "Admin")
        assert buttons(await asks(town, OMAR, "/facilitators"))

    async def test_of_the_last_administrator_stays(self, town: Town) -> None:
        await pressed(town, PIA, await invited(town, PIA, "Beheerder"), "Yes, I do", "Welcome")
        await town.rest()
        town.settings = town.settings.model_copy(
            update={"town": town.settings.town.model_copy(update={"administrators": frozenset()})}
        )
        town.wake()
        page = await asks(town, PIA, "/facilitators")
        await pressed(town, PIA, page, "Pia", "Since")
        await pressed(town, PIA, page, "End this role", "End the role")
        assert "only administrator" in await toasted(town, PIA, shown(town, PIA, page), "Yes")

    async def test_is_forgotten_with_the_person(self, town: Town) -> None:
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        await town.until(lambda: "waiting" in menu(town, OMAR))
        question = await asks(town, OMAR, "/forget")
        assert "/facilitators" not in question["text"]
        town.press(OMAR, question, buttons(question)[0])
        while await town.rows("SELECT 1 FROM facilitators"):
            pass
        assert "Omar" not in (await asks(town, LIEN, "/facilitators"))["text"]
        await town.until(lambda: "waiting" not in menu(town, OMAR))

    async def test_of_the_last_administrator_is_forgotten_after_a_warning(self, town: Town) -> None:
        await pressed(town, PIA, await invited(town, PIA, "Beheerder"), "Yes, I do", "Welcome")
        await town.rest()
        town.settings = town.settings.model_copy(
            update={"town": town.settings.town.model_copy(update={"administrators": frozenset()})}
        )
        town.wake()
        question = await asks(town, PIA, "/forget")
        assert "only administrator" in question["text"]
        assert "Erase everything" in buttons(question)[0]


def restricted(*, is_member: bool) -> Json:
    """Somebody who may do nothing, in the group or outside: https://core.telegram.org/bots/api#chatmemberrestricted"""
    rights = [name for name in inspect.signature(ChatMemberRestricted).parameters if name.startswith("can_")]
    may = dict.fromkeys(rights, False)
    return {"status": "restricted", "is_member": is_member, "until_date": 0, **may}


def changes(town: Town, person: int, status: Json) -> None:
    """Telegram tells that somebody in the facilitators' group has another status now."""
    chat, user = town.world.chats[FACILITATORS], town.world.people[person].user()
    now = {"user": user, **status}
    before = {"user": user, "status": "member"}
    told = {"chat": chat.brief, "from": user, "date": 0, "old_chat_member": before, "new_chat_member": now}
    town.world.tell_bot("chat_member", told, FACILITATORS)


class TestLeavingTheFacilitatorsGroup:
    @pytest.mark.parametrize("status", ["administrator", "member"])
    async def test_ends_what_a_facilitator_may_do(self, town: Town, status: str) -> None:
        town.world.chats[FACILITATORS].members[OMAR] = "member"
        people.set_bot_status(town.world, FACILITATORS, LIEN, status)
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        people.leave(town.world, FACILITATORS, OMAR)
        assert "Omar" in (await town.reads(LIEN, "verlaten"))["text"]
        await town.reads(OMAR, "beendet")
        assert "nur das Begleitteam" in (await asks(town, OMAR, "/digest"))["text"]

    async def test_ends_it_for_who_was_restricted_too(self, town: Town) -> None:
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        changes(town, OMAR, restricted(is_member=True))
        assert "Wilgenbeke" in (await asks(town, OMAR, "/digest"))["text"]
        changes(town, OMAR, restricted(is_member=False))
        assert "Omar" in (await town.reads(LIEN, "verlaten"))["text"]

    async def test_leaves_administrators_and_other_groups_alone(self, town: Town) -> None:
        town.world.add_group("Straat", [OMAR, PIA], admins=[GRIET], id=-3009, bot_status="administrator")
        town.world.chats[FACILITATORS].members[PIA] = "member"
        await pressed(town, OMAR, await invited(town, OMAR, "hele gemeente"), "Ja, gern", "Willkommen")
        await pressed(town, PIA, await invited(town, PIA, "Beheerder"), "Yes, I do", "Welcome")
        people.leave(town.world, -3009, OMAR)
        people.leave(town.world, FACILITATORS, PIA)
        assert "Wilgenbeke" in (await asks(town, OMAR, "/digest"))["text"]
        assert "Wilgenbeke" in (await asks(town, PIA, "/digest"))["text"]


async def test_a_town_with_nobody_says_so_and_the_group_reads_who_there_is(town: Town) -> None:
    page = await asks(town, LIEN, "/facilitators", FACILITATORS)
    assert "1 beheerder" in page["text"]
    assert "groep van de begeleiders" in page["text"]
    assert "nur" in (await asks(town, OMAR, "/facilitators"))["text"]
    assert "équipe" in (await asks(town, YASMINE, "/facilitators"))["text"]
