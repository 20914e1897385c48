"""A library of Jellyfin is uploaded, overwritten by others, taken back and made again, by the API."""

from collections import Counter

import pytest

from app.poster.records.server_art import Slot
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN, MediaJellyfin
from tests.doubles.media_world import small_media
from tests.doubles.shown_pictures import TOOL
from tests.driving import eventually
from tests.live_server import RunningServer
from tests.poster.program import write_config
from tests.test_undo_over_http import artwork, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(500)]

POSTER = "Movies/Alien (1979)/poster.jpg"
BACKGROUND = "Movies/Alien (1979)/background.jpg"
SHOW = "TV Shows/Dark (2017)/poster.jpg"
WRITTEN = "the journal wrote these bytes"


@pytest.fixture
def jellyfin(tmp_path):
    double = MediaJellyfin(small_media())
    uploads = {"PlexUpload": "true", "BackgroundPosters": "true", "AssetPath": str(tmp_path / "assets")}
    with serving(double):
        used = {"UseJellyfin": "true", "JellyfinUrl": double.url, "LibstoExclude": []}
        write_config(
            tmp_path / "data",
            PlexPart={"UsePlex": "false"},
            JellyfinPart=used,
            ApiPart={"JellyfinAPIKey": TOKEN},
            PrerequisitePart=uploads,
        )
        yield double


def shown(double):
    """The bytes of what Jellyfin shows by the path of our picture."""
    film, show = double.world.items()
    places = {POSTER: (film.key, Slot.POSTER), BACKGROUND: (film.key, Slot.BACKGROUND)}
    places |= {SHOW: (show.key, Slot.POSTER)}
    return {path: double.shown_bytes(*place) for path, place in places.items()}


def made(library):
    files = artwork(library)
    return {path: files[path] for path in (POSTER, BACKGROUND, SHOW)}


def states(server, **query):
    """The state on the server by path."""
    found = server.get("/api/assets/states", params=query).json()["assets"]
    return {each["path"]: each["upload"] for each in found}


def in_overview(server):
    """The distinct (owner, upload) of the choices that a person should look at."""
    categories = server.get("/api/assets/overview").json()["categories"].values()
    return {(each["owner"], each["upload"]) for category in categories for each in category["assets"]}


def problems(server):
    return [
        each["message"] for each in server.get("/health").json()["problems"] if each["source"] == "uploads"
    ]


def plan_of(server, number):
    """The steps by path."""
    return {step["path"]: step for step in server.get(f"/api/runs/{number}/plan?limit=100").json()["steps"]}


LEFT = f"1 picture was not taken back: {POSTER} (changed since then: left alone; the poster at Jellyfin)"


def test_uploads_are_shown_counted_taken_back_and_made_again_by_the_api(jellyfin, tmp_path):
    before = shown(jellyfin)
    with RunningServer(tmp_path / "data", GENERATE_MISSING="off") as server:
        planned = plan_of(server, run(server, "runs/plan")["id"])[POSTER]
        (going_up,) = planned["uploads"]
        place = [going_up[name] for name in ("server", "slot", "action")]
        assert (planned["owner"], place) == ("nobody", ["Jellyfin", "poster", "upload"])
        assert shown(jellyfin) == before

        first = run(server, "run/normal")
        assert first["changed_artwork"]
        ours = made(tmp_path)
        assert shown(jellyfin) == ours != before
        assert Counter(states(server).values()) == {"applied": len(artwork(tmp_path))}
        decision = server.get(f"/api/assets/{POSTER}/decision").json()
        (upload,) = decision["uploads"]
        assert (decision["owner"], upload["state"]) == ("ours", "applied")
        assert (upload["place"]["server"], upload["shown"]["owner"]) == ("Jellyfin", "ours")
        assert eventually(lambda: in_overview(server)) == {("ours", "applied")}
        assert problems(server) == []
        assert not run(server, "run/normal")["changed_artwork"]

        film = jellyfin.world.items()[0]
        theirs = jellyfin.show(film.key, Slot.POSTER, by=TOOL)
        # No file is drawn from their picture, so that ours stays as it is, and below theirs.
        later = run(server, "run/normal")
        assert not later["changed_artwork"] and made(tmp_path) == ours
        assert shown(jellyfin) == ours | {POSTER: theirs}
        assert states(server, upload="overwritten") == {POSTER: "overwritten"}
        (line,) = problems(server)
        assert line.startswith("1 picture was overwritten on the media server")
        (upload,) = server.get(f"/api/assets/{POSTER}/decision").json()["uploads"]
        assert (upload["state"], upload["shown"]["owner"]) == ("overwritten", "another tool")
        step = plan_of(server, run(server, "runs/plan")["id"])[POSTER]
        assert (step["action"], step["owner"], step["owner_why"]) == ("skip", "ours", WRITTEN)

        refused = server.post(f"/api/runs/{later['id']}/undo", json={})
        assert (refused.status_code, refused.json()["success"]) == (400, False)
        undo = run(server, f"runs/{first['id']}/undo", LEFT)
        assert shown(jellyfin) == before | {POSTER: theirs}
        assert artwork(tmp_path) == {}
        run(server, f"runs/{undo['id']}/undo")
        assert shown(jellyfin) == ours | {POSTER: theirs}
        assert made(tmp_path) == ours
