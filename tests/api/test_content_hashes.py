"""Each picture's address carries the digest of its content, and is kept for ever only while that is true."""

import os
from contextlib import closing
from hashlib import sha256
from io import BytesIO

import pytest

from app.core.thumbnails.shrinking import looks_of
from app.poster.journal.journal import Journal
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.pictures import make_picture
from tests.poster.journal.steps import record
from tests.trees import catalogue, index, make_image

__all__ = ["roots"]

PATH = "Movies/Alien (1979)/poster.jpg"
RED, BLUE = make_picture(color=(200, 40, 20)), make_picture(color=(20, 40, 200))
COLOR = f"#{looks_of(BytesIO(RED)).color:06x}"
FOR_EVER = "private, max-age=31536000, immutable"


def digest(content):
    return sha256(content).hexdigest()[:16]


@pytest.fixture
def picture(machine, roots):
    for root in ("manual", "backup"):
        make_image(roots[root], PATH, RED)
    make_image(machine.paths.test_images, "poster.jpg", RED)
    file = make_image(roots["assets"], PATH, RED)
    take(machine, make_row(Language="de"))
    catalogue(machine)
    return file


def listed(answer):
    """The pictures in any list: whatever has an address with its digest."""
    if isinstance(answer, dict):
        own = [answer] if "thumbnail_url" in answer else []
        return own + [found for value in answer.values() for found in listed(value)]
    return [found for item in answer for found in listed(item)] if isinstance(answer, list) else []


LISTS = [
    *("gallery", "gallery?sort=title", "gallery?search=alien", "assets-folder-images/posters/Movies"),
    *("folder-view/browse?path=Movies/Alien (1979)", "folder-view/assets/Movies/Alien (1979)"),
    *("recent-assets", "assets/catalogue", "assets/overview", "assets/overview?limit=5"),
    *("manual-assets-gallery", "backup-assets-gallery", "test-gallery", "imagechoices/1/find-asset"),
]


def test_every_list_has_addresses_that_are_kept_for_ever(client, picture):
    lists = {path: listed(client.get(f"/api/{path}").json) for path in LISTS}
    assert [path for path, found in lists.items() if not found] == []
    for entry in sum(lists.values(), []):
        assert entry["hash"] == digest(RED)
        assert entry["color"] in (COLOR, None)
        assert "?" not in entry.get("url", "")
        for address in (entry["image_url"], f"{entry['thumbnail_url']}&width=160"):
            answer = client.get(address, buffered=True)
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, FOR_EVER)


def test_colors_are_in_the_lists_of_what_is_indexed(client, picture):
    assert {entry["color"] for entry in listed(client.get("/api/gallery").json)} == {COLOR}


def test_the_states_of_the_journal_have_these_addresses_too(client, machine, picture):
    with closing(Journal(machine.paths.engine)) as journal:
        journal.note(record(PATH))
        journal.note(record("Movies/Gone/poster.jpg"))
    found = {entry["path"]: entry["hash"] for entry in listed(client.get("/api/assets/states").json)}
    assert found == {PATH: digest(RED), "Movies/Gone/poster.jpg": None}


def test_a_change_has_one_new_address_and_the_old_one_is_no_longer_kept(client, machine, picture):
    (before,) = listed(client.get("/api/gallery").json)
    picture.write_bytes(BLUE)
    # Asked for by its old address, before anybody has noticed the change, and after.
    for notice in (lambda: None, lambda: index(machine), lambda: catalogue(machine)):
        notice()
        for address in (before["image_url"], before["thumbnail_url"]):
            answer = client.get(address, buffered=True)
            assert answer.headers["Cache-Control"] == "private, max-age=60, must-revalidate"
    (after,) = listed(client.get("/api/gallery").json)
    assert (after["hash"], after["url"]) == (digest(BLUE), before["url"])
    assert client.get(after["image_url"], buffered=True).headers["Cache-Control"] == FOR_EVER


def test_a_file_that_is_touched_keeps_its_address(client, machine, picture):
    (before,) = listed(client.get("/api/gallery").json)
    os.utime(picture, (1700000000, 1700000000))
    catalogue(machine)
    (after,) = listed(client.get("/api/gallery").json)
    assert after["modified"] != before["modified"] and after["image_url"] == before["image_url"]


def test_before_it_is_known_an_address_has_no_digest(client, machine, roots):
    make_image(roots["assets"], PATH, RED)
    index(machine)
    (entry,) = listed(client.get("/api/gallery").json)
    assert (entry["image_url"], entry["hash"], entry["color"]) == (entry["url"], None, None)
    assert "&v=" not in entry["thumbnail_url"]


@pytest.mark.parametrize("shown", ["", "0" * 16, digest(RED)[:15], "é", "%00"])
def test_any_other_digest_is_no_reason_to_keep_a_picture(client, picture, shown):
    for address in (
        f"/poster_assets/{PATH}?v={shown}",
        f"/api/thumbnail?path=/poster_assets/{PATH}&v={shown}",
    ):
        answer = client.get(address, buffered=True)
        assert answer.headers["Cache-Control"] == "private, max-age=60, must-revalidate"
    assert client.get(f"/api/thumbnail?path=/poster_assets/{PATH}&v={'x' * 65}").status_code == 400
