"""What the Bot API answers when it does not do what was asked."""

from sandbox.values import Json


class SandboxError(Exception):
    """The sandbox cannot do what its owner asked; the message is for people."""


class RealTokenError(SandboxError):
    """A token was given that may belong to a real bot."""


class AddressError(SandboxError):
    """The address is not loopback, or its port is taken."""


class BotApiError(Exception):
    """An answer with `"ok": false`, as the Bot API words it."""

    def __init__(self, status: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON object of the answer."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ConnectionCut(Exception):  # noqa: N818 - it is an event, asked for by a fault, not a mistake
    """The connection ends without an answer."""


def bad_request(reason: str) -> BotApiError:
    """Say 400 with the Bot API's prefix."""
    return BotApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> BotApiError:
    """Say 403 with the Bot API's prefix."""
    return BotApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> BotApiError:
    """Say 409 with the Bot API's prefix."""
    return BotApiError(409, f"Conflict: {reason}")


def too_many_requests(seconds: int) -> BotApiError:
    """Say 429 with the number of seconds to wait."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
