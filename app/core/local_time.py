"""Times in the format of the API: local, to the second, without a zone."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

SECONDS = len("2025-11-25T16:30:03")


def zone_or_none(name: str) -> tzinfo | None:
    """The zone of that IANA name; None, the machine's own, for "" ."""
    return ZoneInfo(name) if name else None


def naive_local(moment: datetime | None, zone: tzinfo | None) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds")[:SECONDS] if moment else None
