"""Earlier versions of a picture by the API."""

import json
from io import BytesIO

import pytest
from PIL import Image

from app.core.decisions.versions import asset_file
from tests.core.decisions.test_versions import FILM, FIRST, SECOND, THIRD, sha, write
from tests.driving import row, script
from tests.pictures import make_picture

ADDRESS = "/api/assets/Movies/Alien%20(1979)/poster.jpg/versions"


@pytest.fixture
def film(machine):
    """A picture that two runs made."""
    folder = machine.paths.data.parent / "assets"
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": {"AssetPath": str(folder)}}))
    asset = asset_file(machine.paths.engine, folder, FILM)
    write(asset, FIRST, 1)
    write(asset, SECOND, 2)
    return asset


def test_versions_are_listed_with_an_address_for_each_that_is_kept(client, film):
    write(film, THIRD, 3)
    film.kept(sha(FIRST)).unlink()
    found = client.get(ADDRESS).json["versions"]
    assert [(each["sha256"], each["run"], bool(each["url"])) for each in found] == [
        (sha(THIRD), 3, True),
        (sha(SECOND), 2, True),
        (sha(FIRST), 1, False),
    ]
    for each, content in zip(found, (THIRD, SECOND), strict=False):
        answer = client.get(each["url"], buffered=True)
        assert (answer.data, answer.content_type) == (content, "image/jpeg")
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_small_copy_of_a_version_is_a_thumbnail_that_is_kept_for_ever(client, film):
    write(film, make_picture((400, 600)), 3)
    present = client.get(ADDRESS).json["versions"][0]
    small = client.get(f"{present['url']}?width=100", headers={"Accept": "image/webp"})
    assert small.mimetype == "image/webp" and small.headers["Vary"] == "Accept"
    assert small.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    with Image.open(BytesIO(small.data)) as picture:
        assert picture.size == (160, 240)
    assert client.get(f"{present['url']}?width=0").status_code == 400


def test_an_earlier_version_is_restored_by_a_run(client, machine, film):
    answer = client.post(ADDRESS, json={"version": sha(FIRST)})
    assert (answer.status_code, answer.json["message"]) == (200, "Started in version mode")
    run = row(machine, answer.json["run_id"])
    assert (run.mode, run.arguments) == ("version", [sha(FIRST), "-Only", json.dumps([FILM])])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (ADDRESS, {}, 400),
        (ADDRESS, {"version": 5}, 400),
        (ADDRESS, {"version": "latest"}, 400),
        (ADDRESS, {"version": "../../../etc/passwd"}, 400),
        (ADDRESS, {"version": "x" * 10_000}, 400),
        (ADDRESS, {"version": sha(THIRD)}, 404),
        (ADDRESS, {"version": sha(SECOND)}, 409),
        (ADDRESS.replace("Alien", "Nobody"), {"version": sha(FIRST)}, 404),
        (ADDRESS.replace(".jpg", ".txt"), {"version": sha(FIRST)}, 400),
        ("/api/assets/a/%2e%2e/%2e%2e/etc/passwd.jpg/versions", {"version": sha(FIRST)}, 400),
    ],
)
def test_what_cannot_be_restored_is_refused_and_queues_nothing(client, film, path, body, status):
    answer = client.post(path, json=body)
    assert answer.status_code == status and answer.json["detail"]
    assert client.get("/api/runs").json["total"] == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{ADDRESS}/{sha(THIRD)}", 404),
        (f"{ADDRESS}/latest", 400),
        (f"{ADDRESS.replace('Alien', 'Nobody')}/{sha(FIRST)}", 404),
        (ADDRESS.replace("Alien", "Nobody"), 404),
        ("/api/assets/%2e%2e/data/config.jpg/versions", 400),
        (f"/api/assets/a%00b.jpg/versions/{sha(FIRST)}", 400),
    ],
)
def test_what_is_no_version_is_not_served(client, film, path, status):
    answer = client.get(path)
    assert answer.status_code == status and answer.json["detail"]


def test_a_script_without_versions_says_so(overrides, make_tables, request):
    overrides["POSTER_SCRIPT"] = script("obedient")
    answer = request.getfixturevalue("client").post(ADDRESS, json={"version": sha(FIRST)})
    assert (answer.status_code, "built-in" in answer.json["detail"]) == (409, True)


@pytest.mark.parametrize(("method", "path"), [("get", ADDRESS), ("get", f"{ADDRESS}/x"), ("post", ADDRESS)])
def test_nobody_sees_or_restores_versions_without_credentials(anonymous, method, path):
    assert getattr(anonymous, method)(path).status_code == 401
