"""Libraries of media servers by the API, over the real engine and stateful doubles."""

import json

import pytest

from app.core.settings.masking import MASK
from tests.doubles.acting_servers import ActingJellyfin, ActingPlex
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN as JELLYFIN_KEY
from tests.doubles.media_plex import TOKEN as PLEX_TOKEN
from tests.doubles.media_world import MediaLibrary, small_media


def configure(machine, **sections):
    config = json.loads(machine.paths.config.read_text())
    for name, values in sections.items():
        config[name] |= values
    machine.paths.config.write_text(json.dumps(config))


def saved_exclusions(machine, section="PlexPart"):
    return json.loads(machine.paths.config.read_text())[section]["LibstoExclude"]


@pytest.fixture
def plex(machine):
    with serving(ActingPlex(small_media())) as server:
        configure(machine, PlexPart={"PlexUrl": server.url}, ApiPart={"PlexToken": PLEX_TOKEN})
        yield server


def test_exclusions_are_those_of_the_settings_and_survive_a_refresh(client, machine, plex):
    empty = client.get("/api/libraries/plex/cached").json
    assert (empty["success"], empty["libraries"], empty["excluded"]) == (True, [], [])
    listed = client.post("/api/libraries/plex", json={"url": plex.url, "token": MASK}).json
    assert [(each["name"], each["type"], each["key"]) for each in listed["libraries"]] == [
        *(("Movies", "movie", "1"), ("TV Shows", "show", "3"))
    ]
    answer = client.post("/api/libraries/plex/exclusions", json={"excluded_libraries": ["Movies", "Movies"]})
    assert answer.json["success"] and saved_exclusions(machine) == ["Movies"]
    assert client.get("/api/config").json["config"]["PlexLibstoExclude"] == ["Movies"]
    plex.world.libraries.append(MediaLibrary("Kids", "movie", ("/k",)))
    plex.world.number()
    assert len(client.get("/api/libraries/plex/cached").json["libraries"]) == 2
    renewed = client.get("/api/libraries/plex/cached?refresh=true").json
    assert [each["name"] for each in renewed["libraries"]] == ["Movies", "TV Shows", "Kids"]
    assert renewed["excluded"] == ["Movies"] and renewed["libraries"][0]["last_fetched"]
    assert client.post("/api/libraries/plex/exclusions", json={"excluded_libraries": []}).json["success"]
    assert saved_exclusions(machine) == []


def test_a_refresh_that_fails_keeps_the_list_and_says_why(client, machine, plex):
    assert client.get("/api/libraries/plex/cached?refresh=true").json["success"]
    configure(machine, ApiPart={"PlexToken": "old-token"})
    failed = client.get("/api/libraries/plex/cached?refresh=true").json
    assert (failed["success"], len(failed["libraries"])) == (False, 2) and "refused the key" in failed[
        "error"
    ]
    listed = client.post("/api/libraries/plex", json={}).json
    assert listed["success"] is False and "refused the key" in listed["error"]
    assert "old-token" not in f"{failed}{listed}"


def test_items_of_a_library_are_listed(client, plex):
    found = client.post("/api/libraries/plex/items", json={"library_key": "3"}).json
    assert [item["title"] for item in found["items"]] == ["Dark"]
    assert client.post("/api/libraries/plex/items", json={"library_key": "7"}).json["success"] is False


def test_actions_reach_the_configured_server(client, machine, plex):
    key = str(plex.world.items()[0].key)
    done = client.post("/api/plex/action", json={"action": "refresh_item", "rating_key": key})
    assert done.json["message"] == "Plex reads the metadata of the item again."
    gone = client.post("/api/plex/action", json={"action": "empty_trash", "library_name": "Films"})
    assert gone.status_code == 404 and "no library Films" in gone.json["detail"]
    assert [path for _, path, _ in plex.acted] == [f"/library/metadata/{key}/refresh"]
    refresh = {"action": "refresh_images", "media_id": key}
    none = client.post("/api/jellyfin-emby/action", json=refresh)
    assert none.status_code == 400 and "UseJellyfin" in none.json["message"]
    with serving(ActingJellyfin(small_media())) as jellyfin:
        used = {"UseJellyfin": "true", "JellyfinUrl": jellyfin.url}
        configure(machine, JellyfinPart=used, ApiPart={"JellyfinAPIKey": JELLYFIN_KEY})
        assert client.post("/api/jellyfin-emby/action", json=refresh).json["success"]
        assert [path for _, path, _ in jellyfin.acted] == [f"/Items/{key}/Refresh"]
    silent = client.post("/api/jellyfin-emby/action", json=refresh)
    assert silent.status_code == 503 and "nothing listens" in silent.json["message"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("libraries/plex", {"url": 7}, 400),
        ("libraries/kodi/exclusions", {"excluded_libraries": []}, 404),
        ("libraries/plex/exclusions", {"excluded_libraries": [""]}, 400),
        ("libraries/plex/exclusions", {"excluded_libraries": "Movies"}, 400),
        ("libraries/plex/exclusions", {}, 400),
        ("libraries/plex/items", {}, 400),
        ("libraries/plex/items", {"library_key": "../1"}, 400),
        ("plex/action", {"action": "delete_item", "rating_key": "1"}, 400),
        ("plex/action", {"action": "refresh_item"}, 400),
        ("plex/action", {"action": "refresh_item", "rating_key": "1/../2"}, 400),
        ("plex/action", {"action": "scan_library", "library_name": " "}, 400),
        ("jellyfin-emby/action", {"action": "refresh_item", "media_id": ""}, 400),
        ("jellyfin-emby/action", {"action": "refresh_item", "media_id": "a?b"}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused(client, path, body, status):
    assert client.post(f"/api/{path}", json=body).status_code == status


def test_an_action_of_a_server_without_a_key_says_what_to_set(client):
    answer = client.post("/api/plex/action", json={"action": "refresh_item", "rating_key": "1"})
    assert answer.status_code == 400 and "set its address and its key" in answer.json["message"]


def test_an_unknown_server_and_an_address_of_a_cloud_are_refused(client):
    assert client.get("/api/libraries/kodi/cached").status_code == 404
    unsafe = {"url": "http://169.254.169.254", "api_key": "k"}
    assert client.post("/api/libraries/emby", json=unsafe).status_code == 400


def test_a_key_without_admin_does_not_have_the_saved_key_sent_elsewhere(app, client, plex):
    made = client.post("/api/auth/keys", json={"name": "settings", "scopes": ["config"]}).json["key"]
    other = app.test_client()
    other.environ_base["HTTP_X_API_KEY"] = made
    for path in ("libraries/plex", "validate/plex"):
        refused = other.post(f"/api/{path}", json={"url": "http://127.0.0.1:9", "token": MASK})
        assert refused.status_code == 403 and "another address" in refused.json["message"]
    assert plex.asked == []


def test_nobody_without_credentials_asks_anything(anonymous):
    paths = ("libraries/plex", "libraries/jellyfin", "libraries/emby", "libraries/plex/exclusions")
    paths += ("libraries/plex/items", "plex/action", "jellyfin-emby/action")
    assert {anonymous.post(f"/api/{path}", json={}).status_code for path in paths} == {401}
    assert anonymous.get("/api/libraries/plex/cached").status_code == 401
