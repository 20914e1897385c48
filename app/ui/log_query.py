"""What the address of the logs asks for: which log, which lines of it, and from where on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.core.log_entries import LEVELS_FROM
from app.core.log_slices import SliceQuery

PAGE_LINES = 200
LONGEST_TEXT = 200
LONGEST_OFFSET = 15
FORMER = "RotatedLogs"


@dataclass(frozen=True)
class LogPageQuery:
    """The address of the logs as far as it has a meaning; `is_live` where the log may still grow."""

    name: str
    is_live: bool
    text: str = ""
    level: str = ""
    at: int | None = None
    before: int | None = None
    since: datetime | None = None

    def wanted(self) -> SliceQuery:
        """The lines before or from a place on; the last ones where the address names none."""
        is_placed = self.at is not None or self.since is not None
        return SliceQuery(
            offset=self.before if self.at is None else self.at,
            backward=not is_placed,
            limit=PAGE_LINES,
            text=self.text,
            level=self.level,
            is_near=self.at is not None,
            since=self.since,
        )

    def address(self, **place: int | None) -> dict[str, str | int]:
        """The fields of the address of another place in this log, with the same filters."""
        found = {"log": self.name, "level": self.level or None, "text": self.text or None, **place}
        return {name: value for name, value in found.items() if value is not None}


def log_page_query(fields: Mapping[str, str], listed: list[dict], zone: tzinfo | None) -> LogPageQuery:
    """Read an address; a value that is none of a field counts as absent, and no name is the newest log."""
    names = {log["name"]: log for log in listed}
    name = fields.get("log") or next(iter(names), "")
    level = fields.get("level", "")
    return LogPageQuery(
        name=name,
        is_live=name.endswith(".log") and names.get(name, {}).get("directory", FORMER) != FORMER,
        text=fields.get("text", "").strip()[:LONGEST_TEXT],
        level=level if level in LEVELS_FROM else "",
        at=wanted_offset(fields.get("at")),
        before=wanted_offset(fields.get("before")),
        since=wanted_moment(fields.get("since", ""), zone),
    )


def wanted_offset(text: str | None) -> int | None:
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_OFFSET else None


def wanted_moment(text: str, zone: tzinfo | None) -> datetime | None:
    """A time of an address; one without a zone is in that of the server."""
    try:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else with_zone(moment, zone)
    except (ValueError, OverflowError):
        return None


def with_zone(naive: datetime, zone: tzinfo | None) -> datetime:
    return naive.replace(tzinfo=zone) if zone else naive.astimezone()
