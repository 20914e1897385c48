"""Reads the webhooks of Sonarr and Radarr."""

from typing import Any

from app.core.errors import Invalid
from app.core.senders import sonarr
from app.core.senders.event import ConnectionTest, Ignored, Reading
from app.core.senders.fields import event_of
from app.core.senders.library_paths import file_path
from app.core.senders.parts import (
    harmless_text,
    imdb_id,
    known_number,
    object_value,
    raw_text,
    text_value,
    title_value,
    year,
)

SENDERS = {"movie": "Radarr", "series": "Sonarr"}
LONGEST_NAME = 64
# Forks that send "Download" too, with objects of their own.
RELATIVES = {
    **dict.fromkeys(("artist", "artists", "album", "albums"), "Lidarr"),
    **dict.fromkeys(("author", "authors", "book", "books"), "Readarr"),
    **dict.fromkeys(("performer", "performers", "scene", "scenes"), "Whisparr"),
}
# Whisparr also sends the objects of Sonarr or of Radarr, depending on its version.
BORROWERS = ("Whisparr", "Lidarr", "Readarr", "Prowlarr")


def read_arr(payload: Any, agent: str = "") -> Reading:
    """The reading of a payload; `agent` is the sender's User-Agent. `Invalid` where it is not well-formed."""
    if not isinstance(payload, dict):
        raise Invalid("The body must be a JSON object, as Sonarr and Radarr send it.")
    name = event_type(payload)
    if relative := relative_of(payload, agent):
        return Ignored(f"Ignored event type: {name} of {relative}")
    if name == "Test":
        return ConnectionTest(sender(payload))
    return imported(payload) if name == "Download" else Ignored(f"Ignored event type: {name}")


def event_type(payload: dict) -> str:
    """The name as released versions write it; some nightlies of October 2020 began it in lower case."""
    name = harmless_text(raw_text(payload, "eventType"), LONGEST_NAME)
    return name[:1].upper() + name[1:] or "Unknown"


def relative_of(payload: dict, agent: str) -> str | None:
    own_objects = None if sender(payload) else next(filter(None, map(RELATIVES.get, payload)), None)
    names = (agent, raw_text(payload, "instanceName"))
    borrower = (name for name in BORROWERS if any(word.lower().startswith(name.lower()) for word in names))
    return own_objects or next(borrower, None)


def sender(payload: dict) -> str:
    return next((name for key, name in SENDERS.items() if payload.get(key)), "")


def imported(payload: dict) -> Reading:
    if object_value(payload, "movie"):
        return (event_of(film_lines(payload)),)
    if object_value(payload, "series"):
        return sonarr.read_series(payload)
    raise Invalid("A Download must hold a series or a movie.")


def film_lines(payload: dict) -> list[tuple[str, str]]:
    """The lines of a trigger file for Radarr's import of a film, from version 0.2 on."""
    movie, file = object_value(payload, "movie"), object_value(payload, "movieFile")
    # Old versions send ids and year here only.
    remote = object_value(payload, "remoteMovie")
    return [
        ("arr_platform", "Radarr"),
        ("event", "Download"),
        ("arr_movie_title", title_value(movie) or title_value(remote)),
        ("arr_movie_tmdb", known_number(movie, "tmdbId") or known_number(remote, "tmdbId")),
        ("arr_movie_imdb", imdb_id(movie) or imdb_id(remote)),
        ("arr_movie_year", year(movie) or year(remote)),
        ("arr_movie_path", text_value(movie, "folderPath")),
        ("arr_moviefile_path", file_path(raw_text(movie, "folderPath"), file)),
        ("arr_moviefile_id", known_number(file, "id")),
    ]
