"""Whatever moment a file is read at, what comes out of it are whole rows that the script wrote."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from app.core.choices.table import SHEET
from app.core.exports.csv_files import SheetRows, open_sheet
from tests.choices import make_csv, make_row

CELLS = st.text(
    alphabet=st.one_of(
        st.sampled_from('";,\n\r \u00e9\u4e2d'), st.characters(codec="utf-8", exclude_characters="\0")
    ),
    max_size=8,
)
TITLES = CELLS.map(lambda text: f"T{text}")
ROWS = st.lists(st.builds(make_row, Title=TITLES, Rootfolder=CELLS, Fallback=CELLS), max_size=5)


def rows_in(content: bytes) -> list[tuple]:
    with TemporaryDirectory() as folder:
        path = Path(folder, SHEET.file)
        path.write_bytes(content)
        with open_sheet(path) as file:
            found = SheetRows(file, SHEET, settled=False)
            return [(row["title"], row["rootfolder"], row["fallback"]) for row in found]


def told(row: dict[str, str]) -> tuple:
    return row["Title"], row["Rootfolder"], row["Fallback"]


@given(rows=ROWS, share=st.floats(0, 1), line_end=st.sampled_from(["\n", "\r\n"]), bom=st.booleans())
def test_any_beginning_of_a_file_gives_exactly_its_whole_rows(rows, share, line_end, bom):
    start = b"\xef\xbb\xbf" if bom else b""
    lengths = [
        len(start + make_csv(*rows[:count], line_end=line_end).encode()) for count in range(len(rows) + 1)
    ]
    whole = start + make_csv(*rows, line_end=line_end).encode()
    cut = int(len(whole) * share)
    # The first half of "\r\n" ends a line as well.
    half = len(line_end) - 1
    complete = sum(length - half <= cut for length in lengths[1:])
    assert rows_in(whole[:cut]) == [told(row) for row in rows[:complete]]


@given(rows=ROWS, delimiter=st.sampled_from(";,"))
def test_what_is_written_is_read(rows, delimiter):
    content = make_csv(*rows, delimiter=delimiter).encode()
    assert rows_in(content) == [told(row) for row in rows]


@given(st.binary(max_size=300))
def test_no_bytes_make_a_row_of_another_width(content):
    heading = make_csv().encode()
    for row in rows_in(heading + content):
        assert row[0]
