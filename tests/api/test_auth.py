import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from app.core.access import api_keys
from app.core.access.callers import OPEN_SCOPES, SCOPES
from app.models import ApiKey


def make_key(client, **overrides):
    return client.post("/api/auth/keys", json={"name": "Sonarr", **overrides})


def check(client, **headers):
    return client.get("/api/auth/check", headers=headers).json


def basic(username, password):
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def set_login(machine, **settings):
    machine.paths.config.write_text(json.dumps({"WebUI": settings}))


def test_a_key_is_created_and_shown_once(client):
    answer = make_key(client, scopes=["webhook"])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["success"] is True
    assert answer.json["message"]
    assert api_keys.looks_like_key(answer.json["key"])
    listed = client.get("/api/auth/keys")
    assert answer.json["key"] not in listed.text
    assert listed.json["success"] is True
    (shown,) = listed.json["keys"]
    assert shown["id"] == answer.json["id"]
    assert shown["name"] == "Sonarr"
    assert shown["scopes"] == ["webhook"]
    assert answer.json["key"].startswith(shown["prefix"])
    assert shown["last_used_at"] is shown["expires_at"] is None
    assert datetime.fromisoformat(shown["created_at"]).tzinfo
    assert "digest" not in shown


def test_the_existing_page_posts_a_name_alone_and_gets_all_but_administration(client):
    scopes = make_key(client).json["scopes"]
    assert set(SCOPES) - set(scopes) == {"admin"}


def test_the_use_of_a_key_shows_in_the_list(client, anonymous):
    plain = make_key(client, scopes=["read"]).json["key"]
    anonymous.get("/api", headers={"X-API-Key": plain})
    assert client.get("/api/auth/keys").json["keys"][0]["last_used_at"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 101},
        {"name": 5},
        {"name": "a\nb"},
        {"name": "k", "scopes": []},
        {"name": "k", "scopes": ["root"]},
        {"name": "k", "scopes": "read"},
        {"name": "k", "expires_at": "yesterday"},
        {"name": "k", "expires_at": "2030-01-01T00:00:00"},
        {"name": "k", "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "k", "expires_in_days": 0},
        {"name": "k", "expires_in_days": 3651},
        {"name": "k", "expires_in_days": 1, "expires_at": "2090-01-01T00:00:00Z"},
        {"name": "k", "colour": "red"},
        [],
        None,
    ],
)
def test_what_cannot_be_a_key_is_400_and_says_why(client, body):
    answer = client.post("/api/auth/keys", json=body)
    assert answer.status_code == 400
    assert answer.json["detail"]
    assert client.get("/api/auth/keys").json["keys"] == []


@pytest.mark.parametrize("days", [1, 3650])
def test_a_key_may_expire_after_days(client, days):
    told = datetime.fromisoformat(make_key(client, expires_in_days=days).json["expires_at"])
    assert abs(told - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=1)


def test_a_key_may_expire_at_a_time(client):
    answer = make_key(client, expires_at="2090-01-01T01:00:00+01:00")
    assert answer.json["expires_at"] == "2090-01-01T00:00:00+00:00"


def test_there_is_a_limit_to_the_number_of_keys(client, database):
    with database.writing() as session:
        session.add_all(
            ApiKey(name="k", prefix=f"p{number}", digest="d", scopes=["read"])
            for number in range(api_keys.MOST_KEYS)
        )
    answer = make_key(client)
    assert answer.status_code == 409
    assert "200" in answer.json["detail"]


def test_a_key_is_revoked(client, anonymous):
    created = make_key(client, scopes=["read"]).json
    answer = client.delete(f"/api/auth/keys/{created['id']}")
    assert answer.status_code == 200
    assert answer.json["success"] is True
    assert "Sonarr" in answer.json["message"]
    assert anonymous.get("/api", headers={"X-API-Key": created["key"]}).status_code == 401


@pytest.mark.parametrize("unknown", ["1", "2147483647", "99999999999999999999", "-1", "x"])
def test_an_unknown_key_is_404(client, unknown):
    assert client.delete(f"/api/auth/keys/{unknown}").status_code == 404


@pytest.mark.parametrize("scope", [scope for scope in SCOPES if scope != "admin"])
def test_only_an_administrator_handles_keys(client, anonymous, scope):
    headers = {"X-API-Key": make_key(client, scopes=[scope]).json["key"]}
    assert anonymous.get("/api/auth/keys", headers=headers).status_code == 403
    assert anonymous.post("/api/auth/keys", json={"name": "mine"}, headers=headers).status_code == 403
    assert anonymous.delete("/api/auth/keys/1", headers=headers).status_code == 403
    assert len(client.get("/api/auth/keys").json["keys"]) == 1


def test_the_check_tells_a_stranger_that_the_login_is_on(anonymous):
    assert check(anonymous) == {"enabled": True, "authenticated": False, "username": None, "scopes": []}


def test_the_check_tells_the_truth_about_a_password(anonymous, machine):
    set_login(machine, basicAuthEnabled=True, basicAuthUsername="kim", basicAuthPassword="right")
    right = check(anonymous, Authorization=basic("kim", "right"))
    assert right == {"enabled": True, "authenticated": True, "username": "kim", "scopes": list(SCOPES)}
    assert check(anonymous, Authorization=basic("kim", "stale"))["authenticated"] is False


def test_the_check_names_a_key_and_its_scopes(client, anonymous):
    plain = make_key(client, scopes=["read", "run"]).json["key"]
    told = check(anonymous, **{"X-API-Key": plain})
    assert (told["username"], told["scopes"]) == ("Sonarr", ["status", "read", "run"])


def test_the_check_tells_that_the_login_is_off(anonymous, machine):
    set_login(machine, basicAuthEnabled="false")
    told = check(anonymous)
    assert told["enabled"] is False
    assert told["authenticated"] is True
    assert told["scopes"] == list(OPEN_SCOPES)


def test_the_check_keeps_the_login_on_where_config_json_is_unreadable(anonymous, machine):
    machine.paths.config.write_text("{")
    assert check(anonymous)["enabled"] is True


def test_the_check_is_no_way_to_guess_without_being_counted(anonymous):
    for _ in range(10):
        assert check(anonymous, **{"X-API-Key": "wrong"})["authenticated"] is False
    assert anonymous.get("/api", headers={"X-API-Key": "wrong"}).status_code == 429
    # The existing page takes any failure of this call for a login that is off.
    answer = anonymous.get("/api/auth/check", headers={"X-API-Key": "wrong"})
    assert (answer.status_code, answer.json["authenticated"]) == (200, False)
    assert answer.headers["Cache-Control"] == "no-store"
