"""The report of a script about its run: <mode>.json, else the summary at the end of its log."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.core.access.redaction import redact
from app.core.config_file import truthy
from app.core.modes import MODES

LARGEST_REPORT = 64 * 1024 * 1024
LARGEST_COUNT = 2**31 - 1
MOST_SENTENCES, LONGEST_SENTENCE = 10, 500
COUNTS = {
    "posters": "Posters",
    "seasons": "Seasons",
    "backgrounds": "Backgrounds",
    "titlecards": "Titlecards",
    "collections": "Collections",
    "errors": "Errors",
    "fallbacks": "Fallbacks",
    "textless": "Textless",
    "truncated": "Truncated",
    "text": "Text",
    "tba_skipped": "TBA Skipped",
    "jap_chines_skipped": "Jap/Chines Skipped",
    "images_cleared": "Images cleared",
    "folders_cleared": "Folders Cleared",
}
TEXTS = {"space_saved": "Space saved", "script_version": "Script Version", "im_version": "IM Version"}
LEFT = "Images Left", "Uploads Left"
SUMMARY = (
    ("total_images", re.compile(r"Total images (?:created|downloaded|uploaded): (\d+)", re.I)),
    ("posters", re.compile(r"Posters (?:created|downloaded|uploaded): (\d+)", re.I)),
    ("seasons", re.compile(r"Season images (?:created|downloaded|uploaded): (\d+)", re.I)),
    ("backgrounds", re.compile(r"Background images (?:created|downloaded|uploaded): (\d+)", re.I)),
    ("titlecards", re.compile(r"TitleCards (?:created|downloaded|uploaded): (\d+)", re.I)),
    ("collections", re.compile(r"Collections? (?:images )?created: (\d+)", re.I)),
    ("textless", re.compile(r"'(\d+)' times the script took a Textless image", re.I)),
    ("fallbacks", re.compile(r"'(\d+)' times the script took a fallback image", re.I)),
    ("text", re.compile(r"'(\d+)' times the script took an image with Text", re.I)),
    ("truncated", re.compile(r"'(\d+)' times the script truncated the text", re.I)),
    ("errors", re.compile(r"During execution '(\d+)' Errors occurred", re.I)),
)
EXECUTION_TIME = re.compile(r"Script execution time: *(\d+h +\d+m +\d+s)", re.I)
SPELLED = re.compile(r"(?:(\d+)\s*h)?\s*(?:(\d+)\s*m)?\s*(?:(\d+)\s*s)?")


@dataclass(frozen=True)
class Report:
    """Values for the columns of a run; the key is the report's identity, None where it has none.

    `message_problems` says for each message about the run that could not be sent why. `left` counts what an
    undo was to take back and did not, since others changed it.
    """

    values: dict[str, Any]
    key: str | None = None
    started: datetime | None = None
    ended: datetime | None = None
    message_problems: tuple[str, ...] = ()
    left: int = 0


@dataclass(frozen=True)
class Reader:
    """Reads reports of one data folder; the zone is that of the times in them, None for the machine's."""

    zone: tzinfo | None = None

    def from_file(self, path: Path) -> Report | None:
        """The report in a file, None when it is absent, half written or no report."""
        body = load(path)
        return self.from_body(body, path.stem) if body else None

    def from_body(self, body: dict[str, Any], mode: str) -> Report:
        start, end = body.get("Start time"), body.get("End Time")
        values = read_counts(body, mode) | {name: short(body.get(key)) for name, key in TEXTS.items()}
        values["runtime_seconds"] = duration_seconds(body.get("Runtime"))
        values["notification_sent"] = truthy(body.get("Notification Sent"))
        values["uptime_kuma"] = truthy(body.get("Uptime Kuma"))
        times = self.moment(start), self.moment(end)
        left = sum(how_many(body.get(name)) for name in LEFT)
        return Report(values, report_identity(body, mode), *times, message_problems(body), left)

    def moment(self, text: Any) -> datetime | None:
        for pattern in ("%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
            if (naive := parse_moment(text, pattern)) is not None:
                return in_zone(naive, self.zone)
        return None


def message_problems(body: dict[str, Any]) -> tuple[str, ...]:
    """The sentences about messages that could not be sent, without secrets."""
    told = body.get("Message Problems")
    sentences = told if isinstance(told, list) else []
    return tuple(
        redact(text)[:LONGEST_SENTENCE] for text in sentences[:MOST_SENTENCES] if isinstance(text, str)
    )


def report_identity(body: dict[str, Any], mode: str) -> str:
    """The identity of a report: its times, else a digest of its content."""
    times = [short(body.get(name)) or "" for name in ("Start time", "End Time")]
    if all(times):
        return "|".join((mode, *times))
    return f"{mode}|{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"


def parse_moment(text: Any, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern)
    except (ValueError, TypeError):
        return None


def in_zone(naive: datetime, zone: tzinfo | None) -> datetime | None:
    try:
        return (naive.replace(tzinfo=zone) if zone else naive).astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return None


def load(path: Path) -> dict[str, Any] | None:
    """The object in a JSON file, None when it is absent, too large or not whole."""
    try:
        with path.open("rb") as file:
            body = json.loads(file.read(LARGEST_REPORT).decode("utf-8-sig", "replace"))
    except (OSError, ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) and "Posters" in body else None


def read_counts(body: dict[str, Any], mode: str) -> dict[str, int]:
    """The counters, with posters always what remains beside the other kinds, and total_images the sum."""
    found = {name: how_many(body.get(key)) for name, key in COUNTS.items()}
    others = found["seasons"] + found["backgrounds"] + found["titlecards"]
    is_total = mode in MODES and MODES[mode].posters_is_total and found["posters"] >= others
    found["posters"] -= others if is_total else 0
    found["total_images"] = min(found["posters"] + others, LARGEST_COUNT)
    return found


def how_many(value: Any) -> int:
    """A count, also where the script writes the rows themselves: nothing, one object, or an array of them."""
    if isinstance(value, dict | list):
        return 1 if isinstance(value, dict) else min(len(value), LARGEST_COUNT)
    try:
        return min(max(int(float(value)), 0), LARGEST_COUNT)
    except (TypeError, ValueError, OverflowError):
        return 0


def short(value: Any) -> str | None:
    """A text that fits its column."""
    if value is None or isinstance(value, dict | list):
        return None
    return "".join(character for character in str(value) if character.isprintable())[:40].strip() or None


def duration_seconds(value: Any) -> int:
    """Seconds of "0:4:14", "4:14" or "1h 2m 3s"; 0 when it is none of them."""
    parts = clock_parts(value.strip()) if isinstance(value, str) else ("0",)
    if len(parts) > 3 or not all(part.strip().isdecimal() and len(part) < 8 for part in parts):
        return 0
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return min(total, LARGEST_COUNT)


def clock_parts(text: str) -> Sequence[str]:
    """Hours, minutes and seconds in digits; the first of them may be missing where colons part them."""
    if ":" in text:
        return text.split(":")
    spelled = SPELLED.fullmatch(text)
    return spelled.groups("0") if spelled else ("0",)


def from_log(lines: Iterable[str]) -> Report | None:
    """The summary among a log's last lines, None when there is none: no execution time, no summary."""
    values: dict[str, Any] = {}
    for line in lines:
        if match := EXECUTION_TIME.search(line):
            values["runtime_seconds"] = duration_seconds(match[1])
        values |= {name: min(int(found[1]), LARGEST_COUNT) for name, found in matches(line)}
    return Report(values) if "runtime_seconds" in values else None


def matches(line: str) -> list[tuple[str, re.Match[str]]]:
    return [(name, found) for name, pattern in SUMMARY if (found := pattern.search(line))]
