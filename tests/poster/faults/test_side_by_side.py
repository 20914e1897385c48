"""Two scripts on one data folder: one works, the other says so and changes nothing."""

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.faults.sites import Site, done_files, require_whole, world_of
from tests.poster.forked import script_forge
from tests.poster.program import make_environment

FILMS = 150


@pytest.mark.slow
def test_two_processes_never_apply_the_same_plan(tmp_path, forge):
    site = Site("Folder", tmp_path, world_of(FILMS, 0), forge)
    environment = make_environment(site.data)
    with script_forge(is_small=True) as second:
        first = site.start()
        while first.is_alive and not site.events():
            pass
        refused = [
            second.run(site.data, *switches, environment=environment)
            for switches in ((), ("-Clean",), ("-Undo", "1"))
        ]
        assert site.events() < 2 * FILMS, "the other scripts came while the first one worked"
        assert [run.code for run in refused] == [ExitCode.ALREADY_RUNNING] * 3
        assert "already running" in refused[0].text
        assert first.wait() == ExitCode.DONE
    require_whole(site.assets)
    assert set(done_files(site.data).values()) == {1} and len(site.files()) == 2 * FILMS
