"""The user's config.json: created once, read when it changed, written only by edits of the user."""

import json
import os
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.errors import ConfigUnreadable, reason_of
from app.core.json_file import JsonFile, refuse_constant
from app.core.paths import Paths

DEFAULTS_PATH = Path(__file__).resolve().parents[1] / "config_defaults.json"

DEEPEST_NESTING = 20


def truthy(value: Any) -> bool:
    """Whether a setting, in config.json nearly always a string, means yes."""
    if isinstance(value, str):
        return value.strip().lower() in ("true", "1", "yes")
    return value is True or (isinstance(value, int) and value == 1)


def default_config() -> dict[str, Any]:
    """A fresh copy of every setting's default, {section: {key: value}} in the order of the file."""
    return json.loads(_defaults_text())


def create_config(path: Path, overrides: dict[str, dict[str, Any]]) -> bool:
    """Write the defaults with the overrides where no config.json is; True if it did, OSError if it cannot."""
    if os.path.lexists(path):
        return False
    content = json.dumps(_with_overrides(overrides), indent=2, ensure_ascii=False).encode() + b"\n"
    ConfigFile(path).replace(content)
    return True


class ConfigFile(JsonFile):
    """One config.json, read again only when the file on disk changed."""

    def __init__(self, path: Path):
        super().__init__(path, Paths(Path(path).parent).config_lock, parse_config)

    def values(self) -> dict[str, Any]:
        """A copy of all settings as they are in the file now, unknown ones included."""
        return deepcopy(self.current())

    def setting(self, section: str, key: str, default: Any = None) -> Any:
        """One setting as it is in the file now, or the default where the file does not have it."""
        settings = self.current().get(section)
        return deepcopy(settings.get(key, default)) if isinstance(settings, dict) else default

    def read(self) -> dict[str, Any]:
        """The settings in the file; `ConfigUnreadable` with the reason."""
        try:
            return super().read()
        except OSError as error:
            raise _unopened(error) from error


def _unopened(error: OSError) -> ConfigUnreadable:
    if isinstance(error, FileNotFoundError):
        return ConfigUnreadable("config.json does not exist")
    return ConfigUnreadable(f"config.json cannot be opened: {reason_of(error)}")


def parse_config(content: bytes) -> dict[str, Any]:
    """The nested settings in the bytes of a config.json; `ConfigUnreadable` with the reason."""
    try:
        settings = json.loads(_decode(content), parse_constant=refuse_constant)
        # Half a surrogate pair and 1e999 pass the parser, but no log, database or answer can hold them.
        json.dumps(settings, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as error:
        raise ConfigUnreadable(f"config.json is nested more than {DEEPEST_NESTING} levels deep") from error
    except ValueError as error:
        raise ConfigUnreadable(_reason(error)) from error
    if not isinstance(settings, dict):
        raise ConfigUnreadable("config.json must hold one object of sections between { and }")
    if nested_deeper(settings, DEEPEST_NESTING):
        raise ConfigUnreadable(f"config.json is nested more than {DEEPEST_NESTING} levels deep")
    return settings


def nested_deeper(value: Any, levels: int) -> bool:
    """Whether objects and lists are nested deeper, which limits recursion over them."""
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(nested_deeper(child, levels - 1) for child in children)


def _decode(content: bytes) -> str:
    # PowerShell and Windows editors put a byte order mark in front.
    return content.decode("utf-8-sig")


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"config.json is not valid JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    if isinstance(error, UnicodeDecodeError):
        return _encoding_reason(error)
    if isinstance(error, UnicodeEncodeError):
        return "config.json holds half of a surrogate pair (\\ud800 to \\udfff), which is no character"
    return f"config.json is not valid JSON: {error}"


def _encoding_reason(error: UnicodeDecodeError) -> str:
    before = error.object[: error.start]
    line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
    return f"config.json is not UTF-8 text at line {line}, column {column}"


@lru_cache(maxsize=1)
def _defaults_text() -> str:
    return DEFAULTS_PATH.read_text(encoding="utf-8")


def _with_overrides(overrides: dict[str, dict[str, Any]]) -> dict[str, Any]:
    settings = default_config()
    for section, values in overrides.items():
        settings.setdefault(section, {}).update(values)
    return settings
