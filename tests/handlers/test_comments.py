"""What people say about an idea: by a reply to its card or by a button, read in one message."""

from sandbox import people
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town
from tests.handlers.acting import asks, buttons, forges, reply, turned, wrote


async def opened(town: Town, person: int = YASMINE) -> Json:
    """The card of the newest idea."""
    await asks(town, person, "/ideas")
    return await turned(town, person, "1")


async def answered(town: Town, person: int, to: Json, text: str) -> Json:
    """What the bot says to a reply in Telegram."""
    count = len(town.shown(person))
    reply(town, person, to, text)
    return await town.answer(person, count + 1)


async def comments(town: Town) -> list[tuple[object, ...]]:
    return list(await town.rows("SELECT text, state FROM comments ORDER BY id"))


async def test_a_reply_to_a_card_is_a_comment_and_no_idea(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = await opened(town)
    kept = await answered(town, YASMINE, card, "Met <b>drinkwater</b>")
    assert "commentaire est gardé" in kept["text"]
    assert await comments(town) == [("Met <b>drinkwater</b>", "published")]
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]
    # The author answers below the own card, and hears of the other's comment.
    await answered(town, GRIET, town.shown(GRIET)[0], "Goed idee")
    assert await town.rows("SELECT resident_id FROM notices") == [(1,)]
    thread = await turned(town, YASMINE, "💬", "Met <b>drinkwater</b>")
    assert thread["text"].index("Vous") < thread["text"].index("Met <b>") < thread["text"].index("L’auteur")


async def test_a_reply_to_a_list_or_to_words_is_an_idea_like_any_other(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    page = await asks(town, YASMINE, "/ideas")
    assert "idée est gardée" in (await answered(town, YASMINE, page, "Een bank"))["text"]
    assert await comments(town) == []


async def test_the_same_message_delivered_twice_is_one_comment(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await answered(town, YASMINE, await opened(town), "Met drinkwater")
    town.world.redeliver(1)
    await asks(town, YASMINE, "/help")
    assert await comments(town) == [("Met drinkwater", "published")]
    assert len([text for text in town.texts(YASMINE) if "est gardé" in text]) == 1


async def test_a_card_that_was_opened_again_elsewhere_still_takes_a_reply(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    first = await opened(town)
    await opened(town)
    await answered(town, YASMINE, first, "Met drinkwater")
    assert await comments(town) == [("Met drinkwater", "published")]


async def test_a_button_asks_for_a_comment_and_the_thread_takes_its_place(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await opened(town)
    await turned(town, YASMINE, "💬", "Que voulez-vous dire")
    await town.rest()
    town.wake()
    town.write(YASMINE, "Met drinkwater")
    thread = await town.reads(YASMINE, "commentaire est gardé")
    assert "Met drinkwater" in thread["text"]
    assert len(town.shown(YASMINE)) == 1
    card = await turned(town, YASMINE, "◂", "1 commentaire")
    assert any("💬 1" in label for label in buttons(card))
    await turned(town, YASMINE, "💬", "Met drinkwater")
    # Cancelled, the next words are an idea.
    await turned(town, YASMINE, "✍️", "Que voulez-vous dire")
    await turned(town, YASMINE, "✖️", "Een fontein")
    assert "idée est gardée" in (await asks(town, YASMINE, "Een bank"))["text"]
    assert len(await comments(town)) == 1


async def test_the_author_reads_the_comments_from_the_own_card_and_comes_back_to_it(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    assert "💬" not in str(buttons(town.shown(GRIET)[-1]))
    await answered(town, YASMINE, await opened(town), "Met drinkwater")
    await answered(town, YASMINE, town.shown(YASMINE)[0], "En een bank")
    card = await town.unfold(GRIET, town.shown(GRIET)[-1])
    (comment_button,) = [label for label in buttons(card) if "💬" in label]
    assert comment_button == "💬 2 reacties"
    thread = await turned(town, GRIET, comment_button, "Met drinkwater")
    assert "En een bank" in thread["text"]
    card = await turned(town, GRIET, "◂", "Een fontein")
    assert any("⋯" in label for label in buttons(card)) and comment_button in buttons(card)
    # A list leads back to where it was, through the thread too.
    await wrote(town, GRIET, "Een bank")
    await asks(town, GRIET, "/ideas")
    town.press(GRIET, town.shown(GRIET)[-1], "2")
    await town.until(lambda: comment_button in buttons(town.shown(GRIET)[-1]))
    assert [label for label in buttons(town.shown(GRIET)[-1]) if "💬" in label] == [comment_button]


async def test_a_comment_is_answered_with_its_words_in_short(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await answered(town, YASMINE, await opened(town), "Met drinkwater")
    await asks(town, LIEN, "/ideas")
    await turned(town, LIEN, "1")
    await turned(town, LIEN, "💬", "Met drinkwater")
    one = await turned(town, LIEN, "1", "Bij het idee")
    ((name,),) = await town.rows("SELECT pseudonym FROM residents WHERE telegram_id = ?", YASMINE)
    assert name in one["text"]
    await turned(town, LIEN, "↩️", "Wat wil je antwoorden")
    town.write(LIEN, "En met schaduw")
    thread = await town.reads(LIEN, "En met schaduw")
    assert f"↩ {name}: “Met drinkwater”" in thread["text"]
    assert await town.rows("SELECT answers_id FROM comments ORDER BY id") == [(None,), (1,)]
    # Whom it answers hears of it, once, whatever else they are to the idea; who answers does not.
    of_the_answer = "SELECT telegram_id FROM notices JOIN residents ON residents.id = resident_id"
    heard = await town.rows(f"{of_the_answer} WHERE comment_id = 2 ORDER BY telegram_id")
    assert heard == [(GRIET,), (YASMINE,)]


async def test_a_comment_changes_with_its_message_and_is_withdrawn_and_back(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = await opened(town)
    message = reply(town, YASMINE, card, "Met drinkwaater")
    await town.reads(YASMINE, "est gardé")
    people.edit(town.world, YASMINE, YASMINE, message["message_id"], "Met drinkwater")
    await town.reads(YASMINE, "Met drinkwater")
    assert await comments(town) == [("Met drinkwater", "published")]
    assert len(town.shown(YASMINE)) == 2
    await turned(town, YASMINE, "🗑")
    assert await comments(town) == [("Met drinkwater", "withdrawn")]
    await turned(town, YASMINE, "↩️", "de retour")
    assert await comments(town) == [("Met drinkwater", "published")]
    assert "quelqu’un d’autre" not in str(town.texts(YASMINE))
    page = await asks(town, GRIET, "/ideas")
    assert "iemand anders" in await forges(town, GRIET, page, "1:G:1:w")
    await forges(town, GRIET, page, "1:G:1:zzz")
    assert await comments(town) == [("Met drinkwater", "published")]


async def test_what_is_too_long_or_too_much_is_said_and_not_kept(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = await opened(town)
    assert "1001" in (await answered(town, YASMINE, card, "x" * 1001))["text"].replace("\u202f", "")
    # Made shorter, the message is a comment and not an idea.
    too_long = town.world.chats[YASMINE].messages
    message = next(one for one in too_long.values() if one.get("text", "").startswith("xxx"))
    people.edit(town.world, YASMINE, YASMINE, message["message_id"], "Kort")
    await town.reads(YASMINE, "est gardé")
    for number in range(9):
        await answered(town, YASMINE, card, f"Reactie {number}")
    assert "dix minutes" in (await answered(town, YASMINE, card, "Nog een"))["text"]
    assert len(await comments(town)) == 10
    await opened(town)
    thread = await turned(town, YASMINE, "💬", "Reactie 8")
    assert "Reactie 3" not in thread["text"]
    assert "Reactie 3" in (await turned(town, YASMINE, "◂", "Kort"))["text"]
    assert "Reactie 3" not in (await turned(town, YASMINE, "▸", "Reactie 8"))["text"]


async def test_a_comment_on_what_is_gone_is_answered_and_not_kept(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    card = await opened(town)
    await town.notes(YASMINE, "card:1")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[-1]), "🗑")
    await town.reads(GRIET, "Ingetrokken")
    reply(town, YASMINE, card, "Met drinkwater")
    await town.until(lambda: len(town.shown(YASMINE)) == 2)
    assert await comments(town) == []
    await town.until(lambda: "n’est plus" in town.texts(YASMINE)[0])
    assert "n’est plus" in await forges(town, YASMINE, town.shown(YASMINE)[0], "1:g:1:0:n:0")


async def test_what_is_taken_back_or_hidden_goes_from_threads_and_messages_that_lie_open(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await answered(town, YASMINE, await opened(town), "Domme buren")
    await answered(town, LIEN, await opened(town, LIEN), "Met drinkwater")
    await turned(town, LIEN, "💬", "Domme buren")
    thread = await thread_of(town, LIEN)
    await opened(town, GRIET)
    await turned(town, GRIET, "💬", "Domme buren")
    single = await turned(town, GRIET, "1", "Bij het idee")
    await town.notes(GRIET, "comment:1")
    own = await town.reads(YASMINE, "commentaire est gardé")
    town.press(YASMINE, own, "🗑")
    await town.until(lambda: "Domme buren" not in told(town, LIEN, thread))
    assert "Met drinkwater" in told(town, LIEN, thread)
    await town.until(lambda: "Deze reactie is er niet meer" in told(town, GRIET, single))
    assert "Domme buren" not in told(town, GRIET, single)
    town.press(YASMINE, await town.reads(YASMINE, "C’est retiré"), "↩️")
    await town.until(lambda: "Domme buren" in told(town, LIEN, thread))
    await town.until(lambda: "Domme buren" in told(town, GRIET, single))
    await forges(town, GRIET, await asks(town, GRIET, "/help"), "1:p:c1:r:n:0")
    town.press(LIEN, await town.reads(FACILITATORS, "Domme buren"), "🙈", FACILITATORS)
    await town.until(lambda: "Domme buren" not in told(town, LIEN, thread))


async def test_who_is_asked_for_an_answer_is_still_asked_when_a_comment_goes(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await answered(town, YASMINE, await opened(town), "Domme buren")
    await opened(town, LIEN)
    await turned(town, LIEN, "💬", "Domme buren")
    await turned(town, LIEN, "1", "Bij het idee")
    question = await turned(town, LIEN, "Antwoorden", "Wat wil je antwoorden")
    await town.notes(LIEN, "comments:1")
    town.press(YASMINE, await town.reads(YASMINE, "commentaire est gardé"), "🗑")
    await town.until(lambda: "Domme buren" not in told(town, LIEN, question))
    assert any("✖️" in label for label in buttons(town.shown(LIEN)[-1]))
    town.write(LIEN, "Met drinkwater")
    await town.reads(LIEN, "Je reactie is bewaard")
    assert await comments(town) == [("Domme buren", "withdrawn"), ("Met drinkwater", "published")]


async def thread_of(town: Town, person: int) -> Json:
    """The message with the thread of the only idea, once it is noted."""
    await town.notes(person, "comments:1")
    return town.shown(person)[-1]


def told(town: Town, person: int, message: Json) -> str:
    """What a message says now."""
    return str(town.world.chats[person].messages[message["message_id"]]["text"])


async def test_a_reply_to_a_list_of_one_is_an_idea_wherever_that_list_is_noted(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    town.press(YASMINE, await opened(town), "Suivre")
    await town.until(lambda: any("🔕" in label for label in buttons(town.shown(YASMINE)[-1])))
    lists = []
    for _ in range(2):
        await asks(town, YASMINE, "/me")
        lists.append(await turned(town, YASMINE, "👁", "Een fontein"))
    await town.notes(YASMINE, "me")
    for at, words in enumerate(("Een bank", "Een brug")):
        assert "idée est gardée" in (await answered(town, YASMINE, lists[at], words))["text"]
    assert await comments(town) == []


async def test_a_comment_that_lies_open_goes_with_its_idea(town: Town) -> None:
    await wrote(town, GRIET, "Een fontein")
    await answered(town, YASMINE, await opened(town), "Met drinkwater")
    await opened(town, LIEN)
    await turned(town, LIEN, "💬", "Met drinkwater")
    await turned(town, LIEN, "1", "Bij het idee")
    await town.notes(LIEN, "comment:1")
    town.press(GRIET, await town.unfold(GRIET, town.shown(GRIET)[0]), "🗑")
    await town.until(lambda: "drinkwater" not in town.texts(LIEN)[-1])
    assert "Met drinkwater" in town.texts(YASMINE)[-1]
