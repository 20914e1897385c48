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


def test_the_next_address_of_a_name_is_tried_where_the_first_one_refuses(host, monkeypatch):
    with socket.socket() as unused:
        unused.bind((LOOPBACK, 0))
        closed = unused.getsockname()[1]
    ports = [closed, host.server_port]

    def resolve(name, port, **_):
        # An address that is not allowed is not tried, wherever it stands.
        private = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", host.server_port))
        allowed = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (LOOPBACK, number)) for number in ports]
        return [private, *allowed]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    host.trouble = giving()
    assert downloads().fetch("http://cdn.example/") == PICTURE
    ports[:] = [closed, closed]
    assert "cdn.example gave no picture: it cannot be reached" in refusal("http://cdn.example/")


def test_nothing_is_connected_after_the_deadline(host):
    refusal(f"{host.url}/picture.jpg", whole=0.0)
    assert host.asked == []


@pytest.mark.parametrize(
    "location", ["http://[::1", "http://h:99999/", "http://h:0/", "data:image/png;base64,aa"]
)
def test_a_redirect_to_what_is_no_address_is_the_callers_error(host, location):
    host.trouble = redirecting_to(location)
    refusal(f"{host.url}/start")
    assert len(host.asked) == 1


@pytest.mark.parametrize(
    "name", ["a" * 64 + ".example", "a..example", "*.example", "a b.example", "\ud800.example"]
)
def test_a_name_that_cannot_be_resolved_is_the_callers_error(name):
    assert "gave no picture" in refusal(f"http://{name}/x.jpg")


def test_a_body_may_be_empty_and_one_that_stops_before_its_end_is_none(host):
    host.trouble = giving(b"")
    assert downloads().fetch(host.url) == b""
    host.trouble = giving(PICTURE, **{"Content-Length": str(len(PICTURE) + 5)})
    assert "no answer in time" in refusal(host.url, read=0.2)


def test_a_picture_of_exactly_the_most_bytes_is_taken_and_one_more_is_not(host):
    host.trouble = giving(b"x" * 1000)
    assert len(downloads(most_bytes=1000).fetch(host.url)) == 1000
    assert "the most of a picture" in refusal(host.url, most_bytes=999)
