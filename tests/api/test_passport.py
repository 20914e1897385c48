"""The passport by the API."""

import io

import pytest

from app.api import api_blueprint
from tests.core.decisions.test_versions import FILM, sha
from tests.pictures import make_picture, opened
from tests.ui.test_passport_page import NEW, OLD, film

__all__ = ["film"]


def passport(client, content, status=200, **options):
    answer = client.post("/api/passport", data={"file": (io.BytesIO(content), "x")}, **options)
    assert answer.status_code == status
    return answer.json


def test_a_picture_is_told_with_its_asset_its_source_and_what_is_there_now(client, film):
    found = passport(client, OLD)
    (asset,) = found.pop("assets")
    assert found == {
        "success": True,
        "by": "bytes",
        "is_certain": True,
        "sha256": sha(OLD),
        "size": len(OLD),
        "format": "JPEG",
        "width": 300,
        "height": 450,
        "is_marked": True,
        "more": 0,
        "unread": 0,
    }
    version = asset.pop("version")
    assert (version["run"], version["is_kept"], version["sha256"]) == (1, True, sha(OLD))
    assert asset == {
        "root": "assets",
        "path": FILM,
        "kind": "poster",
        "title": "Alien",
        "origin": "made",
        "disk": "another",
        "source": asset["source"],
        "text": "Alien",
        "is_as_now": True,
        "places": [],
        "can_restore": True,
        "can_redraw": True,
        "present_url": "/poster_assets/Movies/Alien%20%281979%29/poster.jpg",
    }
    assert asset["source"]["provider"] == "TMDB"


def test_a_copy_in_other_bytes_is_the_same_picture_and_a_foreign_one_none(client, film):
    copy = io.BytesIO()
    opened(NEW).save(copy, "WEBP", quality=80)
    assert passport(client, copy.getvalue())["by"] == "picture"
    foreign = passport(client, make_picture((300, 450), noisy=True))
    assert (foreign["by"], foreign["assets"], foreign["is_certain"]) == ("nothing", [], False)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"file": "text"}, 400),
        ({"file": (io.BytesIO(b"text"), "a.jpg")}, 400),
        ({"file": (io.BytesIO(make_picture()[:300]), "a.jpg")}, 400),
    ],
)
def test_what_cannot_be_looked_at_is_the_senders_fault(client, form, status):
    assert client.post("/api/passport", data=form).status_code == status


def test_a_file_beyond_the_limit_of_uploads_is_413(client, monkeypatch):
    monkeypatch.setattr(api_blueprint, "LARGEST_UPLOAD", 1000)
    form = {"file": (io.BytesIO(bytes(2000)), "a.jpg")}
    assert client.post("/api/passport", data=form).status_code == 413
