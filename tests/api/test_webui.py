import logging

import pytest

from app import create_app
from app.log.log_level import log_level
from tests.conftest import KEY
from tests.log.test_logs import logging_as_before

__all__ = ["logging_as_before"]  # the level belongs to the process


@pytest.fixture
def second(data, database_url, app):
    """Another worker on the same data."""
    other = create_app(APP_DATA=data, DATABASE_URL=database_url, APP_API_KEY=KEY)
    yield other
    other.extensions["machine"].close()


def save(client, **settings):
    return client.post("/api/webui-settings", json={"settings": settings})


def test_settings_are_saved_and_shown(client, machine):
    saved = save(client, log_level="DEBUG", theme="light", own={"columns": 5})
    assert saved.json["success"] is True and saved.json["message"]
    shown = client.get("/api/webui-settings").json
    assert shown["settings"] == saved.json["settings"]
    expected = {"log_level": "DEBUG", "theme": "light", "auto_refresh_interval": 180, "own": {"columns": 5}}
    assert shown["settings"] == expected | {"current_log_level": "DEBUG"}
    assert shown["available_log_levels"] == ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
    assert shown["config_file"] == str(machine.paths.webui_settings)


def test_the_level_counts_at_once_here_and_in_every_other_worker(client, second):
    save(client, log_level="error")
    assert logging.getLogger().level == logging.ERROR
    logging.getLogger().setLevel("INFO")  # as in another process
    answer = second.test_client().get("/api/webui-settings", headers={"X-API-Key": KEY})
    assert answer.json["settings"]["current_log_level"] == "ERROR"
    assert logging.getLogger().level == logging.ERROR


def test_a_worker_without_requests_follows_too(client, second):
    save(client, log_level="DEBUG")
    logging.getLogger().setLevel("INFO")
    log_level.of(second).follow()  # what its main loop calls every second
    assert logging.getLogger().level == logging.DEBUG


@pytest.mark.parametrize(
    "body", [{}, {"settings": None}, {"settings": []}, {"settings": {"log_level": "loud"}}, [], None]
)
def test_what_is_no_setting_is_400(client, body):
    answer = client.post("/api/webui-settings", json=body)
    assert (answer.status_code, answer.json["success"]) == (400, False)
    assert answer.json["detail"] == answer.json["message"]


def test_the_introduction_is_shown_until_it_is_completed(client, machine):
    assert client.get("/api/config").json["_root"] == {"onboarding_completed": False}
    assert client.post("/api/onboarding/complete").json["success"] is True
    assert client.get("/api/config").json["_root"] == {"onboarding_completed": True}


def test_the_folders_of_uploads_are_described(client, machine):
    found = client.get("/api/upload-diagnostics").json
    assert found["directories"]["UPLOADS_DIR"]["path"] == str(machine.paths.uploads)
    assert found["environment"]["APP_DATA"] == str(machine.paths.data)
    assert KEY not in str(found)


@pytest.mark.parametrize("path", ["webui-settings", "upload-diagnostics"])
def test_a_stranger_reads_nothing(anonymous, path):
    assert anonymous.get(f"/api/{path}").status_code == 401
