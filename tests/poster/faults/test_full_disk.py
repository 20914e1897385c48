"""A disk that is full after each number of pages: every file is the old one or the new one."""

import shutil
from pathlib import Path

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.cleaning.yard import draw
from tests.poster.faults.sites import Site, entry_states, world_of
from tests.poster.pipeline.media import two_colored

MOST_PAGES = 400
GONE = "Movies/Gone (1990)/poster.jpg"
FULL = ("No space left on device", "database or disk is full", "disk I/O error")


def change_sources(site: Site) -> None:
    """A run that creates, replaces and deletes has something to do."""
    folder = site.media / "Movies" / "Film 0 (2000)"
    two_colored(folder / "poster.jpg", "maroon")
    new = shutil.copytree(folder, folder.with_name("New (2020)"))
    (new / "Film 0 (2000).mkv").rename(new / "New (2020).mkv")


def set_back(data: Path, start: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(start, data)


def require_old_or_new(site: Site, old: dict, new: dict) -> None:
    """No file is lost that the run does not delete, and none has other bytes than before or after."""
    found = {name: sha for name, sha in site.files().items() if name.endswith(".jpg")}
    assert all(sha in (old.get(name), new.get(name)) for name, sha in found.items())
    assert set(old) & set(new) <= set(found)


def require_completed(site: Site, new: dict) -> None:
    last = site.run("-Clean")
    assert last.code == ExitCode.DONE, last.text
    assert site.files() == new
    assert not entry_states(site.data)["intended"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_disk_that_is_full_at_any_moment_leaves_each_file_whole_and_the_next_run_completes(
    tmp_path, forge, small_disk
):
    settings = {"BackgroundPosters": "false"}
    site = Site("Folder", tmp_path, world_of(1, 0), forge, disk=small_disk.folder, **settings)
    draw(site.assets / GONE)
    assert site.run().code == ExitCode.DONE
    old = site.files()
    change_sources(site)
    start = shutil.copytree(site.data, tmp_path / "start")
    assert site.run("-Clean").code == ExitCode.DONE
    new = site.files()
    assert set(old) - set(new) == {GONE} and len(set(new) - set(old)) == 1
    for pages in range(MOST_PAGES):
        small_disk.leave_room()
        set_back(site.data, start)
        small_disk.leave_pages(pages)
        run = site.run("-Clean")
        require_old_or_new(site, old, new)
        if run.code == ExitCode.DONE:
            break
        (reason,) = (line for line in run.text.splitlines() if line.startswith("posterizarr: "))
        assert any(words in reason for words in FULL) and str(small_disk.folder) in reason
        small_disk.leave_room()
        require_completed(site, new)
    assert pages > 20 and site.files() == new
