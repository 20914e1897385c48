"""Which online providers there are."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.poster.choosing.language_lists import LanguageLists
from app.poster.providers.fanart import Fanart
from app.poster.providers.ids import IdDirectory
from app.poster.providers.online import ImageSource
from app.poster.providers.provider import Provider
from app.poster.providers.tmdb import Tmdb
from app.poster.providers.tvdb import Tvdb
from app.poster.providers.tvdb_calls import TvdbCalls
from app.poster.records.candidate import ProviderName
from app.poster.records.environment import Addresses, Environment
from app.poster.settings import Settings
from app.poster.web.cache import AnswerCache
from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.session import USUAL_LIMITS, WebSession

KEYS = {
    ProviderName.TMDB: ("tmdbtoken", "TMDBTOKEN"),
    ProviderName.TVDB: ("tvdbapi", "TVDBAPIKEY"),
    ProviderName.FANART: ("FanartTvAPIKey", "FANARTAPIKEY"),
}
NAMED = Addresses()


@dataclass(frozen=True)
class Opening:
    """What the providers of one run share; `languages` are those asked for, None for every one."""

    keys: dict[ProviderName, str]
    addresses: Addresses
    cache: AnswerCache
    languages: tuple[str, ...] | None
    limits: Limits
    tmdb: WebSession | None
    tvdb: TvdbCalls | None
    directory: IdDirectory


def open_online(settings: Settings, environment: Environment, cache: Path) -> dict[ProviderName, Provider]:
    """The providers that have a key in the settings, by name; their answers are kept below `cache`."""
    if not given_keys(settings):
        return {}
    return open_providers(open_shared(settings, environment, cache, LanguageLists(settings).all_languages()))


def open_providers(opening: Opening) -> dict[ProviderName, Provider]:
    return {name: OPENERS[name](opening) for name in opening.keys}


def given_keys(settings: Settings) -> dict[ProviderName, str]:
    """The keys that somebody set; the packaged words that stand for one are none."""
    given = {name: settings.text("ApiPart", key).strip() for name, (key, _) in KEYS.items()}
    return {name: key for name, key in given.items() if key and key != KEYS[name][1]}


def open_shared(
    settings: Settings,
    environment: Environment,
    cache: Path,
    languages: tuple[str, ...] | None,
    limits: Limits = USUAL_LIMITS,
) -> Opening:
    """The sessions and the cache; there must be a key for at least one provider."""
    keys, addresses = given_keys(settings), environment.addresses
    answers = AnswerCache(cache, environment.cache_megabytes)
    tmdb = open_tmdb_session(keys.get(ProviderName.TMDB), addresses, answers, limits)
    tvdb = open_tvdb_calls(keys.get(ProviderName.TVDB), addresses, answers, limits)
    return Opening(keys, addresses, answers, languages, limits, tmdb, tvdb, IdDirectory(tmdb, tvdb))


def open_tmdb_session(
    token: str | None, addresses: Addresses, cache: AnswerCache, limits: Limits
) -> WebSession | None:
    if not token:
        return None
    headers = {"Authorization": f"Bearer {token}"}
    return WebSession(Endpoint("TMDB", addresses.tmdb, headers, (token,)), limits, cache)


def open_tvdb_calls(
    key: str | None, addresses: Addresses, cache: AnswerCache, limits: Limits
) -> TvdbCalls | None:
    if not key:
        return None
    headers: dict[str, str] = {}
    session = WebSession(Endpoint("TVDB", addresses.tvdb, headers, (key,)), limits, cache)
    return TvdbCalls(session, headers, key)


def open_tmdb(opening: Opening) -> Provider:
    images = ImageSource(NAMED.tmdb_images, opening.addresses.tmdb_images)
    token = opening.keys[ProviderName.TMDB]
    return Tmdb(opening.tmdb, images, opening.cache, opening.directory, token, opening.languages)


def open_tvdb(opening: Opening) -> Provider:
    images = ImageSource(NAMED.tvdb_images, opening.addresses.tvdb_images)
    return Tvdb(opening.tvdb, images, opening.cache, opening.directory)


def open_fanart(opening: Opening) -> Provider:
    key, base = opening.keys[ProviderName.FANART], opening.addresses.fanart
    ways = (
        Endpoint("Fanart.tv", base, {"api-key": key}, (key,)),
        Endpoint("Fanart.tv", base, secrets=(key,), parameters={"api_key": key}),
    )
    sessions = [WebSession(endpoint, opening.limits, opening.cache) for endpoint in ways]
    images = ImageSource(NAMED.fanart_images, opening.addresses.fanart_images)
    return Fanart(sessions, images, opening.cache, opening.directory)


OPENERS: dict[ProviderName, Callable[[Opening], Provider]] = {
    ProviderName.TMDB: open_tmdb,
    ProviderName.TVDB: open_tvdb,
    ProviderName.FANART: open_fanart,
}
