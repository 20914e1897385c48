import pytest

from tests.exported import make_film, make_season, write_pair


@pytest.mark.parametrize("prefix", ["plex-export", "other-media-export"])
def test_without_an_export_everything_is_empty(client, prefix):
    assert client.get(f"/api/{prefix}/statistics").json == {
        "success": True,
        "statistics": {
            "total_runs": 0,
            "total_library_records": 0,
            "total_episode_records": 0,
            "latest_run": None,
        },
    }
    assert client.get(f"/api/{prefix}/runs").json == {"success": True, "runs": [], "count": 0}
    for part in ("library", "episodes"):
        told = client.get(f"/api/{prefix}/{part}").json
        assert (told["success"], told["data"], told["count"], told["run_timestamp"]) == (
            True,
            [],
            0,
            "latest",
        )


def test_an_import_is_told_everywhere(client, machine):
    write_pair(machine.paths.logs, library=[make_film(), make_film("Brazil")])
    told = client.post("/api/plex-export/import").json
    stamp = told["results"]["run_timestamp"]
    assert told == {
        "success": True,
        "results": {"library_count": 2, "episode_count": 1, "run_timestamp": stamp},
        "message": "Imported 2 library records and 1 episode records",
        "already_imported": False,
    }
    assert client.get("/api/plex-export/runs").json == {"success": True, "runs": [stamp], "count": 1}
    assert client.get("/api/plex-export/statistics").json["statistics"] == {
        "total_runs": 1,
        "total_library_records": 2,
        "total_episode_records": 1,
        "latest_run": stamp,
        "latest_run_library_count": 2,
        "latest_run_episode_count": 1,
        "latest_run_total_episodes": 3,
    }
    assert client.get("/api/other-media-export/runs").json["count"] == 0
