"""Replacements that wait in the old queue, as they really occur in it."""

import pytest

from app.core.errors import ApplicationError
from app.core.takeover.part_outcome import PartOutcome
from app.core.takeover.upstream_database import UpstreamUnreadable, opened_upstream
from app.core.takeover.upstream_queue import (
    DONE_BEFORE,
    PastItem,
    open_items,
    past_params,
    past_replacement,
    queued_pairs,
    staged_file,
    whole_number_or_none,
)
from app.models import QueueItem
from tests.trees import make_image
from tests.upstream import make_database, make_queue

FILM = "Movies/Alien (1979)/poster.jpg"


def item(path=FILM, source="/config/queue_staging/a.jpg", **params):
    return PastItem("1", path, "upload", source, params)


def test_items_that_were_not_completed_wait_in_their_order(data, tmp_path):
    states = ["pending", "COMPLETED ", None, "failed", "processing", "completed"]
    rows = [
        {"asset_path": f" {number}.jpg ", "source_type": "URL", "status": state}
        for number, state in enumerate(states)
    ]
    outcome = PartOutcome()
    with opened_upstream(make_queue(data, *rows), tmp_path) as database:
        found = open_items(database, outcome)
    assert [(each.number, each.asset_path) for each in found] == [
        ("1", "0.jpg"),
        ("3", "2.jpg"),
        ("4", "3.jpg"),
        ("5", "4.jpg"),
    ]
    assert outcome.left_out == {DONE_BEFORE: 2} and all(each.has_address for each in found)


def test_a_file_without_the_table_is_named(data, tmp_path):
    path = make_database(data, "queue.db", {"other": "id"})
    with (
        pytest.raises(UpstreamUnreadable, match="no table queue_items"),
        opened_upstream(path, tmp_path) as database,
    ):
        open_items(database, PartOutcome())


@pytest.mark.parametrize("value", [None, "", "{", "[1]", "null", '"a"', b"\xff", "[" * 50_000, 5])
def test_parameters_that_are_no_object_are_none(value):
    assert past_params(value) == {}


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("2", 2),
        (2.0, 2),
        (" 07 ", 7),
        (0, 0),
        *((odd, None) for odd in ("", None, "-1", "2.5", "²", "123456", True)),
    ],
)
def test_a_number_of_a_season_is_a_small_whole_number(value, number):
    assert whole_number_or_none(value) == number


def test_what_the_row_leaves_open_follows_from_the_path():
    wanted = past_replacement(item("TV/Dark (2017)/S01E02.jpg", season_number="", title_text=None))
    assert (wanted.kind, wanted.with_overlays, wanted.to_queue) == ("titlecard", True, True)
    assert wanted.manual_form["episodeNumber"] == "2" and wanted.manual_form["libraryName"] == "TV"
    chosen = past_replacement(item(season_number="3", asset_type="season", process_with_overlays="false"))
    assert (chosen.kind, chosen.with_overlays, chosen.manual_form["seasonPosterName"]) == (
        "season",
        False,
        "Season 3",
    )


@pytest.mark.parametrize("path", ["", "../x.jpg", "a.txt", "a\0.jpg", "a\n/poster.jpg", "x" * 5000 + ".jpg"])
def test_a_path_that_is_no_assets_is_refused(path):
    with pytest.raises(ApplicationError):
        past_replacement(item(path))


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("/config/queue_staging/a.jpg", "queue_staging"),
        ("C:\\ProgramData\\queue_staging\\a.jpg", "queue_staging"),
        ("b.jpg", "uploads"),
        *((odd, None) for odd in ("", "gone.jpg", "..", "x/.", "a.jpg/", "a\0.jpg", "\ud800.jpg", "folder")),
        # Nothing outside of the two folders is read.
        ("../config.json", None),
    ],
)
def test_the_file_that_was_sent_is_found_by_its_name_alone(machine, source, folder):
    make_image(machine.paths.data, "queue_staging/a.jpg")
    make_image(machine.paths.data, "uploads/b.jpg")
    (machine.paths.uploads / "folder").mkdir()
    found = staged_file(machine.paths, item(source=source))
    assert found is None if folder is None else found.parent.name == folder


def test_what_is_queued_here_is_known_by_path_and_source(session):
    for source in ("url", "upload", "url"):
        session.add(QueueItem(asset_path=FILM, source_type=source, source_data="", picture="x"))
    session.flush()
    assert queued_pairs(session) == {(FILM, "url"), (FILM, "upload")}
