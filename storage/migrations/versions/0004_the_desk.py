"""The facilitators' desk: roles, settings, digests, moderation, replies to themes, frames, processes."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _roles()
    _settings()
    _digests()
    _moderation()
    _replies()
    _frames()
    _processes()
    _themes()


def _roles() -> None: ...


def _settings() -> None: ...


def _digests() -> None: ...


def _moderation() -> None: ...


def _replies() -> None: ...


def _frames() -> None: ...


def _processes() -> None: ...


def _themes() -> None: ...
