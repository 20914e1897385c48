"""Values of texts that are English in every language, such as what a foreign host or a library says."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

ENGLISH = ("reason", "entry")


def english_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, with those that are English marked as that."""
    return {name: as_english(value) if name in ENGLISH else value for name, value in values.items()}


def as_english(words: object) -> Markup:
    return Markup('<span lang="en">{}</span>').format(words)
