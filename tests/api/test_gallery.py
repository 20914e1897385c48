import os
from hashlib import sha256
from urllib.parse import unquote

import pytest

from tests.trees import described


@pytest.fixture
def folder(machine):
    return machine.paths.test_images


def make_image(folder, path="poster.jpg", content=b"picture"):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def listed(client) -> list[str]:
    return [image["path"] for image in client.get("/api/test-gallery").json["images"]]


def test_before_the_first_testing_run_the_gallery_is_empty(client, folder):
    folder.rmdir()
    assert client.get("/api/test-gallery").json == {"images": [], "total": 0}


def test_an_image_is_told_with_its_path_name_size_address_and_time(client, folder):
    file = make_image(folder, "Title Card #1 ü.jpg", b"12345")
    os.utime(file, (1700000000, 1700000000.5))
    (entry,) = client.get("/api/test-gallery").json["images"]
    digest = sha256(b"12345").hexdigest()[:16]
    assert (entry["hash"], entry["image_url"]) == (digest, f"{entry['url']}?v={digest}")
    assert [described(entry)] == [
        {
            "path": "Title Card #1 ü.jpg",
            "name": "Title Card #1 ü.jpg",
            "size": 5,
            "url": "/test/Title%20Card%20%231%20%C3%BC.jpg",
            "modified": 1700000000.5,
        }
    ]


def test_the_list_is_sorted_and_tells_what_lies_there_now(client, folder):
    for name in ("poster.jpg", "background.png", "inner/card.webp", "SeasonPoster.JPEG"):
        make_image(folder, name)
    assert listed(client) == ["SeasonPoster.JPEG", "background.png", "inner/card.webp", "poster.jpg"]
    (folder / "poster.jpg").unlink()
    assert "poster.jpg" not in listed(client)


def test_what_is_no_image_or_still_being_written_is_left_out(client, folder):
    for name in ("notes.txt", "poster.jpg.part", ".poster.jpg", "jpg"):
        make_image(folder, name)
    (folder / "folder.jpg").mkdir()
    assert listed(client) == []


def test_links_that_lead_out_of_the_folder_are_ignored(client, folder, tmp_path):
    secret = make_image(tmp_path, "elsewhere/secret.jpg")
    make_image(folder, "real.jpg")
    (folder / "out.jpg").symlink_to(secret)
    (folder / "away").symlink_to(secret.parent, target_is_directory=True)
    (folder / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (folder / "loop.jpg").symlink_to("loop.jpg")
    (folder / "within.jpg").symlink_to("real.jpg")
    assert listed(client) == ["real.jpg", "within.jpg"]


def test_a_folder_that_is_itself_a_link_is_listed(client, folder, tmp_path):
    make_image(tmp_path, "disk/poster.jpg")
    folder.rmdir()
    folder.symlink_to(tmp_path / "disk", target_is_directory=True)
    assert listed(client) == ["poster.jpg"]


def test_nothing_is_cut_off_unless_a_part_is_asked_for(client, folder):
    for number in range(205):
        make_image(folder, f"poster{number:03}.jpg")
    assert listed(client) == [f"poster{number:03}.jpg" for number in range(205)]
    part = client.get("/api/test-gallery?limit=2&offset=3&order=desc").json
    assert [image["name"] for image in part["images"]] == ["poster201.jpg", "poster200.jpg"]
    assert part["total"] == 205


ARRANGED = {
    "search=elite": ["Élite poster.jpg"],
    "search=POSTER%20inner": ["inner/b poster.png"],
    "search=nothing": [],
    "sort=size&order=desc": ["inner/b poster.png", "Élite poster.jpg", "a.jpg"],
    "sort=modified": ["a.jpg", "inner/b poster.png", "Élite poster.jpg"],
    "sort=name": ["a.jpg", "inner/b poster.png", "Élite poster.jpg"],
}


def test_samples_are_searched_and_sorted(client, folder):
    sizes = {"a.jpg": 1, "inner/b poster.png": 3, "Élite poster.jpg": 2}
    for moment, (name, size) in enumerate(sizes.items()):
        os.utime(make_image(folder, name, bytes(size)), (moment, moment))
    answers = {query: client.get(f"/api/test-gallery?{query}").json for query in ARRANGED}
    found = {query: [image["path"] for image in answer["images"]] for query, answer in answers.items()}
    assert found == ARRANGED
    assert {query: answer["total"] for query, answer in answers.items()} == {
        query: len(images) for query, images in ARRANGED.items()
    }


def test_a_name_that_is_no_utf8_still_gives_an_answer_that_can_be_parsed(client, folder):
    make_image(folder, os.fsdecode(b"caf\xe9.jpg"))
    (image,) = client.get("/api/test-gallery").json["images"]
    assert image["name"] == "caf\ufffd.jpg"
    assert image["url"] == "/test/caf%E9.jpg"
    image["name"].encode()


def test_the_address_leads_back_to_the_path(client, folder):
    make_image(folder, "100% ?/a b+c&d.jpg")
    (image,) = client.get("/api/test-gallery").json["images"]
    assert unquote(image["url"].removeprefix("/test/")) == image["path"] == "100% ?/a b+c&d.jpg"


def test_the_gallery_needs_a_caller_that_may_read(anonymous):
    assert anonymous.get("/api/test-gallery").status_code == 401
