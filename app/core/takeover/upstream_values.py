"""Values of an existing Posterizarr as they really occur: numbers as text, NULL, times in several forms."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from app.core.execution.report import in_zone, parse_moment
from app.core.takeover.upstream_database import text_of_bytes

PATTERNS = (
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%Y/%m/%d %H:%M:%S",
)
# Seconds since 1970 from 1973 on; what is beyond the years is in milliseconds.
LEAST_SECONDS, LEAST_MILLISECONDS, MOST_MILLISECONDS = 1e8, 1e11, 1e14


def text_of(value: Any) -> str:
    """The value as text: "" for NULL, no fraction for a whole number."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return text_of_bytes(value)
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value)


def moment_of(value: Any, zone: tzinfo | None) -> datetime | None:
    """The moment, None where the value is no time; a time without a zone is local."""
    text = text_of(value).strip()
    if (seconds := epoch_seconds_of(text)) is not None:
        return datetime.fromtimestamp(seconds, UTC)
    read = read_time(text) if text else None
    if read is None:
        return None
    return in_zone(read, zone) if read.tzinfo is None else in_zone(read.replace(tzinfo=None), read.tzinfo)


def epoch_seconds_of(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if LEAST_MILLISECONDS <= number < MOST_MILLISECONDS:
        return number / 1000
    return number if LEAST_SECONDS <= number < LEAST_MILLISECONDS else None


def read_time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return next((read for pattern in PATTERNS if (read := parse_moment(text, pattern))), None)
