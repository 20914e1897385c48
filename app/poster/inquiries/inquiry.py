"""One inquiry of the server, and how it fails."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.poster.records.environment import Environment
from app.poster.settings import Settings


class BadInquiry(ValueError):
    """An inquiry that cannot be understood; the server and the engine are of two versions."""


@dataclass(frozen=True)
class Inquiry:
    """What is given: the particulars by name, a file where one is sent along, settings and environment."""

    given: Mapping[str, Any]
    content: BinaryIO
    settings: Settings
    environment: Environment

    def text(self, name: str) -> str:
        """A particular without blanks at its ends, "" where it is missing or no text."""
        value = self.given.get(name)
        return value.strip() if isinstance(value, str) else ""


def read_particulars(text: str) -> dict[str, Any]:
    """The object in the variable INQUIRY, an empty one where it is not set; BadInquiry where it is none."""
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise BadInquiry("INQUIRY is no JSON object")
    return given


def is_key(text: str) -> bool:
    """Whether it can be the key of a library or an item, which becomes part of a path."""
    return text.isascii() and text.replace("-", "").isalnum()
