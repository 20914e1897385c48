"""Edits by hand beside runs: the change stands, no file is torn, and a kill at any point loses nothing."""

import os
import signal
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import EntryState, Hold
from app.poster.records.reasons import Owner
from app.poster.script.exits import ExitCode
from tests.editing import edited
from tests.poster.cleaning.yard import draw
from tests.poster.faults.sites import Site, require_whole, world_of

PATH = "Movies/Film 0 (2000)/poster.jpg"
LONGEST = 60.0


def edit(site: Site, *edits: tuple, run: str = "") -> dict:
    named = [dict(zip(("action", "path", "file"), one, strict=False)) for one in edits]
    return edited(site.data, {"edits": named}, run, ASSET_PATH=str(site.assets))


@pytest.fixture
def site(tmp_path, forge):
    return Site("Folder", tmp_path, world_of(2, 0), forge, BackgroundPosters="false")


@pytest.fixture
def own(tmp_path):
    """A picture with our mark, as a person may have downloaded it: bytes alone do not say whose it is."""
    draw(tmp_path / "own.jpg")
    return str(tmp_path / "own.jpg")


def test_runs_leave_what_a_person_put_there_until_it_is_released_and_make_anew_what_is_deleted(site, own):
    assert site.run().code == ExitCode.DONE
    made = site.files()
    edit(site, ("put", PATH, own), run="90-1")
    put = site.files()[PATH]
    assert put == sha256(Path(own).read_bytes()).hexdigest()
    assert site.run("-Clean").code == ExitCode.DONE and site.files() == {**made, PATH: put}
    edit(site, ("release", PATH))
    assert site.run().code == ExitCode.DONE and site.files() == made
    edit(site, ("delete", PATH), run="91-1")
    assert PATH not in site.files()
    assert site.run("-Undo", "91").code == ExitCode.DONE and site.files() == made
    edit(site, ("delete", PATH))
    assert site.run().code == ExitCode.DONE and site.files() == made


def test_a_person_changes_pictures_while_a_run_makes_them_and_the_change_stands(tmp_path, forge, own):
    site = Site("Folder", tmp_path, world_of(40, 0), forge, BackgroundPosters="false")
    paths = [f"Movies/Film {number} (2000)/poster.jpg" for number in range(40)]
    run = site.start()
    while run.is_alive and not site.assets.exists():
        sleep(0.02)
    for number, path in enumerate(paths):
        assert edit(site, ("put", path, own), run=f"{100 + number}-1")["done"] == [path]
    assert run.wait() == ExitCode.DONE, run.text
    require_whole(site.assets)
    assert set(site.files().values()) == {sha256(Path(own).read_bytes()).hexdigest()}
    with closing(Journal(site.data / "engine")) as journal:
        known = journal.records(paths)
    assert {(one.owner, one.hold) for one in known.values()} == {(Owner.HAND, Hold.HELD)}
    assert len(known) == len(paths)


def killed_edit(site: Site, edits: list[tuple], after: int) -> None:
    """Kill the process of the edits when so many of the files that they delete are gone."""
    deleted = [site.assets / path for action, path, *_ in edits if action == "delete"]
    number = os.fork()
    if number == 0:
        edit(site, *edits, run="90-1")
        os._exit(0)
    deadline = monotonic() + LONGEST
    while sum(not file.exists() for file in deleted) < after and monotonic() < deadline:
        sleep(0.002)
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_edit_has_done_a_part_whole_and_its_undo_brings_everything_back(site, own, seed):
    paths = [f"Movies/{number}/poster.jpg" for number in range(70)]
    for path in paths:
        (site.assets / path).parent.mkdir(parents=True)
        (site.assets / path).write_bytes(path.encode() * 1000)
    before, new = site.files(), sha256(Path(own).read_bytes()).hexdigest()
    edits = [("delete", path) if number % 2 else ("put", path, own) for number, path in enumerate(paths)]
    killed_edit(site, edits, Random(seed).randrange(1, 30))
    edit(site, ("delete", "Movies/none.jpg"))
    with closing(Journal(site.data / "engine")) as journal:
        entries = [one for one in journal.entries() if one.run.endswith("-90-1")]
    assert EntryState.INTENDED not in {one.state for one in entries}
    done = {one.path for one in entries if one.state is EntryState.DONE}
    left = site.files()
    for number, path in enumerate(paths):
        expected = (None if number % 2 else new) if path in done else before[path]
        assert left.get(path) == expected, path
    assert not list(site.assets.rglob("*.part"))
    assert edited(site.data, {"undo": "90"}, ASSET_PATH=str(site.assets))["failed"] == []
    assert site.files() == before
