from datetime import timedelta

import pytest

from app.models.base import now
from tests.past_runs import BEGAN, make_run


def add(database, *runs):
    with database.writing() as session:
        session.add_all(runs)


def test_the_history_is_told_in_pages(client, database):
    add(database, *(make_run(started_at=BEGAN + timedelta(hours=hour)) for hour in range(12)))
    told = client.get("/api/runtime-history?limit=10&offset=5").json
    assert (told["success"], told["count"], told["total"], told["limit"], told["offset"]) == (
        True,
        7,
        12,
        10,
        5,
    )
    assert told["history"][0]["timestamp"] == "2025-11-25T22:30:03"
    assert told["mode_filter"] is None


def test_fifty_runs_make_a_page_unless_told_otherwise(client):
    told = client.get("/api/runtime-history").json
    assert (told["limit"], told["offset"], told["history"], told["total"]) == (50, 0, [], 0)


def test_a_run_that_ends_is_in_the_next_answer(client, database):
    assert client.get("/api/runtime-history").json["total"] == 0
    add(database, make_run())
    assert client.get("/api/runtime-history").json["total"] == 1
    add(database, make_run())
    assert client.get("/api/runtime-history").json["total"] == 2


def test_a_mode_filters_exactly(client, database):
    add(database, make_run(), make_run(mode="testing"))
    told = client.get("/api/runtime-history?mode=testing").json
    assert ([run["mode"] for run in told["history"]], told["total"], told["mode_filter"]) == (
        ["testing"],
        1,
        "testing",
    )
    assert client.get("/api/runtime-history?mode=test").json["total"] == 0


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=0", "500"),
        ("limit=501", "500"),
        ("limit=many", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("mode=" + "x" * 33, "32"),
        ("mode=%00", "mode"),
    ],
)
def test_what_is_out_of_range_is_refused_with_the_limit(client, query, named):
    answer = client.get(f"/api/runtime-history?{query}")
    assert answer.status_code == 400
    assert named in answer.json["detail"]


def test_a_parameter_that_nobody_knows_is_let_through(client):
    assert client.get("/api/runtime-history?t=123").status_code == 200


def test_the_newest_numbers_come_with_the_schedule(client, database):
    add(database, make_run(posters=4))
    told = client.get("/api/runtime-stats").json
    assert (told["success"], told["runtime"], told["posters"]) == (True, "0h 4m 14s", 4)
    assert told["scheduler"].keys() == {"enabled", "schedules", "next_run", "timezone"}


def test_without_a_run_the_runtime_is_null(client):
    told = client.get("/api/runtime-stats").json
    assert (told["success"], told["runtime"], told["total_images"]) == (False, None, 0)


def test_numbers_come_without_a_schedule_where_that_is_broken(client, machine):
    machine.paths.scheduler.write_text("{broken")
    answer = client.get("/api/runtime-stats")
    assert answer.status_code == 200
    assert answer.json["scheduler"]["schedules"] == []


def test_the_summary_covers_the_days_asked_for(client, database):
    add(
        database,
        make_run(started_at=now() - timedelta(hours=1), total_images=3),
        make_run(started_at=now() - timedelta(days=50), total_images=5),
    )
    assert client.get("/api/runtime-summary").json["summary"]["total_images"] == 3
    assert client.get("/api/runtime-summary?days=90").json["summary"]["total_images"] == 8
    assert client.get("/api/runtime-summary?days=366").status_code == 400


def test_cleaning_up_tells_how_many_went(client, database):
    add(
        database,
        make_run(started_at=now() - timedelta(days=100)),
        make_run(started_at=now() - timedelta(days=1)),
    )
    answer = client.delete("/api/runtime-history/cleanup?days=90")
    assert answer.json == {
        "success": True,
        "deleted_count": 1,
        "message": "Deleted 1 entries older than 90 days",
    }
    assert client.get("/api/runtime-history").json["total"] == 1


@pytest.mark.parametrize("days", ["29", "366", "0", "-5", "all"])
def test_cleaning_up_refuses_days_out_of_range(client, days):
    answer = client.delete(f"/api/runtime-history/cleanup?days={days}")
    assert answer.status_code == 400
    assert "days" in answer.json["detail"]


def test_cleaning_up_needs_credentials(anonymous):
    assert anonymous.delete("/api/runtime-history/cleanup").status_code == 401


def test_no_banner_asks_for_a_migration(client):
    assert client.get("/api/runtime-history/migration-status").json == {
        "success": True,
        "is_migrated": True,
        "migration_info": {},
    }


@pytest.mark.parametrize("path", ["runtime-history", "runtime-stats", "runtime-summary"])
def test_head_is_answered_without_a_body(client, path):
    answer = client.head(f"/api/{path}")
    assert (answer.status_code, answer.data) == (200, b"")
