"""UILogs/webui_settings.json: what the web page keeps on the server, and the level of the log."""

import json
from typing import Any

from app.core.access.secret_values import secret_settings
from app.core.config_file import DEEPEST_NESTING, nested_deeper
from app.core.errors import Invalid
from app.core.json_file import JsonFile, refuse_constant
from app.core.paths import Paths

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_LEVEL, ONBOARDED = "log_level", "onboarding_completed"
DEFAULTS = {"theme": "dark", "auto_refresh_interval": 180}
MOST_SETTINGS = 200
LONGEST_NAME = 100
LARGEST_FILE = 64 * 1024


class WebuiSettings:
    """The settings of one data folder; a file that cannot be read counts as none."""

    def __init__(self, paths: Paths, default_level: str):
        self.file = JsonFile(paths.webui_settings, paths.webui_settings_lock, parse_settings)
        self.defaults = {LOG_LEVEL: default_level, **DEFAULTS}

    @property
    def stored(self) -> dict[str, Any]:
        try:
            return self.file.current()
        except (OSError, ValueError):
            return {}

    def read(self) -> dict[str, Any]:
        """All settings, with defaults for those that nobody has set."""
        found = self.defaults | self.stored
        return found if is_level(found[LOG_LEVEL]) else found | {LOG_LEVEL: self.defaults[LOG_LEVEL]}

    def merge(self, sent: dict[str, Any]) -> dict[str, Any]:
        """Store what was sent beside what is there, and return all; `Invalid` says what is wrong."""
        checked = checked_settings(sent)
        with self.file.held():
            self.file.replace(settings_content(self.stored | checked))
        return self.read()


def parse_settings(content: bytes) -> dict[str, Any]:
    found = json.loads(content.decode("utf-8-sig"), parse_constant=refuse_constant)
    if not isinstance(found, dict):
        raise ValueError("the settings must be an object")
    return found


def checked_settings(sent: dict[str, Any]) -> dict[str, Any]:
    """The settings to store, the level in capitals."""
    if LOG_LEVEL in sent and not is_level(sent[LOG_LEVEL]):
        raise Invalid(f"log_level must be one of {', '.join(LEVELS)}.")
    if not all(0 < len(name) <= LONGEST_NAME for name in sent):
        raise Invalid(f"A setting needs a name of 1 to {LONGEST_NAME} characters.")
    if nested_deeper(sent, DEEPEST_NESTING):
        raise Invalid(f"The settings are nested more than {DEEPEST_NESTING} levels deep.")
    return sent | ({LOG_LEVEL: sent[LOG_LEVEL].upper()} if LOG_LEVEL in sent else {})


def is_level(value: Any) -> bool:
    return isinstance(value, str) and value.upper() in LEVELS


def settings_content(settings: dict[str, Any]) -> bytes:
    """The bytes of the file; `Invalid` where they would be too many, or could not be read again."""
    try:
        content = json.dumps(settings, indent=2, allow_nan=False).encode() + b"\n"
    except ValueError as error:
        raise Invalid("The settings hold a number that is not finite.") from error
    if len(settings) > MOST_SETTINGS or len(content) > LARGEST_FILE:
        limits = f"{MOST_SETTINGS} settings and {LARGEST_FILE // 1024} KiB"
        raise Invalid(f"The settings of the page may be {limits} at most.")
    return content


def is_onboarded(stored: dict[str, Any], config: dict[str, Any]) -> bool:
    """Whether somebody has ended the introduction, or has entered a token before."""
    services = {name: section for name, section in config.items() if name != "WebUI"}
    return stored.get(ONBOARDED) is True or any(secret_settings(services))
