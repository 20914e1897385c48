"""The settings that Posterizarr.ps1 would delete from config.json, which it does not know: a file beside it.

In the API and on pages they are one more section of the settings.
"""

from pathlib import Path
from typing import Any

from app.core.config_file import parse_config
from app.core.errors import ConfigUnreadable, Conflict, reason_of
from app.core.json_file import JsonFile
from app.core.paths import Paths

SECTION = "EnginePart"
OWN_DEFAULTS = {
    "MediaPath": "",
    "MediaExclude": "",
    "GenerateMissing": "auto",
    "UnwatchedCards": "show",
    "CollectionArt": "false",
    "SquareArt": "false",
    "PlexCertificate": "",
    "JellyfinCertificate": "",
    "EmbyCertificate": "",
    "KometaOverlay": "keep",
    "StoreMegabytes": "2048",
    "StoreDays": "90",
    "CacheMegabytes": "256",
    "PlansMegabytes": "1024",
    "LetterSpacing": "0",
    "LabelSpacing": "0",
    "LabelFont": "",
    "TextShadow": "0",
    "AlignBaselines": "false",
}


def own_file(paths: Paths) -> JsonFile:
    """engine.json, which is edited together with config.json and so under its lock."""
    return JsonFile(paths.engine_config, paths.config_lock, parse_own_settings)


def own_content(paths: Paths) -> bytes:
    """The content of the file, nothing where there is none; `Conflict` where it cannot be read."""
    try:
        return own_file(paths).content()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Conflict(f"engine.json cannot be opened: {reason_of(error)}.") from error


def own_media_folder(paths: Paths) -> Path | None:
    """The media folder of our own settings, None where none is set or the file cannot be read."""
    try:
        text = parse_own_settings(own_content(paths)).get("MediaPath", "")
    except Conflict:
        return None
    return paths.data / text.strip() if isinstance(text, str) and text.strip() else None


def with_own_settings(values: dict[str, Any], content: bytes) -> dict[str, Any]:
    """The sections of config.json and our own, each of our settings with its default where it is not set."""
    return {**without_own_settings(values), SECTION: OWN_DEFAULTS | parse_own_settings(content)}


def without_own_settings(values: dict[str, Any]) -> dict[str, Any]:
    return {name: settings for name, settings in values.items() if name != SECTION}


def parse_own_settings(content: bytes) -> dict[str, Any]:
    """The settings in the bytes of engine.json; `Conflict` for a file that holds none."""
    try:
        return parse_config(content) if content else {}
    except ConfigUnreadable as error:
        reason = str(error).replace("config.json", "engine.json")
        raise Conflict(f"{reason}. Correct the file, or delete it.") from error
