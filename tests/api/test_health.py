import os
from datetime import UTC, datetime

import pytest

from app.background.trigger_consumer import Consumer
from app.core.release_feed import Fetched
from app.core.releases import store_fetched
from app.models import StoredDocument
from app.services.keys import create_key


@pytest.fixture
def led(machine):
    """The machine with a leader that lives."""
    machine.state.publish(leader={"pid": os.getpid(), "since": datetime.now(UTC).isoformat()})
    return machine


def sources(answer):
    return [found["source"] for found in answer.json["problems"] if found["source"] not in ("disk", "login")]


def test_a_ping_is_answered_to_everybody(anonymous):
    answer = anonymous.get("/ping")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert anonymous.head("/ping").status_code == 200


def test_a_ping_without_a_database_is_503(app, anonymous, machine, data):
    if not machine.database.is_sqlite:
        pytest.skip("a file is what this test breaks")
    machine.database.dispose()
    for file in (data / "database").glob("posterizarr.db*"):
        file.write_bytes(b"this is no database " * 1000)
    answer = anonymous.get("/ping")
    assert answer.status_code == 503
    assert answer.json["detail"]
    assert anonymous.get("/health").json["problems"][0]["source"] == "database"


def test_a_server_with_a_leader_is_well(client, led):
    assert sources(client.get("/health")) == []


def test_health_is_open_and_gives_no_place_away(anonymous, machine):
    machine.paths.config.write_text("{broken")
    machine.paths.logs.rmdir()
    answer = anonymous.get("/health")
    assert (answer.status_code, answer.json["status"]) == (200, "problems")
    assert sources(answer) == ["config", "data", "leader"]
    assert str(machine.paths.data) not in answer.text
    assert all(found["advice"] for found in answer.json["problems"])


def test_particulars_of_a_trouble_are_told_to_those_alone_who_may_read(client, anonymous, led):
    (led.paths.runs / "inbox").write_text("in the place of a folder")
    Consumer(led).step()
    (problem,) = (found for found in client.get("/health").json["problems"] if found["source"] == "triggers")
    assert str(led.paths.data) in problem["message"]
    answer = anonymous.get("/health")
    told = [found["message"] for found in answer.json["problems"]]
    assert "Triggers cannot be processed at the moment." in told
    assert str(led.paths.data) not in answer.text


def test_weak_logins_are_told_to_their_owner_alone(client, anonymous, machine):
    machine.paths.config.write_text(
        '{"WebUI": {"basicAuthEnabled": true, "basicAuthPassword": "posterizarr"}}'
    )
    assert "login" in [found["source"] for found in client.get("/health").json["problems"]]
    assert "login" not in [found["source"] for found in anonymous.get("/health").json["problems"]]


@pytest.mark.parametrize(("scope", "told"), [("read", True), ("webhook", False)])
def test_a_key_that_may_not_read_learns_nothing_about_the_login(anonymous, machine, scope, told):
    _, plain = create_key(machine, "a sender", [scope])
    answer = anonymous.get("/health", headers={"X-API-Key": plain})
    assert ("login" in [found["source"] for found in answer.json["problems"]]) is told


def test_a_database_that_breaks_between_two_questions_is_a_problem_and_no_error(client, led, database):
    StoredDocument.__table__.drop(database.engine)
    object.__setattr__(led.settings, "update_check", True)
    answer = client.get("/health")
    assert (answer.status_code, sources(answer)) == (200, ["database"])


def test_what_threads_publish_is_told(client, led):
    led.state.publish(
        problems=[{"source": "log", "message": "It stands.", "public": "It stands.", "advice": "Look."}]
    )
    answer = client.get("/health")
    assert sources(answer) == ["log"]
    assert answer.json["status"] == "problems"


@pytest.mark.parametrize(("checking", "told"), [(True, ["releases"]), (False, [])])
def test_a_failed_update_check_is_only_a_note_and_none_once_it_is_switched_off(
    client, led, database, checking, told
):
    object.__setattr__(led.settings, "update_check", checking)
    with database.writing() as session:
        store_fetched(session, Fetched(error="The server of the releases answered 403."))
    notes = [found for found in client.get("/health").json["problems"] if found["type"] == "note"]
    assert [found["source"] for found in notes] == told


def test_metrics_need_the_scope_to_read(anonymous, client):
    assert anonymous.get("/metrics").status_code == 401
    assert client.head("/metrics").status_code == 200


@pytest.mark.parametrize("path", ["/ping", "/health", "/metrics"])
def test_a_wrong_method_is_405(client, path):
    assert client.post(path).status_code == 405


def test_a_folder_that_the_environment_chose_is_no_problem(client, machine):
    machine.roots.overrides = {"assets": machine.paths.data / "elsewhere"}
    assert machine.roots.overridden() == ["AssetPath"]
    assert "assets" not in [one["source"] for one in client.get("/health").json["problems"]]


def test_a_warning_is_silenced_by_its_code_for_everybody_and_shown_again(client, anonymous, led):
    led.state.publish(problems=[{"source": "log", "message": "m: x", "public": "m", "advice": "Repair it."}])
    (problem,) = (each for each in client.get("/health").json["problems"] if each["source"] == "log")
    assert client.post("/api/problems/silenced", json={"code": problem["code"]}).status_code == 200
    for caller in (client, anonymous):
        (found,) = (each for each in caller.get("/health").json["problems"] if each["source"] == "log")
        assert found["silenced"] and found["code"] == problem["code"]
    assert anonymous.delete(f"/api/problems/silenced/{problem['code']}").status_code == 401
    assert client.delete(f"/api/problems/silenced/{problem['code']}").status_code == 200
    assert client.delete(f"/api/problems/silenced/{problem['code']}").status_code == 404


@pytest.mark.parametrize("code", ["", "x" * 65, "a\0b", 7, None])
def test_what_is_no_code_is_refused(client, code):
    assert client.post("/api/problems/silenced", json={"code": code}).status_code == 400


def test_an_error_cannot_be_silenced(client, machine):
    (problem,) = (each for each in client.get("/health").json["problems"] if each["source"] == "leader")
    assert client.post("/api/problems/silenced", json={"code": problem["code"]}).status_code == 409
