"""Runs of the script that upload to the doubles of Plex, Jellyfin and Emby, end to end."""

import json

import pytest

from app.poster.records.server_art import Slot
from app.poster.script.exits import ExitCode
from tests.doubles.loopback import serving
from tests.doubles.media_world import picture_named
from tests.doubles.shown_pictures import HAND, SERVER, TOOL
from tests.poster.pipeline.media import contents, lines, plan
from tests.poster.pipeline.upload_site import BACKGROUND, POSTER, UploadSite

SERVERS = ("Plex", *(pytest.param(name, marks=pytest.mark.slow) for name in ("Jellyfin", "Emby")))


@pytest.fixture(params=SERVERS)
def site(request, tmp_path):
    made = UploadSite(request.param, tmp_path / "data", tmp_path / "media")
    with serving(made.double):
        yield made


def test_each_picture_goes_up_to_its_place_once_and_the_next_runs_do_nothing(site):
    result = site.run()
    assert result.returncode == ExitCode.DONE, result.stdout
    files = contents(site.data)
    assert site.shown() == files
    assert site.sent() == len(files)
    report = site.outcome()
    assert (report["Images Uploaded"], report["Uploads"]["applied"]) == (len(files), len(files))
    assert report["Upload Problems"] == ""
    assert f"Finished, Total images Uploaded: {len(files)}" in result.stdout
    for _ in range(2):
        assert site.run().returncode == ExitCode.DONE
        assert contents(site.data) == files, "what is drawn from the server's art is not drawn from itself"
        counts = site.double.counts()
        assert (counts["upload"], counts["read"], counts["list"], counts["delete"]) == (0, 0, 0, 0)
        assert (site.shown(), lines(site.data, "Added")) == (files, [])


def test_a_changed_setting_draws_from_the_servers_own_art_and_uploads_again_without_a_growing_pile(site):
    site.run()
    first, pile = contents(site.data), len(site.double.pile_bytes(site.alien.key))
    site.sent()
    for quality, is_first in (("70%", False), (None, True)):
        sections = {"OverlayPart": {"outputQuality": quality}} if quality else {}
        assert site.run(sections=sections, LibstoExclude=["TV Shows"]).returncode == ExitCode.DONE
        files = contents(site.data)
        for path, slot in ((POSTER, Slot.POSTER), (BACKGROUND, Slot.BACKGROUND)):
            assert (files[path] == first[path]) is is_first, (
                "drawn from the server's own art, and not from ours"
            )
            assert site.double.shown_bytes(site.alien.key, slot) == files[path]
        assert site.double.counts()["upload"] == (0 if is_first and site.name == "Plex" else 2)
        site.sent()
        if site.name != "Plex":
            assert len(site.double.pile_bytes(site.alien.key)) == pile


def test_art_of_others_is_left_and_one_problem_line_counts_it(site):
    hand = site.double.show(site.alien.key, Slot.BACKGROUND, by=HAND)
    tool = site.double.show(site.alien.key, Slot.POSTER, by=TOOL)
    site.double.locked.add((site.alien.key, "background"))
    if site.name != "Plex":
        site.double.locked_items.add(site.alien.key)
    site.run()
    assert site.double.shown_bytes(site.alien.key, Slot.BACKGROUND) == hand
    assert site.double.shown_bytes(site.alien.key, Slot.POSTER) == tool
    report = site.outcome()
    assert report["Uploads"]["kept"] == 2
    assert "2 stay below art that is not ours" in report["Upload Problems"]
    assert any("label" in line or "mark" in line for line in lines(site.data, f"Not uploaded: {POSTER}"))
    site.sent()
    site.run("-Take", json.dumps([POSTER]))
    assert site.double.shown_bytes(site.alien.key, Slot.POSTER) == contents(site.data)[POSTER]
    assert site.sent() == 1


def test_a_server_in_trouble_costs_no_picture_and_the_next_run_uploads_without_drawing(site):
    site.double.fail("upload", 503, times=None)
    result = site.run()
    files = contents(site.data)
    assert result.returncode in (ExitCode.DONE, ExitCode.SOME_PICTURES_FAILED)
    assert len(files) == len(site.places())
    assert f"{len(files)} wait and go up with the next run" in site.outcome()["Upload Problems"]
    site.double.failures.clear()
    site.run()
    assert (site.shown(), lines(site.data, "Added")) == (files, [])


def test_below_a_proxys_limit_pictures_go_up_at_lower_quality_and_the_files_keep_theirs(site):
    site.double.fail("upload", 503, times=None)
    site.run()
    files = contents(site.data)
    site.double.failures.clear()
    site.double.limit = 2 * max(map(len, files.values())) // 3
    for _ in range(2):
        assert site.run().returncode == ExitCode.DONE, site.outcome()["Upload Problems"]
        shown = site.shown()
        assert contents(site.data) == files
        assert any(len(shown[path]) < len(files[path]) for path in files)
        assert not lines(site.data, "Added")
    site.sent()
    site.run()
    assert site.sent() == 0


def test_an_import_uploads_what_was_made_before_and_waits(site):
    site.double.fail("upload", 503, times=None)
    site.run()
    files = contents(site.data)
    site.double.failures.clear()
    site.sent()
    event = ("-arr_platform", "Radarr", "-arr_movie_title", "Alien", "-arr_movie_tmdb", "348")
    assert site.run("-ArrTrigger", *event).returncode == ExitCode.DONE
    assert (site.sent(), contents(site.data)) == (2, files)
    for path, slot in ((POSTER, Slot.POSTER), (BACKGROUND, Slot.BACKGROUND)):
        assert site.double.shown_bytes(site.alien.key, slot) == files[path]


def test_the_plan_names_uploads_and_makes_none(site):
    site.double.show(site.alien.key, Slot.POSTER, by=TOOL)
    assert site.run("-Plan").returncode == ExitCode.DONE
    assert site.sent() == 0
    steps = {step["path"]: step for step in plan(site.data)[:-1]}
    (kept,), (planned,) = (steps[path]["uploads"] for path in (POSTER, BACKGROUND))
    assert (kept["action"], kept["state"]) == ("skip", "kept")
    assert (planned["server"], planned["slot"], planned["action"]) == (site.name, "background", "upload")


def test_what_others_did_between_two_runs_is_told_apart(site):
    site.run()
    files = contents(site.data)
    key = site.dark.season_key(1)
    hand = site.double.show(site.alien.key, Slot.POSTER, by=TOOL)
    before = site.double.show(key, Slot.POSTER, picture_named(site.dark.seasons[1]), by=SERVER)
    site.sent()
    site.run()
    assert site.double.shown_bytes(site.alien.key, Slot.POSTER) == hand
    assert site.double.shown_bytes(key, Slot.POSTER) == files["TV Shows/Dark (2017)/Season01.jpg"] != before
    report = site.outcome()
    assert (report["Uploads"]["overwritten"], report["Uploads"]["replaced_by_server"]) == (1, 1)
    assert site.run().returncode == ExitCode.DONE
    assert contents(site.data) == files, "no file is drawn from the picture of another tool"
