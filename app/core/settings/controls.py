"""By which control a person sets each setting of config.json, from the rules that hold for its values."""

from typing import Any, NamedTuple

from app.core.settings.config_rules import (
    LANGUAGE_LIST_NAME,
    NUMBER_TEXT,
    SWITCH_TEXT,
    EachOf,
    OneOf,
    Within,
    rule_for,
    whole_number,
)
from app.core.settings.mapping import SettingPlace
from app.core.settings.masking import is_masked
from app.core.settings.overlay_checks import FONTS, SECTION, is_file_name
from app.core.settings.spelling import default_of

# Settings whose kind follows neither from their default nor from their rule.
BY_KEY = {
    "LibstoExclude": "libraries",
    "LibraryLanguageOverrides": "overrides",
    "ProviderOrder": "providers",
    "logLevel": "choice",
    "LabelFont": "font",
    **dict.fromkeys(("PlexUrl", "JellyfinUrl", "EmbyUrl"), "address"),
}
LEVELS = ("1", "2", "3")


class Control(NamedTuple):
    """The kind of a control, what it chooses from, and the bounds of a number; None is no bound."""

    kind: str
    choices: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None


def control_of(place: SettingPlace, value: Any) -> Control:
    """The control of a setting that has this value; of one that is not known here by the value alone."""
    if is_masked(place.key, value):
        return Control("secret")
    default = default_of(place)
    if default is None:
        return Control(control_shape(value, place.key))
    rule = rule_for(place.key, default)
    if is_foreign_shape(value, default):
        return Control(control_shape(value, place.key))
    if isinstance(rule, Within) and place.key not in BY_KEY:
        return Control("number", (), rule.lowest, rule.highest)
    choices = rule.allowed if isinstance(rule, (OneOf, EachOf)) else ()
    return Control(named_kind(place, default, rule), LEVELS if place.key == "logLevel" else choices)


def named_kind(place: SettingPlace, default: Any, rule: Any) -> str:
    if place.key in BY_KEY:
        return BY_KEY[place.key]
    if LANGUAGE_LIST_NAME.fullmatch(place.key):
        return "languages"
    if isinstance(rule, OneOf):
        return "choice"
    if place.section == SECTION and (place.key in FONTS or names_overlay(place.key, default)):
        return "font" if place.key in FONTS else "overlay"
    is_colour = place.key.lower().endswith("color") and not is_switch(default)
    return "colour" if is_colour else control_shape(default, place.key)


def names_overlay(key: str, default: Any) -> bool:
    return is_file_name(default) or key.endswith("overlayfile")


def control_shape(value: Any, key: str) -> str:
    if isinstance(value, (list, dict)):
        return "texts" if isinstance(value, list) else "replacements"
    if is_switch(value):
        return "switch"
    text = str(value)
    if NUMBER_TEXT.fullmatch(text):
        return "offset" if text.startswith(("+", "-")) or key == "lineSpacing" else "number"
    return "percent" if key == "outputQuality" else "text"


def is_foreign_shape(value: Any, default: Any) -> bool:
    """Whether the control of the default could not show the value, which somebody has written by hand."""
    if isinstance(default, (list, dict)):
        return not isinstance(value, type(default))
    if is_switch(default):
        return not is_switch(value)
    is_number = NUMBER_TEXT.fullmatch(str(default)) is not None
    return isinstance(value, (list, dict)) or (is_number and whole_number(value) is None)


def is_switch(value: Any) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and SWITCH_TEXT.fullmatch(value) is not None)
