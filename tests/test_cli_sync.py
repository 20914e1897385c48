"""`posterizarr sync FROM TO`, from the command line to the media servers."""

import pytest

from tests.command_line import run_command
from tests.doubles.loopback import serving
from tests.live_server import server_environment
from tests.poster.exchange.pair import Pair


@pytest.mark.slow
def test_a_sync_is_planned_and_done_from_the_command_line(data, tmp_path):
    pair = Pair("Plex", "Jellyfin", data)
    with serving(pair.origin), serving(pair.target):

        def command(*words):
            return run_command(*words, environment=server_environment(data))

        pair.configure()
        planned = command("sync", "plex", "jellyfin", "--plan")
        assert planned.returncode == 0, planned.stderr
        assert "upload   Movies/Alien (1979)/poster.jpg" in planned.stdout and not pair.target.uploads
        done = command("sync", "plex", "jellyfin", "--kind", "poster", "--library", "Movies")
        assert done.returncode == 0, done.stderr
        assert [one.key for one in pair.target.uploads] == [pair.target.world.items()[0].key]


@pytest.mark.parametrize(
    "words", [("plex", "plex"), ("plex", "kodi"), ("plex",), ("plex", "emby", "--kind", "logo")]
)
def test_what_is_no_sync_is_refused_before_anything_runs(words, data):
    done = run_command("sync", *words, environment=server_environment(data))
    assert done.returncode == 2 and "Traceback" not in done.stderr
