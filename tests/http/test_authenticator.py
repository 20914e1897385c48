import base64
import json
import sqlite3
import threading
import time

import pytest
import time_machine
from sqlalchemy import event, func, select

from app import create_app
from app.core.access import credentials
from app.database import BUSY_SECONDS
from app.http.authenticator import CHECKS_AT_A_TIME, Presented
from app.models import ApiKey, FailedLogin
from app.services import keys
from tests.conftest import KEY

WRONG = {"X-API-Key": "wrong"}


def basic(username, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()}


def write_login(machine, password, username="admin"):
    content = {"WebUI": {"basicAuthUsername": username, "basicAuthPassword": password}}
    machine.paths.config.write_text(json.dumps(content))


def tries(client, count, headers, address="203.0.113.7"):
    calls = range(count)
    return [
        client.get("/api", headers=headers, environ_overrides={"REMOTE_ADDR": address}).status_code
        for _ in calls
    ]


def status(client, headers):
    return client.get("/api", headers=headers).status_code


@pytest.fixture
def door(app):
    return app.extensions["authenticator"]


@pytest.fixture
def second(data, database_url, app):
    """Another worker on the same data."""
    other = create_app(APP_DATA=data, DATABASE_URL=database_url, APP_API_KEY=KEY)
    yield other.test_client()
    other.extensions["machine"].close()


@pytest.fixture
def key(machine):
    return keys.create_key(machine, "Sonarr", ["read"])[1]


def test_a_revoked_key_is_refused_at_once_by_every_worker(anonymous, second, machine, key):
    headers = {"X-API-Key": key}
    assert status(anonymous, headers) == status(second, headers) == 200
    keys.revoke_key(machine, 1)
    assert status(anonymous, headers) == status(second, headers) == 401


def test_a_new_password_counts_at_once_in_every_worker(anonymous, second, machine):
    write_login(machine, "the old one")
    assert (
        status(anonymous, basic("admin", "the old one"))
        == status(second, basic("admin", "the old one"))
        == 200
    )
    write_login(machine, "the new one")
    assert (
        status(anonymous, basic("admin", "the old one"))
        == status(second, basic("admin", "the old one"))
        == 401
    )
    assert (
        status(anonymous, basic("admin", "the new one"))
        == status(second, basic("admin", "the new one"))
        == 200
    )


def test_a_key_that_expires_is_refused_from_then_on(anonymous, machine):
    from datetime import UTC, datetime, timedelta

    soon = datetime.now(UTC) + timedelta(seconds=60)
    plain = keys.create_key(machine, "short", ["read"], soon)[1]
    assert status(anonymous, {"X-API-Key": plain}) == 200
    with time_machine.travel(soon):
        assert status(anonymous, {"X-API-Key": plain}) == 401


def test_a_known_caller_costs_no_query_and_no_hashing(anonymous, machine, key, monkeypatch):
    write_login(machine, credentials.hash_password("pw"))
    assert status(anonymous, {"X-API-Key": key}) == status(anonymous, basic("admin", "pw")) == 200
    seen = []
    event.listen(machine.database.engine, "before_cursor_execute", lambda *call: seen.append(call))
    monkeypatch.setattr(credentials, "password_matches", lambda *call: seen.append(call))
    assert status(anonymous, {"X-API-Key": key}) == status(anonymous, basic("admin", "pw")) == 200
    assert seen == []


def test_the_use_of_a_key_is_noted(anonymous, machine, key):
    status(anonymous, {"X-API-Key": key})
    with machine.database.reading() as session:
        assert session.scalar(select(ApiKey.last_used_at)) is not None


def test_ten_wrong_keys_lock_the_address_out_in_every_worker(anonymous, second):
    assert tries(anonymous, 6, WRONG) == [401] * 6
    assert tries(second, 4, WRONG) == [401] * 4
    for client in (anonymous, second):
        call = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}}
        answer = client.get("/api", headers=WRONG, **call)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 300
        assert answer.json["detail"]


def test_wrong_passwords_count_as_well(anonymous, machine):
    write_login(machine, "right")
    assert tries(anonymous, 11, basic("admin", "wrong")) == [401] * 10 + [429]


def test_a_locked_address_cannot_go_on_guessing(anonymous, machine, key):
    write_login(machine, "right")
    tries(anonymous, 10, WRONG)
    for headers in (basic("admin", "right"), {"X-API-Key": key}, {"X-API-Key": KEY}):
        assert tries(anonymous, 1, headers) == [429]


def test_a_caller_who_is_known_already_passes_a_locked_address(anonymous, key):
    assert tries(anonymous, 1, {"X-API-Key": key}) == [200]
    tries(anonymous, 10, WRONG)
    assert tries(anonymous, 1, {"X-API-Key": key}) == [200]


def hook(client, headers):
    body = {"eventType": "Health"}
    call = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}}
    return client.post("/api/webhook/arr", json=body, headers=headers, **call).status_code


def test_a_sender_with_a_good_key_loses_nothing_by_what_its_neighbours_guess(anonymous, machine, key):
    good = keys.create_key(machine, "Radarr", ["webhook"])[1]
    tries(anonymous, 10, WRONG)
    assert hook(anonymous, {"X-API-Key": good}) == hook(anonymous, basic("radarr", good)) == 200
    assert tries(anonymous, 1, {"X-API-Key": key}) == [429], "elsewhere a lock is a lock"


def test_a_locked_address_guesses_no_further_at_a_webhook_either(anonymous, machine, key):
    write_login(machine, "right")
    tries(anonymous, 10, WRONG)
    almost = key[:-1] + ("a" if key[-1] != "a" else "b")
    for headers in (WRONG, {"X-API-Key": KEY}, {"X-API-Key": almost}, basic("admin", "right")):
        assert hook(anonymous, headers) == 429
    with machine.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailedLogin)) == 10


def test_other_addresses_are_not_concerned(anonymous, key):
    tries(anonymous, 10, WRONG)
    assert tries(anonymous, 1, {"X-API-Key": key}, "203.0.113.8") == [200]


def test_the_lock_opens_by_itself(anonymous):
    tries(anonymous, 10, WRONG)
    with time_machine.travel(time.time() + 301):
        assert tries(anonymous, 1, {"X-API-Key": KEY}) == [200]


def test_missing_credentials_are_no_attempt(anonymous, machine):
    assert tries(anonymous, 15, {}) == [401] * 15
    with machine.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailedLogin)) == 0


def test_a_locked_address_adds_no_rows(anonymous, machine):
    tries(anonymous, 30, WRONG)
    with machine.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailedLogin)) == 10


def test_what_was_tried_is_not_kept(anonymous, machine):
    tries(anonymous, 1, {"X-API-Key": "almost-the-right-key"})
    with machine.database.reading() as session:
        row = session.scalars(select(FailedLogin)).one()
    assert "almost" not in str(vars(row))


@pytest.fixture
def locked_database(machine):
    """Somebody else holds the write lock of the SQLite file."""
    if not machine.database.is_sqlite:
        pytest.skip("PostgreSQL has no lock on all of a database")
    other = sqlite3.connect(machine.database.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


def test_a_locked_database_neither_refuses_a_good_key_nor_delays_it_long(anonymous, key, locked_database):
    begun = time.monotonic()
    assert status(anonymous, {"X-API-Key": key}) == 200
    assert time.monotonic() - begun < BUSY_SECONDS


def test_a_locked_database_makes_no_server_error_of_a_wrong_key(anonymous, locked_database):
    assert status(anonymous, WRONG) == 401


def test_a_connection_that_hurried_waits_as_long_as_any_other_afterwards(machine):
    if not machine.database.is_sqlite:
        pytest.skip("only SQLite is hurried")
    with machine.database.writing_soon() as session:
        assert session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_without_tables_the_bootstrap_key_still_opens(tmp_path):
    app = create_app(APP_DATA=tmp_path, APP_API_KEY=KEY)
    machine = app.extensions["machine"]
    machine.paths.create()
    client = app.test_client()
    assert status(client, {"X-API-Key": KEY}) == 200
    assert status(client, WRONG) == 401
    machine.close()


def test_a_damaged_secret_is_told_and_no_other_way_in_is_shut(anonymous, machine, key):
    (machine.paths.database / "secret.key").write_text("damaged")
    assert status(anonymous, {"X-API-Key": key}) == 503
    assert status(anonymous, {"X-API-Key": KEY}) == 200


def test_the_password_of_the_settings_opens_whatever_config_json_says(data, app):
    other = create_app(APP_DATA=data, APP_ADMIN_PASSWORD="from the settings")
    machine, client = other.extensions["machine"], other.test_client()
    write_login(machine, "from the file", username="kim")
    assert status(client, basic("kim", "from the settings")) == 200
    assert status(client, basic("kim", "from the file")) == 401
    machine.paths.config.write_text("{")
    assert status(client, basic("admin", "from the settings")) == 200
    machine.close()


def test_slow_checks_do_not_all_run_at_a_time(door, machine, monkeypatch):
    write_login(machine, credentials.hash_password("pw"))
    running, most, original = [], [], credentials.password_matches

    def counted(*words):
        running.append(1)
        most.append(len(running))
        try:
            time.sleep(0.05)
            return original(*words)
        finally:
            running.pop()

    monkeypatch.setattr(credentials, "password_matches", counted)
    threads = [
        threading.Thread(target=door.identify, args=(Presented("pw", "admin"), f"203.0.113.{number}"))
        for number in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(most) == 6
    assert max(most) <= CHECKS_AT_A_TIME


def test_a_queue_of_slow_checks_has_an_end(anonymous, door, machine, monkeypatch):
    monkeypatch.setattr("app.http.authenticator.SECONDS_TO_QUEUE", 0.05)
    write_login(machine, credentials.hash_password("pw"))
    for _ in range(CHECKS_AT_A_TIME):
        door.slow_checks.acquire()
    assert status(anonymous, basic("admin", "pw")) == 503
    door.slow_checks.release()
    assert status(anonymous, basic("admin", "pw")) == 200


def test_why_the_door_is_shut_is_logged_once_a_change(anonymous, machine, capsys):
    machine.paths.config.write_text("{")
    for _ in range(3):
        assert status(anonymous, {}) == 401
    write_login(machine, "pw")
    status(anonymous, {})
    told = capsys.readouterr().out
    assert told.count("config_unreadable_door_shut") == 1
    assert told.count("config_readable_again") == 1
