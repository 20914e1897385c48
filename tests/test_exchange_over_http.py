"""Pictures of two media servers are backed up, synced, restored, reset and taken back, by the API."""

import pytest

from tests.doubles.loopback import serving
from tests.live_server import RunningServer
from tests.poster.exchange.pair import Pair
from tests.test_undo_over_http import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

ROUTE = {"from": "plex", "to": "jellyfin"}


@pytest.fixture
def pair(data):
    pair = Pair("Plex", "Jellyfin", data)
    with serving(pair.origin), serving(pair.target):
        pair.configure("Jellyfin", AssetPath=str(data / "assets"), BackupPath=str(data / "backup"))
        yield pair


def test_a_backup_a_sync_a_restore_and_a_reset_are_done_and_undone(pair, data):
    before = pair.shown(pair.target)
    with RunningServer(data) as server:
        planned = run(server, "run/sync", **ROUTE, plan=True)
        assert (planned["mode"], pair.shown(pair.target), pair.backed_up()) == ("plan", before, {})

        run(server, "run/backup", kinds=["poster", "season"], libraries=["TV Shows"])
        chosen = {
            f"TV Shows/Dark (2017)/{name}.jpg" for name in ("poster", "Season00", "Season01", "Season02")
        }
        assert set(pair.backed_up()) == chosen
        run(server, "run/backup", **{"from": "jellyfin"})
        assert pair.backed_up() == pair.files(before)

        sync = run(server, "run/sync", **ROUTE)
        synced = pair.shown(pair.target)
        assert synced == pair.shown(pair.origin) != before

        restore = run(server, "run-restore", library_name="Movies", asset_type="Poster")
        film = pair.target.world.items()[0]
        restored = {place for place, content in pair.shown(pair.target).items() if content != synced[place]}
        assert {key for key, _ in restored} == {film.key} and len(restored) == 1
        run(server, f"runs/{restore['id']}/undo")
        assert pair.shown(pair.target) == synced
        whole = run(server, "run/restore")
        assert pair.shown(pair.target) == before
        run(server, f"runs/{whole['id']}/undo")

        reset = run(server, "reset-posters", libraries=["Movies", "TV Shows"])
        own = pair.shown(pair.target)
        assert own != synced and synced not in own.values()
        run(server, f"runs/{reset['id']}/undo")
        assert pair.shown(pair.target) == synced
        run(server, f"runs/{sync['id']}/undo")
        assert pair.shown(pair.target) == before
