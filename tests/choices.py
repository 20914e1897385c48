"""Files as the script writes its choices, and rows as they come out of them."""

import csv
import io
import os
from pathlib import Path

from sqlalchemy import select

from app.core.choices.importing import import_if_changed
from app.core.choices.table import NAMES, TABLE
from app.poster.script.choices import COLUMNS

HEADING = COLUMNS
USUAL = {
    "Title": "Alien",
    "Type": "Movie",
    "Rootfolder": "Alien (1979)",
    "LibraryName": "Movies",
    "Language": "Textless",
    "Fallback": "false",
    "TextTruncated": "false",
    "Download Source": "https://image.tmdb.org/t/p/original/x.jpg",
    "Manual": "false",
    "tmdbid": "348",
    "tvdbid": "false",
    "imdbid": "tt0078748",
    "Fav Provider Link": "https://www.themoviedb.org/movie/348/images/posters",
}


def make_row(**overrides: str) -> dict[str, str]:
    """A row of the script's file; underscores in names stand for blanks."""
    return USUAL | {name.replace("_", " "): value for name, value in overrides.items()}


def by_column(row: dict[str, str]) -> dict[str, str]:
    """The row as it is read, by the columns of the table."""
    told = {name.replace(" ", ""): text for name, text in row.items()}
    return {column: told[name] for column, name in NAMES.items()}


def make_csv(*rows: dict[str, str], heading=HEADING, delimiter=";", line_end="\r\n") -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=line_end)
    writer.writerow(heading)
    writer.writerows([row[name] for name in heading] for row in rows)
    return text.getvalue()


def write_csv(folder: Path, content: str | bytes, age: float = 0) -> Path:
    """Write the file of choices into a folder, as if that were so many seconds ago."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ImageChoices.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    moment = path.stat().st_mtime - age
    os.utime(path, (moment, moment))
    return path


def take(machine, *rows: dict[str, str]) -> int | None:
    """Import the rows as the file of the latest run."""
    write_csv(machine.paths.logs, make_csv(*rows))
    return import_if_changed(machine.database, machine.paths)


def stored(machine) -> list[dict]:
    """All rows of the table in the order in which they came."""
    with machine.database.reading() as session:
        return [dict(row._mapping) for row in session.execute(select(TABLE).order_by(TABLE.c.id))]


def titles(machine) -> list[str]:
    return [row["title"] for row in stored(machine)]
