"""Sonarr's import of episodes: one file, or all files of a release at once."""

from app.core.errors import Invalid
from app.core.senders.event import Event
from app.core.senders.fields import event_of
from app.core.senders.library_paths import file_path
from app.core.senders.parts import (
    harmless_text,
    imdb_id,
    known_number,
    number_value,
    object_list,
    object_value,
    raw_text,
    text_value,
    title_value,
    year,
)

LARGEST_SEASON = 9999  # some series count their seasons in years
LARGEST_EPISODE = 99_999
MOST_SEASONS = 100
MOST_EPISODES = 5000

Lines = list[tuple[str, str]]
# Titles by episode number, by season.
Seasons = dict[int, dict[int, str]]


def read_series(payload: dict) -> tuple[Event, ...]:
    """The events of a Download, one a season."""
    series = object_value(payload, "series")
    seasons = by_season(object_list(payload, "episodes"))
    file = file_lines(series, payload, only=len(seasons) <= 1)
    found = [episode_lines(season, titles) for season, titles in sorted(seasons.items())] or [[]]
    return tuple(event_of(series_lines(series) + lines + file + added_lines(series)) for lines in found)


def by_season(episodes: list[dict]) -> Seasons:
    seasons: Seasons = {}
    for episode in episodes:
        season, index = number_value(episode, "seasonNumber", LARGEST_SEASON), episode_index(episode)
        if season is not None and index is not None and min(season, index) >= 0:
            seasons.setdefault(season, {}).setdefault(index, title_value(episode))
    if len(seasons) > MOST_SEASONS or sum(map(len, seasons.values())) > MOST_EPISODES:
        raise Invalid(f"More than {MOST_SEASONS} seasons or {MOST_EPISODES} episodes are too many at once.")
    return seasons


def episode_index(episode: dict) -> int | None:
    return number_value(episode, "episodeNumber", LARGEST_EPISODE)


def series_lines(series: dict) -> Lines:
    return [
        ("arr_platform", "Sonarr"),
        ("event", "Download"),
        ("arr_series_title", title_value(series)),
        ("arr_series_tvdb", known_number(series, "tvdbId")),
        ("arr_series_path", text_value(series, "path")),
        ("arr_series_imdb", imdb_id(series)),
    ]


def episode_lines(season: int, titles: dict[int, str]) -> Lines:
    numbers = sorted(titles)
    return [
        ("arr_episode_season", str(season)),
        ("arr_episode_numbers", ",".join(map(str, numbers))),
        ("arr_episode_titles", joined_titles([titles[index] for index in numbers])),
    ]


def joined_titles(titles: list[str]) -> str:
    """The titles in the order of the numbers, or "" where none is known."""
    return harmless_text("|".join(name.replace("|", "/") for name in titles)) if any(titles) else ""


def file_lines(series: dict, payload: dict, only: bool) -> Lines:
    """The file, or the first of several; with several seasons none, since their files are not named."""
    files = [object_value(payload, "episodeFile"), *object_list(payload, "episodeFiles")]
    found = [path for file in files if (path := file_path(raw_text(series, "path"), file))]
    return [("arr_episode_path", found[0])] if found and only else []


def added_lines(series: dict) -> Lines:
    """Lines that upstream's shell script writes and its webhook does not send."""
    return [
        ("arr_sonarr_series_year", year(series)),
        ("arr_series_tmdb", known_number(series, "tmdbId")),
    ]
