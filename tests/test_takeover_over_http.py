"""A real start over the data folder of the old program: what it serves, and what it leaves as it was."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.live_server import RunningServer
from tests.upstream import KEY, SCHEMAS, digests, insert_rows, make_folder, make_past_run

# What both programs write while they run.
SHARED = {"scheduler.json", "UILogs/BackendServer.log"}


@pytest.mark.slow
def test_a_server_takes_over_at_its_first_start_and_the_old_program_can_go_on(data, tmp_path):
    make_folder(data)
    before, schedules = digests(data), (data / "scheduler.json").read_bytes()
    with RunningServer(data, TZ="Europe/Berlin") as server:
        old_key = {"headers": {"X-API-Key": KEY}}
        history = server.get("/api/runtime-history", **old_key).json()
        assert [run["mode"] for run in history["history"]] == ["normal", "scheduled"]
        assert {row["Title"]: row["Manual"] for row in server.get("/api/imagechoices", **old_key).json()} == {
            "Alien": "false",
            "Dark | Season 2": "Yes",
        }
        assert server.get("/api/plex-export/runs").json()["runs"] == ["2025-11-25T16:34:20.500000"]
        (item,) = server.get("/api/queue").json()
        assert (item["asset_path"], item["status"]) == ("Movies/Alien (1979)/poster.jpg", "pending")
        assert server.post(f"/api/webhook/arr?api_key={KEY}", json={"eventType": "Test"}, headers={}).ok
        assert server.get("/api/scheduler/config").json()["config"]["schedules"][0]["time"] == "03:30"
        assert server.get("/api/config", headers={}, auth=("admin", "old password")).ok
        states = {part["name"]: part["state"] for part in server.get("/api/admin/takeover").json()["parts"]}
        server.line_with("takeover_finished")
    assert states == {
        **dict.fromkeys(("history", "image choices", "exports", "API keys", "queue"), "taken"),
        **dict.fromkeys(("library exclusions", "settings", "schedules", "artwork", "logs"), "in_place"),
        "overlays and fonts": "in_place",
        **dict.fromkeys(("waiting triggers", "other databases"), "absent"),
    }
    after = digests(data)
    assert {name for name in before if after[name] != before[name]} <= SHARED
    kept = data / "config_backups" / "scheduler_before_takeover.json"
    assert kept.read_bytes() == schedules
    assert_old_program_goes_on(data, tmp_path / "copy")


def assert_old_program_goes_on(data, copy):
    """All that the old program opens is as it writes it, on a copy of the folder."""
    shutil.copytree(data, copy)
    for file, tables in SCHEMAS.items():
        with closing(sqlite3.connect(copy / "database" / file)) as connection:
            found = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            assert found - {"sqlite_sequence"} == tables.keys()
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    insert_rows(copy / "database" / "runtime_stats.db", "runtime_stats", make_past_run())
    schedules, config = (json.loads((copy / name).read_text()) for name in ("scheduler.json", "config.json"))
    assert schedules["enabled"] is True and schedules["schedules"][0]["description"] == "at night"
    assert {"timezone", "skip_if_running", "last_run", "next_run"} <= schedules.keys()
    assert config.keys() == {"WebUI", "PrerequisitePart", "PlexPart"}
