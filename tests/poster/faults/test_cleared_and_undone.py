"""A clean-up is undone like any run, and what a person had brought back is not cleared again."""

from app.poster.script.exits import ExitCode
from tests.poster.cleaning.yard import draw
from tests.poster.faults.sites import Site, world_of

GONE = "Movies/Gone (1990)/poster.jpg"


def test_undo_brings_back_cleared_files_with_their_folders_and_they_stay(tmp_path, forge):
    site = Site("Folder", tmp_path, world_of(2, 0), forge, BackgroundPosters="false")
    assert site.run().code == ExitCode.DONE
    draw(site.assets / GONE)
    before, folders = site.files(), site.folders()
    assert site.run("-Clean").code == ExitCode.DONE
    assert GONE not in site.files() and not (site.assets / GONE).parent.exists()
    assert site.run("-Undo", "2").code == ExitCode.DONE
    assert (site.files(), site.folders()) == (before, folders)
    assert site.run("-Clean").code == ExitCode.DONE and site.files() == before
    assert site.run("-Undo", "3").code == ExitCode.DONE and GONE not in site.files()
