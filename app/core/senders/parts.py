"""Typed parts of a payload: None where one is absent, `Invalid` with its name for a wrong type."""

import re
from typing import Any

from app.core.errors import Invalid
from app.core.modes import CONTROL, DASHES

LARGEST_ID = 10**12
LATEST_YEAR = 9999
LONGEST_TITLE = 300
IMDB = re.compile(r"(tt)?0*[1-9][0-9]{0,11}")
LONGEST = 4096
# Readers of trigger files take everything up to the last "]: " for the key.
KEY_END = re.compile(r"\]:(?=\s)")
LEADING = re.compile(rf"^[\s{re.escape(''.join(DASHES))}]+")


def checked_value(source: dict, name: str, kind: type, description: str) -> Any:
    """The value of that name, None where it is missing; `Invalid` where it has another type."""
    value = source.get(name)
    # In Python a bool is an int.
    if value is None or (isinstance(value, kind) and not isinstance(value, bool)):
        return value
    raise Invalid(f"{name} must be {description}.")


def object_value(source: dict, name: str) -> dict:
    return checked_value(source, name, dict, "an object") or {}


def object_list(source: dict, name: str) -> list[dict]:
    found = checked_value(source, name, list, "a list") or []
    if not all(isinstance(entry, dict) for entry in found):
        raise Invalid(f"{name} must be a list of objects.")
    return found


def raw_text(source: dict, name: str) -> str:
    return checked_value(source, name, str, "a text") or ""


def text_value(source: dict, name: str) -> str:
    return harmless_text(raw_text(source, name))


def title_value(source: dict) -> str:
    return harmless_text(raw_text(source, "title"), LONGEST_TITLE)


def number_value(source: dict, name: str, largest: int) -> int | None:
    value = checked_value(source, name, int, "a number")
    if value is not None and not -1 <= value <= largest:
        raise Invalid(f"{name} is out of range.")
    return value


def known_number(source: dict, name: str, largest: int = LARGEST_ID) -> str:
    """The number in digits; "" for 0 and less, by which senders mean unknown."""
    value = number_value(source, name, largest) or 0
    return str(value) if value > 0 else ""


def year(source: dict) -> str:
    return known_number(source, "year", LATEST_YEAR)


def imdb_id(source: dict) -> str:
    found = text_value(source, "imdbId")
    return found if IMDB.fullmatch(found) else ""


def harmless_text(value: str, longest: int = LONGEST) -> str:
    """The value on one line, without what reads as a key or a switch; "" where nothing is left."""
    one_line = CONTROL.sub(" ", value).encode("utf-8", "replace").decode()
    return LEADING.sub("", KEY_END.sub("] :", one_line))[:longest].rstrip()
