"""The four files that a run exports: their columns, in files and in tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from app.models import EpisodeExport, LibraryExport

PLEX, OTHER = "plex", "other"
KINDS = (PLEX, OTHER)
LONGEST_SORT_KEY = 255
# Sorts before everything that a name can hold, so that "Dark" comes before "Dark Matter".
SEPARATOR = "\x01"


@dataclass(frozen=True, eq=False, kw_only=True)
class CsvSheet:
    """A CSV file: `columns` leads from the names of our columns to those of the file."""

    file: str
    columns: Mapping[str, str]
    required: tuple[str, ...]
    # A row in which all of these are empty stands for nothing.
    identity: tuple[str, ...]

    def is_empty(self, row: Mapping[str, str]) -> bool:
        return not any(row.get(name) for name in self.identity)


@dataclass(frozen=True, eq=False, kw_only=True)
class ExportSheet(CsvSheet):
    """One of the four files: the table of its rows, their order, and what a search looks into."""

    kind: str
    table: Table
    counter: str
    order: tuple[str, ...]
    searched: tuple[str, ...]

    def sort_key(self, row: Mapping[str, str]) -> str:
        return SEPARATOR.join(row.get(name, "") for name in self.order)[:LONGEST_SORT_KEY]

    def search_text(self, row: Mapping[str, str]) -> str:
        return searchable("\n".join(row.get(name, "") for name in self.searched))


def searchable(text: str) -> str:
    """The text without regard to capitals, the same in every database."""
    return text.casefold()


# The library of a row, in the same columns of all four files.
OF_LIBRARY = {
    "library_name": "Library Name",
    "library_type": "Library Type",
    "library_language": "Library Language",
}
PLEX_LIBRARY = ExportSheet(
    kind=PLEX,
    file="PlexLibexport.csv",
    table=LibraryExport.__table__,
    counter="library_count",
    columns={
        **OF_LIBRARY,
        "title": "title",
        "resolution": "Resolution",
        "original_title": "originalTitle",
        "season_names": "SeasonNames",
        "season_numbers": "SeasonNumbers",
        "season_rating_keys": "SeasonRatingKeys",
        "year": "year",
        "tvdbid": "tvdbid",
        "imdbid": "imdbid",
        "tmdbid": "tmdbid",
        "rating_key": "ratingKey",
        "path": "Path",
        "root_foldername": "RootFoldername",
        "extra_folder": "extraFolder",
        "multiple_versions": "MultipleVersions",
        "plex_poster_url": "PlexPosterUrl",
        "plex_background_url": "PlexBackgroundUrl",
        "plex_season_urls": "PlexSeasonUrls",
        "labels": "Labels",
    },
    required=("title",),
    identity=("title", "rating_key"),
    order=("title",),
    searched=("title", "original_title", "root_foldername"),
)
OTHER_LIBRARY = ExportSheet(
    kind=OTHER,
    file="OtherMediaServerLibExport.csv",
    table=LibraryExport.__table__,
    counter="library_count",
    columns={
        **OF_LIBRARY,
        "media_id": "Id",
        "title": "title",
        "original_title": "originalTitle",
        "year": "year",
        "resolution": "Resolution",
        "imdbid": "imdbid",
        "tmdbid": "tmdbid",
        "tvdbid": "tvdbid",
        "path": "Path",
        "root_foldername": "RootFoldername",
        "extra_folder": "extraFolder",
        "other_media_poster_url": "OtherMediaServerPosterUrl",
        "other_media_background_url": "OtherMediaServerBackgroundUrl",
        "labels": "Labels",
        "season_names": "SeasonNames",
        "season_numbers": "SeasonNumbers",
    },
    required=("title",),
    identity=("title", "media_id"),
    order=("library_name", "title"),
    searched=("title", "original_title", "root_foldername"),
)
PLEX_EPISODES = ExportSheet(
    kind=PLEX,
    file="PlexEpisodeExport.csv",
    table=EpisodeExport.__table__,
    counter="episode_count",
    columns={
        "show_name": "Show Name",
        "type": "Type",
        "tvdbid": "tvdbid",
        "tmdbid": "tmdbid",
        "imdbid": "imdbid",
        **OF_LIBRARY,
        "season_number": "Season Number",
        "episodes": "Episodes",
        "title": "Title",
        "rating_keys": "RatingKeys",
        "plex_titlecard_urls": "PlexTitleCardUrls",
        "root_foldername": "RootFoldername",
        "extra_folder": "extraFolder",
        "show_rating_key": "ShowRatingKey",
        "show_id": "ShowId",
        "path": "Path",
        "other_media_background_url": "OtherMediaServerBackgroundUrl",
        "plex_background_url": "PlexBackgroundUrl",
        "resolutions": "Resolutions",
    },
    required=("show_name",),
    identity=("show_name", "season_number"),
    order=("show_name", "season_number"),
    searched=("show_name", "title"),
)
OTHER_EPISODES = ExportSheet(
    kind=OTHER,
    file="OtherMediaServerEpisodeExport.csv",
    table=EpisodeExport.__table__,
    counter="episode_count",
    columns={
        "show_name": "Show Name",
        "show_original_name": "Show Original Name",
        "type": "type",
        "tvdbid": "tvdbid",
        "imdbid": "imdbid",
        "tmdbid": "tmdbid",
        **OF_LIBRARY,
        "show_id": "ShowID",
        "season_id": "SeasonId",
        "season_number": "Season Number",
        "season_name": "SeasonName",
        "episode_ids": "EpisodeIds",
        "episodes": "Episodes",
        "title": "Title",
        "rating_keys": "RatingKeys",
        "other_media_titlecard_urls": "OtherMediaServerTitleCardUrls",
        "resolutions": "Resolutions",
        "root_foldername": "RootFoldername",
        "extra_folder": "extraFolder",
        "path": "Path",
        "labels": "Labels",
    },
    required=("show_name",),
    identity=("show_name", "season_number"),
    order=("show_name", "season_number"),
    searched=("show_name", "show_original_name", "title"),
)
LIBRARIES = {sheet.kind: sheet for sheet in (PLEX_LIBRARY, OTHER_LIBRARY)}
EPISODES = {sheet.kind: sheet for sheet in (PLEX_EPISODES, OTHER_EPISODES)}
SHEETS = {kind: (LIBRARIES[kind], EPISODES[kind]) for kind in KINDS}
