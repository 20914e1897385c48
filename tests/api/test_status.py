import pytest
from sqlalchemy.exc import DatabaseError, OperationalError

from app.core.runs import request_run
from tests.past_runs import make_active_run


def test_the_status_holds_what_clients_read(client, machine):
    (machine.paths.logs / "Scriptlog.log").write_text("one\ntwo\n")
    answer = client.get("/api/status")
    assert answer.status_code == 200
    assert answer.json["last_logs"] == ["one", "two"]
    assert answer.json["running"] is False
    assert answer.json["config_exists"] is True


def test_the_status_follows_the_shared_state(client, machine):
    machine.state.publish(run=make_active_run())
    told = client.get("/api/status").json
    assert (told["running"], told["start_time"], told["percent"]) == (True, "2025-11-25T16:30:03", 25.0)
    machine.state.publish(run=None)
    assert client.get("/api/status").json["running"] is False


def test_waiting_runs_are_counted_at_once(client, database):
    assert client.get("/api/status").json["queued"] == 0
    with database.writing() as session:
        request_run(session, "testing", "api")
        request_run(session, "normal", "api")
    assert client.get("/api/status").json["queued"] == 2


@pytest.mark.parametrize("kind", [OperationalError, DatabaseError])
def test_a_database_that_does_not_answer_leaves_a_status_without_the_queue(client, app, monkeypatch, kind):
    def busy():
        raise kind("SELECT", {}, Exception("locked"))

    monkeypatch.setattr(app.extensions["system_readers"], "count_queued", busy)
    answer = client.get("/api/status")
    assert (answer.status_code, answer.json["queued"]) == (200, None)


def test_head_is_answered_without_a_body(client):
    answer = client.head("/api/status")
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_wrong_method_is_refused_with_what_is_allowed(client, method):
    answer = getattr(client, method)("/api/status")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json["detail"]
