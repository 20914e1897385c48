"""Addresses and keys are tried by the real engine, before anything is saved."""

import json

import pytest

from app.core.settings.masking import MASK
from tests.doubles.loopback import serving
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import small_media

PLACES = ("plex", "jellyfin", "emby", "tmdb", "tvdb", "fanart")


def save_key(machine, **keys):
    config = json.loads(machine.paths.config.read_text())
    config["ApiPart"] |= keys
    machine.paths.config.write_text(json.dumps(config))


def test_a_masked_key_is_the_saved_one_and_no_answer_holds_it(client, machine):
    save_key(machine, PlexToken=TOKEN)
    with serving(MediaPlex(small_media())) as plex:
        found = client.post("/api/validate/plex", json={"url": f"{plex.url}/", "token": MASK, "more": 1})
        wrong = client.post("/api/validate/plex", json={"url": plex.url, "token": "another-token"})
    assert (found.status_code, found.json["valid"]) == (200, True)
    assert found.json["details"] == {"library_count": 2, "server_name": "double"}
    assert (wrong.status_code, wrong.json["valid"]) == (200, False)
    assert TOKEN not in found.text and "another-token" not in wrong.text


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254", "http://[fe80::1]:8096", "http://[::ffff:a9fe:a9fe]"]
)
def test_the_metadata_of_a_cloud_are_never_asked_for(client, address):
    answer = client.post("/api/validate/jellyfin", json={"url": address, "api_key": "k"})
    assert answer.status_code == 400 and "link-local" in answer.json["message"]


def test_what_is_missing_is_an_answer_in_words(client):
    answer = client.post("/api/validate/tvdb", json={"api_key": "", "pin": None})
    missing = {"message": "The key of TVDB is missing.", "fault": "key_missing", "details": {}}
    assert answer.json == {"valid": False, **missing}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "body", [[], {"token": 7, "api_key": 7}, dict.fromkeys(("token", "api_key"), "x" * 5000)]
)
def test_a_body_of_another_shape_is_400(client, place, body):
    assert client.post(f"/api/validate/{place}", json=body).status_code == 400


def test_nobody_without_the_scope_has_anything_tried(anonymous):
    assert {anonymous.post(f"/api/validate/{place}", json={}).status_code for place in PLACES} == {401}
