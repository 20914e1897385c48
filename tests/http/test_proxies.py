from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app
from app.http.proxies import OFFLOAD, BasePath, TrustedProxies, hop_address

NETWORKS = tuple(map(ip_network, ("10.0.0.0/8", "fd00::/8", "127.0.0.1")))


def through(*, peer="10.0.0.1", networks=NETWORKS, base="", path="/api", **headers):
    """The environ that reaches the application, or None where it is not reached, and the status."""
    reached = []

    def application(environ, start_response):
        reached.append(environ)
        start_response("200 OK", [])
        return [b""]

    inner = BasePath(application, base) if base else application
    told = {f"X-Forwarded-{name}": value for name, value in headers.items()}
    environ = EnvironBuilder(path=path, headers=told, environ_base={"REMOTE_ADDR": peer}).get_environ()
    _, status, _ = run_wsgi_app(TrustedProxies(inner, networks), environ)
    return (reached[0] if reached else None), status


def client(forwarded_for, **overrides):
    return through(For=forwarded_for, **overrides)[0]["REMOTE_ADDR"]


@pytest.mark.parametrize(
    ("forwarded_for", "expected"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:80", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("203.0.113.7,fd00::2, 10.1.1.1", "203.0.113.7"),
        ("10.0.0.7, 10.0.0.8", "10.0.0.7"),
        ("garbage", "10.0.0.1"),
        ("", "10.0.0.1"),
        (",,,", "10.0.0.1"),
        ("203.0.113.7, garbage, 10.0.0.9", "10.0.0.9"),
        ("unknown, 203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::1"),
        ("[", "10.0.0.1"),
    ],
)
def test_the_client_is_the_nearest_hop_that_is_no_trusted_proxy(forwarded_for, expected):
    assert client(forwarded_for) == expected


@pytest.mark.parametrize("peer", ["10.255.0.1", "::ffff:10.0.0.1", "fd12::1", "127.0.0.1"])
def test_a_peer_is_trusted_in_every_way_to_write_its_address(peer):
    assert client("203.0.113.7", peer=peer) == "203.0.113.7"


@pytest.mark.parametrize("peer", ["192.0.2.1", "11.0.0.1", "fe80::1", "127.0.0.2", "", "unix:"])
def test_headers_of_a_peer_that_is_not_trusted_do_not_get_through(peer):
    environ, _ = through(peer=peer, For="203.0.113.7", Proto="https", Host="evil.example", Prefix="/evil")
    assert environ["REMOTE_ADDR"] == peer
    assert environ["wsgi.url_scheme"] == "http"
    assert environ["HTTP_HOST"] == "localhost"
    assert environ["SCRIPT_NAME"] == ""
    assert not [name for name in environ if "FORWARDED" in name]


def test_without_trusted_proxies_nobody_is_believed():
    assert client("203.0.113.7", peer="127.0.0.1", networks=()) == "127.0.0.1"


def test_the_headers_are_taken_off_even_where_they_are_believed():
    environ, _ = through(For="203.0.113.7", Proto="https")
    assert not [name for name in environ if "FORWARDED" in name]


@pytest.mark.parametrize(
    ("told", "scheme"), [("https", "https"), ("http,https", "https"), ("HTTPS", "https"), ("ftp", "http")]
)
def test_the_scheme_is_the_nearest_proxys(told, scheme):
    assert through(Proto=told)[0]["wsgi.url_scheme"] == scheme


@pytest.mark.parametrize(
    ("told", "host"),
    [
        ("posters.example.org", "posters.example.org"),
        ("a.example, posters.example.org:8443", "posters.example.org:8443"),
        ("[2001:db8::1]:80", "[2001:db8::1]:80"),
        ("evil.example/path", "localhost"),
        ("user@evil.example", "localhost"),
        ("", "localhost"),
    ],
)
def test_the_host_has_to_look_like_one(told, host):
    assert through(Host=told)[0]["HTTP_HOST"] == host


@pytest.mark.parametrize(
    ("path", "prefix", "mounted"),
    [
        ("/api", "/posters", ("/posters", "/api")),
        ("/posters/api", "/posters", ("/posters", "/api")),
        ("/api", "/posters/", ("/posters", "/api")),
        ("/api", "//evil.example", ("", "/api")),
        ("/api", "posters", ("", "/api")),
        ("/api", "/a/../b c", ("", "/api")),
    ],
)
def test_a_prefix_becomes_the_root_of_the_application(path, prefix, mounted):
    environ, _ = through(path=path, Prefix=prefix)
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == mounted


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("/.posterizarr", "/.posterizarr"),
        ("/.posterizarr/", "/.posterizarr"),
        ("/other/secret?", ""),
        ("/other/secret?x=, /.posterizarr", "/.posterizarr"),
        ("/other#", ""),
        ("@other", ""),
        ("", ""),
    ],
)
def test_images_are_sent_from_below_a_plain_place_alone(told, kept):
    headers = {"X-Accel-Images": told}
    environ = EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.1"}).get_environ()
    TrustedProxies(lambda environ, start_response: [], NETWORKS)(environ, None)
    assert environ[OFFLOAD] == kept


@given(st.text())
def test_no_header_breaks_the_search_for_the_client(text):
    proxies = TrustedProxies(None, NETWORKS)
    assert proxies.client(text, "10.0.0.1") == "10.0.0.1" or hop_address(proxies.client(text, "10.0.0.1"))


@pytest.mark.parametrize(
    ("path", "mounted"),
    [
        ("/posters/api", ("/posters", "/api")),
        ("/posters/", ("/posters", "/")),
        ("/posters", ("/posters", "")),
        ("/posters/posters/api", ("/posters", "/posters/api")),
        ("/ping", ("", "/ping")),
    ],
)
def test_the_base_path_is_taken_off(path, mounted):
    environ, _ = through(base="/posters", path=path)
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == mounted


@pytest.mark.parametrize("path", ["/", "/api", "/postersapi", "/ping/x", "/Posters/api"])
def test_outside_of_the_base_path_there_is_nothing(path):
    assert through(base="/posters", path=path) == (None, "404 NOT FOUND")


def test_a_proxy_that_took_the_base_path_off_says_so():
    environ, _ = through(base="/posters", Prefix="/posters")
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/posters", "/api")


def test_a_stranger_cannot_say_so():
    assert through(base="/posters", Prefix="/posters", peer="192.0.2.1")[1] == "404 NOT FOUND"


@pytest.fixture
def below(data):
    """An application below a base path, behind a proxy on this machine."""
    app = create_app(
        APP_DATA=data, APP_API_KEY="bootstrap", APP_BASE_PATH="/posters", TRUSTED_PROXIES="127.0.0.1"
    )
    yield app.test_client()
    app.extensions["machine"].close()


def test_the_whole_application_answers_below_its_base_path(below):
    headers = {"X-API-Key": "bootstrap"}
    assert below.get("/posters/api", headers=headers).status_code == 200
    outside = below.get("/api", headers=headers)
    assert outside.status_code == 404
    assert outside.json["detail"]
    assert below.head("/api", headers=headers).status_code == 404
