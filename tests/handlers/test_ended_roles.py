"""A role can end while the bot waits for an answer: what is typed then is neither that answer nor an idea."""

from collections.abc import Sequence
from pathlib import Path

from bot.errands import joined
from bot.runtime import now
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, MessageId, ThemeId
from cocreation.ideas.reply import Status
from cocreation.ideas.role import Charge, Role
from handlers.conversation import ASKED_IN_GROUPS, MAY
from handlers.process_draft import Draft as ProcessDraft
from handlers.reply_draft import Draft
from handlers.reply_subject import Target
from handlers.theme_question import NameQuestion
from sandbox import people
from sandbox.context import Context
from tests.bot.town import FACILITATORS, GRIET, LIEN, Town, a_town
from tests.handlers.acting import asks
from tests.handlers.test_replies import IDEA, an_idea, last

TOLD = "Dit mag je niet meer doen"
AT = MessageId(5)


def questions(chat: ChatId) -> Sequence[Conversation]:
    """All that the desk asks for."""
    return [
        Draft(Target(1), Status.PLANNED, AT).kept_in(chat, now()),
        Draft(Target(1, is_theme=True), Status.PLANNED, AT).kept_in(chat, now()),
        Conversation(chat, Step.TEMPLATE, now(), words=f"{AT}:planned:nl"),
        Conversation(chat, Step.SETTING, now(), words='{"key": "digest.schedule", "at": 5}'),
        Conversation(chat, Step.TRANSCRIPT, now(), subject=1, words=str(AT)),
        Conversation(chat, Step.MODERATE, now(), words='{"about": "i1", "ask": "warn", "at": 5}'),
        NameQuestion(ThemeId(1), AT).kept_in(chat, now()),
        ProcessDraft(AT).kept_in(chat, now()),
        Conversation(chat, Step.DIGEST_DATES, now(), words='{"at": 5, "period": "1-2"}'),
    ]


async def begun(town: Town, waiting: Conversation) -> None:
    async with joined(town.settings) as storage, storage.writing() as work:
        await work.conversations.begin(waiting)


async def test_what_is_typed_after_a_role_has_ended_is_told_to_be_nothing(town: Town) -> None:
    await an_idea(town)
    asked = questions(ChatId(GRIET))
    assert {waiting.step for waiting in asked} == set(MAY) == set(ASKED_IN_GROUPS)
    for waiting in asked:
        await begun(town, waiting)
        assert TOLD in (await asks(town, GRIET, f"Over {waiting.step} gesproken"))["text"]
        assert await town.rows("SELECT * FROM conversations") == []
    assert await town.rows("SELECT text FROM ideas") == [(IDEA,)]
    assert await town.rows("SELECT count(*) FROM replies") == [(0,)]


async def test_who_is_no_administrator_any_more_is_told_so_and_asked_no_more(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"administrators": [LIEN]}) as town:
        town.wake()
        await an_idea(town)
        async with joined(town.settings) as storage, storage.writing() as work:
            griet = await work.residents.find(ChatId(GRIET))
            assert griet is not None
            await work.facilitators.appoint(griet.id, "Griet", Charge(Role.FACILITATOR), None, now())
            await work.conversations.begin(
                Conversation(ChatId(GRIET), Step.SETTING, now(), words='{"key": "town.contact", "at": 5}')
            )
        assert TOLD in (await asks(town, GRIET, "Het gemeentehuis"))["text"]
        assert await town.rows("SELECT count(*), (SELECT count(*) FROM conversations) FROM ideas") == [(1, 0)]


async def test_in_a_group_who_replies_without_the_right_is_told_and_the_question_waits_on(town: Town) -> None:
    page = await asks(town, LIEN, "/settings", FACILITATORS)
    about = f'{{"key": "town.contact", "at": {page["message_id"]}}}'
    await begun(town, Conversation(ChatId(FACILITATORS), Step.SETTING, now(), words=about))
    people.write(
        town.world, FACILITATORS, LIEN, "Het gemeentehuis", Context(reply_to_message_id=page["message_id"])
    )
    await last(town, TOLD)
    assert await town.rows("SELECT step FROM conversations") == [("setting",)]
    assert await town.rows("SELECT * FROM setting_changes") == []
