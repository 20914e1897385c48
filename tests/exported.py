"""Makes export files as a script writes them, each column of which has a value of its own."""

from app.core.exports.csv_files import lines_of
from app.core.exports.sheets import EPISODES, LIBRARIES, PLEX, PLEX_EPISODES, PLEX_LIBRARY, CsvSheet


def make_row(sheet: CsvSheet, **overrides: str) -> dict[str, str]:
    return {**{column: f"some {name}" for column, name in sheet.columns.items()}, **overrides}


def make_film(title: str = "Alien", **overrides: str) -> dict[str, str]:
    facts = {"title": title, "library_name": "Movies", "library_type": "movie", "rating_key": "1234"}
    return make_row(PLEX_LIBRARY, **{**facts, **overrides})


def make_season(show: str = "Dark", number: str = "1", **overrides: str) -> dict[str, str]:
    facts = {"show_name": show, "season_number": number, "episodes": "1,2,3", "library_name": "TV Shows"}
    return make_row(PLEX_EPISODES, **{**facts, **overrides})


def text_of(sheet: CsvSheet, rows: list[dict[str, str]]) -> str:
    return lines_of(
        [sheet.columns.values(), *([row.get(name, "") for name in sheet.columns] for row in rows)]
    )


def write(folder, sheet: CsvSheet, rows: list[dict[str, str]]):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / sheet.file
    path.write_text(text_of(sheet, rows), encoding="utf-8", newline="")
    return path


def write_pair(folder, kind: str = PLEX, library=None, episodes=None) -> None:
    """Both files of a run; a film and a season unless told otherwise."""
    write(folder, LIBRARIES[kind], [make_film()] if library is None else library)
    write(folder, EPISODES[kind], [make_season()] if episodes is None else episodes)
