import pytest

from app import create_app
from app.core.release_feed import Fetched
from app.core.releases import record
from app.core.version import package_version
from app.models import Base
from tests.conftest import KEY
from tests.core.test_releases import make_entry


def store(database, *entries):
    with database.writing() as session:
        record(session, Fetched(payload=list(entries)))


def test_the_machine_is_told(client):
    told = client.get("/api/system-info").json
    assert isinstance(told["memory_percent"], (int, float))
    assert told["total_memory"].endswith(" MB")


def test_without_a_known_release_the_remote_version_is_null(client):
    assert client.get("/api/version").json == {
        "local": package_version(),
        "remote": None,
        "is_update_available": False,
    }


def test_a_newer_release_is_an_update(client, database):
    store(database, make_entry(tag_name="v999.0.1"))
    told = client.get("/api/version").json
    assert (told["remote"], told["is_update_available"]) == ("999.0.1", True)


def test_the_version_of_the_server_and_its_page_has_an_address_of_its_own(client):
    assert client.get("/api/version-ui").json == {"local": package_version(), "remote": None}


def test_a_version_that_is_ahead_is_marked(client, database):
    store(database, make_entry(tag_name="0.0.1"))
    assert client.get("/api/version").json["local"] == f"{package_version()}-dev"


def test_the_version_is_that_of_the_script_that_runs(data, tmp_path):
    script = tmp_path / "Posterizarr.ps1"
    script.write_text('$CurrentScriptVersion = "2.1.15"\n')
    app = create_app(APP_DATA=data, APP_API_KEY=KEY, POSTER_SCRIPT=script)
    machine = app.extensions["machine"]
    machine.paths.create()
    Base.metadata.create_all(machine.database.engine)
    answer = app.test_client().get("/api/version", headers={"X-API-Key": KEY})
    machine.close()
    assert answer.json["local"] == "2.1.15"


def test_releases_come_from_what_is_stored(client, database):
    store(database, make_entry(), make_entry(tag_name="2.1.14"))
    told = client.get("/api/releases").json
    assert told["success"] is True
    assert [entry["version"] for entry in told["releases"]] == ["2.1.15", "2.1.14"]
    assert isinstance(told["releases"][0]["days_ago"], int)


@pytest.mark.parametrize(("checking", "words"), [(True, "not known yet"), (False, "switched off")])
def test_without_a_stored_list_there_is_an_error_and_an_empty_list(client, machine, checking, words):
    object.__setattr__(machine.settings, "update_check", checking)
    told = client.get("/api/releases").json
    assert (told["success"], told["releases"]) == (False, [])
    assert words in told["error"]


@pytest.mark.parametrize("path", ["", "/system-info", "/version", "/version-ui", "/releases"])
def test_head_is_answered_without_a_body(client, path):
    answer = client.head(f"/api{path}")
    assert (answer.status_code, answer.data) == (200, b"")
