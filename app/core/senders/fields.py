"""The event that the lines of a trigger file describe, whichever program wrote them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.senders.event import Event

LONGEST_IDENTITY = 160
DIGITS = re.compile(r"[0-9]{1,12}")
NUMBERS = re.compile(r"[0-9]{1,5}(,[0-9]{1,5})*")
MEDIA_TYPE = "mediatype"
RATING, PARENT, GRANDPARENT = "RatingKey", "parentratingkey", "grandparentratingkey"
KEYS = (RATING, MEDIA_TYPE, PARENT, GRANDPARENT)
MEDIA_TYPES = ("movie", "show", "season", "episode")
USED = {"movie": (RATING,), "show": (RATING,), "season": (PARENT,), "episode": (GRANDPARENT, PARENT)}


@dataclass(frozen=True)
class Shape:
    """The keys of the lines by their meaning; ids in the order of preference."""

    title: str
    year: str
    folder: str
    ids: tuple[tuple[str, str], ...]


SERIES = Shape(
    "arr_series_title",
    "arr_sonarr_series_year",
    "arr_series_path",
    (("tvdb", "arr_series_tvdb"), ("tmdb", "arr_series_tmdb"), ("imdb", "arr_series_imdb")),
)
FILM = Shape(
    "arr_movie_title",
    "arr_movie_year",
    "arr_movie_path",
    (("tmdb", "arr_movie_tmdb"), ("imdb", "arr_movie_imdb")),
)


def event_of(lines: Iterable[tuple[str, str]]) -> Event:
    """The event of the lines of an Arr file, the empty ones left out; `Invalid` where they name no item."""
    fields = tuple((key, value) for key, value in lines if value)
    values = dict(fields)
    shape = FILM if any(key.startswith("arr_movie") for key in values) else SERIES
    sender = values.get("arr_platform", "")
    ids = {kind: values[key] for kind, key in shape.ids if key in values}
    season = small_number(values.get("arr_episode_season", ""))
    return Event(
        sender=sender if sender in ("Sonarr", "Radarr") else "",
        kind="arr",
        name=values.get("event", "Download"),
        identity=item_identity(values, shape, ids) + ("" if season is None else f":season:{season}"),
        title=values.get(shape.title, ""),
        year=small_number(values.get(shape.year, "")),
        ids=ids,
        season=season,
        episodes=episode_numbers(values.get("arr_episode_numbers", "")),
        folder=values.get(shape.folder),
        fields=fields,
    )


def event_from_tautulli(fields: tuple[tuple[str, str], ...]) -> Event:
    """The event of one item of Plex; `Invalid` where the key is missing that the script will use."""
    values = dict(fields)
    media_type = values.get("mediatype", "")
    if media_type not in MEDIA_TYPES:
        raise Invalid(f"mediatype must be one of {', '.join(MEDIA_TYPES)}.")
    return Event(
        sender="Tautulli",
        kind="tautulli",
        name=media_type,
        identity=f"Tautulli:{media_type}:{used_key(values)}",
        title="",
        year=None,
        ids={},
        season=None,
        episodes=(),
        folder=None,
        fields=fields,
    )


def item_identity(values: dict[str, str], shape: Shape, ids: dict[str, str]) -> str:
    """The identity of the item: an id, else the title with its year, else the folder."""
    title = values.get(shape.title)
    if ids:
        kind, value = next(iter(ids.items()))
        item = f"{kind}:{value}"
    elif title:
        item = f"title:{shorten_identity(normalised(title))}:{values.get(shape.year, '')}"
    elif shape.folder in values:
        item = f"folder:{shorten_identity(values[shape.folder])}"
    else:
        raise Invalid("An event must name an id, a title or a folder of its series or movie.")
    return f"{values.get('arr_platform', 'Arr')[:32]}:{item}"


def normalised(title: str) -> str:
    """The alphanumeric characters of a title in one case, or the title itself where it has none."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(filter(str.isalnum, folded)) or folded


def shorten_identity(text: str) -> str:
    if len(text) <= LONGEST_IDENTITY:
        return text
    return f"{text[:100]}~{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def small_number(text: str) -> int | None:
    return int(text) if DIGITS.fullmatch(text) else None


def episode_numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(set(map(int, text.split(","))))) if NUMBERS.fullmatch(text) else ()


def used_key(values: dict[str, str]) -> str:
    """The rating key that the script looks up for this media type."""
    names = USED[values[MEDIA_TYPE]]
    found = next((values[name] for name in names if values.get(name)), None)
    if found is None:
        raise Invalid(f"mediatype {values[MEDIA_TYPE]} needs {' or '.join(names)}.")
    return found
