"""A frame: a fixed list of goals onto which ideas and themes are laid, read from a file."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, NewType

from cocreation.ideas.ids import Language

FrameKey = NewType("FrameKey", str)
GoalKey = NewType("GoalKey", str)

INCLUDED = ("sdgs", "qualities", "organising", "covenant")
"""The frames that come with Morgen, as they are listed."""

MOST_GOALS, MOST_FRAMES = 40, 12
LONGEST_FRAME_KEY, LONGEST_GOAL_KEY = 16, 20
"""Both stand in a button, which has room for 64 bytes."""
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LONGEST_NAME, _LONGEST_WORDS, _MOST_WORDS = 120, 120, 60
_OF_FRAME, _OF_GOAL = ("key", "source", "name", "goals"), ("key", "name", "words")

Texts = Mapping[str, str]
"""By language."""


class FrameError(ValueError):
    """What is wrong with a frame's file, in words for who wrote it."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a frame: its name, and words that people use who are about it."""

    key: GoalKey
    name: Texts
    words: Mapping[Language, tuple[str, ...]]

    def name_in(self, language: str) -> str:
        return _in(self.name, language)


@dataclass(frozen=True, slots=True)
class Frame:
    """`source` says where the list of goals comes from; `sign` is another one when anything in it is."""

    key: FrameKey
    name: Texts
    source: str
    goals: tuple[Goal, ...]
    sign: str

    def name_in(self, language: str) -> str:
        return _in(self.name, language)

    def goal(self, key: GoalKey) -> Goal | None:
        return next((goal for goal in self.goals if goal.key == key), None)


def _in(texts: Texts, language: str) -> str:
    """The text in that language, else in English, else in the first one."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


def read_frame(text: str) -> Frame:
    """A frame from the text of its file. Raises FrameError."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FrameError(f"it is not written as TOML should be: {error}") from None
    _only(raw, _OF_FRAME, "the frame")
    goals = raw.get("goals")
    if not isinstance(goals, list) or not 1 <= len(goals) <= MOST_GOALS:
        raise FrameError(f"it needs 1 to {MOST_GOALS} [[goals]]")
    read = tuple(_goal(goal, at) for at, goal in enumerate(goals, start=1))
    if twice := _twice([goal.key for goal in read]):
        raise FrameError(f"two goals have the key {twice!r}")
    source = raw.get("source")
    if not isinstance(source, str) or not source.strip():
        raise FrameError("source must say where the list of goals comes from")
    sign = blake2b(text.encode(), digest_size=8).hexdigest()
    key = FrameKey(_key(raw, "the frame", LONGEST_FRAME_KEY))
    return Frame(key, _names(raw, "the frame"), source.strip(), read, sign)


@cache
def included_frames() -> tuple[Frame, ...]:
    folder = files("cocreation.ideas").joinpath("frames")
    return tuple(read_frame(folder.joinpath(f"{key}.toml").read_text(encoding="utf-8")) for key in INCLUDED)


def all_frames(own: Iterable[Frame]) -> tuple[Frame, ...]:
    """The included ones and the town's `own`, one of which may take the place of an included one."""
    frames = {frame.key: frame for frame in included_frames()}
    frames.update({frame.key: frame for frame in own})
    return tuple(frames.values())


def _goal(raw: object, at: int) -> Goal:
    where = f"goal {at}"
    if not isinstance(raw, dict):
        raise FrameError(f"{where} must be a table: [[goals]] and its keys below")
    _only(raw, _OF_GOAL, where)
    key = _key(raw, where, LONGEST_GOAL_KEY)
    return Goal(GoalKey(key), _names(raw, where), _words(raw.get("words"), where))


def _key(raw: Mapping[str, Any], where: str, longest: int) -> str:
    key = raw.get("key")
    if not isinstance(key, str) or len(key) > longest or not _KEY.fullmatch(key):
        raise FrameError(f"the key of {where} must be 1 to {longest} of a-z, 0-9 and -")
    return key


def _names(raw: Mapping[str, Any], where: str) -> Texts:
    names = raw.get("name")
    if not isinstance(names, dict) or not names:
        raise FrameError(f'the name of {where} must be given by language, such as {{ nl = "…", en = "…" }}')
    _languages(names, f"the name of {where}")
    for language, name in names.items():
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= _LONGEST_NAME:
            raise FrameError(f"the name of {where} in {language} must have 1 to {_LONGEST_NAME} letters")
    return {language: name.strip() for language, name in names.items()}


def _words(raw: object, where: str) -> Mapping[Language, tuple[str, ...]]:
    if not isinstance(raw, dict) or not raw:
        raise FrameError(f'the words of {where} must be given by language, such as en = ["tree", "park"]')
    _languages(raw, f"the words of {where}")
    return {Language(language): _listed(words, language, where) for language, words in raw.items()}


def _listed(words: object, language: str, where: str) -> tuple[str, ...]:
    said = f"the words of {where} in {language} must be a list of 1 to {_MOST_WORDS} words or short phrases"
    if not isinstance(words, list) or not 1 <= len(words) <= _MOST_WORDS:
        raise FrameError(said)
    if not all(isinstance(word, str) and 2 <= len(word.strip()) <= _LONGEST_WORDS for word in words):
        raise FrameError(f"{said}, each of 2 to {_LONGEST_WORDS} letters")
    return tuple(word.strip() for word in words)


def _languages(raw: Mapping[str, object], what: str) -> None:
    if wrong := [code for code in raw if not _LANGUAGE.fullmatch(code)]:
        raise FrameError(f"{what} has the language {wrong[0]!r}; write nl, fr, de, en, …")


def _only(raw: Mapping[str, object], known: Sequence[str], where: str) -> None:
    if unknown := [key for key in raw if key not in known]:
        raise FrameError(f"{where} has the key {unknown[0]!r}; known are {', '.join(known)}")


def _twice(keys: Sequence[str]) -> str | None:
    return next((key for at, key in enumerate(keys) if key in keys[:at]), None)
