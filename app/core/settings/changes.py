"""The differences between settings as they are sent and those in the file."""

from copy import deepcopy
from typing import Any

from app.core.access.credentials import LONGEST_PASSWORD, hash_password, is_hash, password_matches
from app.core.errors import Conflict
from app.core.settings.mapping import Naming, Nested, SettingPlace, places_in
from app.core.settings.masking import MASK, holds_mask, is_same_value, masked_setting, unmasked
from app.core.settings.mistakes import refuse_settings, refuse_unknown
from app.core.settings.spelling import default_of, stored_spelling

PASSWORD = SettingPlace("WebUI", "basicAuthPassword")
LONE_MASK = f'holds "{MASK}", which only stands for a secret: send it as it was shown, or with a new value'

Changes = dict[SettingPlace, Any]


def flat_changes(values: Nested, sent: dict[str, Any]) -> Changes:
    """The changes of settings by flat name; values as they were shown are no change."""
    naming = Naming(values)
    refuse_unknown(sent, naming.places)
    asked = {naming.places[name]: value for name, value in sent.items() if value != MASK}
    return effective_changes(
        values, {place: meant(values, place, value) for place, value in asked.items()}, naming
    )


def meant(values: Nested, place: SettingPlace, sent: Any) -> Any:
    return sent if is_as_shown(values, place, sent) else unmasked(sent, current_value(values, place))


def nested_changes(values: Nested, sent: Nested) -> Changes:
    """The changes of nested sections; an object is merged with the one in the file, and a mask is refused."""
    none = [name for name, settings in sent.items() if not isinstance(settings, dict)]
    refuse_settings(dict.fromkeys(none, "must be an object of settings between { and }"))
    naming = Naming(values)
    asked = {place: sent[place.section][place.key] for place in places_in(sent)}
    refuse_unknown(map(place_name, asked), dict.fromkeys(map(place_name, naming.names)))
    refuse_settings({naming.names[place]: LONE_MASK for place, value in asked.items() if holds_mask(value)})
    return effective_changes(
        values, {place: merge(current_value(values, place), asked[place]) for place in asked}, naming
    )


def place_name(place: SettingPlace) -> str:
    return f"{place.section}.{place.key}"


def effective_changes(values: Nested, asked: Changes, naming: Naming) -> Changes:
    """The requested values that differ from those of the file, in the spelling of the file."""
    changed = {place: asked[place] for place in asked if not is_as_shown(values, place, asked[place])}
    refuse_settings({naming.names[place]: LONE_MASK for place, value in changed.items() if holds_mask(value)})
    spelled = {place: to_be_stored(values, place, value) for place, value in changed.items()}
    different = {
        place: new for place, new in spelled.items() if not is_same_value(new, current_value(values, place))
    }
    refuse_broken_sections(values, different)
    return different


def is_as_shown(values: Nested, place: SettingPlace, value: Any) -> bool:
    return is_same_value(value, masked_setting(place.key, current_value(values, place)))


def current_value(values: Nested, place: SettingPlace) -> Any:
    """The value in the file, else the default."""
    settings = values.get(place.section)
    return settings[place.key] if isinstance(settings, dict) and place.key in settings else default_of(place)


def to_be_stored(values: Nested, place: SettingPlace, value: Any) -> Any:
    if place == PASSWORD:
        return kept_password(current_value(values, place), value)
    return stored_spelling(place, value)


def kept_password(stored: Any, new: Any) -> Any:
    """The hash of a password; a hash, an empty text, and any other type stay as they are."""
    if not isinstance(new, str) or not new or is_hash(new):
        return new
    if len(new) > LONGEST_PASSWORD:
        refuse_settings({PASSWORD.key: f"must not be longer than {LONGEST_PASSWORD} characters"})
    return stored if is_hash(stored) and password_matches(stored, new) else hash_password(new)


def refuse_broken_sections(values: Nested, changes: Changes) -> None:
    for place in changes:
        if not isinstance(values.get(place.section, {}), dict):
            raise Conflict(f"{place.section} in config.json is no object of settings between {{ and }}.")


def merge(old: Any, new: Any) -> Any:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return {**old, **{name: merge(old.get(name), value) for name, value in new.items()}}


def with_changes(values: Nested, changes: Changes) -> Nested:
    """A copy of the file's values with the changes in their places, all else as it was."""
    result = deepcopy(values)
    for place, value in changes.items():
        result.setdefault(place.section, {})[place.key] = value
    return result
