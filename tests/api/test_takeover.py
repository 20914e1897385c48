"""The report of a takeover, for administrators."""

from app.services.takeover import take_over_again, take_over_once
from tests.upstream import make_history, make_past_run

ADDRESS = "/api/admin/takeover"


def test_the_report_says_what_was_taken_and_what_was_not(client, machine):
    assert client.get(ADDRESS).json == {
        "success": True,
        "found": False,
        "started_at": None,
        "finished_at": None,
        "parts": [],
    }
    make_history(
        machine.paths.data, make_past_run(), make_past_run(timestamp="?", start_time="", end_time="")
    )
    take_over_once(machine)
    told = client.get(ADDRESS).json
    assert told["found"] and told["finished_at"] >= told["started_at"]
    assert told["parts"][0] == {
        "name": "history",
        "source": "database/runtime_stats.db",
        "state": "taken",
        "taken": 1,
        "known": 0,
        "left_out": [{"reason": "no readable time", "count": 1}],
        "notes": [],
        "advice": "",
    }


def test_a_part_that_could_not_be_read_is_a_note_of_the_health_until_it_is_attended_to(client, machine):
    path = machine.paths.database / "queue.db"
    path.write_bytes(b"no database" * 99)
    take_over_once(machine)
    assert [one["message"] for one in takeover_notes(client)] == [
        "database/queue.db could not be taken over (queue)."
    ]
    path.unlink()
    take_over_again(machine)
    assert takeover_notes(client) == []


def takeover_notes(client):
    return [one for one in client.get("/health").json["problems"] if one["source"] == "takeover"]


def test_nobody_else_reads_it(anonymous):
    assert anonymous.get(ADDRESS).status_code == 401
