"""One server shows what another one shows: every pair, what is left, what is not moved again, undo."""

import json

import pytest

from app.poster.records.server_art import Slot
from app.poster.script.exits import ExitCode
from tests.doubles.shown_pictures import HAND, RESET_AFTER, TOOL

PAIRS = [
    ("Plex", "Jellyfin"),
    ("Jellyfin", "Plex"),
    ("Jellyfin", "Emby"),
    pytest.param(("Plex", "Emby"), marks=pytest.mark.slow),
    pytest.param(("Emby", "Plex"), marks=pytest.mark.slow),
    pytest.param(("Emby", "Jellyfin"), marks=pytest.mark.slow),
]
POSTER = "Movies/Alien (1979)/poster.jpg"


@pytest.fixture(params=PAIRS, ids=lambda names: " to ".join(names))
def pair(request, open_pair):
    return open_pair(*request.param)


def differing(pair) -> list:
    """The places whose picture differs although the origin has one."""
    origin, target = pair.shown(pair.origin), pair.shown(pair.target)
    return [place for place, content in origin.items() if content and target[place] != content]


def test_each_picture_is_shown_once_sent_and_nothing_moves_again(pair):
    assert pair.sync() == ExitCode.DONE, pair.log()
    assert not differing(pair)
    report = pair.outcome()
    count = sum(map(bool, pair.shown(pair.origin).values()))
    assert (len(pair.target.uploads), report["Posters"], report["Images Uploaded"]) == (count, count, count)
    assert not pair.origin.uploads
    pair.forget()
    assert pair.sync() == ExitCode.DONE
    assert (pair.moved_bytes(), pair.outcome()["Pictures Unchanged"]) == (0, count)
    assert not {"list", "read", "upload", "select"} & {*pair.origin.counts(), *pair.target.counts()}


def test_one_changed_picture_is_the_only_one_that_moves(pair):
    pair.sync()
    film = pair.origin.world.items()[0]
    content = pair.origin.show(film.key, Slot.POSTER)
    pair.forget()
    pair.sync()
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == content
    assert [upload.content for upload in pair.target.uploads] == [content]
    assert pair.origin.bytes_out == len(content)


def test_an_undo_brings_back_what_the_target_showed_and_can_be_undone(pair):
    before = pair.shown(pair.target)
    pair.sync()
    synced = pair.shown(pair.target)
    for expected in (before, synced, before):
        assert pair.undo() == ExitCode.DONE
        assert pair.shown(pair.target) == expected


def test_a_plan_says_what_would_go_up_and_changes_nothing(pair):
    before = pair.shown(pair.target)
    assert pair.sync("-Plan") == ExitCode.DONE
    assert pair.shown(pair.target) == before and not pair.target.uploads
    lines = pair.plan()
    assert {(line["action"], line["reason"]) for line in lines[:-1]} == {("upload", "synced")}
    assert lines[-1]["totals"] == {"upload": sum(map(bool, pair.shown(pair.origin).values()))}


@pytest.mark.parametrize("by", [HAND, TOOL])
def test_art_of_others_is_left_unless_it_is_named(open_pair, by):
    pair = open_pair("Jellyfin", "Plex")
    film = pair.target.world.items()[0]
    theirs = pair.target.show(film.key, Slot.POSTER, by=by)
    for _ in range(2):
        pair.forget()
        assert pair.sync("-Kinds", "poster", "-Libraries", "Movies") == ExitCode.DONE
        assert pair.target.shown_bytes(film.key, Slot.POSTER) == theirs
        assert pair.outcome()["Pictures Left"] == 1
    assert pair.moved_bytes() == 0, "what is left is not fetched again"
    pair.sync("-Take", json.dumps([POSTER]))
    assert not differing(pair)
    pair.undo()
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == theirs


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        (("-Kinds", "poster"), {"film poster", "show poster"}),
        (("-Kinds", "season,titlecard"), {"season", "episode"}),
        (("-Libraries", "Movies"), {"film poster", "film background"}),
        (("-Libraries", '["TV Shows"]', "-Kinds", "background"), {"show background"}),
    ],
)
def test_kinds_and_libraries_are_chosen(open_pair, arguments, changed):
    pair = open_pair("Plex", "Jellyfin")
    pair.sync(*arguments)
    film, show = pair.target.world.items()
    names = {film.key: "film ", show.key: "show "}
    parts = {key: "season" for key in map(show.season_key, show.season_numbers())}
    parts |= {episode.key: "episode" for episode in show.episodes}
    found = {parts.get(one.key) or f"{names[one.key]}{one.slot}" for one in pair.target.uploads}
    assert found == changed


@pytest.mark.parametrize(
    "arguments",
    [
        ("-Sync",),
        ("-Sync", "-From", "plex"),
        ("-Sync", "-From", "plex", "-To", "plex"),
        ("-Sync", "-From", "plex", "-To", "kodi"),
        ("-Sync", "-From", "plex", "-To", "emby", "-Kinds", "logo"),
        ("-Sync", "-From", "plex", "-To", "emby", "-Libraries", "[1]"),
    ],
)
def test_what_is_no_route_is_refused(open_pair, arguments):
    pair = open_pair("Plex", "Emby")
    assert pair.run(*arguments) == ExitCode.BAD_ARGUMENTS
    assert not pair.target.asked


def test_a_server_without_an_address_is_named(open_pair):
    pair = open_pair("Plex", "Jellyfin")
    assert pair.sync(target="emby") == ExitCode.BAD_CONFIGURATION
    assert "EmbyPart.EmbyUrl" in pair.log()


@pytest.mark.parametrize("switch", ["-SyncJelly", "-SyncEmby"])
def test_the_switches_of_the_old_script_sync_from_plex(open_pair, switch):
    pair = open_pair("Plex", {"-SyncJelly": "Jellyfin", "-SyncEmby": "Emby"}[switch])
    assert pair.run(switch) == ExitCode.DONE
    assert not differing(pair)
    assert pair.outcome(switch.lower().lstrip("-"))["Mode"] == switch.lower().lstrip("-")


def test_troubles_of_one_picture_stop_no_other(open_pair):
    pair = open_pair("Plex", "Jellyfin")
    film, show = pair.target.world.items()
    pair.origin.show(film.key, Slot.POSTER, b"<html>no picture</html>")
    pair.origin.show(show.key, Slot.BACKGROUND, b"\xff\xd8\xff\xe0 cut short")
    pair.target.fail("upload", RESET_AFTER, key=show.key)
    pair.target.fail("upload", 503, key=show.season_key(1))
    pair.target.fail("upload", 415, times=None, key=show.season_key(2))
    assert pair.sync() == ExitCode.SOME_PICTURES_FAILED
    assert {place for place in differing(pair)} == {
        (film.key, Slot.POSTER),
        (show.key, Slot.BACKGROUND),
        (show.season_key(2), Slot.POSTER),
    }
    assert pair.outcome()["Errors"] == 3
    assert len([one for one in pair.target.uploads if one.key == show.key and one.slot == "poster"]) == 1


def test_a_server_that_encodes_anew_is_sent_each_picture_once(open_pair):
    pair = open_pair("Plex", "Jellyfin")
    pair.target.re_encodes = "loses mark"
    pair.sync()
    pair.forget()
    assert pair.sync() == ExitCode.DONE
    assert (pair.moved_bytes(), pair.target.uploads) == (0, [])
