"""An answer is corrected, set right again, taken back, and goes with a photo and a link."""

from pathlib import Path

import httpx

from sandbox import people
from sandbox.context import Context
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town
from tests.handlers.acting import asks, buttons, forges, toasts
from tests.handlers.test_parts import photo
from tests.handlers.test_replies import (
    ANSWER,
    IDEA,
    an_idea,
    answered,
    asked,
    keep_awake,
    last,
    opened,
    reply_in_group,
    text_of,
)

BETTER = "In april planten we vijftien bomen."


def send_in_group(town: Town, question: Json, content: Json) -> None:
    context = Context(reply_to_message_id=question["message_id"])
    people.send(town.world, FACILITATORS, LIEN, content, context)


async def corrected(town: Town, sent: Json, text: str = BETTER, status: str = "Gepland") -> Json:
    town.press(LIEN, sent, "Verbeteren", FACILITATORS)
    town.press(LIEN, await last(town, "Wat moet het antwoord zeggen"), status, FACILITATORS)
    question = await last(town, "tekst tot nu toe")
    assert ANSWER in question["text"]
    reply_in_group(town, question, text)
    preview = await last(town, "in plaats van wat er nu staat")
    town.press(LIEN, preview, "Versturen", FACILITATORS)
    return await last(town, "is verbeterd")


async def test_a_correction_is_told_quietly_shown_everywhere_and_undone(town: Town) -> None:
    await keep_awake(town, GRIET)
    card = await an_idea(town)
    sent = await answered(town)
    await town.reads(GRIET, "op je idee geantwoord")
    await town.rest()
    town.run_sql("UPDATE residents SET noticed_at = NULL")
    town.wake()
    done = await corrected(town, sent)
    news = await town.reads(GRIET, "haar antwoord op je idee verbeterd")
    assert BETTER in news["text"]
    quiet = [c.params.get("disable_notification") for c in town.world.calls.matching("sendMessage")]
    assert quiet[-1] in (True, "true", "True")
    await town.until(lambda: BETTER in text_of(town, GRIET, card))
    assert "Verbeterd op" in text_of(town, GRIET, card)
    assert await town.rows("SELECT text FROM reply_versions") == [(ANSWER,)]
    undo = next(b for row in done["reply_markup"]["inline_keyboard"] for b in row if "Ongedaan" in b["text"])
    town.press(LIEN, done, "Ongedaan maken", FACILITATORS)
    undone = await last(town, "zegt weer wat het eerder zei")
    assert ANSWER in undone["text"]
    await town.until(lambda: "Verbeterd op" not in text_of(town, GRIET, card))
    assert "sindsdien" in await forges(town, LIEN, undone, undo["callback_data"], FACILITATORS)
    assert await town.rows("SELECT text, corrected_at FROM replies") == [(ANSWER, None)]


async def test_the_same_words_are_no_correction(town: Town) -> None:
    await an_idea(town)
    sent = await answered(town)
    town.press(LIEN, sent, "Verbeteren", FACILITATORS)
    town.press(LIEN, await last(town, "Wat moet het antwoord zeggen"), "Gepland", FACILITATORS)
    town.press(LIEN, await last(town, "Schrijf nu"), "Andere status", FACILITATORS)
    town.press(LIEN, await last(town, "Wat moet het antwoord zeggen"), "Gepland", FACILITATORS)
    reply_in_group(town, await last(town, "Schrijf nu"), ANSWER)
    town.press(LIEN, await last(town, "in plaats van"), "Versturen", FACILITATORS)
    alerts = town.world.calls.matching
    await town.until(
        lambda: any("zegt het antwoord al" in str(c.params) for c in alerts("answerCallbackQuery"))
    )
    assert await town.rows("SELECT count(*) FROM reply_versions") == [(0,)]


async def test_an_answer_is_taken_back_after_a_question_and_its_words_can_be_sent_anew(town: Town) -> None:
    await keep_awake(town, GRIET)
    card = await an_idea(town)
    sent = await answered(town)
    await town.reads(GRIET, "op je idee geantwoord")
    town.press(LIEN, sent, "Antwoord terugnemen", FACILITATORS)
    question = await last(town, "Dit antwoord terugnemen?")
    town.press(LIEN, question, "Zo laten", FACILITATORS)
    town.press(LIEN, await last(town, "Hoever staat het nu"), "Antwoord terugnemen", FACILITATORS)
    question = await last(town, "Dit antwoord terugnemen?")
    await town.rest()
    town.run_sql("UPDATE residents SET noticed_at = NULL")
    town.wake()
    town.press(LIEN, question, "Antwoord terugnemen", FACILITATORS)
    draft = await last(town, "Het antwoord is teruggenomen. 1 persoon")
    assert ANSWER in draft["text"]
    await town.reads(GRIET, "haar antwoord op je idee teruggenomen")
    log = "taken_back_replies JOIN residents ON residents.id = taken_back_by_id"
    assert await town.rows(f"SELECT idea_id, status, telegram_id FROM {log}") == [(1, "planned", LIEN)]
    await town.until(lambda: ANSWER not in text_of(town, GRIET, card))
    assert await town.rows("SELECT count(*), (SELECT status FROM ideas) FROM replies") == [(0, None)]
    town.press(LIEN, draft, "Versturen", FACILITATORS)
    await last(town, "is verstuurd")
    assert await town.rows("SELECT text FROM replies") == [(ANSWER,)]


async def test_a_photo_and_a_link_go_with_an_answer_to_chat_and_board(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await keep_awake(town, GRIET)
        card = await an_idea(town)
        question = await asked(town)
        send_in_group(town, question, photo(town))
        await last(town, "heeft woorden nodig")
        reply_in_group(town, await last(town, "Schrijf nu"), "Zie https://wilgenbeke.example/bomen?a=1&b=2.")
        preview = await last(town, "nog niet verstuurd")
        assert "met een foto" in preview["text"]
        town.press(LIEN, preview, "Zonder de foto", FACILITATORS)
        await town.until(lambda: "met een foto" not in town.texts(FACILITATORS)[-1])
        send_in_group(town, preview, photo(town))
        preview = await last(town, "met een foto")
        assert "wilgenbeke.example" in preview["text"]
        while (await town.rows("SELECT count(*) FROM reply_photos WHERE state = 'stored'")) != [(2,)]:
            pass
        town.press(LIEN, preview, "Versturen", FACILITATORS)
        news = await town.reads(GRIET, "op je idee geantwoord")
        town.press(GRIET, news, "Foto bij het antwoord")
        await town.until(lambda: any("foto bij het antwoord van" in text for text in town.texts(GRIET)))
        await town.until(lambda: "Foto bij het antwoord" in str(buttons_of(town, card)))
        assert any("Photo" in label for label in buttons(await opened(town, YASMINE)))
        ((token, number),) = await town.rows("SELECT token, (SELECT photo_id FROM replies) FROM ideas")
        base = f"http://{town.settings.board.host}:{town.settings.board.port}"
        async with httpx.AsyncClient(base_url=base) as board:
            page = (await board.get(f"/nl/ideas/{token}")).text
            assert '<a href="https://wilgenbeke.example/bomen?a=1&amp;b=2" rel="nofollow noreferrer">' in page
            shown = await board.get(f"/media/answers/{number}")
            assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
            assert (await board.get("/media/answers/99")).status_code == 404
            # The first photo was left out of the answer: nobody reads it.
            assert (await board.get("/media/answers/1")).status_code == 410


def buttons_of(town: Town, card: Json) -> list[str]:
    message = town.world.chats[GRIET].messages[card["message_id"]]
    return buttons(message)


async def test_of_two_who_answer_at_once_the_second_looks_again(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"administrators": [LIEN]}) as town:
        town.wake()
        await an_idea(town)
        question = await asked(town)
        reply_in_group(town, question, ANSWER)
        preview = await last(town, "nog niet verstuurd")
        choosing = await asks(town, LIEN, "/reply 1")
        town.press(LIEN, choosing, "Gepland")
        await town.reads(LIEN, "Schrijf nu")
        town.write(LIEN, BETTER)
        await town.until(lambda: BETTER in town.texts(LIEN)[-1])
        town.press(LIEN, town.shown(LIEN)[-1], "Versturen")
        await town.reads(LIEN, "is verstuurd")
        town.press(LIEN, preview, "Versturen", FACILITATORS)
        again = await last(town, "intussen geantwoord")
        assert await town.rows("SELECT text FROM replies") == [(BETTER,)]
        town.press(LIEN, again, "Versturen", FACILITATORS)
        await last(town, "is verstuurd")
        assert await town.rows("SELECT text FROM replies ORDER BY id") == [(BETTER,), (ANSWER,)]


async def test_what_was_hidden_or_is_somebody_elses_business_stays_as_it_is(town: Town) -> None:
    await an_idea(town)
    sent = await answered(town)
    for data in (
        "1:R:1:correct:1",
        "1:R:1:back:1",
        "1:R:1:backnow:1",
        "1:R:1:undo:1:1",
        "1:7:1",
        "1:6",
        "1:2:new",
    ):
        card = town.shown(GRIET)[0]
        assert "Alleen" in await forges(town, GRIET, card, data)
    assert IDEA in sent["text"]
    await town.rest()
    town.run_sql("UPDATE ideas SET state = 'hidden'")
    town.wake()
    town.press(LIEN, sent, "Verbeteren", FACILITATORS)
    await town.until(lambda: any("niet meer" in text for text in toasts(town)))
    for data in ("1:R:1:correct:99", "1:R:1:what", "1:R:1:s:9", "1:R:1:undo:x:1", "1:5:99"):
        assert await forges(town, LIEN, sent, data, FACILITATORS)
    assert await town.rows("SELECT count(*), (SELECT count(*) FROM reply_versions) FROM replies") == [(1, 0)]


async def test_a_status_of_an_earlier_version_still_asks_for_the_words(town: Town) -> None:
    await an_idea(town)
    choosing = await asks(town, LIEN, "/reply 1", FACILITATORS)
    await forges(town, LIEN, choosing, "1:T:1:done", FACILITATORS)
    question = await last(town, "Schrijf nu")
    assert "Gedaan" in question["text"]
    assert "niet meer" in await forges(town, LIEN, question, "1:T:1:never", FACILITATORS)
