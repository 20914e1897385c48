"""Triggers over the API: seen, tried again, forgotten."""

import pytest

from app.core.runs import claim_next
from app.core.triggers.consumption import TriggerVerdict, apply_verdict, request_runs
from app.core.triggers.retries import Setback
from app.core.triggers.trigger_files import move_to_dead_letters
from app.models import Trigger
from app.models.base import now
from tests.triggers import (
    be_due,
    deliver,
    make_episodes,
    make_film,
    make_tautulli,
    runs_of,
    trigger,
    triggers,
    watched,
)


def request(machine, number):
    with machine.database.writing() as session:
        return [run.id for run in request_runs(session, session.get(Trigger, number).identity, True)]


def kill_letter(machine, number, reason="the script broke"):
    """Let a trigger fail for good."""
    request(machine, number)
    with machine.database.writing() as session:
        verdict = TriggerVerdict(session.get(Trigger, number), Setback(reason, is_hopeless=True), 1)
        apply_verdict(
            session, verdict, move_to_dead_letters(machine.paths, verdict.trigger, reason, now()), now()
        )


def shown(client, **query):
    answer = client.get("/api/triggers", query_string=query)
    assert answer.status_code == 200
    return answer.json


def test_an_empty_inbox_is_an_empty_list(client):
    assert shown(client) == {
        "success": True,
        "triggers": [],
        "count": 0,
        "total": 0,
        "limit": 50,
        "offset": 0,
    }


def test_a_trigger_tells_its_item_and_until_when_it_waits(client, machine):
    deliver(machine, make_episodes(1, 2, 3, 7))
    (found,) = shown(client)["triggers"]
    assert found["item"] == "Dark (2017), season 1, episodes 1-3, 7"
    assert (found["sender"], found["name"], found["season"]) == ("Sonarr", "Download", 1)
    assert (found["status"], found["attempts"], found["run_id"], found["runs"]) == ("waiting", 0, None, [])
    assert found["waiting_until"] > found["received_at"] and found["ended_at"] is None
    assert found["file"].startswith("recently_added_") and found["last_error"] is None


def test_every_event_of_an_item_waits_as_long_as_the_latest(client, machine):
    deliver(machine, make_episodes(1), make_episodes(2))
    second, first = shown(client)["triggers"]
    assert first["waiting_until"] == second["waiting_until"] > second["received_at"]


def test_the_run_of_a_trigger_is_told(client, machine):
    (number,) = deliver(machine, make_film())
    (run,) = request(machine, number)
    (found,) = shown(client)["triggers"]
    assert (found["status"], found["run_id"], found["runs"]) == (
        "queued",
        run,
        [{"id": run, "status": "queued"}],
    )
    assert found["waiting_until"] is None


def test_lists_go_by_page_and_status(client, machine):
    numbers = deliver(machine, *(make_film(tmdb) for tmdb in range(1, 6)))
    kill_letter(machine, numbers[0])
    page = shown(client, limit=2, offset=1)
    assert [found["id"] for found in page["triggers"]] == [numbers[3], numbers[2]]
    assert (page["count"], page["total"]) == (2, 5)
    failed = shown(client, status="failed")
    assert [found["id"] for found in failed["triggers"]] == [numbers[0]] and failed["total"] == 1
    assert failed["triggers"][0]["last_error"] == "the script broke"


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 501}, {"offset": -1}, {"status": "lost"}])
def test_what_cannot_be_listed_is_refused(client, query):
    assert client.get("/api/triggers", query_string=query).status_code == 400


def test_a_dead_letter_lies_in_failed_with_its_reason_and_comes_back_on_replay(client, machine):
    (number,) = deliver(machine, make_film())
    file = trigger(machine, number).file
    stem = file.removesuffix(".posterizarr")
    kill_letter(machine, number)
    assert watched(machine) == [f"failed/{stem}.failed", f"failed/{stem}.reason.txt"]
    reason = (machine.paths.watcher / "failed" / f"{stem}.reason.txt").read_text()
    assert "Alien (1979)" in reason and "the script broke" in reason and f"/{number}/replay" in reason
    assert client.post(f"/api/triggers/{number}/replay").status_code == 200
    found = trigger(machine, number)
    assert (found.status, found.attempts, found.last_error, found.file) == ("waiting", 0, None, file)
    assert watched(machine) == [file] and found.waiting_until <= now()


def test_only_what_failed_can_be_replayed(client, machine):
    (number,) = deliver(machine, make_film())
    answer = client.post(f"/api/triggers/{number}/replay")
    assert answer.status_code == 409 and "waiting" in answer.json["detail"]


def test_a_waiting_trigger_is_deleted_with_its_file(client, machine):
    (number,) = deliver(machine, make_tautulli())
    assert client.delete(f"/api/triggers/{number}").status_code == 200
    assert triggers(machine) == [] and watched(machine) == []


def test_a_dead_letter_is_deleted_with_its_reason(client, machine):
    (number,) = deliver(machine, make_film())
    kill_letter(machine, number)
    assert client.delete(f"/api/triggers/{number}").status_code == 200
    assert triggers(machine) == [] and watched(machine) == []


def test_nothing_is_deleted_while_its_run_is_active(client, machine):
    (number,) = deliver(machine, make_film())
    request(machine, number)
    with machine.database.writing() as session:
        claim_next(session, now())
    answer = client.delete(f"/api/triggers/{number}")
    assert answer.status_code == 409 and "running" in answer.json["detail"]
    assert trigger(machine, number).status == "queued" and len(watched(machine)) == 1


def test_a_queued_run_is_cancelled_with_its_only_trigger_and_stays_for_others(client, machine):
    first, second = deliver(machine, make_episodes(1), make_episodes(2))
    be_due(machine)
    (run,) = request(machine, first)
    assert client.delete(f"/api/triggers/{first}").status_code == 200
    assert client.get(f"/api/runs/{run}").json["run"]["status"] == "queued"
    assert runs_of(machine, second) == [run]
    assert client.delete(f"/api/triggers/{second}").status_code == 200
    assert client.get(f"/api/runs/{run}").json["run"]["status"] == "skipped"


@pytest.mark.parametrize("number", [7, 2**31, 2**63])
def test_a_trigger_that_is_not_there_is_404(client, number):
    assert client.post(f"/api/triggers/{number}/replay").status_code == 404
    assert client.delete(f"/api/triggers/{number}").status_code == 404


def test_dead_letters_are_a_problem_of_health_and_counted(client, anonymous, machine):
    numbers = deliver(machine, make_film(1), make_film(2))
    assert not any(found["source"] == "triggers" for found in client.get("/health").json["problems"])
    for number in numbers:
        kill_letter(machine, number, f"reason {number}")
    (problem,) = (found for found in client.get("/health").json["problems"] if found["source"] == "triggers")
    assert problem["message"] == f"2 triggers have failed for good; the latest: reason {numbers[1]}"
    assert "replay" in problem["advice"] and problem["type"] == "warning"
    (told,) = (found for found in anonymous.get("/health").json["problems"] if found["source"] == "triggers")
    assert told["message"] == "2 triggers have failed for good."
    assert 'posterizarr_triggers{status="failed"} 2.0' in client.get("/metrics").text
    assert 'posterizarr_triggers{status="handed_over"} 0.0' in client.get("/metrics").text
