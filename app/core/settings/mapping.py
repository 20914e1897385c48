"""The flat names of settings in the API, and their places in config.json."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from app.core.config_file import default_config
from app.core.settings.own_settings import OWN_DEFAULTS, SECTION

PREFIXES = {
    "PosterOverlayPart": "Poster",
    "SeasonPosterOverlayPart": "SeasonPoster",
    "BackgroundOverlayPart": "Background",
    "TitleCardOverlayPart": "TitleCard",
    "TitleCardTitleTextPart": "TitleCardTitle",
    "TitleCardEPTextPart": "TitleCardEP",
    "ShowTitleOnSeasonPosterPart": "ShowTitle",
    "CollectionTitlePosterPart": "CollectionTitle",
    "CollectionPosterOverlayPart": "CollectionPoster",
}
SERVERS = {"PlexPart": "Plex", "JellyfinPart": "Jellyfin", "EmbyPart": "Emby"}
SHARED_BY_SERVERS = ("LibstoExclude", "UploadExistingAssets", "ReplaceThumbwithBackdrop")

Nested = dict[str, Any]


class SettingPlace(NamedTuple):
    """Where a setting stands in config.json."""

    section: str
    key: str


class Naming:
    """The flat name of every place of one config.json; each is unique, and known settings keep theirs."""

    def __init__(self, values: Nested):
        self.places = dict(known_places())
        self.names = {place: name for name, place in self.places.items()}
        for place in places_in(values):
            if place not in self.names:
                self._add(place)

    def _add(self, place: SettingPlace) -> None:
        name = next(name for name in possible_names(place) if name not in self.places)
        self.places[name] = place
        self.names[place] = name


def flatten_config(values: Nested) -> dict[str, Any]:
    """Every setting of every section by its flat name, in the order of the file; root values have none."""
    names = Naming(values).names
    return {names[place]: values[place.section][place.key] for place in places_in(values)}


@lru_cache(maxsize=1)
def known_places() -> dict[str, SettingPlace]:
    """The place of each known setting by its flat name; not to be changed."""
    return {natural_name(place): place for place in places_in(defaults())}


@lru_cache(maxsize=1)
def defaults() -> Nested:
    """Every known setting with its default, our own included; not to be changed."""
    return {**default_config(), SECTION: OWN_DEFAULTS}


def places_in(values: Nested) -> Iterator[SettingPlace]:
    for section, settings in values.items():
        if isinstance(settings, dict):
            yield from (SettingPlace(section, key) for key in settings)


def natural_name(place: SettingPlace) -> str:
    """The name by the rules, whether or not another place has it too."""
    if place.section in PREFIXES:
        return PREFIXES[place.section] + pascal_case(place.key)
    if place.section in SERVERS and place.key in SHARED_BY_SERVERS:
        return SERVERS[place.section] + place.key
    return place.key


def possible_names(place: SettingPlace) -> Iterator[str]:
    """The natural name, and others for a setting whose natural name is taken."""
    yield natural_name(place)
    full = f"{place.section}.{place.key}"
    yield full
    yield from (f"{full} ({number})" for number in count(2))


def pascal_case(key: str) -> str:
    """text_offset to TextOffset, fontAllCaps to FontAllCaps."""
    return "".join(part[:1].upper() + part[1:] for part in key.split("_"))
