"""Tautulli's webhook: the four documented keys, and nothing else."""

import re
from typing import Any

from app.core.errors import Invalid
from app.core.senders.event import ConnectionTest, Event, Ignored, Reading
from app.core.senders.fields import (
    GRANDPARENT,
    KEYS,
    MEDIA_TYPE,
    MEDIA_TYPES,
    PARENT,
    RATING,
    event_from_tautulli,
)
from app.core.senders.parts import harmless_text

SENDER = "Tautulli"
RATING_KEY = re.compile(r"0*[1-9][0-9]{0,17}")
# A parameter that Tautulli did not fill in.
UNFILLED = re.compile(r"\{[^{}]*\}")
TEMPLATE = {RATING: "{rating_key}", MEDIA_TYPE: "{media_type}"}
WHOLE_TEMPLATE = {**TEMPLATE, PARENT: "{parent_rating_key}", GRANDPARENT: "{grandparent_rating_key}"}
# Words of Plex and Tautulli for what has no poster here.
OTHER_TYPES = (
    "artist",
    "album",
    "track",
    "clip",
    "photo",
    "photo_album",
    "playlist",
    "collection",
    "live",
)


def read_tautulli(payload: Any) -> Reading:
    """The reading of a body, None for an empty one; `Invalid` where a value cannot be used."""
    if payload and not isinstance(payload, dict):
        raise Invalid("The body must be a JSON object with RatingKey and mediatype.")
    values = known_values(payload or {})
    if is_test(values):
        return ConnectionTest(SENDER)
    found = read_item(values)
    return found if isinstance(found, Ignored) else (found,)


def read_item(values: dict[str, str]) -> Event | Ignored:
    """The event of the values of `known_values`, or that they are ignored."""
    media_type = values[MEDIA_TYPE].lower()
    return Ignored(f"Ignored media type: {media_type}") if media_type in OTHER_TYPES else item_event(values)


def known_values(payload: dict) -> dict[str, str]:
    """The four keys, in upper or lower case, with their values as text."""
    given = {name.lower(): value for name, value in payload.items()}
    return {name: key_text(name, given.get(name.lower())) for name in KEYS}


def key_text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Invalid(f"{name} must be a text.")
    return value.strip() if isinstance(value, str) else digits(name, value)


def digits(name: str, value: int) -> str:
    if not 0 <= value < 10**18:
        raise Invalid(f"{name} must be a number of at most 18 digits.")
    return str(value)


def is_test(values: dict[str, str]) -> bool:
    """Whether the Test button sent this: nothing at all, or the template as it stands."""
    as_it_stands = any(values[name] == parameter for name, parameter in TEMPLATE.items())
    return as_it_stands or not any(map(filled, values.values()))


def filled(value: str) -> str:
    return "" if UNFILLED.fullmatch(value) else value


def item_event(values: dict[str, str]) -> Event:
    """The event of the four values; a parent that was not filled in counts as none."""
    parents = {name: filled(values[name]) for name in (PARENT, GRANDPARENT)}
    usable = {**values, MEDIA_TYPE: values[MEDIA_TYPE].lower(), **parents}
    return event_from_tautulli(
        tuple((name, usable_value(name, value)) for name, value in usable.items() if value)
    )


def usable_value(name: str, value: str) -> str:
    fits = value in MEDIA_TYPES if name == MEDIA_TYPE else RATING_KEY.fullmatch(value)
    if not fits:
        expected = f"one of {', '.join(MEDIA_TYPES)}" if name == MEDIA_TYPE else "digits"
        raise Invalid(f"{name} must be {expected}, not {harmless_text(value, 40)!r}.")
    return value
