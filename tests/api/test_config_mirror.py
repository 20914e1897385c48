"""Earlier clients read config.json section by section."""

import pytest

from app.core.settings.masking import MASK
from app.core.settings.own_settings import OWN_DEFAULTS
from tests.api.test_config import write
from tests.core.settings.making import make_config


@pytest.fixture(autouse=True)
def config_with_a_secret(machine):
    write(machine, make_config(ApiPart={"PlexToken": "hush"}) | {"version": 3})


def test_the_status_counts_sections_and_settings(client, machine):
    answer = client.get("/api/config-db/status").json
    assert (answer["success"], answer["available"]) == (True, True)
    assert answer["api_key_count"] == 0
    assert (answer["section_count"], answer["total_entries"]) == (19, 260 + len(OWN_DEFAULTS))
    assert answer["sections"][0] == "WebUI"
    assert answer["metadata"]["config_file_path"] == str(machine.paths.config)


def test_a_section_is_shown_with_typed_values(client):
    answer = client.get("/api/config-db/section/ApiPart").json
    assert (answer["success"], answer["section"]) == (True, "ApiPart")
    assert answer["data"]["PlexToken"] == MASK
    assert answer["data"]["WidthHeightFilter"] is False
    assert client.get("/api/config-db/section/Nowhere").json["data"] == {}


def test_a_value_is_shown_or_not_found(client):
    answer = client.get("/api/config-db/value/PlexPart/UsePlex").json
    assert answer == {"success": True, "section": "PlexPart", "key": "UsePlex", "value": False}
    assert client.get("/api/config-db/value/_root/version").json["value"] == 3
    assert client.get("/api/config-db/value/PlexPart/Nothing").status_code == 404


def test_the_whole_file_is_shown_nested_and_without_secrets(client):
    answer = client.get("/api/config-db/export")
    assert "hush" not in answer.text
    assert answer.json["config"]["ApiPart"]["PlexToken"] == MASK
    assert answer.json["config"]["PosterOverlayPart"]["text_offset"] == "+430"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_sync_has_nothing_to_do(client):
    answer = client.post("/api/config-db/sync").json
    assert answer["success"] is True
    assert answer["message"]
