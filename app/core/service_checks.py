"""Addresses and keys are tried before they are saved, by the poster engine that will use them."""

from collections.abc import Mapping
from typing import Any

from app.core.config_file import ConfigFile
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid
from app.core.settings.masking import MASK

VALIDATE = "validate"
# The engine ends by itself before that.
CHECK_SECONDS = 12.0
SECTION = "ApiPart"
SAVED_KEYS = {
    "plex": "PlexToken",
    "jellyfin": "JellyfinAPIKey",
    "emby": "EmbyAPIKey",
    "tmdb": "tmdbtoken",
    "tvdb": "tvdbapi",
    "fanart": "FanartTvAPIKey",
}


def check_service(
    engine: EngineCalls, config: ConfigFile, service: str, sent: Mapping[str, str | None]
) -> dict[str, Any]:
    """{valid, message, details} of a service with the `url`, `key` and `pin` that are sent.

    A masked key means the one of config.json. `Invalid` for an address that must never be asked.
    """
    given = {name: value or "" for name, value in sent.items()}
    key = known_key(config, service, given["key"])
    found = engine.inquire(VALIDATE, {**given, "service": service, "key": key}, CHECK_SECONDS)
    if found["details"].pop("unsafe", False):
        raise Invalid(found["message"])
    return found


def known_key(config: ConfigFile, service: str, sent: str) -> str:
    """The key as it was sent, or that of config.json where it stands for it."""
    if sent.strip() != MASK:
        return sent
    return str(config.setting(SECTION, SAVED_KEYS[service]) or "")
