"""Faults on demand: the next calls of a method fail, wait or lose their connection."""

from dataclasses import dataclass, replace

from sandbox.errors import BotApiError, SandboxError
from sandbox.values import Json

EVERY_METHOD = "*"
_DROPS = ("before", "after")
_DESCRIPTIONS = {
    400: "Bad Request: a fault was asked for",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    429: "Too Many Requests: retry after 1",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next `times` calls of `method` (in any letter case, `*` for every one).

    `delay` seconds pass first. `drop` cuts the connection `before` or `after` the call is done; otherwise
    `status` is answered, and without either the call is done as usual, only later.
    """

    method: str
    chat_id: int | None = None
    status: int | None = None
    retry_after: int | None = None
    description: str | None = None
    times: int = 1
    delay: float = 0.0
    drop: str | None = None

    def __post_init__(self) -> None:
        if self.drop is not None and self.drop not in _DROPS:
            raise SandboxError("drop is before or after")
        if self.status is not None and not 400 <= self.status <= 599:
            raise SandboxError("status is between 400 and 599")
        if self.times < 1 or self.delay < 0:
            raise SandboxError("times is at least 1 and delay at least 0 seconds")

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Tell whether a call is one of those that this fault is for."""
        is_method = self.method == EVERY_METHOD or self.method.lower() == method.lower()
        return is_method and self.chat_id in (None, chat_id)

    def error(self) -> BotApiError | None:
        """The answer that stands in for the real one; None when the call is done after all."""
        status = 429 if self.status is None and self.retry_after is not None else self.status
        if status is None:
            return None
        if status == 429:
            seconds = 1 if self.retry_after is None else self.retry_after
            description = self.description or f"Too Many Requests: retry after {seconds}"
            return BotApiError(status, description, {"retry_after": seconds})
        parameters: Json | None = None if self.retry_after is None else {"retry_after": self.retry_after}
        return BotApiError(status, self.description or _DESCRIPTIONS.get(status, "Error"), parameters)


class FaultList:
    """The faults that are still to happen, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Ask for a fault."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Forget every fault."""
        self._faults.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Use up one time of the first fault that concerns this call."""
        for place, fault in enumerate(self._faults):
            if fault.concerns(method, chat_id):
                if fault.times == 1:
                    del self._faults[place]
                else:
                    self._faults[place] = replace(fault, times=fault.times - 1)
                return fault
        return None
