"""The existing page sends its login with each call, but not with images and sockets: a pass opens these."""

import time

import pytest
import time_machine

from app.core.access import api_keys
from app.core.access.callers import SCOPES
from app.core.access.view_passes import LIFETIME
from app.http import security
from app.http.security import requires
from app.services import keys
from tests.conftest import KEY
from tests.http.test_security import PASSWORD, SOCKET, basic, guarded, reachable, write_config
from tests.trees import make_image

__all__ = ["guarded"]
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}
LOGIN = {"Authorization": basic("kim", PASSWORD)}


@pytest.fixture(autouse=True)
def login(machine):
    write_config(machine, basicAuthEnabled=True, basicAuthUsername="kim", basicAuthPassword=PASSWORD)


def passes_in(answer) -> list[str]:
    return [cookie for cookie in answer.headers.getlist("Set-Cookie") if "_view=" in cookie]


def test_after_the_first_call_of_the_page_images_need_no_login(anonymous, machine):
    make_image(machine.paths.test_images, "poster.jpg")
    assert anonymous.get("/test/poster.jpg").status_code == 401
    (cookie,) = passes_in(anonymous.get("/api/status", headers=LOGIN | OWN_PAGE))
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and f"Max-Age={LIFETIME}" in cookie
    assert "Path=/;" in cookie and PASSWORD not in cookie and "Secure" not in cookie
    assert anonymous.get("/test/poster.jpg", buffered=True).status_code == 200

    assert passes_in(anonymous.get("/api/status", headers=LOGIN | OWN_PAGE)) == []


@pytest.mark.parametrize(
    ("headers", "offered"),
    [
        (LOGIN | OWN_PAGE, True),
        (LOGIN | {"Referer": "http://localhost/"}, True),
        ({"Authorization": basic("anyone", KEY)} | OWN_PAGE, True),
        (LOGIN, False),
        (LOGIN | {"Sec-Fetch-Site": "none"}, False),
        (LOGIN | {"Referer": "http://elsewhere.example/"}, False),
        ({"X-API-Key": KEY} | OWN_PAGE, False),
        ({"Authorization": f"Bearer {KEY}"} | OWN_PAGE, False),
        ({"Authorization": basic("kim", "wrong")} | OWN_PAGE, False),
    ],
)
def test_a_pass_is_offered_to_a_page_of_this_server_that_sends_a_good_login(anonymous, headers, offered):
    assert bool(passes_in(anonymous.get("/api/status", headers=headers))) is offered


def test_a_pass_lets_its_bearer_read_and_nothing_else(guarded):
    guarded.get("/guarded/read", headers=LOGIN | OWN_PAGE)
    assert reachable(guarded, headers=OWN_PAGE) == {"status", "read", "open"}
    for method in ("POST", "PUT", "DELETE"):
        assert guarded.open("/guarded/read", method=method, headers=OWN_PAGE).status_code == 401
    assert guarded.get("/guarded/config").status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"Origin": "http://evil.example", "X-API-Key": KEY}, 200),
    ],
)
def test_a_socket_passes_from_a_page_of_this_server_alone(app, headers, status):
    app.add_url_rule("/socket", "socket", requires("read")(lambda: "opened"), websocket=True)
    browser = app.test_client()
    browser.get("/api/status", headers=LOGIN | OWN_PAGE)
    assert browser.get("/socket", headers=SOCKET | headers).status_code == status


@pytest.mark.parametrize("headers", [OWN_PAGE, {"Referer": "http://localhost/"}])
def test_below_a_base_path_the_pass_belongs_to_that_path(anonymous, headers):
    answer = anonymous.get(
        "/api/status", headers=LOGIN | headers, environ_overrides={"SCRIPT_NAME": "/posterizarr"}
    )
    assert "Path=/posterizarr/;" in passes_in(answer)[0]


def test_a_pass_is_renewed_while_the_page_is_open_and_ends_an_hour_after_it(anonymous):
    with time_machine.travel(time.time(), tick=False) as clock:
        anonymous.get("/api/status", headers=LOGIN | OWN_PAGE)
        clock.shift(LIFETIME * 0.6)
        assert anonymous.get("/api").status_code == 200
        assert passes_in(anonymous.get("/api/status", headers=LOGIN | OWN_PAGE))
        clock.shift(LIFETIME * 0.6)
        assert anonymous.get("/api").status_code == 200
        clock.shift(LIFETIME * 0.6)
        assert anonymous.get("/api").status_code == 401


@pytest.mark.parametrize(
    "changes", [{"basicAuthPassword": "another"}, {"basicAuthUsername": "lee"}, {"basicAuthPassword": ""}]
)
def test_a_changed_login_ends_its_passes_at_once(anonymous, machine, changes):
    anonymous.get("/api/status", headers=LOGIN | OWN_PAGE)
    assert anonymous.get("/api").status_code == 200
    config = {"basicAuthEnabled": True, "basicAuthUsername": "kim", "basicAuthPassword": PASSWORD}
    write_config(machine, **config | changes)
    assert anonymous.get("/api").status_code == 401


def test_a_revoked_key_ends_its_passes_at_once(anonymous, machine):
    key, plain = keys.create_key(machine, "Page", ["read"])
    anonymous.get("/api/status", headers={"Authorization": basic("", plain)} | OWN_PAGE)
    assert anonymous.get("/api").status_code == 200
    keys.revoke_key(machine, key.id)
    assert anonymous.get("/api").status_code == 401


@pytest.mark.parametrize("text", ["", "x", "9999999999.0." + "0" * 64, "1.2.3", "9" * 400, "ä"])
def test_a_forged_pass_opens_nothing_and_counts_as_no_failure(anonymous, app, text):
    door = app.extensions["authenticator"]
    for _ in range(11):
        anonymous.set_cookie(f"{security.cookies.cookie_name(door.secret)}_view", text)
        assert anonymous.get("/api").status_code == 401
    stolen = {"Authorization": basic("\0\0pass", text)}
    assert anonymous.get("/api", headers=stolen).status_code == 401


def test_a_prolonged_pass_is_forged(anonymous, app):
    (cookie,) = passes_in(anonymous.get("/api/status", headers=LOGIN | OWN_PAGE))
    name, _, value = cookie.partition(";")[0].partition("=")
    expires, rest = value.split(".", 1)
    copy = app.test_client(use_cookies=False)
    assert copy.get("/api", headers={"Cookie": f"{name}={value}"}).status_code == 200
    assert copy.get("/api", headers={"Cookie": f"{name}={int(expires) + 60}.{rest}"}).status_code == 401


def test_the_check_does_not_take_a_pass_for_a_login(anonymous):
    anonymous.get("/api/status", headers=LOGIN | OWN_PAGE)
    assert anonymous.get("/api/auth/check").json["authenticated"] is False
    assert anonymous.get("/api/auth/check", headers=LOGIN).json["scopes"] == list(SCOPES)


def test_signing_out_takes_the_pass_along(anonymous):
    anonymous.get("/api/status", headers=LOGIN | OWN_PAGE)
    answer = anonymous.delete("/api/auth/session", headers=OWN_PAGE)
    assert "Max-Age=0" in passes_in(answer)[0]
    assert anonymous.get("/api").status_code == 401


def test_a_pass_of_before_does_not_close_what_the_login_that_is_off_opens(guarded, machine):
    guarded.get("/guarded/read", headers=LOGIN | OWN_PAGE)
    write_config(machine, basicAuthEnabled=False, basicAuthUsername="kim", basicAuthPassword=PASSWORD)
    assert guarded.get("/guarded/config", headers=OWN_PAGE).status_code == 200


@pytest.fixture
def admitted(app, machine):
    """Opens a stream with these headers and returns the check that it got."""
    kept = []
    app.add_url_rule("/stream", "stream", requires("read")(lambda: kept.append(security.admission()) or ""))
    client = app.test_client()

    def open_stream(**headers):
        assert client.get("/stream", headers=headers).status_code == 200
        return kept[-1]

    open_stream.client = client
    return open_stream


def revoke(machine):
    with machine.database.reading() as session:
        (key,) = api_keys.list_keys(session)
    keys.revoke_key(machine, key.id)


def test_a_stream_notices_that_its_key_is_revoked(admitted, machine):
    check = admitted(**{"X-API-Key": keys.create_key(machine, "Feed", ["read"])[1]})
    assert check()
    revoke(machine)
    assert not check()


def test_a_stream_outlives_its_pass_and_notices_that_the_login_has_changed(admitted, machine):
    admitted.client.get("/api/status", headers=LOGIN | OWN_PAGE)
    check = admitted(Origin="http://localhost")
    with time_machine.travel(time.time() + 2 * LIFETIME):
        assert check()
    write_config(machine, basicAuthEnabled=True, basicAuthUsername="kim", basicAuthPassword="another")
    assert not check()


def test_a_stream_notices_that_its_session_has_ended(admitted):
    login = {"username": "kim", "password": PASSWORD}
    admitted.client.post("/api/auth/session", json=login, headers=OWN_PAGE)
    check = admitted()
    assert check()
    admitted.client.delete("/api/auth/session", headers=OWN_PAGE)
    assert not check()


def test_a_stream_of_nobody_ends_when_the_login_is_switched_on(admitted, machine):
    write_config(machine, basicAuthEnabled=False)
    check = admitted()
    assert check()
    write_config(machine, basicAuthEnabled=True)
    assert not check()
