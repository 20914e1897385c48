import os
from urllib.parse import quote

import pytest

from tests.api.test_assets import roots
from tests.trees import catalogue, described, index, make_image, make_tree

__all__ = ["roots"]


@pytest.fixture
def library(machine, roots):
    root = roots["assets"]
    for number in range(5):
        make_tree(root, f"TV/Show {number}/poster.jpg", f"TV/Show {number}/S01E01.jpg")
        make_tree(root, f"Movies/Film {number}/poster.jpg", f"Movies/Film {number}/background.jpg")
    make_tree(root, "TV/Show 0/Season01.jpg", "TVsomething/poster.jpg", "tv/poster.jpg")
    index(machine)
    return root


def paths(answer):
    return [image["path"] for image in answer.json["images"]]


@pytest.mark.parametrize(
    ("gallery", "count"),
    [("gallery", 12), ("backgrounds-gallery", 5), ("seasons-gallery", 1), ("titlecards-gallery", 5)],
)
def test_each_kind_has_its_gallery(client, library, gallery, count):
    answer = client.get(f"/api/{gallery}")
    assert len(paths(answer)) == answer.json["total"] == count


def test_an_image_is_told_as_clients_know_it(client, machine, roots):
    image = make_image(roots["assets"], "TV Shows/Dark & Co/background.jpg", b"12345")
    os.utime(image, (1700000000, 1700000000.25))
    index(machine)
    (entry,) = client.get("/api/backgrounds-gallery").json["images"]
    created = entry.pop("created")
    assert described(entry) == {
        "path": "TV Shows/Dark & Co/background.jpg",
        "name": "background.jpg",
        "size": 5,
        "url": "/poster_assets/TV%20Shows/Dark%20%26%20Co/background.jpg",
        "modified": 1700000000.25,
        "type": "Show Background",
    }
    assert created == pytest.approx(image.stat().st_ctime)


def test_pages_make_up_the_whole_gallery(client, library):
    whole = paths(client.get("/api/gallery"))
    pages = [paths(client.get(f"/api/gallery?limit=5&offset={offset}")) for offset in (0, 5, 10, 15)]
    assert sum(pages, []) == whole and [len(page) for page in pages] == [5, 5, 2, 0]


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=100000", "offset=-1"])
def test_a_page_that_cannot_be_is_refused(client, query):
    assert client.get(f"/api/gallery?{query}").status_code == 400


def test_without_a_number_two_hundred_images_are_told(client, machine, roots):
    make_tree(roots["assets"], *(f"Movies/Film {number:03}/poster.jpg" for number in range(205)))
    index(machine)
    answer = client.get("/api/gallery")
    assert (len(paths(answer)), answer.json["total"]) == (200, 205)


ARRANGED = {
    "search=film%202": ["Movies/Film 2/poster.jpg"],
    "search=FÎLM%20poster&limit=2&offset=3": ["Movies/Film 3/poster.jpg", "Movies/Film 4/poster.jpg"],
    "search=nothing": [],
    "order=desc&limit=2": ["tv/poster.jpg", "TVsomething/poster.jpg"],
    "sort=size&order=desc&limit=1": ["Movies/Film 0/poster.jpg"],
    "sort=modified&order=desc&limit=1": ["Movies/Film 4/poster.jpg"],
    "sort=title&limit=2&offset=4": ["Movies/Film 4/poster.jpg", "TV/Show 0/poster.jpg"],
}


def test_a_gallery_is_searched_and_sorted(client, machine, library):
    (library / "Movies/Film 0/poster.jpg").write_bytes(bytes(5000))
    os.utime(library / "Movies/Film 4/poster.jpg", (2e9, 2e9))
    catalogue(machine)
    assert {query: paths(client.get(f"/api/gallery?{query}")) for query in ARRANGED} == ARRANGED
    totals = {"search=film": 5, "search=nothing": 0, "search=film&limit=2": 5, "sort=title&limit=2": 12}
    assert {query: client.get(f"/api/gallery?{query}").json["total"] for query in totals} == totals


def test_an_order_and_a_search_that_cannot_be_are_refused(client):
    for gallery in ("seasons-gallery", "manual-assets-gallery", "backup-assets-gallery", "test-gallery"):
        for query in ("sort=colour", "order=up", "search=%00", "search=" + "x" * 201):
            assert client.get(f"/api/{gallery}?{query}").status_code == 400


def test_the_gallery_of_own_pictures_is_searched_sorted_and_cut_by_pictures(client, machine, roots):
    make_tree(roots["manual"], "A/Élite/poster.jpg", "A/Élite/Season01.jpg", "B/Dark/poster.jpg")
    make_tree(roots["backup"], "A/Élite/poster.jpg", "A/loose.jpg")
    catalogue(machine)

    def found(query, tree="manual"):
        answer = client.get(f"/api/{tree}-assets-gallery?{query}").json
        folders = [folder for library in answer["libraries"] for folder in library["folders"]]
        names = [asset["path"] for folder in folders for asset in folder["assets"]]
        assert sum(folder["asset_count"] for folder in folders) == len(names)
        return names, answer["total"]

    assert found("search=elite") == (["A/Élite/poster.jpg", "A/Élite/Season01.jpg"], 2)
    assert found("limit=1&offset=1") == (["A/Élite/Season01.jpg"], 3)
    assert found("order=desc&limit=2") == (["B/Dark/poster.jpg", "A/Élite/Season01.jpg"], 3)
    assert found("sort=title&limit=1") == (["B/Dark/poster.jpg"], 3)
    assert found("search=loose", "backup") == (["A/loose.jpg"], 1)


ODD = [
    *("50% #1? [a]", "🎬 فيلم", "É", "É", "שלום", "a&b+c=d;e", "'\"<>", "x" * 200, "trailing.", " space"),
]


def test_every_odd_name_is_listed_and_its_addresses_work(client, machine, roots):
    make_tree(roots["assets"], *(f"TV {name}/{name}/poster.jpg" for name in ODD))
    catalogue(machine)
    for name in ODD:
        folder, library = f"TV {name}/{name}", quote(f"TV {name}")
        found = [
            client.get(f"/api/assets-folder-images/posters/{quote(folder)}").json["images"],
            client.get(f"/api/assets-folder-images/posters/{library}").json["images"],
            client.get(f"/api/folder-view/assets/{quote(folder, safe='')}").json["assets"],
            client.get("/api/folder-view/browse", query_string={"path": folder}).json["items"],
        ]
        assert [[image["path"] for image in images] for images in found] == [[f"{folder}/poster.jpg"]] * 4
        assert client.get(found[0][0]["url"], buffered=True).data == f"{folder}/poster.jpg".encode()
        choices = client.get("/api/assets/folders", query_string={"library_name": f"TV {name}"}).json
        assert [each["folderName"] for each in choices["folders"]] == [name]
        items = client.get(f"/api/folder-view/items/{library}").json["folders"]
        assert [each["path"] for each in items] == [folder]
        searched = client.get("/api/gallery", query_string={"search": name}).json["images"]
        assert f"{folder}/poster.jpg" in [image["path"] for image in searched]
    for recent in client.get("/api/recent-assets").json["assets"]:
        assert client.get(recent["poster_url"], buffered=True).status_code == 200


def test_all_images_below_a_folder_are_told(client, library):
    assert paths(client.get("/api/assets-folder-images/posters/TV")) == [
        f"TV/Show {number}/poster.jpg" for number in range(5)
    ]
    assert paths(client.get("/api/assets-folder-images/titlecards/TV/Show 1")) == ["TV/Show 1/S01E01.jpg"]
    assert paths(client.get("/api/assets-folder-images/posters/TV%2FShow%201")) == ["TV/Show 1/poster.jpg"]
    assert paths(client.get("/api/assets-folder-images/posters/nowhere")) == []


def test_a_long_list_is_sent_whole(client, machine, roots):
    make_tree(
        roots["assets"],
        *(f"TV/Long/S{season:02}E{number:02}.jpg" for season in range(12) for number in range(90)),
    )
    index(machine)
    assert len(set(paths(client.get("/api/assets-folder-images/titlecards/TV")))) == 1080


def test_a_kind_that_does_not_exist_is_refused(client, library):
    answer = client.get("/api/assets-folder-images/logos/TV")
    assert answer.status_code == 400 and "titlecards" in answer.json["detail"]


def test_a_folder_outside_of_the_tree_is_refused(client, library):
    assert client.get("/api/assets-folder-images/posters/..%2f..%2fetc").status_code == 403
