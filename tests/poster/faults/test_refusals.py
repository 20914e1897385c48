"""Disks that know no fsync and no rights, and disks that lose what they took."""

import stat

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.faults.sites import Site, entry_states, require_whole, world_of
from tests.poster.pipeline.media import two_colored


@pytest.fixture
def site(tmp_path, forge):
    return Site("Folder", tmp_path, world_of(2, 2), forge)


def test_pictures_count_as_written_where_a_disk_knows_no_fsync_and_no_rights(site):
    run = site.run(fault="knows_no_sync_and_no_rights")
    assert run.code == ExitCode.DONE, run.text
    assert len(site.files()) == 2 * 2 + 3 + 2 and entry_states(site.data) == {"done": 9}
    require_whole(site.assets)
    before = site.files()
    assert site.run().code == ExitCode.DONE and site.files() == before


@pytest.mark.parametrize("fault", ["loses_bytes_of_pictures", "has_no_room_for_pictures"])
def test_bytes_that_a_disk_may_have_lost_are_a_failure_and_the_old_picture_stays(site, fault):
    first = site.run(fault=fault)
    assert first.code == ExitCode.FAILED and ".jpg" in first.text
    assert site.files() == {} and not entry_states(site.data)["done"]
    assert site.run().code == ExitCode.DONE
    before = site.files()
    two_colored(site.media / "Movies" / "Film 0 (2000)" / "poster.jpg", "maroon")
    assert site.run(fault=fault).code == ExitCode.FAILED and site.files() == before
    assert site.run().code == ExitCode.DONE
    assert len(site.files()) == len(before) and site.files() != before


@pytest.mark.parametrize(("umask", "rights"), [(0o002, 0o664), (0o022, 0o644), (0o000, 0o664)])
def test_new_files_have_the_rights_of_the_folders_group_less_the_umask(site, forge, umask, rights):
    forge.umask = umask
    assert site.run().code == ExitCode.DONE
    found = {stat.S_IMODE(path.stat().st_mode) for path in site.assets.rglob("*.jpg")}
    assert found == {rights}
