"""The town answers an idea, and who wrote or supports it hears of it: each once, and when they allow."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.errands import joined
from bot.runtime import now
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language
from cocreation.ideas.notice import QuietHours, Wishes
from cocreation.ideas.reply import Status
from cocreation.services.change_wishes import change_wishes
from cocreation.services.reply_to_idea import reply_to_idea
from cocreation.services.tell import tell_due
from handlers.notices import news_message
from sandbox import people
from sandbox.context import Context
from sandbox.faults import Fault
from sandbox.values import KICKED, MEMBER
from tests.bot.test_intake import a_process
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Town, a_town
from tests.handlers.acting import asks, forges, turned

IDEA = "Meer schaduw op de Grote Markt"
ANSWER = "In maart planten we twaalf bomen."
Json = dict[str, Any]


async def keep_awake(town: Town, *persons: int) -> None:
    """Let people hear of things at any hour: tests run at night as well."""
    for person in persons:
        known = len(town.shown(person))
        town.write(person, "/start")
        await town.answer(person, known + 1)
        await quiet(town, person, None)


async def quiet(town: Town, person: int, hours: tuple[int, int] | None) -> None:
    """As the buttons do, without their messages."""
    async with joined(town.settings) as storage, storage.writing() as work:
        resident = await work.residents.find(ChatId(person))
        assert resident is not None
        wishes = Wishes(quiet=None if hours is None else QuietHours(*hours))
        await change_wishes(work, resident.id, wishes, now())


async def an_idea(town: Town, person: int = GRIET, text: str = IDEA) -> Json:
    town.write(person, text)
    return await town.reads(person, text)


async def last(town: Town, words: str, chat: int = FACILITATORS) -> Json:
    """The newest message of the bot in a chat, once it has these words."""
    await town.until(lambda: words in ["", *town.texts(chat)][-1])
    return town.shown(chat)[-1]


async def asked(town: Town, status: str = "Gepland") -> Json:
    """The question for the town's words, in the facilitators' group."""
    town.write(LIEN, "/waiting", FACILITATORS)
    waiting = await last(town, "wacht")
    town.press(LIEN, waiting, "1", FACILITATORS)
    choosing = await last(town, "Hoever")
    town.press(LIEN, choosing, status, FACILITATORS)
    return await last(town, "Schrijf nu")


def reply_in_group(town: Town, question: Json, text: str) -> None:
    context = Context(reply_to_message_id=question["message_id"])
    people.write(town.world, FACILITATORS, LIEN, text, context)


async def answered(town: Town, status: str = "Gepland", text: str = ANSWER) -> Json:
    question = await asked(town, status)
    reply_in_group(town, question, text)
    preview = await last(town, "nog niet verstuurd")
    town.press(LIEN, preview, "Versturen", FACILITATORS)
    return await last(town, "is verstuurd")


async def opened(town: Town, person: int) -> Json:
    """The card of the newest idea, from the list."""
    await asks(town, person, "/ideas")
    return await turned(town, person, "1")


async def test_an_answer_goes_from_the_facilitators_to_the_author_in_one_message_each(town: Town) -> None:
    await keep_awake(town, GRIET)
    card = await an_idea(town)
    question = await asked(town)
    town.write(LIEN, "Dit is geen antwoord", FACILITATORS)
    reply_in_group(town, question, ANSWER)
    preview = await last(town, "nog niet verstuurd")
    assert preview["message_id"] == question["message_id"]
    assert "1 persoon" in preview["text"]
    town.press(LIEN, preview, "Versturen", FACILITATORS)
    news = await town.reads(GRIET, "De gemeente heeft")
    assert ANSWER in news["text"]
    assert IDEA in news["text"]
    await town.until(lambda: ANSWER in text_of(town, GRIET, card))
    assert await town.rows("SELECT status, text FROM replies") == [("planned", ANSWER)]
    assert await town.rows("SELECT status FROM ideas") == [("planned",)]
    assert await town.rows("SELECT count(*) FROM notices") == [(0,)]


def text_of(town: Town, chat: int, message: Json) -> str:
    return str(town.world.chats[chat].messages[message["message_id"]]["text"])


async def test_a_restart_between_any_two_steps_changes_nothing(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:

        async def restart() -> None:
            await town.rest()
            town.wake()

        town.wake()
        await keep_awake(town, GRIET)
        await an_idea(town)
        town.write(LIEN, "/waiting", FACILITATORS)
        waiting = await last(town, "wacht")
        await restart()
        town.press(LIEN, waiting, "1", FACILITATORS)
        choosing = await last(town, "Hoever")
        await restart()
        town.press(LIEN, choosing, "Niet nu", FACILITATORS)
        question = await last(town, "Schrijf nu")
        await restart()
        reply_in_group(town, question, "…")
        refused = await last(town, "heeft woorden nodig")
        await restart()
        reply_in_group(town, refused, "Te duur")
        preview = await last(town, "nog niet verstuurd")
        await restart()
        town.press(LIEN, preview, "Wijzigen", FACILITATORS)
        question = await last(town, "Schrijf nu")
        await restart()
        reply_in_group(town, question, "Te duur dit jaar")
        preview = await last(town, "Te duur dit jaar")
        await restart()
        town.press(LIEN, preview, "Versturen", FACILITATORS)
        await town.reads(GRIET, "Te duur dit jaar")
        assert await town.rows("SELECT status, text FROM replies") == [("not_now", "Te duur dit jaar")]


async def test_cancelling_sends_nothing_and_an_old_button_sends_nothing_either(town: Town) -> None:
    await an_idea(town)
    question = await asked(town)
    reply_in_group(town, question, ANSWER)
    preview = await last(town, "nog niet verstuurd")
    send = preview["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    town.press(LIEN, preview, "Annuleren", FACILITATORS)
    cancelled = await last(town, "niets verstuurd")
    cancelled["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = send
    people.press(town.world, FACILITATORS, LIEN, cancelled["message_id"], send)
    await town.until(lambda: alerts(town))
    assert await town.rows("SELECT count(*) FROM replies") == [(0,)]


def alerts(town: Town) -> list[Any]:
    return [
        call for call in town.world.calls.matching("answerCallbackQuery") if call.params.get("show_alert")
    ]


async def test_the_way_leads_back_and_on_from_each_step(town: Town) -> None:
    for number in range(6):
        await an_idea(town, text=f"Idee {number} voor het plein")
    question = await asked(town)
    town.press(LIEN, question, "Andere status", FACILITATORS)
    choosing = await last(town, "Hoever")
    town.press(LIEN, choosing, "Annuleren", FACILITATORS)
    cancelled = await last(town, "niets verstuurd")
    town.press(LIEN, cancelled, "Toch antwoorden", FACILITATORS)
    choosing = await last(town, "Hoever")
    town.press(LIEN, choosing, "In onderzoek", FACILITATORS)
    reply_in_group(town, await last(town, "Schrijf nu"), ANSWER)
    town.press(LIEN, await last(town, "nog niet verstuurd"), "Versturen", FACILITATORS)
    sent = await last(town, "is verstuurd")
    town.press(LIEN, sent, "Opnieuw antwoorden", FACILITATORS)
    assert ANSWER in (await last(town, "Hoever staat het nu"))["text"]
    town.press(LIEN, sent, "Wat wacht", FACILITATORS)
    waiting = await last(town, "5 idee")
    assert "Idee 0" not in waiting["text"]
    town.write(GRIET, "Een zevende idee")
    await town.reads(GRIET, "Een zevende idee")
    town.write(LIEN, "/waiting", FACILITATORS)
    waiting = await last(town, "6 idee")
    town.press(LIEN, waiting, "▸", FACILITATORS)
    later = await last(town, "Een zevende idee")
    town.press(LIEN, later, "◂", FACILITATORS)
    await last(town, "Idee 1")
    town.write(LIEN, "/reply", FACILITATORS)
    await last(town, "achter /reply")


async def test_news_opens_the_idea_and_the_settings_below(town: Town) -> None:
    await keep_awake(town, GRIET)
    await an_idea(town)
    await answered(town)
    news = await town.reads(GRIET, "De gemeente heeft")
    town.press(GRIET, news, "💡")
    opened = await town.answer(GRIET, len(town.shown(GRIET)) + 1)
    assert ANSWER in opened["text"]
    town.press(GRIET, news, "🔔")
    settings = await town.reads(GRIET, "hoogstens één bericht per uur")
    assert settings["message_id"] > opened["message_id"]
    assert text_of(town, GRIET, news) == news["text"]


async def test_another_question_puts_the_first_aside_and_gives_back_its_words(town: Town) -> None:
    await an_idea(town)
    question = await asked(town)
    reply_in_group(town, question, ANSWER)
    await last(town, "nog niet verstuurd")
    await an_idea(town, YASMINE, "Plus de bancs au parc")
    town.write(LIEN, "/waiting", FACILITATORS)
    waiting = await last(town, "Plus de bancs")
    town.press(LIEN, waiting, "2", FACILITATORS)
    choosing = await last(town, "Hoever")
    town.press(LIEN, choosing, "Ontvangen", FACILITATORS)
    aside = await town.reads(FACILITATORS, "opzijgelegd")
    assert aside["message_id"] == question["message_id"]
    assert ANSWER in aside["text"]
    reply_in_group(town, question, "Wat ik <intussen> schreef")
    given_back = await town.reads(FACILITATORS, "wacht nu niet op een antwoord")
    assert "Wat ik <intussen> schreef" in given_back["text"]
    assert len(await town.rows("SELECT 1 FROM ideas")) == 2
    town.press(LIEN, aside, "Ontvangen", FACILITATORS)
    await town.until(lambda: "Schrijf nu" in text_of(town, FACILITATORS, aside))


async def test_an_administrator_answers_in_private_by_a_link(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"administrators": [LIEN]}) as town:
        town.wake()
        await an_idea(town)
        ((token,),) = await town.rows("SELECT token FROM ideas")
        town.write(LIEN, f"/reply https://ideas.example/nl/ideas/{token}")
        choosing = await town.reads(LIEN, "Hoever")
        town.press(LIEN, choosing, "Gepland")
        await town.reads(LIEN, "Schrijf nu")
        town.write(LIEN, ANSWER)
        preview = await town.reads(LIEN, "nog niet verstuurd")
        town.press(LIEN, preview, "Versturen")
        await town.reads(LIEN, "is verstuurd")
        assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]
        town.write(LIEN, "/waiting")
        await town.reads(LIEN, "Geen idee wacht")


async def test_a_resident_cannot_answer_for_the_town(town: Town) -> None:
    await an_idea(town)
    for command in ("/waiting", "/reply 1"):
        town.write(GRIET, command)
    await town.until(lambda: sum("Alleen" in text for text in town.texts(GRIET)) == 2)
    card = town.shown(GRIET)[0]
    for data in ("1:R:1", "1:T:1:planned", "1:R:1:send", "1:A:0"):
        card["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = data
        people.press(town.world, GRIET, GRIET, card["message_id"], data)
    await town.until(lambda: len(alerts(town)) == 4)
    assert await town.rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_who_comes_back_hears_what_waited_as_one_message(town: Town) -> None:
    await keep_awake(town, GRIET)
    await an_idea(town)
    await an_idea(town, text="Een fontein om in te spelen")
    people.block(town.world, GRIET, is_blocked=True)
    await answered(town)
    await answered(town, text="Daar komt water.")
    assert not any("gemeente" in text for text in town.texts(GRIET))
    people.block(town.world, GRIET, is_blocked=False)
    news = await town.reads(GRIET, "nieuws")
    assert ANSWER in news["text"]
    assert "Daar komt water." in news["text"]
    assert await town.rows("SELECT count(*) FROM dead_letters") == [(0,)]


async def test_a_block_of_which_nobody_heard_loses_no_news(town: Town) -> None:
    await keep_awake(town, YASMINE)
    await an_idea(town)
    async with joined(town.settings) as storage, storage.writing() as work:
        supporter = await work.residents.find(ChatId(YASMINE))
        assert supporter is not None
        ((idea,),) = await town.rows("SELECT id FROM ideas")
        await work.supports.add(idea, supporter.id, now())
    town.world.chats[YASMINE].bot_status = KICKED
    await answered(town)
    await town.until(lambda: any(call.status == 403 for call in town.world.calls.matching("sendMessage")))
    town.world.chats[YASMINE].bot_status = MEMBER
    town.write(YASMINE, "/start")
    news = await town.reads(YASMINE, "que vous soutenez")
    assert ANSWER in news["text"]


async def test_kill_9_before_the_message_left_neither_loses_nor_doubles_it(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        async with a_process(town) as process:
            town.write(GRIET, "/start")
            await town.answer(GRIET, 1)
            town.world.faults.add(Fault("sendMessage", status=502, times=1000, chat_id=GRIET))
            await answered_elsewhere(town, now())
            await town.until(lambda: tries(town) == 1)
            assert await town.rows("SELECT (SELECT count(*) FROM notices), count(*) FROM outbox") == [(0, 1)]
            process.kill()
            await process.wait()
        town.world.faults.clear()
        async with a_process(town):
            await town.reads(GRIET, "De gemeente heeft")
            town.write(GRIET, "/id")
            await town.reads(GRIET, str(GRIET))
        assert sum("De gemeente heeft" in text for text in town.texts(GRIET)) == 1


async def test_news_that_could_not_leave_in_its_time_is_written_anew(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.write(GRIET, "/start")
        earlier = now() - timedelta(hours=1)
        idea = await answered_elsewhere(town, earlier)
        profile = town.settings.town_profile()
        async with joined(town.settings) as storage:
            render = partial(news_message, town=profile)
            await tell_due(storage, profile.time_zone, render, earlier)
            async with storage.writing() as work:
                await work.ideas.correct(idea, "Nog meer schaduw", now())
        town.wake()
        news = await town.reads(GRIET, "De gemeente heeft")
        assert "Nog meer schaduw" in news["text"]
        assert sum("De gemeente heeft" in text for text in town.texts(GRIET)) == 1


async def answered_elsewhere(town: Town, at: datetime) -> IdeaId:
    """An idea of somebody who sleeps at no hour, and an answer, by another way than the chat."""
    async with joined(town.settings) as storage, storage.writing() as work:
        griet = await work.residents.meet(ChatId(GRIET), Language("nl"), at)
        await change_wishes(work, griet.id, Wishes(quiet=None), at)
        idea = await work.ideas.add(NewIdea(IDEA, at, griet.id))
        await reply_to_idea(work, idea, Status.PLANNED, ANSWER, by=None, now=at)
        return idea


def tries(town: Town) -> int:
    """Messages that were to tell of the answer."""
    calls = town.world.calls.matching("sendMessage")
    return sum(ANSWER in str(call.params.get("text")) for call in calls)


async def test_an_open_card_of_a_neighbour_shows_the_answer_and_a_thank_you_is_a_comment(town: Town) -> None:
    await keep_awake(town, GRIET, YASMINE)
    await an_idea(town)
    town.write(YASMINE, "/ideas")
    listed = await town.reads(YASMINE, IDEA)
    town.press(YASMINE, listed, "1")
    await town.until(lambda: "✅" in labels(listed_now(town)) or "Soutenir" in labels(listed_now(town)))
    await answered(town)
    await town.until(lambda: ANSWER in listed_now(town)["text"])
    news = await town.reads(GRIET, "De gemeente heeft")
    town.write(GRIET, "/id")
    await town.reads(GRIET, str(GRIET))
    people.write(town.world, GRIET, GRIET, "Fijn", Context(reply_to_message_id=news["message_id"]))
    await town.reads(GRIET, "Fijn")
    assert await town.rows("SELECT text FROM comments") == [("Fijn",)]
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]


def listed_now(town: Town) -> Json:
    return town.shown(YASMINE)[-1]


def labels(message: Json) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return " ".join(button["text"] for row in rows for button in row)


async def test_an_administrator_answers_from_the_card_of_an_idea_in_their_own_chat(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"administrators": [LIEN]}) as town:
        town.wake()
        await keep_awake(town, GRIET)
        await an_idea(town)
        # Somebody else's card has no such button, and who makes one up is refused.
        theirs = await opened(town, YASMINE)
        assert "🏛" not in str(theirs["reply_markup"])
        assert "équipe de participation" in await forges(town, YASMINE, theirs, "1:R:1")
        town.press(LIEN, await opened(town, LIEN), "🏛")
        town.press(LIEN, await last(town, "Hoever", LIEN), "Gepland")
        await last(town, "Schrijf nu", LIEN)
        town.write(LIEN, ANSWER)
        preview = await last(town, "nog niet verstuurd", LIEN)
        town.press(LIEN, preview, "Versturen")
        assert ANSWER in (await town.reads(GRIET, "De gemeente heeft"))["text"]
        assert await town.rows("SELECT status, text FROM replies") == [("planned", ANSWER)]
        assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]
