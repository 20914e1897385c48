"""What earlier clients ask of the history: to take over what lies there."""

import json

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.execution.importing import ReportWatch
from app.models import Status
from app.services.takeover import take_over_once
from tests.core.execution.test_report import make_body
from tests.past_runs import make_run
from tests.upstream import make_history, make_past_run

ADDRESSES = ("migrate", "migrate-format", "import-json")


def put(folder, name, **overrides):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(make_body(**overrides)))


@pytest.fixture
def reports(machine):
    """Two runs of the past: one in Logs, one rotated away."""
    put(machine.paths.logs, "scheduled.json")
    past = {"Start time": "24.11.2025 04:30:03", "End Time": "24.11.2025 04:34:17"}
    put(machine.paths.rotated_logs / "Logs_20251124", "normal.json", **past)


def ask(client, name):
    return client.post(f"/api/runtime-history/{name}")


def test_reports_are_taken_in_once_from_logs_and_rotated_logs(client, reports):
    first, second = ask(client, "import-json").json, ask(client, "import-json").json
    assert first == {"success": True, "imported": 2, "message": "Imported 2 runs"}
    assert second == {"success": True, "imported": 0, "message": "No report is missing in the history"}
    told = client.get("/api/runtime-history").json
    assert [run["mode"] for run in told["history"]] == ["scheduled", "normal"]
    assert told["history"][1]["timestamp"] == "2025-11-24T04:30:03"


def test_the_report_of_an_active_run_is_left_to_that_run(client, database, reports):
    with database.writing() as session:
        session.add(make_run(status=Status.RUNNING))
    answer = ask(client, "import-json").json
    assert (answer["success"], answer["imported"]) == (True, 0) and "active" in answer["message"]
    assert client.get("/api/runtime-history").json["total"] == 0


def test_reports_that_the_dispatcher_takes_in_at_the_same_moment_are_no_error(client, reports, monkeypatch):
    def taken(watch, session, files):
        raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))

    monkeypatch.setattr(ReportWatch, "take_in", taken)
    assert ask(client, "import-json").json["imported"] == 0


def test_a_report_that_vanishes_while_it_is_read_is_unavailable(client, reports, monkeypatch):
    def vanished(watch, session, files):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(ReportWatch, "take_in", vanished)
    answer = ask(client, "import-json")
    assert answer.status_code == 503 and "No such file" in answer.json["detail"]


def test_nothing_waits_to_be_migrated(client):
    told = ask(client, "migrate").json
    assert (told["success"], told["already_migrated"]) == (True, True)
    assert (told["imported"], told["skipped"], told["errors"]) == (0, 0, 0)
    assert ask(client, "migrate-format").json["updated_count"] == 0


def test_a_history_that_could_not_be_read_is_migrated_on_request(client, machine):
    path = machine.paths.database / "runtime_stats.db"
    path.write_bytes(b"no database" * 99)
    take_over_once(machine)
    status = client.get("/api/runtime-history/migration-status").json
    assert (status["is_migrated"], status["migration_info"]) == (False, {})
    failed = ask(client, "migrate").json
    assert (failed["success"], failed["errors"]) == (False, 1) and "runtime_stats.db" in failed["message"]
    path.unlink()
    make_history(machine.paths.data, make_past_run(), make_past_run())
    done = ask(client, "migrate").json
    assert (done["success"], done["already_migrated"], done["message"]) == (True, False, "Imported 1 run")
    assert (done["imported"], done["skipped"], done["errors"]) == (1, 1, 0)
    info = client.get("/api/runtime-history/migration-status").json
    assert info["is_migrated"] and info["migration_info"]["migrated_entries"]["value"] == "1"
    assert ask(client, "migrate").json["already_migrated"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_may_read_and_run_alone_takes_nothing_over(client, anonymous, name):
    wanted = {"name": "phone", "scopes": ["read", "run"]}
    key = client.post("/api/auth/keys", json=wanted).json["key"]
    answer = anonymous.post(f"/api/runtime-history/{name}", headers={"X-API-Key": key})
    assert answer.status_code == 403
