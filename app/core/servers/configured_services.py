"""The media servers that are switched on, and the providers whose keys are set."""

from dataclasses import dataclass

from app.core.access.redaction import redact_target
from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable
from app.core.servers.configured import KINDS
from app.core.servers.given_access import API_PART
from app.core.service_checks import PROVIDER_KEYS

NAMES = {"tmdb": "TMDB", "tvdb": "TVDB", "fanart": "Fanart.tv"}


@dataclass(frozen=True)
class ConfiguredService:
    """A service by its code and name; a provider has no address of its own."""

    code: str
    name: str
    address: str
    has_key: bool


def configured_services(config: ConfigFile) -> list[ConfiguredService]:
    """The servers that are switched on, then all providers; none where config.json cannot be read."""
    try:
        return [*switched_on_servers(config), *known_providers(config)]
    except ConfigUnreadable:
        return []


def switched_on_servers(config: ConfigFile) -> list[ConfiguredService]:
    return [
        ConfiguredService(
            name.lower(),
            name,
            redact_target(str(config.setting(section, address) or "")),
            bool(config.setting(API_PART, key)),
        )
        for section, switch, address, key, _, name in KINDS
        if truthy(config.setting(section, switch))
    ]


def known_providers(config: ConfigFile) -> list[ConfiguredService]:
    return [
        ConfiguredService(code, NAMES[code], "", bool(config.setting(API_PART, key)))
        for code, key in PROVIDER_KEYS.items()
    ]
