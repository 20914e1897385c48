"""Which providers are asked for which kind, and in which order."""

from collections.abc import Sequence

from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName

TMDB, TVDB, FANART = ProviderName.TMDB, ProviderName.TVDB, ProviderName.FANART
SERVER, BESIDE = ProviderName.SERVER, ProviderName.BESIDE
# SERVER stands for the own art of whichever source there is.
PICTURES = {
    TMDB: (TMDB, FANART, TVDB, SERVER),
    FANART: (FANART, TMDB, TVDB, SERVER),
    TVDB: (TVDB, TMDB, FANART, SERVER),
    SERVER: (SERVER, TMDB, FANART, TVDB),
}
STILLS = {TMDB: (TMDB, TVDB, SERVER)}
OTHER_STILLS = (TVDB, TMDB, SERVER)
CARD_BACKGROUNDS = {TMDB: (TMDB, TVDB, FANART, SERVER)}
OTHER_CARD_BACKGROUNDS = (TVDB, TMDB, FANART, SERVER)
CARD_FALLBACKS = {TMDB: (TMDB, TVDB, SERVER)}
OTHER_CARD_FALLBACKS = (TVDB, TMDB, SERVER)
SEASON_FALLBACKS = (TMDB, TVDB, FANART)
WITHOUT_STILLS = frozenset({FANART})

FAVOURITES = {
    "tmdb": TMDB,
    "tvdb": TVDB,
    "fanart": FANART,
    "plex": SERVER,
    "jellyfin": SERVER,
    "emby": SERVER,
}


def picture_order(kind: Kind, favourite: ProviderName) -> tuple[ProviderName, ...]:
    """The documented order for pictures of the kind itself."""
    if kind is Kind.TITLE_CARD:
        return STILLS.get(favourite, OTHER_STILLS)
    return PICTURES[favourite]


def card_background_order(favourite: ProviderName) -> tuple[ProviderName, ...]:
    """For title cards that are made of backgrounds in the first place."""
    return CARD_BACKGROUNDS.get(favourite, OTHER_CARD_BACKGROUNDS)


def fallback_order(kind: Kind, favourite: ProviderName) -> tuple[ProviderName, ...]:
    """For the show's poster instead of a season's, and the show's background instead of a still."""
    if kind is Kind.TITLE_CARD:
        return CARD_FALLBACKS.get(favourite, OTHER_CARD_FALLBACKS)
    if favourite is SERVER:
        return (SERVER, *SEASON_FALLBACKS)
    return (favourite, *(name for name in SEASON_FALLBACKS if name is not favourite), SERVER)


def read_order(words: Sequence[str]) -> tuple[tuple[ProviderName, ...], tuple[str, ...]]:
    """The providers of the user's own order, each once, and the words that name none."""
    known = {word: FAVOURITES.get(word.strip().lower()) for word in words}
    named = dict.fromkeys(name for name in known.values() if name)
    return tuple(named), tuple(word for word, name in known.items() if name is None)
