"""The errors of core; `app/http/errors.py` turns them into HTTP."""

from typing import Any


class ApplicationError(Exception):
    """An error whose text may be shown to users."""

    @property
    def detail(self) -> str:
        return str(self)

    @property
    def statement(self) -> str:
        """The text as it was given, which may be a `Statement` with a public part."""
        return self.args[0] if self.args else ""

    @property
    def more(self) -> dict[str, Any]:
        """Further fields of the error response."""
        return {}


class Invalid(ApplicationError):
    """The request is not valid."""


class NotFound(ApplicationError):
    """The requested object does not exist."""


class Unauthorized(ApplicationError):
    """The credentials are not valid."""


class Forbidden(ApplicationError):
    """The caller is authenticated but not allowed."""


class Conflict(ApplicationError):
    """The request conflicts with the present state."""


class Unavailable(ApplicationError):
    """A required part does not work at the moment."""


class ConfigUnreadable(Unavailable):
    """config.json is missing or cannot be understood."""


class TooMany(ApplicationError):
    """A limit is reached; `retry_after` is the number of seconds to wait."""

    def __init__(self, text: str, retry_after: int):
        super().__init__(text)
        self.retry_after = retry_after


def reason_of(error: Exception) -> str:
    """The reason of an error in one line, as the system or the database reports it."""
    said = getattr(error, "strerror", None) or str(getattr(error, "orig", None) or error)
    return said.partition("\n")[0] or type(error).__name__
