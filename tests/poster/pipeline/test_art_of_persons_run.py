"""What an undo and a person chose on a media server stays, in runs of the script against the doubles."""

import json

import pytest

from app.poster.records.server_art import Slot
from app.poster.script.exits import ExitCode
from tests.doubles.loopback import serving
from tests.doubles.shown_pictures import SERVER
from tests.poster.pipeline.media import contents, lines
from tests.poster.pipeline.upload_site import POSTER, UploadSite

SERVERS = ("Plex", *(pytest.param(name, marks=pytest.mark.slow) for name in ("Jellyfin", "Emby")))


def made(tmp_path, name: str) -> UploadSite:
    return UploadSite(name, tmp_path / "data", tmp_path / "media")


def run(site: UploadSite, number: int, *arguments: str, **common: str):
    return site.run(*arguments, variables={"POSTERIZARR_RUN": f"{number}-1"}, common=common)


@pytest.mark.parametrize("name", SERVERS)
def test_what_was_drawn_from_the_servers_own_art_and_taken_back_is_not_made_again(tmp_path, name):
    site = made(tmp_path, name)
    with serving(site.double):
        before = site.shown()
        run(site, 1)
        files = contents(site.data)
        assert site.sent() == len(files) and site.shown() == files
        assert run(site, 2, "-Undo", "1").returncode == ExitCode.DONE
        assert contents(site.data) == {}
        assert {path: site.shown()[path] for path in before if before[path]} == {
            path: content for path, content in before.items() if content
        }
        for number in (3, 4):
            site.sent()
            assert run(site, number).returncode == ExitCode.DONE
            counts = site.double.counts()
            assert (contents(site.data), lines(site.data, "Added")) == ({}, [])
            assert (counts["upload"], counts["read"], counts["select"], counts["delete"]) == (0, 0, 0, 0)
        report = site.outcome()
        assert (report["Uploads"]["taken_back"], report["Upload Problems"]) == (len(files), "")
        run(site, 5, "-Take", json.dumps([POSTER]))
        assert contents(site.data) == {POSTER: files[POSTER]}, "it is drawn from the art of before"
        assert site.double.shown_bytes(site.alien.key, Slot.POSTER) == files[POSTER]
        assert run(site, 6, "-Undo", "5").returncode == ExitCode.DONE
        assert run(site, 7, "-Undo", "2").returncode == ExitCode.DONE
        assert (site.shown(), contents(site.data)) == (files, files)
        site.sent()
        run(site, 8)
        assert (site.sent(), contents(site.data)) == (0, files)


@pytest.mark.parametrize("picks", ["another", "the one before ours"])
def test_art_of_an_agent_that_a_person_picks_in_plex_stays_and_a_refresh_does_not(tmp_path, picks):
    site = made(tmp_path, "Plex")
    with serving(site.double):
        key = site.alien.key
        other = site.double.show(key, Slot.POSTER, by=SERVER)
        own = site.double.show(key, Slot.POSTER, by=SERVER)
        run(site, 1)
        picked = other if picks == "another" else own
        site.double.pick(key, Slot.POSTER, picked)
        for number in (2, 3):
            run(site, number)
            assert site.double.shown_bytes(key, Slot.POSTER) == picked
            uploads = site.outcome()["Uploads"]
            assert (uploads["overwritten"], uploads["replaced_by_server"]) == (1, 0)
        run(site, 4, "-Take", json.dumps([POSTER]))
        ours = contents(site.data)[POSTER]
        site.double.refresh(key, Slot.POSTER)
        assert site.double.shown_bytes(key, Slot.POSTER) == ours, "what is locked is not refreshed"
        site.double.locked.discard((key, "poster"))
        site.double.refresh(key, Slot.POSTER)
        assert site.double.shown_bytes(key, Slot.POSTER) != ours
        run(site, 5)
        assert site.double.shown_bytes(key, Slot.POSTER) == contents(site.data)[POSTER]
        assert site.outcome()["Uploads"]["replaced_by_server"] == 1
