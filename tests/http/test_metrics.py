"""The figures for Prometheus: templates instead of addresses, and right across workers."""

import os
import subprocess
import sys
from textwrap import dedent

import pytest
from prometheus_client.parser import text_string_to_metric_families

from app.http.metrics import ROOM
from app.models import Status
from tests.past_runs import make_active_run, make_run


def samples(text):
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def requests_of(found, route, method="GET", status="200"):
    labels = (("method", method), ("route", route), ("status", status))
    return found.get(("posterizarr_request_seconds_count", labels), 0)


def test_requests_are_counted_by_route_method_and_status(client):
    for _ in range(3):
        client.get("/api/version")
    client.head("/api/version")
    client.get("/api/runtime-history?limit=0")
    found = samples(client.get("/metrics").text)
    assert requests_of(found, "/api/version") == 3
    assert requests_of(found, "/api/version", method="HEAD") == 1
    assert requests_of(found, "/api/runtime-history", status="400") == 1


def test_addresses_make_no_labels_of_their_own(client):
    for number in range(5):
        client.get(f"/api/logs/log{number}.log")
        client.get(f"/nowhere/{number}")
    text = client.get("/metrics").text
    assert requests_of(samples(text), "/api/logs/<name>", status="404") == 5
    assert requests_of(samples(text), "(none)", status="404") == 5
    assert "log3.log" not in text


def test_invented_methods_make_no_labels_of_their_own(client):
    client.open("/api/version", method="BREW")
    found = samples(client.get("/metrics").text)
    assert requests_of(found, "(none)", method="OTHER", status="405") == 1


def test_refused_callers_are_counted_too(anonymous, client):
    anonymous.get("/api/status")
    assert requests_of(samples(client.get("/metrics").text), "/api/status", status="401") == 1


def test_runs_are_counted_when_somebody_asks(client, database, machine):
    with database.writing() as session:
        session.add_all([make_run(), make_run(), make_run(mode="testing", status=Status.QUEUED)])
    machine.state.publish(run=make_active_run())
    found = samples(client.get("/metrics").text)
    assert found["posterizarr_runs", (("mode", "scheduled"), ("status", "completed"))] == 2
    assert found["posterizarr_runs_queued", ()] == 1
    assert found["posterizarr_run_active", ()] == 1
    assert found["posterizarr_leader", ()] == 0
    assert found["posterizarr_database_up", ()] == 1
    assert found["posterizarr_last_run_age_seconds", ()] > 0


def test_figures_come_without_a_database(client, machine):
    client.get("/api")
    machine.database.dispose()
    from app.models import Base

    Base.metadata.drop_all(machine.database.engine)
    found = samples(client.get("/metrics").text)
    assert found["posterizarr_database_up", ()] == 0
    assert requests_of(found, "/api") == 1


def test_the_text_is_of_the_type_that_prometheus_reads(client):
    assert client.get("/metrics").content_type == "text/plain; version=0.0.4; charset=utf-8"


@pytest.fixture
def counters(tmp_path):
    folder = tmp_path / "metrics"
    folder.mkdir()
    return folder


@pytest.fixture
def shared(counters, data, database_url, app):
    """An environment in which processes share their counters."""
    return os.environ | {
        "PROMETHEUS_MULTIPROC_DIR": str(counters),
        "APP_DATA": str(data),
        "DATABASE_URL": database_url,
        "APP_API_KEY": "k" * 40,
    }


def worker(environment, asks, largest_file=-1):
    program = f"""
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file}, -1))
        from app import create_app
        client = create_app().test_client()
        client.environ_base["HTTP_X_API_KEY"] = "{"k" * 40}"
        answers = [client.get(path) for path in {asks!r}]
        print(answers[-1].text)
    """
    return subprocess.run(
        [sys.executable, "-c", dedent(program)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout


@pytest.mark.slow
def test_every_worker_tells_the_sum_of_all(shared):
    worker(shared, ["/api", "/api", "/api", "/api/version"])
    found = samples(worker(shared, ["/api", "/api/version", "/metrics"]))
    assert requests_of(found, "/api") == 4
    assert requests_of(found, "/api/version") == 2
    assert found["posterizarr_database_up", ()] == 1


@pytest.mark.slow
def test_the_room_of_the_counters_is_set_aside_before_it_is_used(shared, counters):
    worker(shared, ["/api"])
    file = next(counters.glob("histogram_*.db")).stat()
    assert file.st_size == ROOM
    assert file.st_blocks * 512 >= ROOM


@pytest.mark.slow
def test_a_worker_without_room_for_counters_answers_all_the_same(shared, counters):
    found = samples(worker(shared, ["/api", "/metrics"], largest_file=200_000))
    assert requests_of(found, "/api") == 0
    assert found["posterizarr_database_up", ()] == 1
    assert list(counters.iterdir()) == []


@pytest.mark.slow
def test_a_worker_whose_counters_have_no_folder_answers_all_the_same(shared, counters):
    counters.rmdir()
    assert "running" in worker(shared, ["/api"])
