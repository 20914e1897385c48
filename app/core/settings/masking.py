"""Masked settings: secrets are replaced by a mark, which means "unchanged" when it is sent back."""

import json
from collections import Counter
from typing import Any

from app.core.access.redaction import redact_target
from app.core.access.secret_values import is_secret_setting

MASK = "<REDACTED>"


def masked_setting(name: str, value: Any) -> Any:
    """The value of a setting of that name without its secrets; an empty secret is shown as empty."""
    if is_masked(name, value):
        return MASK if value else ""
    return masked_deep(value)


def is_masked(name: str, value: Any) -> bool:
    """Whether a setting is secret by its name, or an address that holds a password or token."""
    is_address = isinstance(value, str) and "://" in value
    return is_secret_setting(name) or (is_address and redact_target(value) != value)


def masked_deep(value: Any) -> Any:
    """A value with all secrets masked by their names, at any depth."""
    if isinstance(value, dict):
        return {name: masked_setting(name, inner) for name, inner in value.items()}
    return [masked_deep(item) for item in value] if isinstance(value, list) else value


def unmasked(sent: Any, stored: Any) -> Any:
    """The sent value with stored secrets in place of their marks, where the match is unambiguous."""
    if isinstance(sent, dict) and isinstance(stored, dict):
        return {name: unmasked_setting(name, value, stored) for name, value in sent.items()}
    return unmasked_items(sent, stored) if isinstance(sent, list) and isinstance(stored, list) else sent


def unmasked_setting(name: str, value: Any, stored: dict[str, Any]) -> Any:
    known = stored.get(name)
    return known if value == MASK and known and is_masked(name, known) else unmasked(value, known)


def unmasked_items(sent: list, stored: list) -> list:
    """Each item replaced by the stored one that is masked alike; two alike stored ones match none."""
    looks = [look_of(masked_deep(item)) for item in stored]
    number = Counter(looks)
    known = {look: item for look, item in zip(looks, stored, strict=True) if number[look] == 1}
    return [known.get(look_of(item), item) for item in sent]


def look_of(value: Any) -> str:
    """The value as text, in whichever order a client writes the names of objects."""
    return json.dumps(value, sort_keys=True)


def holds_mask(value: Any) -> bool:
    """Whether the mark stands anywhere in a value."""
    if isinstance(value, dict):
        return any(map(holds_mask, value.values()))
    return any(map(holds_mask, value)) if isinstance(value, list) else value == MASK


def is_same_value(one: Any, other: Any) -> bool:
    """Whether two values are written alike: in JSON true is not 1, and 1 is not "1"."""
    return json.dumps(one) == json.dumps(other)
