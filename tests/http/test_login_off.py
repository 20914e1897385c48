"""The login is off: what is open, to whom, and what stays closed."""

import re

import pytest

from app import create_app
from app.core.access.callers import OPEN_SCOPES, SCOPES
from app.http.security import PUBLIC, requires
from app.services import keys
from tests.conftest import KEY
from tests.http.test_security import PASSWORD, SOCKET, UNKNOWN_KEY, basic, guarded, reachable, write_config

__all__ = ["guarded"]
METHODS = ["GET", "POST", "PUT", "DELETE"]
FAR = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def login_off(machine):
    write_config(machine, basicAuthEnabled=False, basicAuthUsername="kim", basicAuthPassword=PASSWORD)


def test_reading_runs_artwork_settings_and_webhooks_are_open_and_administration_is_not(guarded):
    assert set(SCOPES) - set(OPEN_SCOPES) == {"admin"}
    assert reachable(guarded) == {*OPEN_SCOPES, "open"}
    assert guarded.get("/guarded/unmarked").status_code == 401


def test_every_view_below_api_is_open_but_those_of_the_administrator(app, anonymous):
    for rule in app.url_map.iter_rules():
        scope = getattr(app.view_functions[rule.endpoint], "required_scope", "admin")
        path = re.sub(r"<[^>]*>", "0", rule.rule)
        is_reading = "GET" in rule.methods and rule.rule.startswith("/api")
        if is_reading and scope != PUBLIC:
            status = anonymous.get(path, buffered=True).status_code
            assert (status == 401) is (scope == "admin"), rule


# (headers, address, status of a GET, status of a change); docs/callers.md has the same table in words.
CALLERS = {
    "own page": ({"Sec-Fetch-Site": "same-origin"}, "203.0.113.7", 200, 200),
    "own page over plain HTTP": ({"Origin": "http://localhost"}, "203.0.113.7", 200, 200),
    "address typed": ({"Sec-Fetch-Site": "none"}, "203.0.113.7", 200, 200),
    "program here": ({}, "127.0.0.1", 200, 200),
    "program nearby": ({}, "192.168.1.9", 200, 200),
    "program far away": ({}, "203.0.113.7", 401, 401),
    "unlisted proxy": ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1", 401, 401),
    "own page, unlisted proxy": (
        {"X-Forwarded-For": "127.0.0.1", "Sec-Fetch-Site": "same-origin"},
        "127.0.0.1",
        200,
        200,
    ),
    "page of another site": ({"Sec-Fetch-Site": "cross-site"}, "127.0.0.1", 403, 403),
    "page of a sister": ({"Sec-Fetch-Site": "same-site"}, "127.0.0.1", 403, 403),
    "page of another host": ({"Origin": "http://evil.example"}, "127.0.0.1", 403, 403),
    "rebound name": ({"Host": "evil.example", "Sec-Fetch-Site": "same-origin"}, "127.0.0.1", 403, 403),
    "rebound program": ({"Host": "evil.example"}, "127.0.0.1", 403, 403),
    "page of another site with a key": (
        {"Origin": "http://evil.example", "X-API-Key": KEY},
        "8.8.8.8",
        200,
        200,
    ),
    "wrong key": ({"X-API-Key": UNKNOWN_KEY}, "127.0.0.1", 401, 401),
    "word to a proxy": ({"Authorization": basic("proxy", "its own")}, "127.0.0.1", 200, 200),
    "good login far away": ({"Authorization": basic("kim", PASSWORD)}, "203.0.113.7", 200, 200),
    "wrong login far away": ({"Authorization": basic("kim", "wrong")}, "203.0.113.7", 401, 401),
}


@pytest.mark.parametrize("scope", ["read", "config", "webhook"])
@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS.keys())
def test_who_is_let_in(guarded, caller, scope):
    headers, address, reading, changing = caller
    statuses = []
    for method in METHODS:
        answer = guarded.open(
            f"/guarded/{scope}", method=method, headers=headers, environ_overrides={"REMOTE_ADDR": address}
        )
        statuses.append(answer.status_code)
        if answer.status_code != 200:
            assert answer.json["detail"] == answer.json["message"] and answer.json["success"] is False
    assert statuses == [reading, changing, changing, changing]


def test_a_page_of_another_site_cannot_sign_in_or_open_a_socket(app, guarded):
    app.add_url_rule("/socket", "socket", requires("read")(lambda: "opened"), websocket=True)
    foreign = {"Origin": "http://evil.example"}
    assert guarded.post("/guarded/open", headers=foreign).status_code == 403
    assert guarded.get("/guarded/open", headers=foreign).status_code == 200
    assert guarded.get("/socket", headers=SOCKET | foreign).status_code == 403
    assert guarded.get("/socket", headers=SOCKET | {"Origin": "http://localhost"}).status_code == 200


def test_a_listed_name_is_a_name_of_this_server(data, database_url, app):
    listed = create_app(APP_DATA=data, DATABASE_URL=database_url, ALLOWED_HOSTS="posters.example.org")
    call = {"headers": {"Host": "posters.example.org", "Sec-Fetch-Site": "same-origin"}}
    assert listed.test_client().get("/api", **call).status_code == 200
    assert app.test_client().get("/api", **call).status_code == 403
    listed.extensions["machine"].close()


def test_a_password_meant_for_a_proxy_is_never_counted_as_a_failure(guarded):
    headers = {"Authorization": basic("proxy", "password")}
    for _ in range(12):
        assert guarded.get("/guarded/read", headers=headers).status_code == 200
    assert guarded.get("/guarded/admin", headers=headers).status_code == 401


def test_whoever_signs_in_all_the_same_may_administer(anonymous):
    login = {"username": "kim", "password": PASSWORD}
    page = {"Sec-Fetch-Site": "same-origin"}
    assert anonymous.post("/api/config", json={"config": {"basicAuthEnabled": True}}).status_code == 403
    assert anonymous.post("/api/auth/session", json=login, headers=page).status_code == 200
    assert anonymous.get("/api/auth/keys").status_code == 200
    changed = anonymous.post("/api/config", json={"config": {"basicAuthEnabled": True}}, headers=page)
    assert changed.json["changed"] == ["basicAuthEnabled"], changed.json
    anonymous.delete("/api/auth/session", headers=page)
    assert anonymous.get("/api").status_code == 401


def test_the_check_says_what_this_caller_may_do(anonymous, machine):
    shown = anonymous.get("/api/auth/check").json
    assert shown == {
        "enabled": False,
        "authenticated": True,
        "username": "anonymous",
        "scopes": list(OPEN_SCOPES),
    }
    outsider = anonymous.get("/api/auth/check", environ_overrides=FAR).json
    assert (outsider["enabled"], outsider["authenticated"], outsider["scopes"]) == (False, False, [])
    write_config(machine, basicAuthEnabled=True)
    assert anonymous.get("/api/auth/check").json["authenticated"] is False


def test_keys_still_open_the_rest(guarded, machine):
    plain = keys.create_key(machine, "Dashboard", ["read"])[1]
    assert reachable(guarded, headers={"X-API-Key": KEY}) == {*SCOPES, "unmarked", "open"}
    assert guarded.get("/guarded/config", headers={"X-API-Key": plain}).status_code == 403


@pytest.mark.parametrize("place", ["/", "/api/docs"])
def test_health_and_every_page_warn_where_others_can_reach_the_server(data, database_url, app, place):
    for host, warned in (("127.0.0.1", False), ("0.0.0.0", True)):
        listening = create_app(APP_DATA=data, DATABASE_URL=database_url, APP_HOST=host)
        stranger = listening.test_client()
        assert ("The login is off" in stranger.get(place, buffered=True).text) is warned
        problems = [found for found in stranger.get("/health").json["problems"] if found["source"] == "login"]
        assert [host in found["message"] for found in problems] == [True] * warned
        listening.extensions["machine"].close()


@pytest.mark.parametrize("place", ["/", "/api/docs"])
@pytest.mark.parametrize(("language", "sentence"), [("en", "The login is off"), ("de", "Die Anmeldung ist")])
def test_a_page_at_a_name_that_is_not_listed_says_what_to_do(anonymous, place, language, sentence):
    headers = {"Host": "posters.example.org", "Accept-Language": language}
    answer = anonymous.get(place, headers=headers, buffered=True, follow_redirects=True)
    page = answer.text
    assert f'role="alert" lang="{language}">{sentence}' in page
    assert "posters.example.org" in page and "ALLOWED_HOSTS" in page
    assert "Accept-Language" in answer.headers["Vary"]
    assert "ALLOWED_HOSTS" not in anonymous.get("/", buffered=True).text
