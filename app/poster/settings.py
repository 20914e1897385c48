"""The user's config.json as typed values, each with the packaged default behind it."""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from app.poster.colors import parse_color

DEFAULTS = Path(__file__).parents[1] / "config_defaults.json"
# What draws and stands in engine.json, because the old script would delete it from config.json.
OWN_FILE, OWN_SECTION = "engine.json", "EnginePart"
OWN_DEFAULTS = {
    OWN_SECTION: {
        "LetterSpacing": "0",
        "LabelSpacing": "0",
        "LabelFont": "",
        "TextShadow": "0",
        "AlignBaselines": "false",
    },
}
# Their values are in no log, no message and no support zip.
SECRET_KEYS = frozenset(
    (
        *("tvdbapi", "tmdbtoken", "FanartTvAPIKey", "PlexToken", "JellyfinAPIKey", "EmbyAPIKey"),
        *("basicAuthPassword", "Discord", "AppriseUrl", "UptimeKumaUrl"),
    )
)
WHOLE_NUMBER = re.compile(r"\s*([+-]?\d{1,9})(?:\.\d*)?\s*(?:%|px|pt)?\s*", re.ASCII)


class Settings:
    """Reads settings by section and key; a value that cannot be used is replaced by the default, with a note.

    Values may be the strings that the file format prefers ("true", "+430", "92%") or real JSON types.
    `trouble` says why the file as a whole could not be used.
    """

    def __init__(self, stored: dict, defaults: dict, trouble: str | None = None):
        self._stored = stored
        self._defaults = OWN_DEFAULTS | defaults
        self._notes: dict[str, str] = {}
        self.trouble = trouble

    @property
    def notes(self) -> list[str]:
        """One sentence for each value that could not be used."""
        return list(self._notes.values())

    def over(self, values: Mapping[str, Mapping[str, Any]]) -> "Settings":
        """These settings with other values for some sections and keys; both collect the same notes."""
        stored = dict(self._stored)
        for section, changed in values.items():
            known = stored.get(section, {})
            stored[section] = {**(known if isinstance(known, dict) else {}), **changed}
        changed = Settings(stored, self._defaults, self.trouble)
        changed._notes = self._notes
        return changed

    def knows(self, section: str, key: str) -> bool:
        return key in self._defaults.get(section, {})

    def flag(self, section: str, key: str) -> bool:
        return self._read(section, key, as_flag)

    def whole(self, section: str, key: str, lowest: int, highest: int) -> int:
        return self._read(section, key, partial(as_whole, lowest=lowest, highest=highest))

    def is_default(self, section: str, key: str) -> bool:
        """Whether the user has left the packaged value, written in whatever way."""
        default = self._defaults[section][key]
        values = self._stored.get(section)
        return not isinstance(values, dict) or str(values.get(key, default)).strip() == str(default)

    def text(self, section: str, key: str) -> str:
        return self._read(section, key, setting_text)

    def folder(self, section: str, key: str) -> str:
        return self._read(section, key, as_folder)

    def choice(self, section: str, key: str, allowed: tuple[str, ...]) -> str:
        return self._read(section, key, partial(as_choice, allowed=allowed))

    def color(self, section: str, key: str) -> str:
        return self._read(section, key, as_color)

    def words(self, section: str, key: str) -> tuple[str, ...]:
        return self._read(section, key, as_words)

    def replacements(self, section: str, key: str) -> dict[str, str]:
        return self._read(section, key, as_replacements)

    def objects(self, section: str, key: str) -> dict[str, dict[str, Any]]:
        return self._read(section, key, as_objects)

    def _read(self, section: str, key: str, convert: Callable[[Any], Any]) -> Any:
        default = self._defaults[section][key]
        values = self._stored.get(section, {})
        if not isinstance(values, dict):
            self._note(section, key, "the section is no object", default)
            return convert(default)
        value = values.get(key, default)
        try:
            return convert(value)
        except ValueError as error:
            shown = "a value that is not shown" if key in SECRET_KEYS else f"{value!r:.80}"
            self._note(section, key, f"{shown} {error}", default)
            return convert(default)

    def _note(self, section: str, key: str, complaint: str, default: Any) -> None:
        self._notes[f"{section}.{key}"] = f"{section}.{key}: {complaint}; using the default {default!r}"


def read_settings(path: Path) -> Settings:
    """The settings of the file, or the defaults with the reason as `trouble` when it cannot be read."""
    defaults = json.loads(DEFAULTS.read_text("utf-8"))
    try:
        stored = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        stored = {}
    except (OSError, ValueError, RecursionError) as error:
        return Settings({}, defaults, f"{path} cannot be read: {error}")
    if not isinstance(stored, dict):
        return Settings({}, defaults, f"{path} cannot be used: it holds no JSON object")
    return Settings(stored | read_own_section(path.with_name(OWN_FILE)), defaults)


def read_own_section(path: Path) -> dict[str, Any]:
    """The section of our own settings, nothing where the file is missing or damaged, as its owner says."""
    try:
        return {OWN_SECTION: json.loads(path.read_text("utf-8-sig"))}
    except (OSError, ValueError, RecursionError):
        return {}


def as_flag(value: Any) -> bool:
    word = str(value).strip().lower()
    if word not in ("true", "false"):
        raise ValueError("is neither true nor false")
    return word == "true"


def as_whole(value: Any, lowest: int, highest: int) -> int:
    match = None if isinstance(value, bool) else WHOLE_NUMBER.fullmatch(str(value))
    if not match or not lowest <= int(match[1]) <= highest:
        raise ValueError(f"is no whole number from {lowest} to {highest}")
    return int(match[1])


def setting_text(value: Any) -> str:
    if isinstance(value, (dict, list)) or value is None:
        raise ValueError("is no text")
    return str(value)


def as_folder(value: Any) -> str:
    """The path, which is not blank: that would mean the data folder, where pictures and logs would mix."""
    path = setting_text(value)
    if not path.strip() or "\0" in path or path.encode("utf-8", "replace").decode("utf-8") != path:
        raise ValueError("cannot be the path of a folder")
    return path


def as_choice(value: Any, allowed: tuple[str, ...]) -> str:
    word = str(value).strip().lower()
    if word not in allowed:
        raise ValueError(f"is none of {', '.join(allowed)}")
    return word


def as_color(value: Any) -> str:
    try:
        parse_color(str(value).strip())
    except ValueError:
        raise ValueError("is no color name, #rgb or #rrggbb") from None
    return str(value).strip()


def as_words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError("is no list of texts")
    return tuple(word for word in value if word)


def as_replacements(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise ValueError("is no object of texts")
    return {word: replacement for word, replacement in value.items() if word}


def as_objects(value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict) or not all(isinstance(one, dict) for one in value.values()):
        raise ValueError("is no object of objects")
    return value
