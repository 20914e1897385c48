"""Addresses and keys are tried before they are saved, by the poster engine that will use them."""

from collections.abc import Mapping
from typing import Any

from app.core.config_file import ConfigFile
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid
from app.core.servers.given_access import API_PART, PLACES, given_access
from app.core.settings.masking import MASK

VALIDATE = "validate"
# The engine ends by itself before that.
CHECK_SECONDS = 12.0
PROVIDER_KEYS = {"tmdb": "tmdbtoken", "tvdb": "tvdbapi", "fanart": "FanartTvAPIKey"}


def check_service(
    engine: EngineCalls,
    config: ConfigFile,
    service: str,
    sent: Mapping[str, str | None],
    may_send_anywhere: bool,
) -> dict[str, Any]:
    """{valid, message, details} of a service with the `url`, `key` and `pin` that are sent.

    A masked key means the one of config.json. `Invalid` for an address that must never be asked, `Forbidden`
    where the saved key would go to another address than the saved one.
    """
    given = {name: value or "" for name, value in sent.items()}
    if given["key"].strip() == MASK:
        given["key"] = saved_key(config, service, given, may_send_anywhere)
    found = engine.inquire(VALIDATE, {**given, "service": service}, CHECK_SECONDS)
    if found["details"].pop("unsafe", False):
        raise Invalid(found["message"])
    return found


def saved_key(config: ConfigFile, service: str, given: Mapping[str, str], may_send_anywhere: bool) -> str:
    if service in PLACES:
        return given_access(config, service, given, may_send_anywhere).key
    return str(config.setting(API_PART, PROVIDER_KEYS[service]) or "")
