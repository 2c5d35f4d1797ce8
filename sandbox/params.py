"""The parameters of a Bot API call, whichever way they came: query, form, JSON or multipart."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from sandbox.errors import bad_request
from sandbox.values import Json

_TRUE = {"true", "True", "yes", "1"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Values by name, as text or as parsed JSON, and uploads by the name of their part."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """Give a text; None when it was not sent."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        return orjson.dumps(value).decode()

    def integer(self, name: str) -> int | None:
        """Give a whole number; None when it was not sent or is no number."""
        value = self.values.get(name)
        if isinstance(value, bool) or value is None:
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            return None

    def number(self, name: str) -> float | None:
        """Give a number; None when it was not sent or is no number."""
        try:
            value = float(self.values[name])
        except (KeyError, TypeError, ValueError):
            return None
        return value if math.isfinite(value) else None

    def flag(self, name: str) -> bool:
        """Tell whether a Boolean was sent as true."""
        value = self.values.get(name)
        return value is True or value == 1 or value in _TRUE if not isinstance(value, list | dict) else False

    def json(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Give a JSON-serialized value; None when it was not sent. Raises 400 when it is not JSON."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            kind = "reply keyboard markup" if name == "reply_markup" else name
            raise bad_request(f"can't parse {kind} JSON object") from None

    def as_json(self) -> Json:
        """All of it as the call log shows it; of an upload its name and size."""
        shown = dict(self.values)
        for name, upload in self.uploads.items():
            shown[name] = {"file_name": upload.name, "size": len(upload.content)}
        return shown
