"""The page of the system as the server renders it."""

import json

import pytest

from app.core.takeover.record import finish_takeover, record_part
from app.models.base import now
from app.services import keys


def write_settings(machine, **sections):
    settings = json.loads(machine.paths.config.read_text())
    for section, values in sections.items():
        settings.setdefault(section, {}).update(values)
    machine.paths.config.write_text(json.dumps(settings))


def test_health_versions_load_and_space_are_shown_without_scripts(client, machine):
    (machine.paths.engine / "store").mkdir(parents=True)
    (machine.paths.engine / "store" / "kept").write_bytes(b"x" * 3_200_000)
    (machine.paths.data / "engine.json").write_text('{"StoreMegabytes": "512"}')
    page = client.get("/server/system").text
    assert "No worker leads" in page and "Something needs attention." in page
    assert "3.2 MB" in page and "536.9 MB" in page and "1.0 GB" in page
    assert "SQLite" in page and "This server" in page
    german = client.get("/server/system", headers={"Accept-Language": "de"}).text
    assert "3,2 MB" in german and "Etwas braucht Aufmerksamkeit." in german


def test_services_are_those_of_the_settings_and_no_secret_is_shown(client, machine):
    write_settings(
        machine,
        PlexPart={"UsePlex": "true", "PlexUrl": "http://plex.lan:32400/?X-Plex-Token=token-of-plex"},
        JellyfinPart={"UseJellyfin": "false", "JellyfinUrl": "http://jellyfin.lan:8096"},
        ApiPart={"PlexToken": "token-of-plex", "tmdbtoken": "<b>token</b>", "tvdbapi": ""},
    )
    page = client.get("/server/system").text
    assert 'data-try="plex"' in page and "plex.lan:32400" in page and "jellyfin.lan" not in page
    assert 'data-try="tmdb"' in page and 'data-try="tvdb"' not in page
    assert "token-of-plex" not in page and "<b>token" not in page


def test_a_takeover_is_reported_as_text(client, machine):
    assert "takeover-title" not in client.get("/server/system").text
    part = {"name": "history", "source": "<b>database</b>", "state": "taken", "taken": 1234, "known": 0}
    with machine.database.writing() as session:
        record_part(
            session, {**part, "left_out": [{"reason": "twice", "count": 3}], "notes": [], "advice": ""}
        )
        finish_takeover(session, now())
    page = client.get("/server/system").text
    assert "&lt;b&gt;database" in page and "1,234" in page and "3 × twice" in page


@pytest.mark.parametrize("damaged", ["config.json", "engine.json"])
def test_a_damaged_file_of_settings_is_a_problem_and_no_failure(client, machine, damaged):
    (machine.paths.data / damaged).write_text("{")
    assert client.get("/server/system", headers={"X-API-Key": "test-key-with-every-scope"}).status_code == 200


def test_only_administrators_see_the_system(anonymous, machine):
    _, plain = keys.create_key(machine, "reader", ["read"])
    assert anonymous.get("/server/system", headers={"X-API-Key": plain}).status_code == 403


def test_addresses_have_the_base_path(client):
    page = client.get("/server/system", base_url="http://localhost/posters").text
    assert 'action="/posters/api/admin/support-zip"' in page
