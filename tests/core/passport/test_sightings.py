"""What a passport says of an asset, from the records of the journal, the versions and what lies there."""

from datetime import UTC, datetime

import pytest

from app.core.decisions.content_traces import FOUND, SENT, SHOWN
from app.core.decisions.versions import Version
from app.core.passport.holders import LIES, ContentHolder
from app.core.passport.sightings import (
    ANOTHER,
    FOREIGN,
    MADE,
    NO_FILE,
    PUT,
    THIS,
    Sighting,
    content_origin,
    disk_of,
    is_as_now,
    places_of,
    title_of_picture,
)

AT = datetime(2026, 5, 4, 3, 2, tzinfo=UTC)
PATH = "Films/Alien (1979)/poster.jpg"
DIGEST = "ab" * 32
DECISION = {
    "title": "Alien",
    "language": "en",
    "chosen": {"provider": "tmdb", "address": "https://pictures.test/alien.jpg"},
    "treatment": {"with_text": True, "title": "ALIEN"},
}


def version(mode="normal", reason="missing", is_kept=True, is_present=False):
    return Version(DIGEST, 5, AT, 1, mode, reason, "", is_kept, is_present)


def sighting(**changes):
    usual = {"root": "assets", "path": PATH, "kind": "poster", "title": "Alien", "role": LIES}
    made = {"origin": MADE, "disk": ANOTHER, "version": version(), "record": {"decision": DECISION}}
    return Sighting(**{**usual, **made, **changes})


@pytest.mark.parametrize(
    ("role", "found", "origin"),
    [
        (LIES, None, FOREIGN),
        (FOUND, None, FOREIGN),
        (SENT, None, MADE),
        (SHOWN, None, MADE),
        (LIES, version(), MADE),
        (LIES, version(mode="", reason=""), FOREIGN),
        (LIES, version(reason="put_by_hand"), PUT),
        (SENT, version(mode="edit"), PUT),
    ],
)
def test_a_content_is_made_by_a_run_put_by_a_person_or_of_others(role, found, origin):
    assert content_origin(ContentHolder("assets", PATH, role), found) == origin


def test_a_disk_has_this_content_another_one_or_none():
    wanted, present = version(), version(is_present=True)
    assert disk_of([wanted], wanted) == NO_FILE
    assert disk_of([wanted, present], wanted) == ANOTHER
    assert disk_of([wanted, present], present) == THIS
    assert disk_of([present], None) == ANOTHER


@pytest.mark.parametrize(
    ("path", "record", "title"),
    [
        (PATH, {"decision": {"title": "Alien: Director's Cut"}}, "Alien: Director's Cut"),
        (PATH, {"decision": {"title": ""}}, "Alien (1979)"),
        (PATH, None, "Alien (1979)"),
        ("Shows/Dark/Season02.jpg", None, "Dark | Season 2"),
        ("Shows/Dark/S01E03.jpg", {}, "S01E03 | Dark"),
        ("Dark.jpg", None, "Dark"),
    ],
)
def test_the_title_is_that_of_the_decision_or_of_the_path(path, record, title):
    assert title_of_picture(path, record) == title


@pytest.mark.parametrize(
    ("changes", "has_source", "text"),
    [
        ({}, True, "ALIEN"),
        ({"origin": PUT}, False, ""),
        ({"origin": FOREIGN}, False, ""),
        ({"record": None}, False, ""),
        ({"record": {"decision": {**DECISION, "chosen": None}}}, False, "ALIEN"),
        ({"record": {"decision": {**DECISION, "treatment": {"with_text": False, "title": "A"}}}}, True, ""),
    ],
)
def test_source_and_text_are_said_of_what_a_run_made_alone(changes, has_source, text):
    found = sighting(**changes)
    source = {"provider": "tmdb", "address": "https://pictures.test/alien.jpg", "language": "en"}
    assert (found.source, found.text) == (source if has_source else None, text)


@pytest.mark.parametrize(
    ("changes", "can_restore"),
    [
        ({}, True),
        ({"disk": NO_FILE}, True),
        ({"disk": THIS}, False),
        ({"root": "manual"}, False),
        ({"version": None}, False),
        ({"version": version(is_kept=False)}, False),
    ],
)
def test_a_version_is_restored_whose_bytes_are_kept_and_that_does_not_lie_there(changes, can_restore):
    assert sighting(**changes).can_restore is can_restore


@pytest.mark.parametrize(
    ("upload", "is_this"),
    [
        ({"state": "applied", "sent_sha256": DIGEST}, True),
        ({"state": "applied", "file_sha256": DIGEST}, True),
        ({"state": "re_encoded", "sent_sha256": "cd" * 32, "shown": {"sha256": DIGEST}}, True),
        ({"state": "applied", "sent_sha256": "cd" * 32}, False),
        ({"state": "overwritten", "sent_sha256": DIGEST}, False),
        ({"state": "applied", "shown": None}, False),
    ],
)
def test_a_server_shows_the_picture_that_it_took_and_nobody_replaced(upload, is_this):
    given = {"place": {"server": "plex", "slot": "poster"}, "at": AT.isoformat(), **upload}
    (place,) = places_of({"uploads": [given]}, {DIGEST[:32], DIGEST[:16], DIGEST})
    assert (place.server, place.slot, place.state, place.at) == ("plex", "poster", upload["state"], AT)
    assert place.is_this is is_this


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({"design": "1", "overlay": "2", "text": "a"}, {"design": "1", "overlay": "2", "text": "b"}, True),
        ({"design": "1", "overlay": "2"}, {"design": "1", "overlay": "3"}, False),
        ({"design": "1", "overlay": "2"}, {"design": "2", "overlay": "2"}, False),
        ({"design": "1"}, None, None),
        (None, {"design": "1"}, None),
    ],
)
def test_design_and_overlay_decide_whether_it_is_drawn_as_now(then, now, expected):
    assert is_as_now(then and {"ingredients": then}, now and {"ingredients": now}) is expected
