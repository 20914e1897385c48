"""A fresh server makes its first pictures: of the demo library, and of what a webhook brings."""

from urllib.parse import unquote

import pytest
from PIL import Image

from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN as JELLYFIN_KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN as PLEX_TOKEN
from tests.doubles.media_plex import MediaPlex
from tests.doubles.media_world import small_media
from tests.driving import eventually
from tests.live_server import RunningServer
from tests.poster.program import write_config

BASES = {"Plex": "", "Jellyfin": "", "Emby": "/emby"}
IMPORT = {
    "eventType": "Download",
    "movie": {
        "id": 1,
        "title": "Nosferatu",
        "year": 1922,
        "tmdbId": 653,
        "folderPath": "/m/Nosferatu (1922)",
    },
    "movieFile": {"id": 7, "relativePath": "Nosferatu (1922).mkv"},
}


def ended_run(server: RunningServer, number: int = 1) -> dict | None:
    answer = server.get(f"/api/runs/{number}")
    run = answer.json()["run"] if answer.ok else {"status": "queued"}
    return run if run["status"] not in ("queued", "running") else None


def shown(server: RunningServer) -> list[str]:
    """The paths of the newest images, once the index has seen them."""
    addresses = [asset["poster_url"] for asset in server.get("/api/recent-assets").json()["assets"]]
    return [unquote(address.partition("/poster_assets/")[2].partition("?")[0]) for address in addresses]


def test_a_webhook_on_a_fresh_server_with_a_local_folder_ends_with_its_poster_in_the_gallery(tmp_path):
    folder = tmp_path / "media" / "Movies" / "Nosferatu (1922)"
    folder.mkdir(parents=True)
    (folder / "Nosferatu (1922).mkv").touch()
    (folder.parent / "Metropolis (1927)").mkdir()
    (folder.parent / "Metropolis (1927)" / "Metropolis.mkv").touch()
    data = tmp_path / "data"
    with RunningServer(data, MEDIA_PATH=tmp_path / "media", ARR_WAIT_TIME="0") as server:
        assert server.post("/api/webhook/arr", json=IMPORT).json()["success"]
        run = eventually(lambda: ended_run(server), seconds=60)
        assert (run["status"], run["mode"], run["posters"]) == ("completed", "arr", 1), run
        paths = eventually(lambda: shown(server))
        assert paths == ["Movies/Nosferatu (1922)/poster.jpg"]
        with Image.open(data / "assets" / paths[0]) as poster:
            assert poster.size == (2000, 3000)
        decision = server.get(f"/api/assets/{paths[0]}/decision").json()
        assert decision["decision"]["chosen"]["provider"] == "Typographic"
        assert decision["why"] == "there is no file yet"
        plan = server.get("/api/runs/1/plan").json()
        assert plan["totals"] == {"create": 1} and plan["steps"][0]["path"] == paths[0]
        planned = server.post("/api/runs/plan").json()
        run = eventually(lambda: ended_run(server, planned["run_id"]), seconds=60)
        assert (run["status"], run["total_images"]) == ("completed", 0)
        plan = server.get(f"/api/runs/{run['id']}/plan?action=create&limit=1").json()
        assert [step["path"] for step in plan["steps"]] == ["Movies/Metropolis (1927)/poster.jpg"]
        assert plan["totals"] == {"create": 1, "skip": 1} and plan["total"] == 1
        assert eventually(lambda: shown(server)) == paths


def test_there_is_no_decision_about_what_was_never_made_and_no_plan_of_another_script(tmp_path):
    with RunningServer(tmp_path / "data", POSTER_SCRIPT=tmp_path / "posters.ps1") as server:
        assert server.get("/api/assets/Movies/Alien/poster.jpg/decision").status_code == 404
        refused = server.post("/api/runs/plan")
        assert refused.status_code == 409 and "POSTER_SCRIPT" in refused.json()["detail"]
        assert server.get("/api/runs/1/plan").status_code == 404


@pytest.mark.slow
def test_a_first_start_shows_a_demo_library_that_a_source_of_ones_own_ends(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    with RunningServer(data, DEMO="on") as server:
        run = eventually(lambda: ended_run(server), seconds=90)
        assert run["status"] == "completed", run
        counts = [run[name] for name in ("posters", "seasons", "backgrounds", "titlecards")]
        assert counts == [7, 1, 7, 10]
        assert eventually(lambda: len(shown(server)) == 25)
    (media / "Movies" / "Alien (1979)").mkdir(parents=True)
    (media / "Movies" / "Alien (1979)" / "Alien.mkv").touch()
    with RunningServer(data, DEMO="on", MEDIA_PATH=media) as server:
        number = server.post("/api/run/normal").json()["run_id"]
        assert eventually(lambda: ended_run(server, number), seconds=60)["posters"] == 1
        assert not (data / "demo").exists()
        left = {path.parts[-3] for path in (data / "assets").rglob("*.jpg")}
        assert left == {"Movies"}


def test_only_an_empty_data_folder_gets_the_demo_library(tmp_path):
    data = tmp_path / "data"
    with RunningServer(data, DEMO="off"):
        assert not (data / "demo").exists()
    with RunningServer(data, DEMO="on") as server:
        assert not (data / "demo").exists()
        assert server.get("/api/runs").json()["total"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Plex", "Jellyfin", "Emby"])
def test_a_full_run_over_a_media_server_fills_gallery_choices_exports_and_history(tmp_path, name):
    key, token = {"Plex": ("PlexToken", PLEX_TOKEN)}.get(name, (f"{name}APIKey", JELLYFIN_KEY))
    double = MediaPlex(small_media()) if name == "Plex" else MediaJellyfin(small_media(), BASES[name])
    exports = "plex-export" if name == "Plex" else "other-media-export"
    common = {"BackgroundPosters": "true", "TitleCards": "true", "AssetPath": str(tmp_path / "assets")}
    with serving(double):
        used = {f"Use{name}": "true", f"{name}Url": double.url, "LibstoExclude": []}
        parts = {f"{other}Part": {f"Use{other}": "false"} for other in BASES}
        write_config(
            tmp_path / "data",
            **parts | {f"{name}Part": used, "ApiPart": {key: token}, "PrerequisitePart": common},
        )
        with RunningServer(tmp_path / "data") as server:
            number = server.post("/api/run/normal").json()["run_id"]
            run = eventually(lambda: ended_run(server, number), seconds=120)
            assert (run["status"], run["reason"]) == ("completed", None), server.output
            counts = [run[name] for name in ("posters", "seasons", "backgrounds", "titlecards", "errors")]
            assert counts == [2, 3, 2, 4, 0]
            assert eventually(lambda: len(shown(server)) == 11)
            assert eventually(lambda: len(server.get(f"/api/{exports}/library").json()["data"]) == 2)
            assert len(server.get(f"/api/{exports}/episodes").json()["data"]) == 3
            assert eventually(lambda: server.get("/api/imagechoices").json()) != []
            assert server.get(f"/api/runs/{number}/plan").json()["totals"] == {"create": 11}
            assert token not in server.output
