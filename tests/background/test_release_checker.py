"""The stored list of releases is renewed in the background, whatever the other side does."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest

from app import create_app
from app.background.release_checker import ReleaseChecker
from app.core.releases import stored_releases
from app.models import Base
from app.models.base import now
from tests.conftest import KEY
from tests.doubles import releases as servers
from tests.doubles.loopback import hanging
from tests.doubles.releases import release_server


@pytest.fixture
def make_machine(data, database_url):
    """Machines over the test's database that ask the given address."""
    made = []

    def make(url, update_check="true"):
        app = create_app(
            APP_DATA=data,
            DATABASE_URL=database_url,
            APP_API_KEY=KEY,
            UPDATE_CHECK=update_check,
            RELEASES_URL=url,
        )
        machine = app.extensions["machine"]
        machine.paths.create()
        Base.metadata.create_all(machine.database.engine)
        made.append(machine)
        return machine

    yield make
    for machine in made:
        machine.close()


@contextmanager
def started(machine):
    checker = ReleaseChecker(machine)
    checker.start()
    try:
        yield checker
    finally:
        checker.stop()


def stored(machine):
    with machine.database.reading() as session:
        return stored_releases(session)


def eventually(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def make_stored(machine, hours_ago, **values):
    with machine.database.writing() as session:
        moment = now() - timedelta(hours=hours_ago)
        document = stored_releases(session)
        document.tried_at = document.fetched_at = moment
        for name, value in values.items():
            setattr(document, name, value)


def test_the_list_is_fetched_at_the_start_and_not_again(make_machine):
    with release_server(servers.good) as server:
        machine = make_machine(server.url)
        with started(machine):
            assert eventually(lambda: stored(machine)).body[0]["version"] == "9.9.9"
        with started(machine):
            time.sleep(0.2)
    assert len(server.requests) == 1


def test_after_six_hours_it_is_asked_whether_it_has_changed(make_machine):
    with release_server(servers.unchanged) as server:
        machine = make_machine(server.url)
        ReleaseChecker(machine).refresh()
        make_stored(machine, hours_ago=7)
        with started(machine):
            assert eventually(lambda: len(server.requests) == 2)
            assert eventually(lambda: stored(machine).fetched_at > now() - timedelta(minutes=1))
    assert server.requests[1]["If-None-Match"] == '"one"'
    assert stored(machine).body[0]["version"] == "9.9.9"


@pytest.mark.parametrize(
    "bad", [servers.answering(403), servers.answering(200, b"<html>"), servers.breaking_off]
)
def test_a_failure_keeps_the_list_notes_the_error_and_waits(make_machine, bad):
    with release_server(servers.good) as server:
        machine = make_machine(server.url)
        checker = ReleaseChecker(machine)
        checker.refresh()
        server.behaviour = bad
        checker.refresh()
        assert stored(machine).body[0]["version"] == "9.9.9"
        assert stored(machine).error
        assert 800 < checker.pause() <= 900
        checker.refresh()
        assert 1700 < checker.pause() <= 1800
        server.behaviour = servers.good
        checker.refresh()
    assert stored(machine).error is None
    assert checker.pause() > 5 * 3600


def test_without_update_check_nobody_is_asked(make_machine):
    with release_server(servers.good) as server:
        with started(make_machine(server.url, update_check="false")) as checker:
            time.sleep(0.2)
        assert checker.thread is None
    assert server.requests == []


def test_a_server_that_hangs_does_not_hold_up_the_stop(make_machine):
    with release_server(hanging) as server:
        machine = make_machine(server.url)
        checker = ReleaseChecker(machine)
        checker.start()
        assert eventually(lambda: server.requests)
        checker.stop(timeout=0.2)
        assert checker.thread.is_alive()
        server.released.set()
        checker.thread.join(10)
    assert stored(machine) is None


def test_a_database_without_tables_only_delays(make_machine):
    with release_server(servers.good) as server:
        machine = make_machine(server.url)
        Base.metadata.drop_all(machine.database.engine)
        checker = ReleaseChecker(machine)
        assert checker.pause() > 0
        assert not checker.guarded_tick()
    assert server.requests == []
