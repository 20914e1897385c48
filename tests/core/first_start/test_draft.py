"""Entries are kept until they are saved, and what a test found counts for what was tested."""

import json
import stat
from dataclasses import replace

import pytest

from app.core.errors import Unavailable
from app.core.first_start.draft import (
    Draft,
    change_draft,
    found_of,
    stored_draft,
    with_entries,
    with_found,
    with_ticks,
)
from app.core.first_start.parts import connection_parts
from app.core.first_start.readiness import STEPS, readiness
from app.core.paths import Paths

SERVER = {"source": "plex", "plex_url": "http://nas:32400", "plex_key": "secret"}
FOUND = {"fault": "", "libraries": [{"name": "Films", "type": "movie", "count": 3}, {"name": "TV"}]}


@pytest.fixture
def paths(tmp_path):
    Paths(tmp_path).create()
    return Paths(tmp_path)


def make_draft(**entries):
    return with_entries(Draft(), {**SERVER, **entries})


def test_a_draft_comes_back_as_it_was_and_nobody_else_may_read_it(paths):
    assert stored_draft(paths) is None
    kept = replace(make_draft(), left_out={"plex": ["TV"]}, leads=True, run=7)
    change_draft(paths, lambda draft: kept)
    assert stored_draft(paths) == kept
    assert stat.S_IMODE(paths.first_start.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["{", "[]", '{"entries": 7, "run": "x", "leads": null, "more": 1}'])
def test_a_damaged_draft_is_an_empty_one(paths, content):
    paths.first_start.write_text(content)
    assert stored_draft(paths) == Draft()
    assert change_draft(paths, lambda draft: with_entries(draft, {"folder": "/m"})).entry("folder") == "/m"


def test_a_draft_that_cannot_be_kept_says_so(paths):
    paths.first_start.mkdir()
    with pytest.raises(Unavailable, match="cannot be kept"):
        change_draft(paths, lambda draft: draft)


def test_an_empty_secret_keeps_the_one_that_is_there_and_unknown_names_are_none():
    draft = with_entries(make_draft(), {"plex_key": " ", "plex_url": "", "else": "x", "folder": " /m "})
    assert draft.entries == {**SERVER, "plex_url": "", "folder": "/m"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"plex_url": "http://nas:32400/web"}, "secret"),
        ({"plex_url": "http://elsewhere:32400"}, ""),
        ({"plex_url": "http://elsewhere", "plex_key": "new"}, "new"),
    ],
)
def test_a_key_does_not_go_with_a_caller_who_may_not_send_it_to_another_address(sent, kept):
    assert with_entries(make_draft(), sent, may_send_anywhere=False).entry("plex_key") == kept
    assert with_entries(make_draft(), sent).entry("plex_key") == sent.get("plex_key", "secret")


def test_an_outcome_counts_until_what_was_tested_changes():
    draft = with_found(make_draft(), "plex", FOUND)
    assert found_of(draft, "plex")["libraries"] == FOUND["libraries"]
    for changed in ({"plex_url": "x"}, {"plex_key": "y"}, {"plex_certificate": "z"}):
        assert found_of(with_entries(draft, changed), "plex") is None
    assert found_of(with_entries(draft, {"jellyfin_url": "x"}), "plex")


def test_ticks_outlast_another_listing_and_new_libraries_are_ticked():
    draft = with_ticks(with_found(make_draft(), "plex", FOUND), ["Films", "TV"], ["Films"])
    again = with_found(draft, "plex", {**FOUND, "libraries": [*FOUND["libraries"], {"name": "New"}]})
    assert readiness(again).ticked == {"Films", "New"}


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (Draft(), {"source", "libraries", "first"}),
        (make_draft(source="demo"), {"first"}),
        (with_found(make_draft(), "plex", FOUND), {"first"}),
        (with_found(make_draft(), "plex", {"fault": "key"}), {"source", "libraries", "first"}),
        (with_ticks(with_found(make_draft(), "plex", FOUND), ["Films", "TV"], []), {"libraries", "first"}),
        (with_found(make_draft(source="demo", tmdb="k"), "tmdb", {"fault": "key"}), {"keys", "first"}),
        (replace(make_draft(source="demo"), run=3), set()),
    ],
)
def test_what_is_ready_is_said_step_by_step(draft, missing):
    assert set(STEPS) - readiness(draft).ready == missing


@pytest.mark.parametrize(
    ("fault", "address", "states"),
    [
        ("", "https://nas", "good good good good good"),
        ("", "http://nas", "good good good good"),
        ("name", "http://nas", "bad open open open"),
        ("port", "https://nas", "good bad open open open"),
        ("certificate", "https://nas", "good good bad open open"),
        ("scheme", "http://nas", "good good bad open open"),
        ("path", "http://nas", "good good bad open"),
        ("key", "http://nas", "good good good bad"),
        ("key_missing", "http://nas", "good good good open"),
    ],
)
def test_the_parts_before_the_wrong_one_are_right(fault, address, states):
    assert " ".join(state for _, state in connection_parts(fault, address)) == states


def test_no_secret_is_in_a_representation_of_what_is_shown():
    assert json.dumps(readiness(make_draft()).libraries) == "[]"
