"""ImageChoices.csv: one row for each picture, with its source."""

import csv
import io
from pathlib import Path

COLUMNS = (
    "Title",
    "Type",
    "Rootfolder",
    "LibraryName",
    "Language",
    "Fallback",
    "TextTruncated",
    "Download Source",
    "Manual",
    "tmdbid",
    "tvdbid",
    "imdbid",
    "Fav Provider Link",
)


class Choices:
    """The CSV file of one run, which holds the header from the start and grows row by row."""

    def __init__(self, path: Path):
        self._path = path

    def begin(self) -> None:
        self._append(COLUMNS)

    def add(self, row: dict[str, str]) -> None:
        """Append a row made by `make_row`."""
        self._append([row[column] for column in COLUMNS])

    def _append(self, cells) -> None:
        with self._path.open("ab", buffering=0) as file:
            file.write(as_line(cells))


def make_row(**facts: str) -> dict[str, str]:
    """A row whose unknown cells say false; blanks in column names are underscores here."""
    known = {name.replace("_", " "): value for name, value in facts.items()}
    return {column: known.get(column, "false") for column in COLUMNS}


def as_line(cells) -> bytes:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(" ".join(str(cell).split()) for cell in cells)
    return line.getvalue().encode("utf-8", "backslashreplace")


def word(value: bool) -> str:
    return "true" if value else "false"
