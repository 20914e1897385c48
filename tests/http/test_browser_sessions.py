"""Browsers sign in once: what the cookie opens, what it never opens, and what ends it."""

import json
from datetime import timedelta

import pytest
import time_machine

from app import create_app
from app.core.access import browser_sessions
from app.models import BrowserSession
from app.models.base import now
from app.services import keys
from tests.conftest import KEY
from tests.http.test_security import PASSWORD, basic, write_config

OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
LOGIN = {"username": "kim", "password": PASSWORD}


@pytest.fixture(autouse=True)
def login(machine):
    write_config(machine, basicAuthEnabled=True, basicAuthUsername="kim", basicAuthPassword=PASSWORD)


def sign_in(browser, **wanted):
    return browser.post("/api/auth/session", json=wanted or LOGIN, headers=OWN_PAGE)


def cookie_of(answer) -> str:
    (cookie,) = answer.headers.getlist("Set-Cookie")
    return cookie


def may_read(browser) -> bool:
    return browser.get("/api").status_code == 200


@pytest.mark.parametrize("wanted", [LOGIN, {"key": KEY}], ids=["password", "key"])
def test_a_signed_in_browser_reads_data_and_images_with_its_cookie_alone(anonymous, machine, wanted):
    assert sign_in(anonymous, **wanted).json["authenticated"]
    assert may_read(anonymous)
    checked = anonymous.get("/api/auth/check").json
    assert checked["authenticated"] and "admin" in checked["scopes"]
    assert anonymous.get("/test/none.jpg").status_code == 404


def test_the_cookie_is_closed_to_scripts_other_sites_and_other_folders(anonymous):
    cookie = cookie_of(sign_in(anonymous))
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/;" in cookie
    assert "Max-Age" not in cookie and "Secure" not in cookie
    assert PASSWORD not in cookie
    below = anonymous.post(
        "/api/auth/session", json=LOGIN | {"stay": True}, base_url="https://host/", headers=OWN_PAGE
    )
    assert "Secure" in cookie_of(below) and "Max-Age=2592000" in cookie_of(below)


def test_below_a_base_path_the_cookie_belongs_to_that_path(anonymous):
    answer = anonymous.post(
        "/api/auth/session", json=LOGIN, environ_overrides={"SCRIPT_NAME": "/posterizarr"}
    )
    assert "Path=/posterizarr/;" in cookie_of(answer)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OWN_PAGE, 200),
        ({"X-Requested-With": "fetch"}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({}, 403),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "X-Requested-With": "fetch"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
    ],
)
def test_a_cookie_changes_something_only_from_a_page_of_this_origin(anonymous, headers, status):
    sign_in(anonymous)
    assert anonymous.post("/api/run/testing", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"username": "kim", "password": "wrong"}, 401),
        ({"key": "wrong"}, 401),
        ({}, 400),
        ({"key": KEY, "password": PASSWORD}, 400),
        ({"username": "kim"}, 400),
        ({"password": 7}, 400),
    ],
)
def test_wrong_credentials_open_no_session(anonymous, wanted, status):
    answer = anonymous.post("/api/auth/session", json=wanted, headers=OWN_PAGE)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (status, False)
    assert answer.json["detail"]
    assert not may_read(anonymous)


def test_a_page_of_another_site_signs_nobody_in(anonymous):
    answer = anonymous.post("/api/auth/session", json=LOGIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_ten_wrong_sign_ins_lock_the_address_and_stale_cookies_do_not(anonymous, app):
    stale = app.test_client()
    sign_in(stale)
    stale.delete("/api/auth/session", headers=OWN_PAGE)
    for _ in range(12):
        stale.set_cookie(browser_sessions.cookie_name(app.extensions["authenticator"].secret), "x" * 43)
        assert stale.get("/api").status_code == 401
    for _ in range(10):
        assert sign_in(anonymous, username="kim", password="wrong").status_code == 401
    locked = sign_in(anonymous)
    assert locked.status_code == 429 and int(locked.headers["Retry-After"]) > 0


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(anonymous, app):
    token = cookie_of(sign_in(anonymous)).partition(";")[0]
    copy = {"Cookie": token}
    assert app.test_client(use_cookies=False).get("/api", headers=copy).status_code == 200
    answer = anonymous.delete("/api/auth/session", headers=OWN_PAGE)
    assert answer.status_code == 200 and "Max-Age=0" in cookie_of(answer)
    assert not may_read(anonymous)
    assert app.test_client(use_cookies=False).get("/api", headers=copy).status_code == 401


def test_another_page_cannot_sign_a_browser_out(anonymous):
    sign_in(anonymous)
    assert anonymous.delete("/api/auth/session", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert may_read(anonymous)


@pytest.mark.parametrize(
    "changes",
    [{"basicAuthPassword": "another"}, {"basicAuthUsername": "lee"}, {"basicAuthPassword": ""}],
)
def test_a_changed_login_ends_the_sessions_that_it_opened(anonymous, machine, changes):
    sign_in(anonymous)
    assert may_read(anonymous)
    write_config(
        machine,
        **{"basicAuthEnabled": True, "basicAuthUsername": "kim", "basicAuthPassword": PASSWORD} | changes,
    )
    assert not may_read(anonymous)


def test_a_revoked_key_ends_its_sessions_and_its_scopes_are_theirs(anonymous, machine):
    key, plain = keys.create_key(machine, "Tablet", ["read"])
    sign_in(anonymous, key=plain)
    assert may_read(anonymous)
    assert anonymous.get("/api/auth/keys").status_code == 403
    keys.revoke_key(machine, key.id)
    assert not may_read(anonymous)


def test_a_key_that_may_not_read_opens_no_page(anonymous, machine):
    answer = sign_in(anonymous, key=keys.create_key(machine, "Sonarr", ["webhook"])[1])
    assert answer.status_code == 403 and "'read'" in answer.json["detail"]


@pytest.mark.parametrize(("stay", "days"), [(False, 1), (True, 30)])
def test_a_session_expires(anonymous, stay, days):
    with time_machine.travel(now(), tick=False) as clock:
        token = cookie_of(sign_in(anonymous, **LOGIN, stay=stay)).partition(";")[0]
        assert may_read(anonymous)
        clock.shift(timedelta(days=days) - timedelta(seconds=1))
        assert anonymous.get("/api", headers={"Cookie": token}).status_code == 200
        clock.shift(timedelta(seconds=2))
        assert anonymous.get("/api", headers={"Cookie": token}).status_code == 401


@pytest.mark.parametrize("stay", [False, True])
def test_a_session_outlives_a_restart_of_the_server(anonymous, data, database_url, stay):
    cookie = cookie_of(sign_in(anonymous, **LOGIN, stay=stay))
    # Without Max-Age a browser deletes the cookie when it ends, with it the cookie outlives the browser too.
    assert ("Max-Age=2592000" in cookie) is stay
    restarted = create_app(APP_DATA=data, DATABASE_URL=database_url)
    shown = {"Cookie": cookie.partition(";")[0]}
    assert restarted.test_client(use_cookies=False).get("/api", headers=shown).status_code == 200
    restarted.extensions["machine"].close()


def test_a_session_is_stored_without_its_token(anonymous, machine):
    token = cookie_of(sign_in(anonymous)).partition(";")[0].partition("=")[2]
    with machine.database.reading() as session:
        (row,) = session.query(BrowserSession).all()
    assert token not in json.dumps({name: str(value) for name, value in vars(row).items()})


def test_the_oldest_sessions_give_way_and_expired_ones_are_deleted(anonymous, machine, monkeypatch):
    monkeypatch.setattr(browser_sessions, "MOST_SESSIONS", 3)
    for _ in range(5):
        sign_in(anonymous)
    with machine.database.reading() as session:
        assert session.query(BrowserSession).count() == 3
    assert may_read(anonymous)


def test_a_key_counts_before_the_session_and_an_ended_session_leaves_other_credentials_alone(anonymous, app):
    sign_in(anonymous)
    assert anonymous.get("/api", headers={"X-API-Key": "wrong"}).status_code == 401
    name = browser_sessions.cookie_name(app.extensions["authenticator"].secret)
    header = {"Authorization": basic("kim", PASSWORD), "Cookie": f"{name}=ended"}
    assert app.test_client(use_cookies=False).get("/api", headers=header).status_code == 200


def test_with_the_login_off_an_ended_session_is_anybody(anonymous, machine, app):
    write_config(machine, basicAuthEnabled=False)
    name = browser_sessions.cookie_name(app.extensions["authenticator"].secret)
    answer = app.test_client(use_cookies=False).get("/api/auth/check", headers={"Cookie": f"{name}=ended"})
    assert answer.json["username"] == "anonymous"
