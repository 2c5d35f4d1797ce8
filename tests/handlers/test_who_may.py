"""Each command and each button of the desk, tried by everybody: a polite refusal, or what was asked for.

A command or a button that is in no list here fails a test, so that none is forgotten.
"""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

import pytest
from telegram.ext import CommandHandler

from bot.connection import make_bot
from bot.town_now import TownNow
from cocreation.errors import MorgenError, NotAllowedError, NotHereError, OnlyAdministratorsError
from cocreation.ideas.digest_file import DigestFormat
from cocreation.ideas.frame import FrameKey, GoalKey
from cocreation.ideas.ids import Language, ProcessId
from cocreation.ideas.named_period import Named
from handlers.actions import Verb, action
from handlers.application import build_application
from handlers.commands import group_commands, resident_commands
from handlers.export_choice import Choice
from handlers.frame_text import number_of
from handlers.moderation_cards import Ask
from handlers.moderation_text import QUEUE
from handlers.theme_actions import (
    CHOOSE,
    HIDE,
    IDEA,
    LOG,
    MERGE,
    MOVE,
    NAME,
    PAGE,
    PIN,
    PREVIEW,
    UNDO,
    WHERE,
)
from locales import known_languages, translator
from sandbox import people
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world
from tests.handlers.acting import asks
from tests.handlers.street import STREET

PIA, OMAR, RITA, FLOR = 1010, 1011, 1012, 1013
PRIVATE = {
    "a resident": GRIET,
    "a facilitator": PIA,
    "a facilitator of one process": OMAR,
    "an administrator": LIEN,
    "an administrator by invitation": FLOR,
    "a facilitator of before": RITA,
    "a member of the facilitators' group": YASMINE,
}
FACILITATE = {"a facilitator", "an administrator", "an administrator by invitation"}
ADMINISTER = {"an administrator", "an administrator by invitation"}

RESIDENTS_COMMANDS = {"id", "idea", *resident_commands(Language("en")), *group_commands(Language("en"))}

RESIDENTS_VERBS = frozenset(
    {
        Verb.WITHDRAW,
        Verb.RETURN,
        Verb.HINT,
        Verb.LANGUAGE,
        Verb.BROWSE,
        Verb.SUPPORT,
        Verb.WHY_IDEA,
        Verb.CANCEL,
        Verb.PRIVACY,
        Verb.WELCOME,
        Verb.OFFER,
        Verb.GROUP_LANGUAGE,
        Verb.MORE,
        Verb.EDIT,
        Verb.PHOTO,
        Verb.PLACE,
        Verb.ANONYMOUS,
        Verb.JOIN,
        Verb.WHOSE,
        Verb.SUPPORT_NEIGHBOUR,
        Verb.OPEN,
        Verb.NOTICES,
        Verb.QUIET,
        Verb.LIST,
        Verb.FOLLOW,
        Verb.SEARCH,
        Verb.NEAR,
        Verb.COMMENTS,
        Verb.COMMENT,
        Verb.COMMENT_ACT,
        Verb.REPORT,
        Verb.SHOW_PHOTOS,
        Verb.REPLY_PHOTO,
        Verb.FORGET,
        Verb.MINE,
        Verb.SETTINGS,
        Verb.MYDATA,
        Verb.TO_FACILITATORS,
    }
)


class Whose(Enum):
    """Who may press a button of the desk."""

    FACILITATORS = auto()
    OF_THE_PROCESS = auto()
    ADMINISTRATORS = auto()


DESK_COMMANDS = {
    "answers": Whose.FACILITATORS,
    "digest": Whose.FACILITATORS,
    "export": Whose.OF_THE_PROCESS,
    "facilitators": Whose.FACILITATORS,
    "frames": Whose.FACILITATORS,
    "moderation": Whose.FACILITATORS,
    "process": Whose.OF_THE_PROCESS,
    "preview": Whose.FACILITATORS,
    "reply": Whose.FACILITATORS,
    "settings": Whose.FACILITATORS,
    "templates": Whose.FACILITATORS,
    "themes": Whose.FACILITATORS,
    "waiting": Whose.FACILITATORS,
}

ONE = action
"""One idea, theme or report, of a number that may be there or not."""

A_WEEK = "1764000000000000_1764604800000000"
EXPORT_ACTS = ("c", "g", "t", "p")
THEME_ACTS = (PAGE, IDEA, NAME, CHOOSE, PREVIEW, MERGE, PIN, HIDE, WHERE, MOVE, LOG, UNDO)
DESK_BUTTONS: dict[str, Whose] = {
    ONE(Verb.THEMES, 0): Whose.FACILITATORS,
    ONE(Verb.WHY_THEME, 1): Whose.FACILITATORS,
    ONE(Verb.PROPOSE_SPLIT, 1): Whose.FACILITATORS,
    ONE(Verb.SPLIT, 1, 0, "x"): Whose.FACILITATORS,
    ONE(Verb.UNDO_SPLIT, 1): Whose.FACILITATORS,
    ONE(Verb.TRANSCRIBE, 1): Whose.FACILITATORS,
    ONE(Verb.WAITING, 0): Whose.FACILITATORS,
    ONE(Verb.FRAMES): Whose.FACILITATORS,
    **{
        ONE(Verb.FRAMES, act, number_of(FrameKey("sdgs")), number_of(GoalKey("11")), "i1"): Whose.FACILITATORS
        for act in "FGTIXCKNOASPU"
    },
    ONE(Verb.REPLY, 1): Whose.OF_THE_PROCESS,
    ONE(Verb.STATUS, 1, "planned"): Whose.OF_THE_PROCESS,
    ONE(Verb.REPLY, 1, "s", 3): Whose.OF_THE_PROCESS,
    ONE(Verb.REPLY, 1, "correct", 1): Whose.OF_THE_PROCESS,
    ONE(Verb.REPLY, 1, "undo", 1, 1): Whose.OF_THE_PROCESS,
    ONE(Verb.REPLY, 1, "backnow", 1): Whose.OF_THE_PROCESS,
    ONE(Verb.THEME_REPLY, 1): Whose.FACILITATORS,
    ONE(Verb.THEME_REPLY, 1, "send"): Whose.FACILITATORS,
    ONE(Verb.THEME_REPLY, 1, "backnow", 1): Whose.FACILITATORS,
    ONE(Verb.ANSWERING): Whose.FACILITATORS,
    ONE(Verb.TEMPLATES, "new"): Whose.FACILITATORS,
    ONE(Verb.TEMPLATES, "delete", 1): Whose.FACILITATORS,
    ONE(Verb.HIDE, 1, "h"): Whose.FACILITATORS,
    ONE(Verb.THEME, 1): Whose.FACILITATORS,
    **{ONE(Verb.THEME, 1, act, 1): Whose.FACILITATORS for act in THEME_ACTS},
    ONE(Verb.MODERATE, QUEUE): Whose.FACILITATORS,
    ONE(Verb.MODERATE, "i1"): Whose.FACILITATORS,
    **{ONE(Verb.MODERATE, "i1", ask): Whose.FACILITATORS for ask in Ask},
    ONE(Verb.DIGEST, "p", "new"): Whose.FACILITATORS,
    **{ONE(Verb.DIGEST, act, A_WEEK): Whose.FACILITATORS for act in ("p", "v", "d")},
    **{ONE(Verb.DIGEST, "s", named): Whose.FACILITATORS for named in Named},
    **{ONE(Verb.DIGEST, "m", A_WEEK, format): Whose.FACILITATORS for format in DigestFormat},
    ONE(Verb.EXPORT, 0, 99): Whose.OF_THE_PROCESS,
    **{ONE(Verb.EXPORT, act, str(Choice())): Whose.FACILITATORS for act in EXPORT_ACTS},
    **{ONE(Verb.EXPORT, act, str(Choice(process=ProcessId(1)))): Whose.OF_THE_PROCESS for act in EXPORT_ACTS},
    ONE(Verb.EXPORT, "c", str(Choice(process=ProcessId(2)))): Whose.FACILITATORS,
    ONE(Verb.TOWN): Whose.FACILITATORS,
    ONE(Verb.TOWN, "H"): Whose.FACILITATORS,
    ONE(Verb.TOWN, "o", 8): Whose.FACILITATORS,
    ONE(Verb.TOWN, "s", 8, "daily 08:00"): Whose.FACILITATORS,
    ONE(Verb.TOWN, "s", 9, "fr"): Whose.FACILITATORS,
    ONE(Verb.TOWN, "r", 8): Whose.FACILITATORS,
    ONE(Verb.TOWN, "t", 8): Whose.FACILITATORS,
    ONE(Verb.TOWN, "s", 5, "22-7"): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "t", 7): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "r", 6): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "l", "fr"): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "L", "fr"): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "c"): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "h"): Whose.ADMINISTRATORS,
    ONE(Verb.TOWN, "u", 1): Whose.ADMINISTRATORS,
    ONE(Verb.PROCESSES, "l", 0): Whose.OF_THE_PROCESS,
    ONE(Verb.PROCESSES, "a", 0): Whose.OF_THE_PROCESS,
    ONE(Verb.PROCESSES, "n"): Whose.FACILITATORS,
    ONE(Verb.PROCESSES, "d", "o", "now"): Whose.FACILITATORS,
    ONE(Verb.PROCESSES, "b"): Whose.FACILITATORS,
    ONE(Verb.PROCESSES, "x"): Whose.FACILITATORS,
    **{
        ONE(Verb.PROCESSES, *act[:1], process, *act[1:]): whose
        for process, whose in ((1, Whose.OF_THE_PROCESS), (2, Whose.FACILITATORS))
        for act in (("o",), ("s", "paused"), ("c",), ("e", "n"), ("f",), ("p", 1), ("q",))
    },
    ONE(Verb.PROCESSES, "u", 1): Whose.OF_THE_PROCESS,
    ONE(Verb.PROCESSES, "u", 2): Whose.FACILITATORS,
    ONE(Verb.ROLES): Whose.FACILITATORS,
    ONE(Verb.ROLES, "i"): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "i", "a"): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "i", "f"): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "i", 1): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "o", 1): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "w", 1): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "p", 2): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "r", 2, "a"): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "d", 2): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "D", 2): Whose.ADMINISTRATORS,
    ONE(Verb.ROLES, "u", 4): Whose.ADMINISTRATORS,
}
"""A button of each kind. What others press on the desk's cards, as an invitation, has tests of its own."""


def saying(*errors: type[MorgenError]) -> re.Pattern[str]:
    """What one of these says, in any language."""
    said = [translator(Language(code)).gettext(each.message) for code in known_languages() for each in errors]
    return re.compile("|".join(map(re.escape, said)))


REFUSED = saying(NotAllowedError, OnlyAdministratorsError)
NOT_HERE = saying(NotHereError)
REFUSED_SOMEHOW = saying(NotAllowedError, OnlyAdministratorsError, NotHereError)


@dataclass
class Tried:
    """A town with somebody of each kind, and what each was told."""

    town: Town
    cards: dict[int, Json] = field(default_factory=dict)

    async def asks(
        self, person: int, command: str, chat: int | None = None, refusal: re.Pattern[str] = REFUSED
    ) -> bool:
        """Whether the answer to a command is a refusal."""
        return bool(refusal.search(str((await asks(self.town, person, command, chat))["text"])))

    async def presses(
        self, person: int, data: str, chat: int | None = None, refusal: re.Pattern[str] = REFUSED
    ) -> bool:
        """Whether the press of a button is refused."""
        place = person if chat is None else chat
        number = self.cards[place]["message_id"]
        card = self.town.world.chats[place].messages[number]
        card["reply_markup"] = {"inline_keyboard": [[{"text": "forged", "callback_data": data}]]}
        press = people.press(self.town.world, place, person, number, data)
        calls = self.town.world.calls

        def answers() -> Iterator[str]:
            for call in calls.matching("answerCallbackQuery"):
                if call.params["callback_query_id"] == press:
                    yield str(call.params.get("text", ""))

        await self.town.until(lambda: list(answers()))
        return bool(refusal.search(next(answers())))


@pytest.fixture
async def tried(tmp_path: Path) -> AsyncIterator[Tried]:
    world = a_world()
    for name, number in (("Pia", PIA), ("Omar", OMAR), ("Rita", RITA), ("Flor", FLOR)):
        world.add_person(name, id=number, language_code="de")
    world.chats[FACILITATORS].members[YASMINE] = "member"
    world.add_group("Kapelstraat", list(PRIVATE.values()), admins=[LIEN], id=STREET)
    world.updates.clear()
    async with a_town(tmp_path, world, town={"administrators": [LIEN]}) as town:
        found = Tried(town)
        town.wake()
        for person in PRIVATE.values():
            found.cards[person] = await asks(town, person, "/start")
        found.cards[FACILITATORS] = await asks(town, LIEN, "/help", FACILITATORS)
        await asks(town, GRIET, "Een bank bij de kerk")
        await town.rest()
        town.run_sql(
            "INSERT INTO processes (name) VALUES ('Straat'), ('Plein')",
            "UPDATE ideas SET process_id = 1",
            *(charge(*each) for each in CHARGES),
            "INSERT INTO process_changes (process_id, was, state, changed_at) "
            "SELECT processes.id, 'open', 'open', created_at FROM processes, ideas ORDER BY processes.id",
            "INSERT INTO setting_changes (key, new, changed_at) "
            "SELECT 'town.quiet_hours', '22-7', created_at FROM ideas",
        )
        town.wake()
        yield found


CHARGES = (
    (FLOR, "'administrator'", "NULL", "NULL"),
    (PIA, "'facilitator'", "NULL", "NULL"),
    (OMAR, "'facilitator'", "1", "NULL"),
    (RITA, "'facilitator'", "NULL", "created_at"),
)


def charge(person: int, role: str, process: str, ended_at: str) -> str:
    return (
        "INSERT INTO facilitators (resident_id, name, role, process_id, since, ended_at) "
        f"SELECT id, 'N', {role}, {process}, created_at, {ended_at} FROM residents "
        f"WHERE telegram_id = {person}"
    )


def may(who: str, whose: Whose) -> bool:
    allowed = {
        Whose.FACILITATORS: FACILITATE,
        Whose.OF_THE_PROCESS: FACILITATE | {"a facilitator of one process"},
        Whose.ADMINISTRATORS: ADMINISTER,
    }
    return who in allowed[whose]


@pytest.mark.parametrize("who", PRIVATE)
async def test_what_is_the_desks_is_refused_to_who_may_not(tried: Tried, who: str) -> None:
    commands = {command: await tried.asks(PRIVATE[who], f"/{command}") for command in DESK_COMMANDS}
    assert commands == {command: not may(who, whose) for command, whose in DESK_COMMANDS.items()}
    buttons = {data: await tried.presses(PRIVATE[who], data) for data in DESK_BUTTONS}
    assert buttons == {data: not may(who, whose) for data, whose in DESK_BUTTONS.items()}
    assert not await tried.town.rows("SELECT 1 FROM dead_letters")


async def test_the_facilitators_group_lets_its_members_facilitate_and_not_administer(tried: Tried) -> None:
    commands = {command: await tried.asks(YASMINE, f"/{command}", FACILITATORS) for command in DESK_COMMANDS}
    assert commands == dict.fromkeys(DESK_COMMANDS, False)
    buttons = {data: await tried.presses(YASMINE, data, FACILITATORS) for data in DESK_BUTTONS}
    administers = {data: whose is Whose.ADMINISTRATORS for data, whose in DESK_BUTTONS.items()}
    assert buttons == administers


@pytest.mark.parametrize("who", ["an administrator", "a facilitator", "a resident"])
async def test_a_group_of_residents_sees_nothing_of_the_desk(tried: Tried, who: str) -> None:
    tried.cards[STREET] = await asks(tried.town, GRIET, "/help", STREET)
    person = PRIVATE[who]
    for command, whose in DESK_COMMANDS.items():
        refusal = NOT_HERE if may(who, whose) else REFUSED
        assert await tried.asks(person, f"/{command}", STREET, refusal), command
    for data, whose in DESK_BUTTONS.items():
        refusal = NOT_HERE if may(who, whose) else REFUSED_SOMEHOW
        assert await tried.presses(person, data, STREET, refusal), data
    assert not await tried.town.rows("SELECT 1 FROM dead_letters")


async def test_no_command_and_no_button_is_forgotten_here(tried: Tried) -> None:
    async with make_bot(tried.town.settings.telegram) as bot:
        application = build_application(bot, print, TownNow(tried.town.settings))
    handlers = [handler for group in application.handlers.values() for handler in group]
    commands = {name for each in handlers if isinstance(each, CommandHandler) for name in each.commands}
    assert commands == RESIDENTS_COMMANDS | set(DESK_COMMANDS)
    listed = {Verb(data.split(":")[1]) for data in DESK_BUTTONS}
    assert sorted([*RESIDENTS_VERBS, *listed]) == sorted(Verb)
