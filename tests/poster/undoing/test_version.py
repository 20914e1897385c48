"""An earlier version of one asset is restored, whosever it was, and the next runs leave it."""

import json
from hashlib import sha256

import pytest

from app.poster.journal.store import sha256_of
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Slot
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.undoing.version import restore_ordered_version
from tests.poster.pipeline.media import add_film, configure, contents, plan, run_over, two_colored
from tests.poster.undoing.benches import Installation
from tests.poster.undoing.memory_receiver import MemoryReceiver

NOSFERATU = "Movies/Nosferatu (1922)/poster.jpg"
POSTER = Place(SourceName.PLEX, "348", Slot.POSTER)


def test_a_version_is_restored_kept_by_the_next_runs_and_can_be_taken_back(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    configure(data)
    beside = add_film(media, "Nosferatu (1922)", poster="navy") / "poster.jpg"
    run_over(data, media)
    first, digest = contents(data), sha256_of(data / "assets" / NOSFERATU)
    two_colored(beside, "olive", size=(500, 700))
    run_over(data, media)
    second = contents(data)
    named = ("-Version", digest, "-Only", json.dumps([NOSFERATU]))
    assert run_over(data, media, *named, POSTERIZARR_RUN="3-1").returncode == ExitCode.DONE
    assert contents(data) == first != second
    run_over(data, media)
    assert contents(data) == first
    assert [step["reason"] for step in plan(data)[:-1]] == ["undone"]
    run_over(data, media, "-Undo", "3")
    assert contents(data) == second
    run_over(data, media)
    assert [step["reason"] for step in plan(data)[:-1]] == ["unchanged"]


def restore(place: Installation, monkeypatch, content: bytes, path: str = "a"):
    """Restore the version with these bytes; the job."""
    job = place.job("-Version", sha256(content).hexdigest(), "-Only", json.dumps([path]))
    monkeypatch.setattr("app.poster.undoing.version.open_bench", place.bench)
    restore_ordered_version(job)
    return job


def test_versions_of_people_and_of_the_server_follow_and_places_show_the_version(tmp_path, monkeypatch):
    place = Installation(tmp_path / "data", MemoryReceiver())
    place.server.give(POSTER, b"agent")
    place.by_hand("a", b"by hand")
    for number, content in enumerate((b"first", b"second")):
        with place.run() as run:
            run.make("a", content, None if number else Owner.HAND)
            run.upload("a", POSTER, content)
    for content in (b"first", b"by hand", b"second"):
        job = restore(place, monkeypatch, content)
        assert job.tally.errors == 0
        assert (place.contents(), place.server.showing(POSTER)) == ({"a": content}, content)
    job = restore(place, monkeypatch, b"second")
    assert job.tally.taken_back.total() == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-Version", "00", "-Only", '["a"]'), "a has no version 00"),
        (("-Version", "00", "-Only", '["a", "b"]'), "exactly one path"),
        (("-Version", "00"), "exactly one path"),
    ],
)
def test_a_version_that_there_is_none_of_is_refused(tmp_path, arguments, words):
    with pytest.raises(HandledExit, match=words) as refused:
        restore_ordered_version(Installation(tmp_path / "data").job(*arguments))
    assert refused.value.code is ExitCode.BAD_ARGUMENTS
