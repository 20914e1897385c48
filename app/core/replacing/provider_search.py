"""Pictures that the providers offer, searched by the poster engine while a person waits."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.config_file import ConfigFile
from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid

PROGRAM = "app.poster.offering"
# The engine ends by itself after eight seconds.
LONGEST = 10.0
SECTION = "ApiPart"
# Of each provider the setting of its key, and the words of a file that somebody has not edited.
KEYS = {
    "tmdb": ("tmdbtoken", "TMDBTOKEN"),
    "tvdb": ("tvdbapi", "TVDBAPIKEY"),
    "fanart": ("FanartTvAPIKey", "FANARTAPIKEY"),
}
SHOWN_NAMES = {"tmdb": "TMDB", "tvdb": "TVDB", "fanart": "Fanart.tv"}
ID_IN_TITLE = re.compile(
    r"\s*(?:(?P<authority>tmdb|tvdb|imdb)[-:= ]\s*(?P<value>(?:tt)?[0-9]{1,12})|(?P<imdb>tt[0-9]{5,12}))\s*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[0-9]{1,12}")
# Of each kind the word of the engine, and the type that clients know its pictures by.
KINDS = {
    "standard": ("poster", "poster"),
    "poster": ("poster", "poster"),
    "collection": ("collection", "poster"),
    "background": ("background", "background"),
    "season": ("season", "season_poster"),
    "titlecard": ("titlecard", "episode_still"),
    "logo": ("logo", "logo"),
}
TEXTLESS = "xx"


@dataclass(frozen=True)
class Search:
    """What is looked for; `kind` is a key of KINDS, `medium` is "movie", "tv" or "collection".

    `ids` are values by "tmdb", "tvdb" and "imdb", "" and None stand for what is not known. `with_show` is
    for the posters of a season's show beside those of the season.
    """

    kind: str
    medium: str
    title: str = ""
    year: int | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    library: str = ""
    season: int | None = None
    episode: int | None = None
    providers: tuple[str, ...] = tuple(KEYS)
    also_by_title: bool = False
    with_show: bool = False

    def query(self, providers: Iterable[str]) -> str:
        """The argument of the engine's program."""
        words = {"title": self.title, "folder": self.folder, "library": self.library}
        numbers = {"year": self.year, "season": self.season, "episode": self.episode}
        facts = {"kind": KINDS[self.kind][0], "medium": self.medium}
        flags = {"also_by_title": self.also_by_title, "with_show": self.with_show}
        return json.dumps(
            {**facts, **flags, **words, **numbers, "ids": dict(self.ids), "providers": list(providers)}
        )


@dataclass(frozen=True)
class FoundOffers:
    """What was offered, and by provider why it offered nothing; `offers` are those of the engine."""

    offers: list[dict[str, Any]]
    failed: dict[str, str]
    by_title: bool = False


def id_in_title(title: str) -> tuple[str, dict[str, str]]:
    """(authority, ids) of a title such as "tmdb-348" or "tt0078748"; ("", {}) for any other."""
    found = ID_IN_TITLE.fullmatch(title)
    if found is None:
        return "", {}
    authority = (found["authority"] or "imdb").lower()
    return authority, {authority: found["value"] or found["imdb"]}


def is_number(title: str) -> bool:
    return NUMBER.fullmatch(title.strip()) is not None


def require_searchable(search: Search) -> None:
    """Raise `Invalid` where there is nothing to look for, or a number is missing."""
    if not (search.title.strip() or search.ids or search.folder.strip()):
        raise Invalid("There is nothing to search for: give a title, or an id such as tmdb-348.")
    if search.kind in ("season", "titlecard") and search.season is None:
        raise Invalid(f"A {search.kind} needs season_number.")
    if search.kind == "titlecard" and search.episode is None:
        raise Invalid("A titlecard needs episode_number.")


def search_providers(engine: EngineCalls, config: ConfigFile, search: Search) -> FoundOffers:
    """What the providers with a key offer; the others are named among those that failed."""
    require_searchable(search)
    missing = {name: no_key(name) for name in search.providers if not has_key(config, name)}
    asked = [name for name in search.providers if name not in missing]
    if not asked:
        return FoundOffers([], missing)
    document = engine.ask(search.query(asked), seconds=LONGEST, part=PROGRAM)
    return FoundOffers(document["offers"], missing | document["failed"], document["by_title"])


def has_key(config: ConfigFile, provider: str) -> bool:
    """Whether somebody set a key; the packaged word that stands for one is none."""
    name, packaged = KEYS[provider]
    value = config.setting(SECTION, name, "")
    return isinstance(value, str) and value.strip() not in ("", packaged)


def no_key(provider: str) -> str:
    return f"{SHOWN_NAMES[provider]} has no key: set {KEYS[provider][0]} of {SECTION} in the settings."


def offer_language(offer: Mapping[str, Any]) -> str:
    """ISO 639-1, or the word of the settings for a picture without text."""
    return TEXTLESS if offer["is_textless"] else offer["language"]


def replacement_results(search: Search, found: FoundOffers) -> dict[str, list[dict[str, Any]]]:
    """By provider the pictures as clients read them: {url, original_url, title, source, source_type, ...}."""
    source_type = "title_search" if found.by_title else "provided_id"
    results: dict[str, list[dict[str, Any]]] = {name: [] for name in KEYS}
    for offer in found.offers:
        results[offer["provider"]].append(
            {
                "url": offer["preview"],
                "original_url": offer["address"],
                "poster_url": offer["preview"],
                "poster_path": picture_name(offer),
                "title": offer["title"],
                "source": SHOWN_NAMES[offer["provider"]],
                "source_type": source_type,
                "type": KINDS[search.kind][1],
                "language": offer_language(offer),
                "vote_average": offer["votes"],
                "likes": offer["likes"],
                "width": offer["width"],
                "height": offer["height"],
            }
        )
    return results


def tmdb_posters(search: Search, found: FoundOffers) -> list[dict[str, Any]]:
    """The pictures of TMDB as clients of its own search read them."""
    return [
        {
            "tmdb_id": int(offer["tmdb_id"] or 0),
            "title": offer["title"],
            "poster_path": picture_name(offer),
            "poster_url": offer["preview"],
            "original_url": offer["address"],
            "language": offer_language(offer),
            "vote_average": offer["votes"],
            "width": offer["width"],
            "height": offer["height"],
            "type": KINDS[search.kind][1],
        }
        for offer in found.offers
    ]


def picture_name(offer: Mapping[str, Any]) -> str:
    return f"/{offer['address'].rpartition('/')[2]}"
