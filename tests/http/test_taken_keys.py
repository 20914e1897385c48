"""Keys of an existing Posterizarr go on working, and each is hashed anew at its first use."""

import json
import secrets

import pytest
from sqlalchemy import select

from app.core.access import credentials
from app.models import ApiKey
from app.services.keys import revoke_key
from app.services.takeover import take_over_once
from tests.upstream import SETTINGS_COPY, insert_rows, make_database, make_keys, make_past_key, write_config

OLD = "AbCdEf12" + "x" * 35
OTHER = "AbCdEf12" + "y" * 35


@pytest.fixture
def taken(machine):
    make_keys(machine.paths.data, make_past_key(OLD))
    take_over_once(machine)


@pytest.fixture
def checks(monkeypatch):
    """How often a bcrypt hash is checked."""
    seen, check = [], credentials.bcrypt_matches
    monkeypatch.setattr(credentials, "bcrypt_matches", lambda *call: seen.append(call) or check(*call))
    return seen


def status(client, plain, address="/api", as_header=True):
    named = {"headers": {"X-API-Key": plain}} if as_header else {"query_string": {"api_key": plain}}
    return client.get(address, **named).status_code


def stored_key(machine):
    with machine.database.reading() as session:
        return session.scalar(select(ApiKey))


def test_an_old_key_works_as_header_and_in_an_address_and_is_kept_as_our_own_from_then_on(
    anonymous, machine, taken, checks
):
    before = stored_key(machine)
    assert before.prefix == "AbCdEf12" and before.digest.startswith("$2b$") and before.last_used_at is None
    assert status(anonymous, OLD) == status(anonymous, OLD, as_header=False) == 200
    after = stored_key(machine)
    assert OLD.startswith(after.prefix) and len(after.prefix) == 13 and len(after.digest) == 64
    assert after.name == "Sonarr" and after.last_used_at and len(checks) == 1
    assert status(anonymous, OTHER) == 401 and len(checks) == 1
    revoke_key(machine, after.id)
    assert status(anonymous, OLD) == 401


def test_an_old_key_posts_webhooks_and_reads_but_does_not_administrate(anonymous, taken):
    answer = anonymous.post(f"/api/webhook/arr?api_key={OLD}", json={"eventType": "Test"})
    assert (answer.status_code, status(anonymous, OLD, "/api/config")) == (200, 200)
    assert status(anonymous, OLD, "/api/auth/keys") == status(anonymous, OLD, "/api/admin/takeover") == 403


def test_a_wrong_key_is_hashed_only_where_its_beginning_is_known(anonymous, taken, checks):
    assert status(anonymous, secrets.token_urlsafe(32)) == 401 and checks == []
    assert status(anonymous, OTHER) == 401 and len(checks) == 1
    assert status(anonymous, OLD) == 200


def test_a_password_in_the_form_of_a_key_is_still_a_password(anonymous, machine, taken):
    login = {"WebUI": {"basicAuthUsername": "admin", "basicAuthPassword": OTHER}}
    machine.paths.config.write_text(json.dumps(login))
    assert anonymous.get("/api", auth=("admin", OTHER)).status_code == 200
    assert anonymous.get("/api", auth=("admin", OLD)).status_code == 200
    assert anonymous.get("/api", auth=("admin", "z" * 43)).status_code == 401


def test_a_key_with_a_hash_of_another_kind_is_left_out_and_named(machine):
    slow = make_past_key(OLD)["key_hash"].replace("$04$", "$31$")
    odd = [{"key_hash": slow}, {"key_hash": "sha256:abc"}, {"key_hash": None}, {"prefix": "AbC"}]
    path = make_keys(machine.paths.data, *(make_past_key(OLD, **changes) for changes in odd))
    insert_rows(path, "api_keys", make_past_key(OTHER, name="\n"), make_past_key(OLD))
    write_config(machine.paths.data, WebUI={"basicAuthEnabled": True})
    take_over_once(machine)
    report = (machine.paths.data / "takeover_report.txt").read_text()
    assert "API keys             taken over: 1, 1 were there already  (database/config.db)" in report
    assert "left out: 4, no bcrypt hash that can be checked in reasonable time" in report
    assert stored_key(machine).name == "key 5"


def test_a_database_from_before_there_were_keys_is_no_failure(machine):

    make_database(machine.paths.data, "config.db", {"config": SETTINGS_COPY["config"]})
    take_over_once(machine)
    assert "API keys             nothing there" in (machine.paths.data / "takeover_report.txt").read_text()
