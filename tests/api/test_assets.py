"""Artwork through the API, over real trees that were scanned."""

import json
import os

import pytest

from app.core.assets.scan import Depth
from tests.trees import described, index, make_image, make_tree, make_upkeep, scan

SHOW = "Dark (2017) [tvdb-334824]"


@pytest.fixture
def roots(machine, tmp_path):
    """The three trees, made and configured."""
    roots = {name: tmp_path / name for name in ("assets", "manual", "backup")}
    for folder in roots.values():
        folder.mkdir()
    section = {
        "AssetPath": str(roots["assets"]),
        "ManualAssetPath": str(roots["manual"]),
        "BackupPath": str(roots["backup"]),
    }
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": section}))
    return roots


@pytest.fixture
def library(machine, roots):
    make_image(roots["assets"], f"TV Shows/{SHOW}/poster.jpg", bytes(10))
    make_image(roots["assets"], f"TV Shows/{SHOW}/background.jpg", bytes(20))
    make_image(roots["assets"], f"TV Shows/{SHOW}/Season02.jpg", bytes(30))
    make_image(roots["assets"], f"TV Shows/{SHOW}/S01E01.jpg", bytes(40))
    make_image(roots["assets"], f"TV Shows/{SHOW}/S01E02.jpg", bytes(50))
    make_image(roots["assets"], "4K Movies/Alien (1979)/poster.jpg", bytes(60))
    index(machine)
    return roots["assets"]


@pytest.mark.parametrize("query", ["folder-view/browse?path=a%00", "assets/folders?library_name=%00"])
def test_a_nul_character_is_named_as_what_is_wrong(client, query):
    answer = client.get(f"/api/{query}")
    assert answer.status_code == 400 and "A NUL character cannot be part of it." in answer.json["detail"]


def test_before_the_first_scan_answers_are_empty_and_say_so(client, roots):
    make_image(roots["assets"], "TV/poster.jpg")
    stats = client.get("/api/assets/stats").json
    assert stats == {
        "success": True,
        "stats": {
            "posters": 0,
            "backgrounds": 0,
            "seasons": 0,
            "titlecards": 0,
            "total_size": 0,
            "folders": [],
        },
        "scanning": True,
    }
    assert client.get("/api/assets-folders").json == {"folders": [], "scanning": True}
    assert client.get("/api/recent-assets").json["success"]


def test_during_the_first_scan_what_is_indexed_is_told(client, machine, roots, monkeypatch):
    monkeypatch.setattr("app.core.assets.root_scan.SHOWN_SECONDS", 0.0)
    monkeypatch.setattr("app.core.assets.root_scan.SLICE_SECONDS", 0.0)
    monkeypatch.setattr("app.core.assets.scan.CHUNK", 1)
    make_tree(roots["assets"], "A/1/poster.jpg", "A/2/poster.jpg", "B/3/poster.jpg")
    root_scan = make_upkeep(machine.database, roots["assets"])
    root_scan.begin(Depth.LIGHT)
    told = []
    while not root_scan.advance():
        answer = client.get("/api/assets/stats").json
        told.append((answer["stats"]["posters"], answer["scanning"]))
    assert told == sorted(told) and {scanning for _, scanning in told} == {True}
    assert 1 in [count for count, _ in told]
    final = client.get("/api/assets/stats").json
    assert (final["stats"]["posters"], final["scanning"]) == (3, False)


def test_images_are_counted_by_kind_and_library(client, library):
    assert client.get("/api/assets/stats").json["stats"] == {
        "posters": 2,
        "backgrounds": 1,
        "seasons": 1,
        "titlecards": 2,
        "total_size": 210,
        "folders": [
            {
                "name": "TV Shows",
                "path": "TV Shows",
                "poster_count": 1,
                "background_count": 1,
                "season_count": 1,
                "titlecard_count": 2,
                "files": 5,
                "size": 150,
                "total_count": 5,
            },
            {
                "name": "4K Movies",
                "path": "4K Movies",
                "poster_count": 1,
                "background_count": 0,
                "season_count": 0,
                "titlecard_count": 0,
                "files": 1,
                "size": 60,
                "total_count": 1,
            },
        ],
    }


def test_all_folders_are_listed_by_name_and_ten_in_the_statistics(client, machine, roots):
    make_tree(roots["assets"], *(f"Library {number:02}/poster.jpg" for number in range(12)))
    make_tree(roots["assets"], "Library 07/background.jpg")
    (roots["assets"] / "empty").mkdir()
    index(machine)
    names = [folder["name"] for folder in client.get("/api/assets-folders").json["folders"]]
    assert names == [f"Library {number:02}" for number in range(12)]
    largest = client.get("/api/assets/stats").json["stats"]["folders"]
    assert (len(largest), largest[0]["name"]) == (10, "Library 07")


def test_in_a_flat_tree_the_images_at_the_root_are_one_folder(client, machine, roots):
    make_tree(roots["assets"], "Dark.jpg", "Dark_S01E01.jpg", "logo.png", "Collections/Alien_poster.jpg")
    index(machine)
    folders = client.get("/api/assets-folders").json["folders"]
    assert [(folder["name"], folder["path"], folder["files"]) for folder in folders] == [
        ("(root)", "(root)", 2),
        ("Collections", "Collections", 1),
    ]
    assert folders[0]["titlecard_count"] == 1
    images = client.get("/api/assets-folder-images/titlecards/(root)").json["images"]
    assert [image["path"] for image in images] == ["Dark_S01E01.jpg"]


@pytest.mark.parametrize("path", ["/api/assets/stats", "/api/assets-folders", "/api/manual-assets-gallery"])
def test_an_answer_that_is_known_is_not_sent_again_until_something_changes(client, machine, roots, path):
    make_tree(roots["assets"], "TV/Dark/poster.jpg")
    make_tree(roots["manual"], "TV/Dark/poster.jpg")
    index(machine)
    first = client.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    make_tree(roots["assets"], "TV/Dark/S01E01.jpg")
    make_tree(roots["manual"], "TV/Dark/S01E01.jpg")
    index(machine)
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.json != first.json


def test_another_folder_in_the_config_is_never_answered_with_the_old_one(client, machine, library, tmp_path):
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": {"AssetPath": str(tmp_path / "new")}}))
    answer = client.get("/api/assets/stats").json
    assert (answer["stats"]["total_size"], answer["scanning"]) == (0, True)
    assert client.get("/api/folder-view/browse").json["items"] == []


def test_reading_writes_and_deletes_nothing(client, library, roots):
    newer = make_image(roots["manual"], f"TV Shows/{SHOW}/poster.jpg")
    os.utime(newer, (4102444800, 4102444800))
    before = sorted(path for folder in roots.values() for path in folder.rglob("*"))
    for path in ("assets/stats", "assets-folders", "manual-assets-gallery", "recent-assets", "gallery"):
        assert client.get(f"/api/{path}").status_code == 200
    assert sorted(path for folder in roots.values() for path in folder.rglob("*")) == before


def test_the_manual_gallery_tells_libraries_folders_and_images(client, machine, roots):
    image = make_image(roots["manual"], f"TV Shows/{SHOW}/poster.jpg", b"12345")
    os.utime(image, (1700000000, 1700000000.5))
    index(machine)
    answer = client.get("/api/manual-assets-gallery").json
    ((library,), total, scanning) = (answer[name] for name in ("libraries", "total_assets", "scanning"))
    assert (library["name"], library["folder_count"], total, scanning) == ("TV Shows", 1, 1, False)
    (folder,) = library["folders"]
    assert (folder["name"], folder["path"], folder["asset_count"]) == (SHOW, f"TV Shows/{SHOW}", 1)
    assert [described(asset) for asset in folder["assets"]] == [
        {
            "name": "poster.jpg",
            "path": f"TV Shows/{SHOW}/poster.jpg",
            "type": "poster",
            "size": 5,
            "url": "/manual_poster_assets/TV%20Shows/Dark%20%282017%29%20%5Btvdb-334824%5D/poster.jpg",
            "modified": 1700000000.5,
        }
    ]


def test_the_manual_gallery_shows_exactly_two_levels_and_no_copy_set_aside(client, machine, roots):
    make_tree(roots["manual"], "flat.jpg", "TV/loose.jpg", "TV/A/B/deep.jpg", "TV/A.backup/poster.jpg")
    make_tree(roots["manual"], "TV/A/poster.backup.jpg", "TV/A/S01E01.webp", "TV/A/EpisodeTemplate.png")
    make_tree(roots["manual"], "TV/A/SeasonTemplate.jpg", "TV/A/logo.png", "TV/A/background.jpeg")
    index(machine)
    gallery = client.get("/api/manual-assets-gallery").json
    (folder,) = gallery["libraries"][0]["folders"]
    assert {asset["name"]: asset["type"] for asset in folder["assets"]} == {
        "background.jpeg": "background",
        "EpisodeTemplate.png": "titlecard",
        "logo.png": "other",
        "S01E01.webp": "titlecard",
        "SeasonTemplate.jpg": "season",
    }
    assert gallery["total_assets"] == folder["asset_count"] == 5


def test_the_backup_gallery_shows_loose_images_of_a_library_too(client, machine, roots):
    make_tree(roots["backup"], "TV/loose.jpg", "TV/Dark/poster.jpg")
    index(machine)
    gallery = client.get("/api/backup-assets-gallery").json
    folders = gallery["libraries"][0]["folders"]
    assert [(folder["name"], folder["path"]) for folder in folders] == [
        ("Dark", "TV/Dark"),
        ("Root Assets", "TV"),
    ]
    assert (gallery["is_configured"], gallery["total_assets"]) == (True, 2)


def test_the_newest_images_come_first(client, machine, roots):
    for number, name in enumerate(("poster.jpg", "Season02.jpg", "S01E01.jpg", "background.jpg")):
        image = make_image(roots["assets"], f"TV Shows/Dark/{name}")
        os.utime(image, (1700000000 + number, 1700000000 + number))
    flat = make_image(roots["assets"], "Movies/Alien (1979)_background.jpg")
    os.utime(flat, (1600000000, 1600000000))
    index(machine)
    answer = client.get("/api/recent-assets").json
    assert [(asset["title"], asset["type"]) for asset in answer["assets"]] == [
        ("Dark", "Show Background"),
        ("S01E01 | Dark", "Episode"),
        ("Dark | Season 2", "Season"),
        ("Dark", "Show"),
        ("Alien (1979)", "Movie Background"),
    ]
    first = answer["assets"][0]
    assert (first["library"], first["rootfolder"], first["has_poster"]) == ("TV Shows", "Dark", True)
    assert first["poster_url"] == "/poster_assets/TV%20Shows/Dark/background.jpg"
    assert answer["total_count"] == 5


def test_a_hundred_of_the_newest_images_are_told(client, machine, roots):
    for number in range(130):
        image = make_image(roots["assets"], f"Movies/Film {number:03}/poster.jpg")
        os.utime(image, (1700000000 + number, 1700000000 + number))
    index(machine)
    titles = [asset["title"] for asset in client.get("/api/recent-assets").json["assets"]]
    assert titles == [f"Film {number:03}" for number in range(129, 29, -1)]


def test_a_folder_is_browsed_folders_first(client, library):
    make_image(library, "TV Shows/Zorn/poster.jpg")
    answer = client.get("/api/folder-view/browse").json
    assert (answer["success"], answer["path"]) == (True, "")
    assert [(item["type"], item["name"], item["item_count"]) for item in answer["items"]] == [
        ("folder", "4K Movies", 1),
        ("folder", "TV Shows", 1),
    ]
    answer = client.get("/api/folder-view/browse", query_string={"path": f"TV Shows\\{SHOW}/"}).json
    assert answer["path"] == f"TV Shows/{SHOW}"
    assert [(item["name"], item["asset_type"], item["full_type"]) for item in answer["items"]] == [
        ("background.jpg", "background", "Show Background"),
        ("poster.jpg", "poster", "Show"),
        ("S01E01.jpg", "titlecard", "Episode"),
        ("S01E02.jpg", "titlecard", "Episode"),
        ("Season02.jpg", "season", "Season"),
    ]
    assert answer["items"][1]["size"] == 10
    assert answer["items"][1]["url"].startswith("/poster_assets/TV%20Shows/Dark%20")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("..", 403),
        ("../assetsbackup", 403),
        ("TV Shows/../../etc", 403),
        ("..\\..\\etc", 403),
        ("TV Shows/..", 200),
        ("nowhere", 404),
        ("TV Shows/nowhere/at all", 404),
        (f"TV Shows/{SHOW}/poster.jpg", 400),
        ("a\0b", 400),
        ("/TV Shows/", 200),
    ],
)
def test_a_path_that_cannot_be_browsed_is_refused_in_words(client, library, path, status):
    answer = client.get("/api/folder-view/browse", query_string={"path": path})
    assert answer.status_code == status
    assert status == 200 or answer.json["detail"]


def test_the_item_folders_of_a_library_are_listed(client, library):
    folders = client.get("/api/folder-view/items/TV Shows").json["folders"]
    assert folders == [{"name": SHOW, "path": f"TV Shows/{SHOW}", "asset_count": 5}]
    assets = client.get(f"/api/folder-view/assets/TV%20Shows%2F{SHOW}").json["assets"]
    assert [asset["name"] for asset in assets][:2] == ["background.jpg", "poster.jpg"]
    assert client.get("/api/folder-view/items/nowhere").status_code == 404


def test_libraries_and_items_can_be_chosen_from(client, library):
    answer = client.get("/api/assets/folders").json
    assert answer["libraries"] == [
        {"name": "4K Movies", "path": "4K Movies", "itemCount": 1},
        {"name": "TV Shows", "path": "TV Shows", "itemCount": 1},
    ]
    answer = client.get("/api/assets/folders?library_name=TV Shows").json
    assert answer["folders"] == [
        {"folderName": SHOW, "title": "Dark", "year": "2017", "path": f"TV Shows/{SHOW}"}
    ]
    assert client.get("/api/assets/folders?library_name=nowhere").status_code == 404


def test_overlays_and_fonts_are_listed_by_name(client, machine):
    folder = machine.paths.data / "Overlayfiles"
    for name in ("b.PNG", "A.ttf", "notes.txt", ".hidden.png", "c.woff2"):
        (folder / name).write_bytes(b"1234")
    os.utime(folder / "A.ttf", (1700000000, 1700000000))
    (folder / "folder.png").mkdir()
    (folder / "gone.png").symlink_to("nowhere.png")
    (folder / os.fsdecode(b"caf\xe9.otf")).write_bytes(b"")
    answer = client.get("/api/overlayfiles").json
    assert answer["success"]
    assert answer["files"][0] == {
        "name": "A.ttf",
        "type": "font",
        "extension": ".ttf",
        "size": 4,
        "mtime": 1700000000,
    }
    assert [file["name"] for file in answer["files"]] == ["A.ttf", "b.PNG", "c.woff2", "caf\ufffd.otf"]
    assert answer["files"][1]["type"] == "image"


def test_without_the_folder_there_are_no_overlays(client, machine):
    (machine.paths.data / "Overlayfiles").rmdir()
    assert client.get("/api/overlayfiles").json == {"success": True, "files": []}


def test_the_state_of_the_index_is_told(client, machine, roots):
    before = client.get("/api/cache/status").json["cache"]
    assert (before["last_scanned"], before["is_initial_scan"], before["is_stale"]) == (None, True, True)
    make_tree(roots["assets"], "TV/Dark/poster.jpg", "TV/Dark/S01E01.jpg")
    index(machine)
    after = client.get("/api/cache/status").json
    assert after["cache"]["age_seconds"] < 60
    assert (after["cache"]["posters_count"], after["cache"]["titlecards_count"]) == (1, 1)
    assert (after["cache"]["folders_count"], after["cache"]["is_stale"]) == (1, False)
    assert after["background_refresh"] == {
        "running": False,
        "thread_alive": False,
        "scan_in_progress": False,
    }


@pytest.mark.parametrize(
    "path",
    [
        "assets/stats",
        "assets-folders",
        "manual-assets-gallery",
        "folder-view/browse",
        "overlayfiles",
        "gallery",
        "recent-assets",
        "cache/status",
    ],
)
def test_artwork_needs_a_caller_that_may_read(anonymous, path):
    assert anonymous.get(f"/api/{path}").status_code == 401


def test_what_could_not_be_taken_in_is_told_in_the_health(client, machine, roots):
    make_image(roots["assets"], os.fsdecode(b"TV/caf\xe9.jpg"))
    root_scan = make_upkeep(machine.database, roots["assets"])
    scan(root_scan)
    machine.state.publish(assets={"scanning": [], "troubles": {"AssetPath": {"bad_names": 1, "loops": 2}}})
    found = [one for one in client.get("/health").json["problems"] if one["source"] == "assets"]
    assert [one["type"] for one in found] == ["warning", "note"]
    assert "AssetPath" in found[0]["message"] and found[0]["advice"]
