import pytest

from app import create_app
from app.core.release_feed import Fetched
from app.core.releases import store_fetched
from app.core.version import package_version
from app.models import Base
from tests.conftest import KEY
from tests.core.test_releases import make_entry


def store(database, *entries):
    with database.writing() as session:
        store_fetched(session, Fetched(payload=list(entries)))


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


@pytest.fixture
def version_told(data):
    """What is told of a release by a server with these settings."""

    def tell(release, **settings):
        app = create_app(APP_DATA=data, APP_API_KEY=KEY, **settings)
        machine = app.extensions["machine"]
        machine.paths.create()
        Base.metadata.create_all(machine.database.engine)
        store(machine.database, make_entry(tag_name=release))
        answer = app.test_client().get("/api/version", headers={"X-API-Key": KEY})
        machine.close()
        return answer.json

    return tell


@pytest.fixture
def powershell_script(tmp_path):
    script = tmp_path / "Posterizarr.ps1"
    script.write_text('$CurrentScriptVersion = "2.1.15"\n')
    return script


def test_a_newer_release_is_an_update(version_told, powershell_script):
    told = version_told("v2.1.16", POSTER_SCRIPT=powershell_script)
    assert told == {"local": "2.1.15", "remote": "2.1.16", "is_update_available": True}


def test_a_list_of_ones_own_tells_updates_of_the_built_in_script(version_told):
    told = version_told("v999.0.1", RELEASES_URL="http://127.0.0.1:1/releases")
    assert (told["remote"], told["is_update_available"]) == ("999.0.1", True)


def test_releases_of_posterizarr_are_no_updates_of_the_built_in_script(version_told):
    told = version_told("v999.0.1")
    assert told == {"local": package_version(), "remote": "999.0.1", "is_update_available": False}


def test_the_version_of_the_server_and_its_page_has_an_address_of_its_own(client):
    assert client.get("/api/version-ui").json == {"local": package_version(), "remote": None}


def test_a_version_that_is_ahead_is_marked(version_told, powershell_script):
    assert version_told("2.0.0", POSTER_SCRIPT=powershell_script)["local"] == "2.1.15-dev"


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
