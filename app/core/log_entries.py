"""The lines of a log as entries: their time, their level, and whether they fit a search."""

import re
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from app.core.access.redaction import redact
from app.core.log_lines import decode_line, split_lines

# "[2026-11-29 17:08:38] [INFO]    |L.12   | message", as script and server write it.
HEAD = re.compile(
    rb"\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:[.,]\d{1,9})?\]\s{0,3}(?:\[([A-Za-z]{2,12})\s{0,9}\])?"
)
# What is asked for includes all that is worse.
LEVELS_FROM = ("debug", "info", "warning", "error")
LEVEL_WORDS = {
    b"debug": "debug",
    b"info": "info",
    b"success": "info",
    b"warn": "warning",
    b"warning": "warning",
    b"error": "error",
    b"critical": "error",
    b"fatal": "error",
}
# A longer line is shown up to here; the download has all of it.
LONGEST_SHOWN = 8 * 1024
# Control characters, and marks that reverse the direction of what follows them.
UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class EntryLine(NamedTuple):
    """The line between two offsets; the level of one that has none is that of the one before.

    Without data these are many lines, none of which fits.
    """

    offset: int
    end: int
    data: bytes | None
    level: str


class LineReader:
    """Reads lines of one answer; a text is looked for in what is shown, so that no secret can be guessed."""

    def __init__(self, zone: tzinfo | None, hidden: tuple[str, ...], text: str, level: str):
        self.zone, self.hidden, self.text = zone, hidden, text.casefold()
        self.least = LEVELS_FROM.index(level) if level in LEVELS_FROM else 0
        words = [word for word, meant in LEVEL_WORDS.items() if LEVELS_FROM.index(meant) >= self.least]
        self.bad_enough = re.compile(rb"\[(?:%s)" % b"|".join(words), re.IGNORECASE)

    def may_fit(self, data: bytes, level: str) -> bool:
        """Whether a line of the data, which begins with this level, can fit; cheaper than to read each."""
        if self.least and not (self.is_wanted(level) or self.bad_enough.search(data)):
            return False
        whole = decode_line(data) if self.text else ""
        return self.text in whole.casefold() or self.text in redact(whole, self.hidden).casefold()

    def is_wanted(self, level: str) -> bool:
        return LEVELS_FROM.index(level or "info") >= self.least

    def shown(self, line: EntryLine) -> dict[str, Any] | None:
        """{offset, end, time, level, head, text, is_cut} of a line, None for one that does not fit."""
        if line.data is None or not self.is_wanted(line.level):
            return None
        text = redact(decode_line(line.data).rstrip("\r\n"), self.hidden)
        if self.text and self.text not in text.casefold():
            return None
        head = HEAD.match(line.data)
        moment = head_moment(head, self.zone) if head else None
        return {
            "offset": line.offset,
            "end": line.end,
            "time": moment.isoformat() if moment else None,
            "level": line.level,
            "head": head_length(head) if moment else 0,
            "text": UNSEEN.sub(spelled_out, text[:LONGEST_SHOWN]),
            "is_cut": len(text) > LONGEST_SHOWN,
        }

    def level_of(self, data: bytes) -> str:
        found = HEAD.match(data)
        return level_word(found[2]) if found else ""

    def level_at_end(self, data: bytes) -> str:
        """The level of the last line of the data that has one."""
        levels = map(self.level_of, reversed(split_lines(data)))
        return next(filter(None, levels), "")


def level_word(word: bytes | None) -> str:
    return LEVEL_WORDS.get(word.lower(), "info") if word else ""


def spelled_out(found: re.Match) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def head_length(head: re.Match) -> int:
    """How many characters the time takes at the beginning of a line."""
    return head.start(2) - 1 if head[2] else head.end()


def log_moment(data: bytes, zone: tzinfo | None) -> datetime | None:
    """The time of a line, which logs write in the zone of the server."""
    head = HEAD.match(data)
    return head_moment(head, zone) if head else None


def head_moment(head: re.Match, zone: tzinfo | None) -> datetime | None:
    try:
        naive = datetime.fromisoformat(head[1].decode("ascii"))
        return naive.replace(tzinfo=zone) if zone else naive.astimezone()
    except (ValueError, OverflowError):
        return None
