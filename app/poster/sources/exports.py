"""The two CSV files that list what the media source holds, written as its listing goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.poster.kinds import Kind
from app.poster.records.ids import Authority, Medium, first_value
from app.poster.records.library import Episode, Item, Season, SourceArt, SourceName
from app.poster.script.choices import as_line
from app.poster.sources.own_folder import below_root

PLEX_LIBRARY = (
    "Library Name;Library Type;Library Language;title;Resolution;originalTitle;SeasonNames;SeasonNumbers;"
    "SeasonRatingKeys;year;tvdbid;imdbid;tmdbid;ratingKey;Path;RootFoldername;extraFolder;MultipleVersions;"
    "PlexPosterUrl;PlexBackgroundUrl;PlexSeasonUrls;Labels"
)
OTHER_LIBRARY = (
    "Library Name;Library Type;Library Language;Id;title;originalTitle;year;Resolution;imdbid;tmdbid;tvdbid;"
    "Path;RootFoldername;extraFolder;OtherMediaServerPosterUrl;OtherMediaServerBackgroundUrl;Labels;"
    "SeasonNames;SeasonNumbers"
)
PLEX_EPISODES = (
    "Show Name;Type;tvdbid;tmdbid;imdbid;Library Name;Library Language;Season Number;Episodes;Title;"
    "RatingKeys;PlexTitleCardUrls;RootFoldername;extraFolder;ShowRatingKey;ShowId;Path;PlexBackgroundUrl;Resolutions"
)
OTHER_EPISODES = (
    "Library Name;Show Name;Show Original Name;Library Language;ShowID;SeasonId;EpisodeIds;Resolutions;"
    "tvdbid;imdbid;tmdbid;type;Season Number;SeasonName;Episodes;Title;OtherMediaServerTitleCardUrls;"
    "RootFoldername;extraFolder;Path;Labels"
)
PLEX_WORDS = {Medium.FILM: "movie", Medium.SHOW: "show"}
OTHER_WORDS = {Medium.FILM: "Movie", Medium.SHOW: "Series"}
COMMA, SEMICOLON = ",", ";"


class ExportSheets:
    """The CSV files of one full run, in the format of the script whose place this program takes.

    They begin anew with the first item or with `close`, and a reader sees them grow. A folder and any server
    but Plex give the OtherMediaServer files. OSError where the disk refuses.
    """

    def __init__(self, logs: Path, source: SourceName, with_episodes: bool):
        is_plex = source is SourceName.PLEX
        prefix = "Plex" if is_plex else "OtherMediaServer"
        self._library = SheetFile(
            logs / ("PlexLibexport.csv" if is_plex else f"{prefix}LibExport.csv"),
            PLEX_LIBRARY if is_plex else OTHER_LIBRARY,
        )
        episodes = PLEX_EPISODES if is_plex else OTHER_EPISODES
        self._episodes = SheetFile(logs / f"{prefix}EpisodeExport.csv", episodes)
        self._words = PLEX_WORDS if is_plex else OTHER_WORDS
        self._with_episodes = with_episodes

    def add(self, item: Item) -> None:
        """Write the item's row, and one for each of its seasons with episodes."""
        common = common_cells(item, self._words)
        self._library.add({**common, **item_cells(item)})
        if self._with_episodes:
            for season in item.seasons:
                if season.episodes:
                    self._episodes.add({**common, **season_cells(item, season)})

    def close(self) -> None:
        """Finish both files; one without rows has its header."""
        self._library.close()
        self._episodes.close()


class SheetFile:
    """One CSV file; cells of columns that it does not have are left out, missing ones are empty."""

    def __init__(self, path: Path, heading: str):
        self._path = path
        self._columns = heading.split(SEMICOLON)
        self._file: BinaryIO | None = None

    def add(self, cells: dict[str, str]) -> None:
        self._opened().write(as_line([cells.get(column, "") for column in self._columns]))

    def close(self) -> None:
        self._opened().close()

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._file = self._path.open("wb")
            self._file.write(as_line(self._columns))
        return self._file


def common_cells(item: Item, words: dict[Medium, str]) -> dict[str, str]:
    """What the rows of an item and of its seasons have in common; {column: cell}."""
    return {
        "Library Name": item.library.name,
        "Library Type": words.get(item.medium, ""),
        "Library Language": item.library.language.partition("-")[0],
        "tvdbid": first_value(item.ids, Authority.TVDB, item.medium),
        "imdbid": first_value(item.ids, Authority.IMDB, item.medium),
        "tmdbid": first_value(item.ids, Authority.TMDB, item.medium),
        "Path": root_of(item),
        "RootFoldername": item.root_folder,
        "extraFolder": item.extra_folder,
        "Labels": joined_cell(item.labels),
        "PlexBackgroundUrl": art_address(item.art, Kind.BACKGROUND),
        "OtherMediaServerBackgroundUrl": art_address(item.art, Kind.BACKGROUND),
    }


def item_cells(item: Item) -> dict[str, str]:
    numbers = [str(season.number) for season in item.seasons]
    return {
        "Id": item.key,
        "ratingKey": item.key,
        "title": item.title,
        "originalTitle": item.original_title,
        "year": str(item.year or ""),
        "Resolution": item.resolution,
        "SeasonNames": joined_cell((season.name for season in item.seasons), SEMICOLON),
        "SeasonNumbers": joined_cell(numbers),
        "SeasonRatingKeys": joined_cell(season.key for season in item.seasons),
        "PlexSeasonUrls": joined_cell(art_address(season.art, Kind.SEASON) for season in item.seasons),
        "MultipleVersions": str(item.several_versions),
        "PlexPosterUrl": art_address(item.art, Kind.POSTER),
        "OtherMediaServerPosterUrl": art_address(item.art, Kind.POSTER),
    }


def season_cells(item: Item, season: Season) -> dict[str, str]:
    """One cell lists all episodes; a row of several numbers stands in each list once for each number."""
    addresses = parallel(season, lambda row: art_address(row.art, Kind.TITLE_CARD))
    keys = parallel(season, lambda row: row.key)
    return {
        "Show Name": item.title,
        "Show Original Name": item.original_title,
        "Type": "episode",
        "type": "episode",
        "ShowRatingKey": item.key,
        "ShowID": item.key,
        "ShowId": item.key,
        "SeasonId": season.key,
        "SeasonName": season.name,
        "Season Number": str(season.number),
        "Episodes": joined_cell(str(number) for row in season.episodes for number in row.numbers),
        "Title": joined_cell(episode_titles(season), SEMICOLON),
        "RatingKeys": joined_cell(keys),
        "EpisodeIds": joined_cell(keys),
        "Resolutions": joined_cell(parallel(season, lambda row: row.resolution)),
        "PlexTitleCardUrls": joined_cell(addresses),
        "OtherMediaServerTitleCardUrls": joined_cell(addresses),
    }


def parallel(season: Season, cell: Callable[[Episode], str]) -> list[str]:
    return [cell(row) for row in season.episodes for _ in row.numbers]


def episode_titles(season: Season) -> Iterator[str]:
    """A title for each number: its own where the row has as many, else the row's title again."""
    for row in season.episodes:
        whole = " / ".join(row.titles)
        yield from row.titles if len(row.titles) == len(row.numbers) else [whole] * len(row.numbers)


def joined_cell(words, mark: str = COMMA) -> str:
    """A list in one cell; the mark inside a word gives way, so that the lists of a row stay parallel."""
    other = SEMICOLON if mark == COMMA else COMMA
    return mark.join(word.replace(mark, other) for word in words)


def art_address(art: tuple[SourceArt, ...], kind: Kind) -> str:
    return next((one.where for one in art if one.kind is kind), "")


def root_of(item: Item) -> str:
    """The library folder that holds the item, with a closing slash; the item's own path where none does."""
    roots = [root for root in item.library.roots if below_root(item.path, (root,)) is not None]
    deepest = max(roots, key=len, default="")
    mark = "\\" if "\\" in deepest and "/" not in deepest else "/"
    return f"{deepest.rstrip(mark)}{mark}" if deepest else item.path
