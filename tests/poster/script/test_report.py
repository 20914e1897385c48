import csv
import json
from collections import Counter
from datetime import datetime, timedelta

import pytest

from app.core.execution.report import Reader
from app.poster.kinds import Kind
from app.poster.script.arguments import Mode
from app.poster.script.choices import COLUMNS, Choices, make_row
from app.poster.script.report import MOST_ROWS, Rows, Tally, encode_outcome, outcome, space, summary_lines

STARTED = datetime(2025, 11, 25, 16, 30, 3)
ENDED = STARTED + timedelta(minutes=4, seconds=14)


def make_tally(**overrides) -> Tally:
    made = Counter(
        {Kind.POSTER: 2, Kind.SEASON: 3, Kind.BACKGROUND: 4, Kind.TITLE_CARD: 5, Kind.COLLECTION: 1}
    )
    return Tally(**({"started": STARTED, "made": made} | overrides))


def test_the_summary_is_worded_as_servers_read_it():
    tally = make_tally(
        errors=2, truncated=Rows([make_row()]), textless=Rows([make_row()] * 3), fallbacks=Rows([make_row()])
    )
    assert summary_lines(tally, ENDED) == [
        "Finished, Total images created: 15",
        "Show/Movie Posters created: 3| Season images created: 3 | Background images created: 4"
        " | TitleCards created: 5",
        "'3' times the script took a Textless image",
        "'1' times the script took a fallback image",
        "'1' times the script truncated the text in images",
        "During execution '2' Errors occurred, look for the marked lines above.",
        "Script execution time: 0h 4m 14s ",
    ]


def test_nothing_made_is_told_in_two_lines():
    assert summary_lines(make_tally(made=Counter()), STARTED + timedelta(hours=25, seconds=61)) == [
        "Finished, Total images created: 0",
        "Script execution time: 25h 1m 1s ",
    ]


def test_the_outcome_has_every_key_and_type_of_the_contract():
    facts = outcome(make_tally(), Mode.TESTING, ENDED)
    example = {
        **{"Posters": 1, "Backgrounds": 0, "Titlecards": 0, "Seasons": 0, "Collections": 0},
        **{"Mode": "scheduled", "Runtime": "0:4:14", "Errors": 0, "Fallbacks": 0, "Textless": 0},
        **{"Truncated": 0, "Text": 0, "TBA Skipped": 0, "Jap/Chines Skipped": 0},
        **{"Notification Sent": "true", "Uptime Kuma": "true", "Images cleared": 0, "Folders Cleared": 0},
        **{"Space saved": 0, "Script Version": "2.1.15", "IM Version": "7.1.2-8"},
        **{"Start time": "25.11.2025 16:30:03", "End Time": "25.11.2025 16:34:17"},
        **{"Missing Characters": 0, "Message Problems": [], "Images To Clear": 0},
        **{"Images Uploaded": 0, "Uploads": {}, "Upload Problems": ""},
    }
    assert list(facts) == list(example)
    assert {key: type(value) for key, value in facts.items()} == {
        key: type(value) for key, value in example.items()
    }
    assert (facts["Runtime"], facts["Start time"], facts["End Time"]) == (
        "0:4:14",
        "25.11.2025 16:30:03",
        "25.11.2025 16:34:17",
    )


@pytest.mark.parametrize(("mode", "posters"), [(Mode.TESTING, 3), (Mode.NORMAL, 3), (Mode.MANUAL, 15)])
def test_posters_are_the_remainder_or_the_total_as_the_mode_has_it(mode, posters):
    assert outcome(make_tally(), mode, ENDED)["Posters"] == posters


def test_rows_are_nothing_one_object_or_a_list():
    row = make_row(Title="Alien")
    shapes = [outcome(make_tally(truncated=Rows([row] * count)), Mode.TESTING, ENDED) for count in range(3)]
    assert [shape["Truncated"] for shape in shapes] == [0, row, [row, row]]


def test_a_report_of_very_many_pictures_has_counts_in_place_of_rows_and_stays_small(tmp_path):
    tally = make_tally(with_text=Rows(make_row(Title=f"Film {one}") for one in range(100_000)))
    body = encode_outcome(outcome(tally, Mode.NORMAL, ENDED))
    assert json.loads(body)["Text"] == 100_000 and len(tally.with_text.first) == MOST_ROWS
    assert len(body) < 10_000
    (tmp_path / "normal.json").write_bytes(body)
    assert Reader().from_file(tmp_path / "normal.json").values["text"] == 100_000


def test_a_clock_that_was_set_back_gives_no_negative_duration():
    assert outcome(make_tally(), Mode.TESTING, STARTED - timedelta(hours=1))["Runtime"] == "0:0:0"


def test_the_outcome_is_json_whatever_the_titles_hold():
    facts = outcome(make_tally(truncated=Rows([make_row(Title="Am\udce9lie")])), Mode.TESTING, ENDED)
    assert json.loads(encode_outcome(facts))["Posters"] == 3


def test_the_csv_quotes_everything_and_keeps_one_row_per_line(tmp_path):
    choices = Choices(tmp_path / "ImageChoices.csv")
    choices.begin()
    choices.add(make_row(Title='Say "hi";\nbye', Type="Movie", Download_Source="a.jpg", Manual="true"))
    lines = (tmp_path / "ImageChoices.csv").read_text("utf-8").splitlines()
    assert lines[0] == ";".join(f'"{column}"' for column in COLUMNS)
    assert len(lines) == 2
    row = next(csv.DictReader(lines, delimiter=";"))
    assert row["Title"] == 'Say "hi"; bye'
    assert (row["Download Source"], row["Manual"], row["tmdbid"]) == ("a.jpg", "true", "false")


def test_a_clean_up_is_counted_in_the_report_and_in_the_closing_lines():
    tally = make_tally()
    tally.images_cleared, tally.folders_cleared, tally.bytes_cleared = 3, 2, 1_288_490_189
    facts = outcome(tally, Mode.NORMAL, ENDED)
    assert (facts["Images cleared"], facts["Folders Cleared"], facts["Space saved"]) == (3, 2, "1.20 GB")
    line = "Images cleared: 3| Folders Cleared: 2 | Space saved: 1.20 GB"
    assert line in summary_lines(tally, ENDED)
    assert [space(size) for size in (0, 512, 2048, 5 * 1024**2)] == [0, "512.00 Byte", "2.00 KB", "5.00 MB"]
