import base64
import json
import re
from http import HTTPStatus

import pytest
from flask import g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.access import credentials
from app.core.access.callers import SCOPES
from app.http import security
from app.http.security import PUBLIC, public, requires
from app.services import keys
from tests.conftest import KEY

PASSWORD = "pässword"
SOCKET = {"Upgrade": "websocket", "Connection": "Upgrade"}
UNKNOWN_KEY = "pstr_" + "x" * 43

# Whoever opens a view to everybody has to say so here as well.
PUBLIC_VIEWS = {
    "openapi_json",
    "auth.check_login",
    "auth.end_browser_session",
    "auth.open_browser_session",
    "health.current_health",
    "health.ping",
    "ui.documentation.documentation_page",
    "ui.sign_in",
    "ui.sign_in_page",
    "ui.sign_out",
    "ui.static_part",
}


def basic(username, password, encoding="utf-8"):
    return "Basic " + base64.b64encode(f"{username}:{password}".encode(encoding)).decode()


def write_config(machine, **settings):
    machine.paths.config.write_text(json.dumps({"WebUI": settings}))


@pytest.fixture(autouse=True)
def login(machine):
    write_config(machine, basicAuthEnabled=True, basicAuthUsername="kim", basicAuthPassword=PASSWORD)


@pytest.fixture
def key(machine):
    return keys.create_key(machine, "Dashboard", ["read"])[1]


@pytest.fixture
def guarded(app):
    """A view for every scope, one that names none, and one that is public."""

    def add(path, mark):
        app.add_url_rule(
            f"/guarded/{path}", path, mark(lambda: path), methods=["GET", "POST", "PUT", "DELETE"]
        )

    for scope in SCOPES:
        add(scope, requires(scope))
    add("unmarked", lambda view: view)
    add("open", public)
    return app.test_client()


def reachable(client, **request):
    """The guarded views that answer this request."""
    names = (*SCOPES, "unmarked", "open")
    return {name for name in names if client.get(f"/guarded/{name}", **request).status_code == 200}


WAYS_IN = {
    "query api_key": lambda key: {"query_string": {"api_key": key}},
    "query secret": lambda key: {"query_string": {"secret": key}},
    "X-API-Key": lambda key: {"headers": {"X-API-Key": key}},
    "x-api-key": lambda key: {"headers": {"x-api-key": key}},
    "Bearer": lambda key: {"headers": {"Authorization": f"Bearer {key}"}},
    "bearer": lambda key: {"headers": {"Authorization": f"bearer  {key} "}},
    "password of Basic": lambda key: {"headers": {"Authorization": basic("anyone", key)}},
    "Basic without a name": lambda key: {"headers": {"Authorization": basic("", key)}},
}


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN.keys())
def test_a_key_opens_wherever_a_sender_can_put_it(anonymous, key, way):
    assert anonymous.get("/api", **way(key)).status_code == 200
    assert anonymous.get("/api", **way(KEY)).status_code == 200
    assert anonymous.head("/api", **way(key)).status_code == 200


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN.keys())
@pytest.mark.parametrize("wrong", [UNKNOWN_KEY, "wrong", KEY + "x", KEY[:-1], "schlüssel"])
def test_a_wrong_key_opens_nowhere(anonymous, way, wrong):
    assert anonymous.get("/api", **way(wrong)).status_code == 401


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_user_name_and_password_open_in_both_encodings(anonymous, scheme, encoding):
    header = basic("kim", PASSWORD, encoding).replace("Basic", scheme)
    assert anonymous.get("/api", headers={"Authorization": header}).status_code == 200


@pytest.mark.parametrize(
    "pair", [("kim", "wrong"), ("root", PASSWORD), ("", PASSWORD), ("kim", ""), ("", "")]
)
def test_a_wrong_user_name_or_password_opens_nothing(anonymous, pair):
    assert anonymous.get("/api", headers={"Authorization": basic(*pair)}).status_code == 401


@pytest.mark.parametrize("stored", [credentials.hash_password(PASSWORD), PASSWORD], ids=["argon2", "plain"])
def test_a_password_opens_as_it_is_found_in_config_json(anonymous, machine, stored):
    write_config(machine, basicAuthUsername="kim", basicAuthPassword=stored)
    for _ in range(2):
        assert anonymous.get("/api", headers={"Authorization": basic("kim", PASSWORD)}).status_code == 200


BROKEN_HEADERS = [
    "Basic",
    "Basic ",
    "Basic %%%",
    "Basic a",
    "Basic YWJj",
    "Basic \x80\xff",
    "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(),
    "Bearer",
    "Bearer ",
    "Bearer a=b",
    "Bearer a,b=c",
    "Digest username=kim",
    "Negotiate abc",
    "nonsense",
    " ",
    ":",
    "Basic " + "A" * 8000,
]


@pytest.mark.parametrize("header", BROKEN_HEADERS)
def test_a_broken_authorization_header_is_401(anonymous, header):
    answer = anonymous.get("/api", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json["detail"]


@given(
    scheme=st.sampled_from(["Basic ", "Bearer ", "Basic", ""]),
    rest=st.binary(max_size=200),
    coded=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_authorization_header_is_a_server_error(anonymous, scheme, rest, coded):
    text = (
        base64.b64encode(rest).decode()
        if coded
        else rest.decode("latin-1").replace("\n", "").replace("\r", "")
    )
    answer = anonymous.get("/api", environ_overrides={"HTTP_AUTHORIZATION": scheme + text})
    assert answer.status_code in (401, 429)
    assert answer.json["detail"]


@given(st.text(max_size=100))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_key_in_the_query_is_a_server_error(anonymous, text):
    assert anonymous.get("/api", query_string={"api_key": text}).status_code in (401, 429)


def test_a_refusal_is_json_that_no_cache_keeps_and_no_browser_answers_with_a_window(anonymous):
    for headers in ({}, {"X-API-Key": UNKNOWN_KEY}, {"Authorization": basic("kim", "wrong")}):
        answer = anonymous.get("/api", headers=headers)
        assert answer.status_code == 401
        assert answer.json["detail"] == answer.json["message"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "WWW-Authenticate" not in answer.headers


def test_what_was_shown_is_not_repeated(anonymous):
    answer = anonymous.get("/api", query_string={"api_key": UNKNOWN_KEY})
    assert UNKNOWN_KEY not in answer.text + str(answer.headers)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_reaches_the_views_of_its_scope_and_no_other(guarded, machine, scope):
    plain = keys.create_key(machine, scope, [scope])[1]
    included = {"admin": {*SCOPES, "unmarked"}, "read": {"read", "status"}}
    expected = {"open", *included.get(scope, {scope})}
    assert reachable(guarded, headers={"X-API-Key": plain}) == expected


def test_a_view_that_names_no_scope_is_the_administrators(guarded, machine):
    plain = keys.create_key(machine, "nearly all", [scope for scope in SCOPES if scope != "admin"])[1]
    assert guarded.get("/guarded/unmarked", headers={"X-API-Key": plain}).status_code == 403
    assert guarded.get("/guarded/unmarked", headers={"X-API-Key": KEY}).status_code == 200


def test_a_person_and_the_bootstrap_key_reach_everything(guarded):
    everything = {*SCOPES, "unmarked", "open"}
    assert reachable(guarded, headers={"Authorization": basic("kim", PASSWORD)}) == everything
    assert reachable(guarded, headers={"X-API-Key": KEY}) == everything


def test_a_missing_scope_is_403_and_named(guarded, key):
    answer = guarded.get("/guarded/config", headers={"X-API-Key": key})
    assert answer.status_code == 403
    assert "'config'" in answer.json["detail"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_scope_that_does_not_exist_cannot_be_required():
    with pytest.raises(ValueError, match="raed"):
        requires("raed")


def test_every_view_has_a_scope_and_the_public_ones_are_listed(app):
    public_views = {
        name
        for name, view in app.view_functions.items()
        if getattr(view, "required_scope", "admin") == PUBLIC
    }
    assert public_views == PUBLIC_VIEWS
    assert {getattr(view, "required_scope", "admin") for view in app.view_functions.values()} <= {
        *SCOPES,
        PUBLIC,
    }


def test_every_view_that_is_not_public_refuses_strangers_and_keys_of_another_scope(app, anonymous, machine):
    webhook = keys.create_key(machine, "Sonarr", ["webhook"])[1]
    for rule in app.url_map.iter_rules():
        scope = getattr(app.view_functions[rule.endpoint], "required_scope", "admin")
        path, handshake = re.sub(r"<[^>]*>", "1", rule.rule), SOCKET if rule.websocket else {}
        for method in rule.methods - {"OPTIONS"} if scope != PUBLIC else ():
            is_page = rule.rule == "/" or rule.rule.startswith("/server") and not rule.rule.endswith(".css")
            refused = 303 if is_page else 401  # a page leads to the sign-in
            assert anonymous.open(path, method=method, headers=handshake).status_code == refused, rule
            answer = anonymous.open(path, method=method, headers={"X-API-Key": webhook} | handshake)
            assert scope == "webhook" or answer.status_code == 403, rule


def test_the_library_lets_options_through_which_only_flask_may_answer(app, anonymous):
    assert all(rule.provide_automatic_options for rule in app.url_map.iter_rules())
    answer = anonymous.options("/api/auth/keys")
    assert answer.status_code == 200
    assert answer.text == ""


def test_a_key_comes_before_a_password(anonymous, key):
    headers = {"X-API-Key": key, "Authorization": basic("proxy", "its own password")}
    assert anonymous.get("/api", headers=headers).status_code == 200
    headers = {"X-API-Key": UNKNOWN_KEY, "Authorization": basic("kim", PASSWORD)}
    assert anonymous.get("/api", headers=headers).status_code == 401


def test_with_the_login_off_a_wrong_key_is_still_wrong(guarded, machine):
    write_config(machine, basicAuthEnabled=False)
    assert guarded.get("/guarded/read", headers={"X-API-Key": UNKNOWN_KEY}).status_code == 401


def test_with_the_login_off_keys_and_passwords_open_the_rest(guarded, machine):
    write_config(machine, basicAuthEnabled=False, basicAuthUsername="kim", basicAuthPassword=PASSWORD)
    everything = {*SCOPES, "unmarked", "open"}
    assert reachable(guarded, headers={"X-API-Key": KEY}) == everything
    assert reachable(guarded, headers={"Authorization": basic("kim", PASSWORD)}) == everything


@pytest.mark.parametrize("content", [None, "", "{", '{"WebUI": {"basicAuthEnabled": false', "[]", "\ud800"])
def test_an_unreadable_config_keeps_the_door_shut_and_keys_working(anonymous, machine, key, content):
    machine.paths.config.unlink()
    if content is not None:
        machine.paths.config.write_bytes(content.encode("utf-8", "surrogatepass"))
    assert anonymous.get("/api").status_code == 401
    assert anonymous.get("/api", headers={"Authorization": basic("kim", PASSWORD)}).status_code == 401
    assert anonymous.get("/api", headers={"X-API-Key": key}).status_code == 200
    assert anonymous.get("/api", headers={"X-API-Key": KEY}).status_code == 200


UNSAFE = ["POST", "PUT", "DELETE"]


@pytest.mark.parametrize("method", UNSAFE)
def test_a_page_of_another_site_cannot_use_the_browsers_password(guarded, method):
    headers = {"Sec-Fetch-Site": "cross-site", "Authorization": basic("kim", PASSWORD)}
    answer = guarded.open("/guarded/run", method=method, headers=headers)
    assert answer.status_code == 403
    assert "site" in answer.json["detail"]
    assert guarded.get("/guarded/run", headers=headers).status_code == 200


def test_a_proxy_that_hides_the_host_harms_nobody_who_shows_a_password(guarded):
    headers = {"Origin": "http://nas.example", "Authorization": basic("kim", PASSWORD)}
    assert guarded.post("/guarded/run", headers=headers).status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_the_servers_own_pages_may_send(guarded, site):
    headers = {"Sec-Fetch-Site": site, "Authorization": basic("kim", PASSWORD)}
    assert guarded.post("/guarded/run", headers=headers).status_code == 200


def test_a_key_may_come_from_anywhere(guarded):
    headers = {"Sec-Fetch-Site": "cross-site", "X-API-Key": KEY}
    assert guarded.post("/guarded/run", headers=headers).status_code == 200


def test_a_view_can_ask_who_calls(app, key):
    app.add_url_rule("/who", "who", requires("read")(lambda: security.current_caller().name))
    assert app.test_client().get("/who", headers={"X-API-Key": key}).text == "Dashboard"
    with app.test_request_context("/ping"):
        assert security.current_caller() is None
        assert "flask_httpauth_user" not in g


@pytest.mark.parametrize("text", ["schlüssel", "ключ", "with space", "a=b&c", "x" * 300])
def test_a_bootstrap_key_may_be_any_text(app, data, text):
    from app import create_app

    other = create_app(APP_DATA=data, APP_API_KEY=text)
    client = other.test_client()
    header = text.encode().decode("latin-1")
    ways = [
        {"query_string": {"api_key": text}},
        {"environ_overrides": {"HTTP_X_API_KEY": header}},
        {"environ_overrides": {"HTTP_AUTHORIZATION": f"Bearer {header}"}},
        {"environ_overrides": {"HTTP_AUTHORIZATION": basic("", text)}},
    ]
    assert [client.get("/api", **way).status_code for way in ways] == [HTTPStatus.OK] * 4
    other.extensions["machine"].close()


def test_no_bootstrap_key_means_that_no_text_is_one(data):
    from app import create_app

    other = create_app(APP_DATA=data, APP_API_KEY="")
    other.extensions["machine"].paths.create()
    assert other.extensions["authenticator"].is_bootstrap_key("") is False
    other.extensions["machine"].close()
