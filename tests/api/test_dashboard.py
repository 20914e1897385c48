import pytest
from sqlalchemy.exc import OperationalError

from app.core.errors import Unavailable
from app.core.status import UNKNOWN_STATUS
from app.core.system_info import UNKNOWN_SYSTEM
from app.core.version import UNKNOWN_VERSION
from tests.past_runs import make_active_run


def test_the_dashboard_holds_four_parts(client):
    told = client.get("/api/dashboard/all").json
    assert told["success"] is True
    assert told["status"] == client.get("/api/status").json
    assert told["version"] == client.get("/api/version").json
    assert told["system_info"].keys() == client.get("/api/system-info").json.keys()
    assert told["scheduler_status"].keys() == {
        "success",
        "enabled",
        "running",
        "is_executing",
        "schedules",
        "next_run",
        "timezone",
    }


def test_the_dashboard_follows_the_shared_state(client, machine):
    machine.state.publish(run=make_active_run())
    assert client.get("/api/dashboard/all").json["status"]["run_id"] == 7


def breaking(error):
    def read(*args):
        raise error

    return read


@pytest.mark.parametrize(
    "error", [Unavailable("no"), PermissionError("no"), OperationalError("SELECT", {}, Exception("locked"))]
)
@pytest.mark.parametrize(
    ("part", "reader", "stub"),
    [
        ("status", "status", UNKNOWN_STATUS),
        ("version", "version", UNKNOWN_VERSION),
        ("scheduler_status", "schedule", None),
        ("system_info", "system_info", UNKNOWN_SYSTEM),
    ],
)
def test_a_part_that_breaks_leaves_the_others_whole(client, app, monkeypatch, error, part, reader, stub):
    readers = app.extensions["system_readers"]
    broken = (readers.system_info, "read") if reader == "system_info" else (readers, reader)
    monkeypatch.setattr(*broken, breaking(error))
    answer = client.get("/api/dashboard/all")
    assert (answer.status_code, answer.json["success"]) == (200, True)
    if stub is None:
        assert (answer.json[part]["success"], answer.json[part]["schedules"]) == (False, [])
    else:
        assert answer.json[part] == stub
    assert len({"status", "version", "scheduler_status", "system_info"} & answer.json.keys()) == 4


def test_a_broken_schedule_file_does_not_break_the_dashboard(client, machine):
    machine.paths.scheduler.write_text("{broken")
    assert client.get("/api/dashboard/all").status_code == 200


def test_head_is_answered_without_a_body(client):
    answer = client.head("/api/dashboard/all")
    assert (answer.status_code, answer.data) == (200, b"")
