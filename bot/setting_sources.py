"""Reads the settings' file and the environment, and gathers everything that is wrong in either."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, TomlConfigSettingsSource

from bot.setting_faults import (
    CONFIG_VARIABLE,
    PREFIX,
    Fault,
    fields,
    unknown_key,
    unknown_variable,
    value_faults,
    variable,
)

DEFAULT_FILE = Path("config.toml")
Values = dict[str, dict[str, Any]]
Model = TypeVar("Model", bound=BaseSettings)


@dataclass(frozen=True, slots=True)
class Reading(Generic[Model]):
    """What was read. `settings` has the default for every key that has a fault."""

    settings: Model
    faults: tuple[Fault, ...]
    file: Path | None
    is_whole: bool
    """False when the file could not be read, so that what seems to be missing may stand in it."""
    from_environment: frozenset[str] = frozenset()
    """The keys for which there is a variable."""

    def has_fault(self, key: str) -> bool:
        return any(fault.key == key for fault in self.faults)


def read(model: type[Model], config: Path | None, environ: Mapping[str, str]) -> Reading[Model]:
    """Merge the file with the environment, which wins, section by section and key by key.

    The file is `config`, else the one that MORGEN_CONFIG names, else config.toml where there is one.
    """
    file = _file(config, environ)
    from_file, file_faults = _from_file(model, file) if file else ({}, [])
    from_environment, environment_faults = _from_environment(model, environ)
    merged = {
        section: from_file.get(section, {}) | from_environment.get(section, {})
        for section in from_file | from_environment
    }
    variables = {f"{section}.{name}" for section, part in from_environment.items() for name in part}
    settings, wrong = _validated(model, merged, {key: variable(key) for key in variables})
    is_whole = not any(fault.key == CONFIG_KEY for fault in file_faults)
    return Reading(
        settings, (*file_faults, *environment_faults, *wrong), file, is_whole, frozenset(variables)
    )


CONFIG_KEY = "config"
"""The key of faults that are about the file as a whole."""


def _file(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    if config is not None:
        return config
    if named := environ.get(CONFIG_VARIABLE, "").strip():
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.exists() else None


def _from_file(model: type[Model], file: Path) -> tuple[Values, list[Fault]]:
    try:
        # The source takes a file that is missing for an empty one.
        file.stat()
        raw = TomlConfigSettingsSource(model, file)()
    except tomllib.TOMLDecodeError as error:
        return {}, [Fault(CONFIG_KEY, f"{file} is not written as TOML should be: {error}")]
    except UnicodeDecodeError as error:
        return {}, [Fault(CONFIG_KEY, f"{file} must be UTF-8 text; the byte at {error.start} is not")]
    except OSError as error:
        return {}, [Fault(CONFIG_KEY, f"{file} cannot be read: {error.strerror or error}")]
    return _known(model, raw)


def _known(model: type[Model], raw: Mapping[str, Any]) -> tuple[Values, list[Fault]]:
    keys, kept, faults = fields(model), {}, []
    for section, part in raw.items():
        if section not in model.model_fields:
            faults.append(unknown_key(section, [*keys, *model.model_fields]))
        elif not isinstance(part, dict):
            faults.append(Fault(section, f"{section} must be a section: [{section}] and its keys below"))
        else:
            faults += [
                unknown_key(key, keys) for key in (f"{section}.{name}" for name in part) if key not in keys
            ]
            kept[section] = {name: value for name, value in part.items() if f"{section}.{name}" in keys}
    return kept, faults


def _from_environment(model: type[Model], environ: Mapping[str, str]) -> tuple[Values, list[Fault]]:
    keys = fields(model)
    known = {variable(key) for key in keys}
    ours = {
        name: value
        for name, value in environ.items()
        if name.upper().startswith(PREFIX) and name.upper() != CONFIG_VARIABLE
    }
    source = EnvSettingsSource(model)
    source.env_vars = {
        name.lower(): value for name, value in ours.items() if name.upper() in known and value.strip()
    }
    faults = [unknown_variable(name, keys) for name in sorted(ours) if name.upper() not in known]
    return source(), faults


def _validated(model: type[Model], merged: Values, variables: Mapping[str, str]) -> tuple[Model, list[Fault]]:
    try:
        return model.model_validate(merged), []
    except ValidationError as error:
        faults = value_faults(error, fields(model), variables)
    return model.model_validate(_without(merged, {fault.key for fault in faults})), faults


def _without(merged: Values, wrong: set[str]) -> Values:
    given = {f"{section}.{name}" for section, part in merged.items() for name in part}
    # A key that is wrong because it is absent (webhook_url) takes its section's other keys with it.
    lost = {key.partition(".")[0] for key in wrong - given}
    return {
        section: {name: value for name, value in part.items() if f"{section}.{name}" not in wrong}
        for section, part in merged.items()
        if section not in lost
    }
