"""Which files of runs are waited for, and whether anybody does."""

import os
from datetime import UTC, datetime

ADDRESS = "/api/logs-watcher/status"


def test_the_files_of_runs_are_named(client, machine):
    told = client.get(ADDRESS).json
    assert (told["success"], told["available"], told["logs_dir"]) == (True, True, str(machine.paths.logs))
    assert sorted(told["monitored_files"]["csv"]) == [
        "ImageChoices.csv",
        "OtherMediaServerEpisodeExport.csv",
        "OtherMediaServerLibExport.csv",
        "PlexEpisodeExport.csv",
        "PlexLibexport.csv",
    ]
    assert {"scheduled.json", "arr.json", "tautulli.json"} <= set(told["monitored_files"]["json"])
    assert (told["debounce_seconds"], told["poll_interval"]) == (2, 2)


def test_nobody_waits_for_them_where_no_worker_leads(client, machine):
    assert client.get(ADDRESS).json["running"] is False
    machine.state.publish(leader={"pid": os.getpid(), "since": datetime.now(UTC).isoformat()})
    assert client.get(ADDRESS).json["running"] is True
