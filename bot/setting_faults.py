"""What is wrong with the settings, in words for the person who wrote them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from bot.setting_values import nearest

PREFIX = "MORGEN_"
CONFIG_VARIABLE = "MORGEN_CONFIG"
_SECRETS = re.compile(r"\d{3,}:[\w-]{10,}|(?<=//)[^/@\s]+(?=@)")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `key` is dotted as in the file, or a variable's name where no key is known by it."""

    key: str
    text: str

    def __str__(self) -> str:
        return self.text


class SettingsError(Exception):
    """The settings cannot be used; holds every fault, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.text for fault in self.faults))


def variable(key: str) -> str:
    """The environment variable of a key: board.port is MORGEN_BOARD__PORT."""
    return PREFIX + key.replace(".", "__").upper()


def fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Every key that the settings know, dotted, with its field."""
    return {
        f"{section}.{name}": field
        for section, part in model.model_fields.items()
        if isinstance(part.annotation, type) and issubclass(part.annotation, BaseModel)
        for name, field in part.annotation.model_fields.items()
    }


def unknown_key(key: str, keys: Iterable[str]) -> Fault:
    """A key in the file that is no setting."""
    return Fault(key, f"{key} is not a setting of Morgen{_suggestion(key, keys)}")


def unknown_variable(name: str, keys: Iterable[str]) -> Fault:
    """A variable with our prefix that is no setting."""
    by_variable = {variable(key): key for key in keys}
    leaf = name.upper().removeprefix(PREFIX)
    ending = [known for known in by_variable if known.endswith(f"__{leaf}")]
    hint = f"did you mean {ending[0]!r}?" if ending else nearest(name, [*by_variable, CONFIG_VARIABLE])
    return Fault(name, f"the environment variable {name} is not a setting of Morgen" + (hint and f"; {hint}"))


def _suggestion(key: str, keys: Iterable[str]) -> str:
    known = tuple(keys)
    leaves = {candidate.rpartition(".")[2]: candidate for candidate in known}
    leaf = key.rpartition(".")[2]
    hint = f"did you mean {leaves[leaf]!r}?" if leaf in leaves else nearest(key, known)
    return hint and f"; {hint}"


def value_faults(
    error: ValidationError, known: Mapping[str, FieldInfo], variables: Mapping[str, str]
) -> list[Fault]:
    """Each wrong value of a validation. `variables` names the environment variable that a key came from."""
    faults: dict[Fault, None] = {}
    for detail in error.errors(include_url=False):
        if detail["type"] == "default_factory_not_called":
            continue  # it depends on a value that has its own fault
        key = ".".join(str(part) for part in detail["loc"][:2])
        field = known.get(key)
        if field is None:
            faults[Fault(key, f"{key} must be a section: [{key}] and its keys below")] = None
            continue
        verb = "holds" if len(detail["loc"]) > 2 else "is"
        said = (
            "" if _is_secret(field) or detail["input"] is None else f"; it {verb} {_shown(detail['input'])}"
        )
        origin = f" (in the environment variable {variables[key]})" if key in variables else ""
        hint = str(detail.get("ctx", {}).get("error", ""))
        text = f"{key} must be {field.description}{said}{origin}{_sentence(hint)}"
        faults[Fault(key, text)] = None
    return list(faults)


def _sentence(hint: str) -> str:
    return f". {hint[0].upper()}{hint[1:]}" if hint else ""


def _is_secret(field: FieldInfo) -> bool:
    return "SecretStr" in str(field.annotation) or field.annotation is SecretStr


def _shown(value: Any) -> str:  # noqa: ANN401 - anything that TOML can hold
    if isinstance(value, str):
        text = repr(value)
    elif isinstance(value, bool | int | float | list | dict):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = str(value)
    masked = _SECRETS.sub("…", text)
    return masked if len(masked) <= _LONGEST_SHOWN else f"{masked[:_LONGEST_SHOWN]}…"
