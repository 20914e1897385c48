"""The words in which core refuses; `app/http/errors.py` turns them into HTTP."""

from typing import Any


class ApplicationError(Exception):
    """A refusal whose text a person may read."""

    @property
    def detail(self) -> str:
        return str(self)

    @property
    def more(self) -> dict[str, Any]:
        """What a program may want to know besides."""
        return {}


class Invalid(ApplicationError):
    """What was sent cannot be used."""


class NotFound(ApplicationError):
    """There is no such thing."""


class Forbidden(ApplicationError):
    """The caller is known, and may not."""


class Conflict(ApplicationError):
    """It does not fit the present state."""


class Unavailable(ApplicationError):
    """A part that this needs does not work at the moment."""


class ConfigUnreadable(Unavailable):
    """config.json is missing or cannot be understood."""


class TooMany(ApplicationError):
    """A limit is reached; `retry_after` tells the seconds to wait."""

    def __init__(self, text: str, retry_after: int):
        super().__init__(text)
        self.retry_after = retry_after


def reason_of(error: Exception) -> str:
    """What went wrong, in one line: the system's own words, or those of the database."""
    said = getattr(error, "strerror", None) or str(getattr(error, "orig", None) or error)
    return said.partition("\n")[0] or type(error).__name__
