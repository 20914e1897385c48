"""The online providers, one line each."""

from collections.abc import Callable, Sequence
from pathlib import Path

from app.poster.providers.provider import Provider
from app.poster.records.candidate import ProviderName
from app.poster.records.environment import Environment
from app.poster.settings import Settings

# Each opens its provider, or answers None where no key is set.
Opener = Callable[[Settings, Environment, Path], Provider | None]
ONLINE: Sequence[Opener] = ()


def open_online(settings: Settings, environment: Environment, cache: Path) -> dict[ProviderName, Provider]:
    """The providers that have a key, not yet asked anything; `cache` is the folder of their answers."""
    opened = (opener(settings, environment, cache) for opener in ONLINE)
    return {provider.name: provider for provider in opened if provider}
