"""Radarr's import of a film, from version 0.2 on."""

from app.core.senders.event import Event
from app.core.senders.fields import event_of
from app.core.senders.library_paths import file_path
from app.core.senders.parts import imdb_id, known_number, raw_text, section, text, title, year


def read(payload: dict) -> tuple[Event, ...]:
    """The one event of a Download."""
    return (event_of(lines(payload)),)


def lines(payload: dict) -> list[tuple[str, str]]:
    movie, file = section(payload, "movie"), section(payload, "movieFile")
    # Old versions tell ids and year here only.
    remote = section(payload, "remoteMovie")
    return [
        ("arr_platform", "Radarr"),
        ("event", "Download"),
        ("arr_movie_title", title(movie) or title(remote)),
        ("arr_movie_tmdb", known_number(movie, "tmdbId") or known_number(remote, "tmdbId")),
        ("arr_movie_imdb", imdb_id(movie) or imdb_id(remote)),
        ("arr_movie_year", year(movie) or year(remote)),
        ("arr_movie_path", text(movie, "folderPath")),
        ("arr_moviefile_path", file_path(raw_text(movie, "folderPath"), file)),
        ("arr_moviefile_id", known_number(file, "id")),
    ]
