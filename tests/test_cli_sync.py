"""`posterizarr sync FROM TO`, from the command line to the media servers."""

import subprocess

import pytest

from tests.doubles.loopback import serving
from tests.live_server import POSTERIZARR, ROOT, server_environment
from tests.poster.exchange.pair import Pair


@pytest.mark.slow
def test_a_sync_is_planned_and_done_from_the_command_line(data, tmp_path):
    pair = Pair("Plex", "Jellyfin", data)
    with serving(pair.origin), serving(pair.target):

        def command(*words):
            environment = server_environment(data)
            return subprocess.run(
                [*POSTERIZARR, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90
            )

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
def test_what_is_no_sync_is_refused_before_anything_runs(words):
    done = subprocess.run(
        [*POSTERIZARR, "sync", *words], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr
