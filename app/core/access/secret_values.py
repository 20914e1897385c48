"""The present secrets of the settings and of config.json."""

from collections.abc import Iterable
from typing import Any

from app.core.access.redaction import is_secret_name, worth_hiding
from app.core.config_file import ConfigFile
from app.core.errors import ConfigUnreadable
from app.core.state_cache import StateCache

SECONDS_BETWEEN_LOOKS = 5
ALSO_SECRET = ("tvdbapi", "tmdbtoken", "Discord", "AppriseUrl", "UptimeKumaUrl")
# The defaults are marks for "not set", and two of them are ordinary words of the log.
PLACEHOLDERS = ("TVDBAPIKEY", "TMDBTOKEN", "FANARTAPIKEY", "posterizarr")


class SecretValues:
    """Returns the values to hide; reads config.json again after some seconds."""

    def __init__(self, config: ConfigFile, own: Iterable[str]):
        self.config = config
        self.own = tuple(own)
        self.cache = StateCache(seconds=SECONDS_BETWEEN_LOOKS)

    def __call__(self) -> tuple[str, ...]:
        return self.cache.value("secrets", lambda: worth_hiding([*self.own, *self.in_config()]))

    def in_config(self) -> list[Any]:
        try:
            return secret_settings(self.config.values())
        except ConfigUnreadable:
            return []


def secret_settings(values: dict[str, Any]) -> list[Any]:
    """The values of all settings of config.json whose name says that they are secret."""
    sections = [section for section in values.values() if isinstance(section, dict)]
    pairs = [pair for section in sections for pair in section.items()]
    found = [pair for pair in pairs if is_secret_setting(pair[0]) and pair[1] not in PLACEHOLDERS]
    # The key and the pin of TVDB are one setting, and each is sent by itself.
    parts = [part for name, value in found if name == "tvdbapi" for part in str(value).split("#")]
    return [value for _, value in found] + parts


def is_secret_setting(name: str) -> bool:
    return name in ALSO_SECRET or is_secret_name(name)
