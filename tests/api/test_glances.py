"""What other dashboards show: with a key that opens nothing else."""

import re
from xml.etree import ElementTree

import pytest
from sqlalchemy.exc import OperationalError

from app.api import glances
from app.http.security import PUBLIC
from app.services import keys
from tests.past_runs import make_active_run, make_run

GLANCES = {"/api/dashboard/status", "/api/dashboard/badge.svg"}


@pytest.fixture
def key(machine):
    return keys.create_key(machine, "Homepage", ["status"])[1]


def test_a_key_of_status_opens_status_and_badge_and_nothing_else(app, anonymous, key):
    for rule in app.url_map.iter_rules():
        scope = getattr(app.view_functions[rule.endpoint], "required_scope", "admin")
        path = re.sub(r"<[^>]*>", "0", rule.rule)
        if scope != PUBLIC and "GET" in rule.methods and not rule.websocket:
            status = anonymous.get(path, headers={"X-API-Key": key}, buffered=True).status_code
            assert status == (200 if path in GLANCES else 403), rule


def test_whoever_may_read_sees_the_status_too(anonymous, machine):
    plain = keys.create_key(machine, "page", ["read"])[1]
    assert anonymous.get("/api/dashboard/status", headers={"X-API-Key": plain}).status_code == 200
    webhook = keys.create_key(machine, "Sonarr", ["webhook"])[1]
    assert anonymous.get("/api/dashboard/status", headers={"X-API-Key": webhook}).status_code == 403


def test_the_status_follows_runs_and_holds_no_titles(anonymous, machine, key):
    with machine.database.writing() as session:
        session.add_all(
            [make_run(mode="testing", total_images=3, errors=1), make_run(started_at=None, ended_at=None)]
        )
    machine.state.publish(run=make_active_run())
    answer = anonymous.get("/api/dashboard/status", headers={"X-API-Key": key})
    assert answer.headers["Cache-Control"] == "no-store"
    shown = answer.json
    assert (shown["success"], shown["state"], shown["mode"], shown["percent"]) == (
        True,
        "running",
        "testing",
        25.0,
    )
    assert (shown["last_run"]["mode"], shown["last_run"]["images"], shown["last_run"]["errors"]) == (
        "testing",
        3,
        1,
    )
    assert shown["images"] == {"posters": 0, "backgrounds": 0, "seasons": 0, "titlecards": 0, "total": 0}
    assert "Drawing" not in answer.text


def test_a_badge_takes_its_key_from_the_address(anonymous, machine, key):
    machine.state.publish(run=make_active_run())
    answer = anonymous.get("/api/dashboard/badge.svg", query_string={"api_key": key})
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "Posterizarr: " in ElementTree.fromstring(answer.data).get("aria-label")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "X-Frame-Options" not in answer.headers  # dashboards show it in a frame
    assert anonymous.get("/api/dashboard/badge.svg").status_code == 401


def test_while_the_database_does_not_answer_that_is_the_status(client, monkeypatch):
    def broken(*args):
        raise OperationalError("SELECT", {}, Exception("locked"))

    monkeypatch.setattr(glances, "latest_ended", broken)
    shown = client.get("/api/dashboard/status").json
    assert shown["last_run"] is shown["images"] is None
