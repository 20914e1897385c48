"""Converts values as clients send them into the spelling that poster scripts read."""

from typing import Any

from app.core.settings.config_rules import NUMBER_TEXT, SWITCH_TEXT
from app.core.settings.mapping import SettingPlace, defaults

SIGNS = ("+", "-")


def stored_spelling(place: SettingPlace, value: Any) -> Any:
    """The value as the file stores it; a value of another type is left for the rules to refuse."""
    default = default_of(place)
    if isinstance(default, bool):
        return real_switch(value)
    if not isinstance(default, str):
        return value
    if SWITCH_TEXT.fullmatch(default):
        return switch_text(value)
    if NUMBER_TEXT.fullmatch(default):
        return number_text(value, default.startswith(SIGNS))
    return percent_text(value) if default.endswith("%") else value


def default_of(place: SettingPlace) -> Any:
    return defaults().get(place.section, {}).get(place.key)


def is_switch_text(value: Any) -> bool:
    return isinstance(value, str) and SWITCH_TEXT.fullmatch(value) is not None


def real_switch(value: Any) -> Any:
    """A JSON boolean, for the few settings that the file keeps as one."""
    return value.lower() == "true" if is_switch_text(value) else value


def switch_text(value: Any) -> Any:
    """A text in lower case: a poster script calls text methods on nearly every value."""
    return str(value).lower() if isinstance(value, bool) or is_switch_text(value) else value


def number_text(value: Any, signed: bool) -> Any:
    text = integer_text(value)
    if not isinstance(text, str) or not NUMBER_TEXT.fullmatch(text):
        return value
    # An offset is put behind another number when a picture is drawn, so it never goes without a sign.
    return f"+{text}" if signed and not text.startswith(SIGNS) else text


def percent_text(value: Any) -> Any:
    text = integer_text(value)
    return f"{text}%" if isinstance(text, str) and text.isdecimal() else text


def integer_text(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else value
