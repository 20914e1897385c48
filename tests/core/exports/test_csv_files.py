import csv
import io
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.core.exports import csv_files
from app.core.exports.csv_files import LONGEST_FIELD, SheetRows, csv_text, open_sheet
from app.core.exports.sheets import OTHER_EPISODES, PLEX_EPISODES, PLEX_LIBRARY
from tests.exported import make_film, make_row, make_season, text_of, write

# All that a file can hold: NUL and halves of surrogate pairs are no text.
VALUES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
TRICKY = st.text(st.sampled_from('";,\n\r\\é\ufeff ='), max_size=6)
COLUMNS = {name: VALUES | TRICKY for name in PLEX_LIBRARY.columns} | {"rating_key": st.just("1")}
FILMS = st.lists(st.fixed_dictionaries(COLUMNS), max_size=4)
HALVES = ['"Bra', '"Brazil"', '"Brazil";', '"Brazil";"', '"Brazil";"2";"half\n', "\n\n"]
NO_TITLES = ['"Name";"Year"\n"Alien";"1979"\n', "\x89PNG\r\n\x1a\n", "\ufffd\ufffd\n"]


def read(text, sheet=PLEX_LIBRARY, settled=True):
    rows = SheetRows(io.StringIO(text, newline=""), sheet, settled)
    return list(rows), rows


def rows_of(text, sheet=PLEX_LIBRARY, settled=True):
    return read(text, sheet, settled)[0]


def titles(text, **options):
    return [row["title"] for row in rows_of(text, **options)]


def test_a_file_of_the_script_is_read_column_by_column():
    film = make_film()
    assert rows_of(text_of(PLEX_LIBRARY, [film])) == [film]


@given(FILMS)
def test_what_is_written_is_read_as_it_was(films):
    text = "".join(csv_text(PLEX_LIBRARY, [films]))
    assert rows_of(text) == films


@given(FILMS, st.data())
def test_no_part_of_a_file_gives_a_row_that_the_whole_does_not_have(films, data):
    content = text_of(PLEX_LIBRARY, films).encode()
    part = content[: data.draw(st.integers(0, len(content)))]
    found, rows = read(part.decode(errors="replace"), settled=False)
    assert found == films[: len(found)]
    assert rows.is_cut or part.endswith((b"\n", b"\r"))
    assert rows.misshapen == 0


@given(FILMS, st.data())
def test_a_file_without_its_end_that_nobody_writes_never_fails(films, data):
    content = text_of(PLEX_LIBRARY, films).encode()
    part = content[: data.draw(st.integers(0, len(content)))].decode(errors="replace")
    heading = text_of(PLEX_LIBRARY, [])
    try:
        found = rows_of(part)
    except Invalid:
        assert len(part) < len(heading)
    else:
        assert found[:-1] == films[: max(len(found) - 1, 0)]


@given(st.text())
def test_no_text_is_worse_than_invalid(text):
    try:
        rows_of(text)
    except Invalid as error:
        assert PLEX_LIBRARY.file in error.detail


@given(st.binary(), st.sampled_from([PLEX_LIBRARY, OTHER_EPISODES]))
def test_no_bytes_behind_a_heading_are_worse_than_left_out(tmp_path_factory, content, sheet):
    path = tmp_path_factory.mktemp("bytes") / sheet.file
    path.write_bytes(text_of(sheet, []).encode() + content)
    with open_sheet(path) as file:
        assert all(set(row) == set(sheet.columns) for row in SheetRows(file, sheet, True))


def test_a_last_line_counts_without_its_end_when_nobody_writes():
    text = text_of(PLEX_LIBRARY, [make_film(), make_film("Brazil")]).rstrip()
    assert titles(text) == ["Alien", "Brazil"]
    assert titles(text, settled=False) == ["Alien"]
    assert titles("title,ratingKey\nAlien,1\nBrazil,2") == ["Alien", "Brazil"]


@pytest.mark.parametrize("rest", HALVES)
def test_a_killed_script_leaves_no_half_row(rest):
    heading = '"title";"ratingKey";"Labels"\n"Alien";"1";""\n'
    found, rows = read(heading + rest)
    assert [row["title"] for row in found] == ["Alien"]
    assert rows.is_cut is not rest.endswith("\n\n")


def test_a_whole_file_is_not_cut():
    assert not read(text_of(PLEX_LIBRARY, [make_film()]))[1].is_cut


def test_quotes_line_ends_and_delimiters_in_a_value_are_kept():
    title = 'Say "Hi"; or,\r\nnot\n'
    assert titles(text_of(PLEX_LIBRARY, [make_film(title)])) == [title]


def test_commas_separate_where_the_heading_has_them():
    assert rows_of('title,Labels,ratingKey\n"Alien; the film","a,b",1\n') == [
        {"title": "Alien; the film", "labels": "a,b", "rating_key": "1"}
    ]


def test_columns_may_be_missing_reordered_unknown_or_spelled_otherwise():
    text = '"RATINGKEY";"Shoe Size";"Title ";"LibraryName"\n"1";"42";"Alien";"Movies"\n'
    assert rows_of(text) == [{"rating_key": "1", "title": "Alien", "library_name": "Movies"}]


@pytest.mark.parametrize("name", ["type", "Type"])
def test_the_type_of_an_episode_is_read_in_both_spellings(name):
    text = f'"Show Name";"Season Number";"{name}"\n"Dark";"1";"episode"\n'
    for sheet in (PLEX_EPISODES, OTHER_EPISODES):
        assert rows_of(text, sheet)[0]["type"] == "episode"


def test_the_first_of_two_columns_of_one_name_counts():
    assert titles('"title";"title";"ratingKey"\n"Alien";"Brazil";"1"\n') == ["Alien"]


def test_the_dummy_row_of_a_script_is_no_row():
    empty = dict.fromkeys(PLEX_LIBRARY.columns, "")
    assert rows_of(text_of(PLEX_LIBRARY, [empty, make_film(), empty])) == [make_film()]
    seasons = [make_season("", ""), make_season("Dark", ""), make_season("", "1")]
    assert rows_of(text_of(PLEX_EPISODES, seasons), PLEX_EPISODES) == seasons[1:]


@pytest.mark.parametrize("text", ["", "\n", text_of(PLEX_LIBRARY, [])])
def test_a_file_without_rows_has_none(text):
    assert rows_of(text) == []


@pytest.mark.parametrize("text", NO_TITLES)
def test_a_file_without_titles_is_refused_with_a_sentence(text):
    with pytest.raises(Invalid, match='^PlexLibexport.csv has no column "title", so it was not imported.$'):
        rows_of(text)


def test_half_a_heading_is_no_reason_for_complaint_while_it_is_written():
    found, rows = read('"Library Name";"Libr', settled=False)
    assert (found, rows.is_cut) == ([], True)


def test_rows_that_do_not_fit_the_heading_are_left_out_and_counted():
    found, rows = read('"title";"ratingKey"\n"Alien"\n"Brazil";"2"\n"Cube";"3";"4"\n')
    assert [row["title"] for row in found] == ["Brazil"]
    assert rows.misshapen == 2


def test_long_values_are_read_and_endless_ones_refused(monkeypatch):
    text = text_of(PLEX_EPISODES, [make_season(title="x" * 200_000)])
    assert len(rows_of(text, PLEX_EPISODES)[0]["title"]) == 200_000
    monkeypatch.setattr(csv_files, "LONGEST_FIELD", 1000)
    for endless in ('"' + "a line\n" * 1000, "x" * 5000):
        with pytest.raises(Invalid, match="PlexLibexport"):
            rows_of("title;ratingKey\n" + endless)
    assert LONGEST_FIELD > 200_000


def test_a_file_is_read_with_and_without_a_mark_at_its_begin(tmp_path):
    for mark in (b"", b"\xef\xbb\xbf"):
        path = tmp_path / "file.csv"
        path.write_bytes(mark + "title;ratingKey\r\nAmélie;1\r\n".encode())
        with open_sheet(path) as file:
            assert [row["title"] for row in SheetRows(file, PLEX_LIBRARY, True)] == ["Amélie"]


def test_what_is_not_utf_8_is_replaced(tmp_path):
    path = write(tmp_path, PLEX_LIBRARY, [])
    path.write_bytes(b"title;ratingKey\nAm\xe9lie;1\nNUL\x00;2\n")
    with open_sheet(path) as file:
        assert [row["title"] for row in SheetRows(file, PLEX_LIBRARY, True)] == ["Am\ufffdlie", "NUL"]


def test_formulas_stay_what_they_are():
    row = make_row(PLEX_LIBRARY, title="=1+1", labels="@x," + string.punctuation)
    assert '"=1+1"' in "".join(csv_text(PLEX_LIBRARY, [[row]]))
    assert rows_of("".join(csv_text(PLEX_LIBRARY, [[row]]))) == [row]


def test_a_heading_may_be_as_long_as_any_value():
    csv.field_size_limit(131072)  # as in a process that has read no file yet
    with pytest.raises(Invalid, match="no column"):
        rows_of("x" * 200_000 + "\nAlien\n")
