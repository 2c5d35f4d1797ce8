"""What a link into the chat leads to. Posters hang for years: what was a payload once stays one.

Source: https://core.telegram.org/bots/features#deep-linking
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from cocreation.ideas.ids import ProcessId, PromptId, ThemeId, Token

LONGEST_PAYLOAD = 64
LONGEST_CODE = LONGEST_PAYLOAD - len("lab_")

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_INVITATION = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
"""As far as any database counts."""
_CODE = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_CODE}}}")


@dataclass(frozen=True, slots=True)
class ToIdea:
    """An idea, by what nobody guesses."""

    token: Token


@dataclass(frozen=True, slots=True)
class ToTheme:
    """A theme, with its ideas."""

    id: ThemeId


@dataclass(frozen=True, slots=True)
class ToProcess:
    """A process: what is written next belongs to it."""

    id: ProcessId


@dataclass(frozen=True, slots=True)
class ToPrompt:
    """A prompt: what is written next answers it."""

    id: PromptId


@dataclass(frozen=True, slots=True)
class ToLab:
    """A lab, by the code with which one joins it."""

    code: str


@dataclass(frozen=True, slots=True)
class ToInlineHelp:
    """How ideas are looked up in any chat."""


@dataclass(frozen=True, slots=True)
class ToInvitation:
    """An invitation to run the town's co-creation, by what nobody guesses."""

    token: Token


DeepLink = ToIdea | ToTheme | ToProcess | ToPrompt | ToLab | ToInvitation | ToInlineHelp

INLINE_HELP: Final = "inline"


def payload(link: DeepLink) -> str:
    """What Telegram hands over behind `/start`. Raises ValueError for a name that cannot stand there."""
    match link:
        case ToIdea(token):
            written = f"idea_{token}"
        case ToTheme(number):
            written = f"theme_{number}"
        case ToProcess(number):
            written = f"process_{number}"
        case ToPrompt(number):
            written = f"prompt_{number}"
        case ToLab(code):
            written = f"lab_{code}"
        case ToInvitation(token):
            written = f"inv_{token}"
        case ToInlineHelp():
            written = INLINE_HELP
    if read_payload(written) != link:
        raise ValueError("no link can carry this name")
    return written


def read_payload(text: str) -> DeepLink | None:
    """What a payload leads to, whoever wrote it; None if it is none of ours."""
    if text == INLINE_HELP:
        return ToInlineHelp()
    kind, _, name = text.partition("_")
    if kind not in _FORMS:
        return None
    form, make = _FORMS[kind]
    return make(name) if form.fullmatch(name) else None


def link(username: str, to: DeepLink | None = None) -> str:
    """The address that opens the chat with a bot, at what it leads to if that is given."""
    chat = f"https://t.me/{username.removeprefix('@')}"
    return chat if to is None else f"{chat}?start={payload(to)}"


_Form = tuple[re.Pattern[str], Callable[[str], DeepLink]]
_FORMS: Mapping[str, _Form] = {
    "idea": (_TOKEN, lambda name: ToIdea(Token(name))),
    "theme": (_NUMBER, lambda name: ToTheme(ThemeId(int(name)))),
    "process": (_NUMBER, lambda name: ToProcess(ProcessId(int(name)))),
    "prompt": (_NUMBER, lambda name: ToPrompt(PromptId(int(name)))),
    "inv": (_INVITATION, lambda name: ToInvitation(Token(name))),
    "lab": (_CODE, ToLab),
}
