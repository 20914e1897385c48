"""Exports come by their stamps, without those whose files are there to be imported."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.exports.queries import ExportListing, ExportSelection, chosen_run, export_sums, stamps
from app.core.exports.sheets import EPISODES, LIBRARIES, OTHER, PLEX
from tests import exported
from tests.upstream import insert_rows, make_database, make_past_film, make_past_season

BERLIN = ZoneInfo("Europe/Berlin")
OLD, NEW = "2025-11-24T16:31:22", "2025-11-25T16:31:22.638450"


@pytest.fixture
def path(data):
    return make_database(data, "media_export.db")


def rows(session, kind, sheets, stamp=None):
    selection = ExportSelection(run_timestamp=stamp)
    run = chosen_run(session, kind, selection)
    listing = ExportListing(session, sheets[kind], run, selection, BERLIN)
    return [row for page in listing.pages() for row in page]


def test_each_stamp_becomes_an_export_with_its_rows_of_both_tables(session, take, path):
    insert_rows(
        path,
        "plex_library_export",
        make_past_film("Heat", OLD, rating_key=1),
        make_past_film("Alien", NEW, rating_key="2", year=1979.0, labels=None),
    )
    insert_rows(path, "plex_episode_export", make_past_season("Dark", NEW, rating_keys="7,8,9"))
    insert_rows(path, "other_media_library_export", make_past_film("Up", NEW, media_id="abc"))
    insert_rows(path, "other_media_episode_export", make_past_season("Dark", NEW, type="episode"))
    first, second = take("exports"), take("exports")
    assert [(first.taken, first.known), (second.taken, second.known)] == [(5, 0), (0, 5)]
    assert stamps(session, PLEX) == [NEW, "2025-11-24T16:31:22.000000"] and stamps(session, OTHER) == [NEW]
    sums = export_sums(session, PLEX)
    assert (sums["total_library_records"], sums["latest_run_total_episodes"]) == (2, 3)
    (film,) = rows(session, PLEX, LIBRARIES)
    assert {name: film[name] for name in ("title", "year", "rating_key", "labels", "library_name")} == {
        "title": "Alien",
        "year": "1979",
        "rating_key": "2",
        "labels": "",
        "library_name": "Movies",
    }
    assert (film["run_timestamp"], film["created_at"]) == (NEW, "2025-11-25 16:31:22")
    assert [row["title"] for row in rows(session, PLEX, LIBRARIES, OLD)] == ["Heat"]
    assert rows(session, PLEX, EPISODES)[0]["rating_keys"] == "7,8,9"
    assert rows(session, OTHER, LIBRARIES)[0]["media_id"] == "abc"
    assert rows(session, OTHER, EPISODES)[0]["type"] == "episode"


def written(folder, *sheets, seconds_before):
    moment = datetime.fromisoformat(NEW).replace(tzinfo=BERLIN).timestamp() - seconds_before
    for sheet in sheets:
        os.utime(exported.write(folder, sheet, []), (moment, moment))


@pytest.mark.parametrize(
    ("sheets", "seconds_before", "taken"),
    [
        ((LIBRARIES[PLEX], EPISODES[PLEX]), 4, 0),
        ((LIBRARIES[PLEX],), 4, 2),
        ((LIBRARIES[PLEX], EPISODES[PLEX]), 500, 2),
        ((LIBRARIES[PLEX], EPISODES[PLEX]), -4, 2),
        ((LIBRARIES[OTHER], EPISODES[OTHER]), 4, 2),
    ],
    ids=["both files", "one file", "files of before", "files of after", "files of the other kind"],
)
@pytest.mark.parametrize("folder", ["Logs", "RotatedLogs/Logs_20251125_200000"])
def test_an_export_whose_files_are_there_is_left_to_their_import(
    take, path, data, folder, sheets, seconds_before, taken
):
    insert_rows(path, "plex_library_export", make_past_film("Alien", NEW))
    insert_rows(path, "plex_episode_export", make_past_season("Dark", NEW))
    written(data / folder, *sheets, seconds_before=seconds_before)
    assert take("exports").taken == taken


def test_only_as_many_exports_as_are_kept_and_only_rows_with_a_time_are_taken(session, take, path):
    films = [
        make_past_film(f"Film {day}", f"2025-11-{day}T10:00:00", rating_key=day) for day in range(10, 15)
    ]
    odd = [
        make_past_film("Never", None),
        make_past_film("Unclear", "soon"),
        make_past_film("", OLD, rating_key=""),
    ]
    insert_rows(path, "plex_library_export", *films, *odd)
    outcome = take("exports", exports_kept=3)
    assert [stamp[:10] for stamp in stamps(session, PLEX)] == ["2025-11-14", "2025-11-13"]
    assert outcome.taken == 2 and dict(outcome.left_out) == {
        "no readable time of export": 2,
        "of exports older than the EXPORT_RETENTION that are kept": 3,
    }


def test_a_database_with_one_table_of_few_columns_is_taken_over(session, take, data):
    path = make_database(data, "media_export.db", {"plex_library_export": "run_timestamp, title, more"})
    insert_rows(path, "plex_library_export", {"run_timestamp": NEW, "title": "Alien"})
    outcome = take("exports")
    assert outcome.taken == 1 and outcome.notes == [
        "Columns of plex_library_export that have no place here: more."
    ]
    assert [row["title"] for row in rows(session, PLEX, LIBRARIES)] == ["Alien"]
