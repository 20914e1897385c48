"""Downloads over real sockets of this machine, which a rule of the test allows."""

import socket

import pytest

from app.core.errors import Invalid
from app.core.outgoing.address_rule import AddressRule
from app.core.outgoing.picture_download import PictureDownloads
from tests.doubles.loopback import Loopback, dripping, flooding, hanging, serving
from tests.doubles.scripted import resetting

LOOPBACK = "127.0.0.1"
ALLOWED = AddressRule(frozenset({LOOPBACK}))
PICTURE = b"\xff\xd8 what stands for a picture"


@pytest.fixture
def host():
    with serving(Loopback()) as running:
        yield running


def downloads(**limits):
    return PictureDownloads(ALLOWED, **limits)


def giving(content=PICTURE, **headers):
    return lambda handler: handler.send(200, content, **headers)


def dripping_body(handler):
    handler.send(200, b"", **{"Content-Length": "1000"})
    while not handler.server.released.wait(0.05):
        handler.wfile.write(b"x")


def redirecting_to(address, status=302):
    return lambda handler: handler.send(status, Location=address)


def refusal(address, **limits):
    with pytest.raises(Invalid) as caught:
        downloads(**limits).fetch(address)
    return str(caught.value)


def test_the_body_is_returned_after_redirects_and_no_password_of_this_machine_is_sent(host, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    pages = {"/first": redirecting_to("/second", 301), "/second": redirecting_to(f"{host.url}/third", 308)}
    host.trouble = lambda handler: pages.get(handler.path, giving())(handler)
    assert downloads().fetch(f" {host.url}/first ") == PICTURE
    assert [path for path, _, _ in host.asked] == ["/first", "/second", "/third"]
    assert host.asked[0][2]["Host"] == f"127.0.0.1:{host.server_port}"
    assert not {"Authorization", "Cookie"} & set(host.asked[0][2])


@pytest.mark.parametrize(
    "name", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]", "0"]
)
def test_no_spelling_of_this_machine_is_reached(host, name):
    with pytest.raises(Invalid, match="not one of the public internet"):
        PictureDownloads().fetch(f"http://{name}:{host.server_port}/picture.jpg")
    assert host.asked == []


def test_the_address_is_checked_that_the_name_resolves_to_when_it_is_connected(host, monkeypatch):
    answers = iter(["127.0.0.1", "127.0.0.2"])

    def resolve(name, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    host.trouble = giving()
    address = f"http://cdn.example:{host.server_port}/"
    assert downloads().fetch(address) == PICTURE
    assert host.asked[0][2]["Host"] == f"cdn.example:{host.server_port}"
    assert "127.0.0.2 is not one of the public internet" in refusal(address)


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not one of the public"),
        ("http://[::ffff:10.0.0.1]/", "not one of the public"),
        ("file:///etc/passwd", "must begin with http"),
        ("ftp://127.0.0.1/x.jpg", "must begin with http"),
        ("/again", "more than 5 redirects"),
    ],
)
def test_a_redirect_leads_nowhere_that_its_first_address_could_not(host, location, told):
    host.trouble = redirecting_to(location)
    assert told in refusal(f"{host.url}/start")


@pytest.mark.parametrize(
    ("behaviour", "limits", "told"),
    [
        (lambda handler: handler.send(404, b"<html>"), {}, "status 404"),
        (flooding, {"most_bytes": 2 * 1024 * 1024}, "more than 2 MiB"),
        (dripping, {"whole": 0.3}, "no answer in time"),
        (dripping_body, {"whole": 0.3}, "no answer in time"),
        (hanging, {"read": 0.1}, "no answer in time"),
        (resetting, {}, "cannot be reached"),
    ],
)
def test_a_host_that_gives_no_picture_is_named_with_the_reason(host, behaviour, limits, told):
    host.trouble = behaviour
    found = refusal(f"{host.url}/picture.jpg?token=secret", **limits)
    assert told in found and "secret" not in found


@pytest.mark.parametrize(
    "address",
    [
        "",
        "picture.jpg",
        "ftp://example.com/x.jpg",
        "http:///x",
        "http://[::1/x",
        "http://h:99999/",
        "http://" + "x" * 5000,
    ],
)
def test_a_text_that_is_no_address_is_refused(address):
    with pytest.raises(Invalid, match="must begin with http"):
        PictureDownloads().fetch(address)


def test_a_name_that_nobody_has_is_named():
    assert "no-such-host.invalid gave no picture" in refusal("http://no-such-host.invalid/x.jpg")
