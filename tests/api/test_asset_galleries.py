import os

import pytest

from tests.api.test_assets import roots
from tests.trees import index, make_image, make_tree

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
    assert entry == {
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
