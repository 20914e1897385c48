"""Reading and writing the CSV files of exports, one row at a time."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from app.core.errors import Invalid
from app.core.exports.sheets import CsvSheet

DELIMITERS = ";,"
LONGEST_FIELD = 8 * 1024 * 1024
# Stands behind the last line; it ends up in a row only where that was left open. No data holds it.
END = "\0"
LINE_ENDS = ("\n", "\r")


class SheetRows:
    """The whole rows of a file; what was left out is known once all are read.

    A last line without its end is a row only in a file that nobody writes any more.
    """

    def __init__(self, file: TextIO, sheet: CsvSheet, settled: bool):
        self.file = file
        self.sheet = sheet
        self.settled = settled
        self.is_cut = False
        self.misshapen = 0
        self.heading = next_line(file, sheet)

    def __iter__(self) -> Iterator[dict[str, str]]:
        if not self.heading.endswith(LINE_ENDS):
            self.is_cut = True
        if not self.heading.strip() or (self.is_cut and not self.settled):
            return
        delimiter, names = heading_of(self.heading, self.sheet)
        places = column_places(names, self.sheet)
        for record in self.records(delimiter, len(names)):
            row = {column: record[place] for column, place in places}
            if not self.sheet.is_empty(row):
                yield row

    def records(self, delimiter: str, width: int) -> Iterator[list[str]]:
        for record in split(self.lines(), delimiter, self.sheet):
            if self.is_whole(record, width):
                yield record

    def is_whole(self, record: list[str], width: int) -> bool:
        if record in ([], [END]):
            return False
        if record[-1].endswith(END):
            self.is_cut = True
            return False
        self.misshapen += len(record) != width
        return len(record) == width

    def lines(self) -> Iterator[str]:
        while line := next_line(self.file, self.sheet):
            if not line.endswith(LINE_ENDS):
                self.is_cut = True
                yield from [line] if self.is_final(line) else []
            else:
                yield line
        yield END

    def is_final(self, line: str) -> bool:
        """Whether a last line without its end may be taken for a whole one."""
        return self.settled and (line.endswith('"') or not self.heading.rstrip().endswith('"'))


def next_line(file: TextIO, sheet: CsvSheet) -> str:
    """The next line without the characters that no database keeps; empty at the end of the file."""
    line = file.readline(LONGEST_FIELD)
    if len(line) == LONGEST_FIELD and not line.endswith(LINE_ENDS):
        raise Invalid(f"{sheet.file} holds a line that is too long for a CSV file.")
    return line.replace(END, "") or (line and "\n")


def split(lines: Iterable[str], delimiter: str, sheet: CsvSheet) -> Iterator[list[str]]:
    """The fields of each record; `Invalid` where the lines are no CSV."""
    csv.field_size_limit(LONGEST_FIELD)
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        raise Invalid(f"{sheet.file} cannot be read as CSV: {error}.") from error


def heading_of(line: str, sheet: CsvSheet) -> tuple[str, list[str]]:
    """The delimiter under which the heading makes most sense, and the names in it."""
    known = {folded_name(name) for name in sheet.columns.values()}
    readings = [(mark, next(split([line], mark, sheet))) for mark in DELIMITERS]
    return max(readings, key=lambda reading: len(known.intersection(map(folded_name, reading[1]))))


def folded_name(name: str) -> str:
    """A column's name as it is compared: files write "type" and "Type" for the same."""
    return "".join(name.split()).casefold()


def column_places(names: list[str], sheet: CsvSheet) -> list[tuple[str, int]]:
    """Which of our columns is where; `Invalid` when one is missing without which a row means nothing."""
    folded_names = [folded_name(name) for name in names]
    wanted = {column: folded_name(name) for column, name in sheet.columns.items()}
    for column in sheet.required:
        if wanted[column] not in folded_names:
            raise Invalid(f'{sheet.file} has no column "{sheet.columns[column]}", so it was not imported.')
    return [(column, folded_names.index(name)) for column, name in wanted.items() if name in folded_names]


def open_sheet(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", errors="replace", newline="")


def csv_text(sheet: CsvSheet, pages: Iterable[list[Mapping[str, str]]]) -> Iterator[str]:
    """The rows as such a file, a piece for each page; values stay as they are, formulas among them."""
    yield lines_of([sheet.columns.values()])
    for page in pages:
        yield lines_of([row[name] for name in sheet.columns] for row in page)


def lines_of(records: Iterable[Iterable[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=DELIMITERS[0], quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(records)
    return text.getvalue()
