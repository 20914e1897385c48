"""Pictures in the place of artwork, over HTTP: sent with the request, or at an address."""

import io

import pytest
from PIL import Image

from app.core import runs
from app.core.outgoing.address_rule import AddressRule
from app.core.outgoing.picture_download import PictureDownloads
from app.core.runs import request_run
from app.models import Origin
from tests.doubles.loopback import Loopback, flooding, serving
from tests.editing import edit_in_this_process, edited

UPLOAD, URL = "/api/assets/upload-replacement", "/api/assets/replace-from-url"
ALIEN = "Movies/Alien (1979)/poster.jpg"


def make_picture(size=(40, 60), kind="JPEG", color="navy") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, color).save(held, kind)
    return held.getvalue()


OLD, NEW = make_picture(color="black"), make_picture()


@pytest.fixture
def assets(machine, monkeypatch):
    """The asset folder with one poster; edits start no process."""
    edit_in_this_process(monkeypatch)
    folder = machine.paths.data / "assets"
    machine.roots.overrides["assets"] = folder
    monkeypatch.setenv("ASSET_PATH", str(folder))
    (folder / ALIEN).parent.mkdir(parents=True)
    (folder / ALIEN).write_bytes(OLD)
    return folder


@pytest.fixture
def host(machine):
    """A host of pictures on this machine, which this test alone allows."""
    machine.downloads = PictureDownloads(AddressRule(frozenset({"127.0.0.1"})), whole=5.0)
    with serving(Loopback()) as running:
        running.trouble = lambda handler: handler.send(200, NEW, Content_Type="image/jpeg")
        yield running


def upload(client, content=NEW, name="alien.jpg", **query):
    file = io.BytesIO(content), name
    return client.post(
        UPLOAD, query_string={"asset_path": ALIEN, **query}, data={"file": file}, buffered=True
    )


def from_url(client, address, **query):
    return client.post(URL, query_string={"asset_path": ALIEN, "image_url": address, **query})


def staged(machine):
    return [path.read_bytes() for path in machine.paths.uploads.iterdir()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_sent_is_the_assets_at_once_and_undo_brings_the_old_one_back(
    client, machine, assets, kind
):
    content = make_picture(kind=kind)
    answer = upload(client, content, f"alien.{kind.lower()}", process_with_overlays="false")
    assert answer.status_code == 200, answer.json
    number = answer.json["run_id"]
    assert answer.json == {
        **{"success": True, "path": ALIEN, "size": len(content), "was_replacement": True},
        "message": f"{ALIEN} was replaced. It is yours now: no run replaces it until you release it.",
        **{"manual_run_triggered": False, "queued": False, "queue_id": None, "run_id": number},
    }
    assert (assets / ALIEN).read_bytes() == content and staged(machine) == []
    versions = client.get(f"/api/assets/{ALIEN}/versions").json["versions"]
    assert [version["is_present"] for version in versions] == [True, False]
    undone = edited(machine.paths.data, {"undo": str(number)}, ASSET_PATH=str(assets))
    assert (undone["done"], undone["failed"]) == ([ALIEN], [])
    assert (assets / ALIEN).read_bytes() == OLD


@pytest.mark.parametrize("kind", ["BMP", "TIFF"])
def test_what_no_browser_shows_becomes_a_jpeg(client, assets, kind):
    assert upload(client, make_picture(kind=kind)).status_code == 200
    with Image.open(assets / ALIEN) as shown:
        assert (shown.format, shown.size) == ("JPEG", (40, 60))


def test_a_picture_at_an_address_becomes_the_users_own_asset(client, machine, assets, host):
    path = "Movies/Aliens (1986)/poster.jpg"
    answer = from_url(client, f"{host.url}/p.jpg?token=x", asset_path=path)
    assert (answer.status_code, answer.json["was_replacement"]) == (200, False), answer.json
    assert (assets / path).read_bytes() == NEW and staged(machine) == []
    [state] = client.get("/api/assets/states").json["assets"]
    assert state["path"] == path and state["owner"] == "a person"


def test_with_overlays_a_manual_run_gets_the_picture_also_while_another_run_is_active(
    client, machine, assets, host, database
):
    client.post("/api/run/testing")
    with database.writing() as session:
        runs.claim_next(session, runs.now())
    named = {"title_text": "ALIEN", "process_with_overlays": "true"}
    answers = [upload(client, **named), from_url(client, f"{host.url}/x.jpg", **named)]
    assert [(one.status_code, one.json["manual_run_triggered"]) for one in answers] == [(200, True)] * 2
    for answer in answers:
        run = client.get(f"/api/runs/{answer.json['run_id']}").json["run"]
        named = ["-Titletext", "ALIEN", "-FolderName", "Alien (1979)", "-LibraryName", "Movies"]
        found = run["mode"], run["status"], run["arguments"][2:]
        assert found == ("manual", "queued", ["-Target", ALIEN, *named])
    assert staged(machine) == [NEW, NEW] and (assets / ALIEN).read_bytes() == OLD


@pytest.mark.parametrize(
    ("query", "size", "words"),
    [
        (
            {"asset_path": "TV/Dark (2017)/Season01.jpg", "title_text": "Dark"},
            (40, 60),
            ["-SeasonPoster", "-Titletext", "Dark", "-SeasonPosterName", "Season 1"],
        ),
        ({"poster_with_text": "true", "title_text": "Alien"}, (40, 60), ["-Titletext", ""]),
        (
            {"asset_path": "TV/Dark (2017)/S01E02.jpg", "episode_title": "Lies"},
            (160, 90),
            ["-TitleCard", "-Titletext", "Lies", "-EPTitleName", "Lies", "-SeasonPosterName", "Season 1"],
        ),
        (
            {"asset_path": "x.jpg", "asset_type": "background", "folder_name": "F", "library_name": "L"},
            (160, 90),
            ["-BackgroundCard", "-FolderName", "F", "-LibraryName", "L"],
        ),
        ({"mediaType": "movie"}, (40, 60), ["-MoviePosterCard"]),
        ({"asset_path": "TV/Anime/Dark (2017)/poster.jpg"}, (40, 60), ["TV/Anime/Dark (2017)/poster.jpg"]),
        ({"asset_path": "Collections/Movies/Aliens/poster.jpg"}, (40, 60), ["-CollectionCard", "Aliens"]),
    ],
)
def test_a_run_is_told_what_path_and_request_say(client, assets, query, size, words):
    answer = upload(client, make_picture(size), process_with_overlays="true", **query)
    assert answer.status_code == 200, answer.json
    arguments = client.get(f"/api/runs/{answer.json['run_id']}").json["run"]["arguments"]
    assert [word for word in words if word not in arguments] == []


def test_a_picture_is_not_lost_where_too_many_runs_wait(client, machine, assets, database):
    with database.writing() as session:
        for _ in range(runs.MOST_QUEUED):
            request_run(session, "testing", Origin.API)
    answer = upload(client, process_with_overlays="true")
    assert (answer.status_code, answer.json["queued"], answer.json["run_id"]) == (200, True, None)
    [item] = client.get("/api/queue").json
    assert (item["id"], item["is_started"]) == (answer.json["queue_id"], True) and staged(machine) == [NEW]


def test_a_picture_may_wait_in_the_queue(client, machine, assets, host):
    answer = from_url(client, f"{host.url}/x.jpg?api_key=secret123", add_to_queue="true")
    assert (answer.json["queued"], answer.json["manual_run_triggered"]) == (True, False)
    [item] = client.get("/api/queue").json
    assert item["source_type"] == "url" and "secret123" not in item["source_data"]
    assert (assets / ALIEN).read_bytes() == OLD


HTML, SVG = b"<html>Sign in</html>", b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("content", "query", "told"),
    [
        (HTML, {}, "no picture"),
        (SVG, {}, "no picture"),
        (b"", {}, "no picture"),
        (make_picture((400, 600))[:-200], {}, "no picture"),
        (make_picture((60, 40)), {}, "2:3"),
        (make_picture((40, 64)), {}, "2:3"),
        (make_picture((40, 60)), {"asset_type": "titlecard"}, "16:9"),
        (NEW, {"asset_path": ""}, "asset_path"),
        (NEW, {"asset_path": "Movies/Alien (1979)/poster.txt"}, "asset_path"),
        (NEW, {"asset_path": "a\0b.jpg"}, "NUL"),
        (NEW, {"asset_type": "logo"}, "asset_type"),
        (NEW, {"season_number": "-1"}, "season_number"),
        (NEW, {"asset_path": "TV/Dark/S01E01.jpg", "asset_type": "season"}, None),
        (NEW, {"asset_path": "poster.jpg", "process_with_overlays": "true"}, "folderName"),
        (NEW, {"folder_name": "..", "process_with_overlays": "true"}, "folderName"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_of_it_stays(
    client, machine, assets, host, content, query, told
):
    host.trouble = lambda handler: handler.send(200, content, Content_Type="image/jpeg")
    for answer in (upload(client, content, **query), from_url(client, f"{host.url}/x.jpg", **query)):
        if told is None:
            assert answer.status_code == 200
            continue
        assert answer.status_code == 400 and told in answer.json["detail"] == answer.json["message"]
        assert staged(machine) == [] and (assets / ALIEN).read_bytes() == OLD


@pytest.mark.parametrize("path", ["../config.jpg", "Movies/../../x.jpg", "..\\..\\x.jpg"])
def test_no_path_leads_out_of_the_asset_folder(client, assets, host, path):
    answers = upload(client, asset_path=path), from_url(client, f"{host.url}/x.jpg", asset_path=path)
    assert [answer.status_code for answer in answers] == [403, 403]
    assert host.asked == [] and not (assets.parent / "x.jpg").exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest",
        "http://[::1]/x.jpg",
        "http://2130706433/x.jpg",
        "file:///etc/x.jpg",
        "x",
    ],
)
def test_no_request_leaves_for_an_address_that_is_not_public(client, assets, address):
    answer = from_url(client, address)
    assert answer.status_code == 400 and (assets / ALIEN).read_bytes() == OLD


def test_a_body_without_end_is_cut_off(client, machine, assets, host):
    machine.downloads = PictureDownloads(machine.downloads.rule, most_bytes=1024 * 1024)
    host.trouble = flooding
    answer = from_url(client, f"{host.url}/x.jpg")
    assert answer.status_code == 400 and "more than 1 MiB" in answer.json["detail"]


@pytest.mark.parametrize("path", [UPLOAD, URL])
def test_a_stranger_replaces_nothing(anonymous, assets, path):
    query = {"asset_path": ALIEN, "image_url": "http://192.0.2.1/x.jpg"}
    answer = anonymous.post(path, query_string=query, data={"file": (io.BytesIO(NEW), "x.jpg")})
    assert answer.status_code == 401 and (assets / ALIEN).read_bytes() == OLD
