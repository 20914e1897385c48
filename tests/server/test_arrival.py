"""Where a request ends, however its bytes come."""

import errno

import pytest

from app.server import arrival
from app.server.arrival import Arrival, RequestRefused

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\ncontent-LENGTH: 5 \r\n\r\nhello"
CHUNKED = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
WHOLE = {
    "no body": GET,
    "a body of a known length": POST,
    "an empty body": b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
    "chunks": CHUNKED + b'5\r\nhello\r\nA;name="x"\r\n\r\n\r\n567890\r\n0\r\n\r\n',
    "chunks with a trailer": CHUNKED + b"1 ;a\r\nx\r\n00\r\nDigest: 1\r\nMore: 2\r\n\r\n",
    "coded chunks": CHUNKED.replace(b"chunked", b"gzip, chunked") + b"0\r\n\r\n",
    "an ambiguous length": b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
    "a length and chunks": b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    "a length that is none": b"POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n",
    "a length beyond all numbers": b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "an unknown coding": CHUNKED.replace(b"chunked", b"identity"),
    "a chunk whose size is none": CHUNKED + b"five\r\n",
}


@pytest.fixture
def arrive():
    """The arrival of some pieces, of which only the last one may complete it."""
    made = []

    def add(*pieces):
        made.append(found := Arrival())
        for piece in pieces:
            assert not found.is_whole
            found.add(piece)
        return found

    yield add
    for found in made:
        found.close()


def kept(found):
    found.rewind()
    return b"".join(iter(lambda: found.read(1000), b""))


@pytest.mark.parametrize("request_bytes", WHOLE.values(), ids=WHOLE)
def test_a_request_is_whole_with_its_last_byte_and_kept_as_it_came(arrive, request_bytes):
    one_by_one = arrive(*(bytes([byte]) for byte in request_bytes))
    assert one_by_one.is_whole and kept(one_by_one) == request_bytes
    for place in range(1, len(request_bytes)):
        found = arrive(request_bytes[:place], request_bytes[place:])
        assert found.is_whole and found.surplus == b"" and kept(found) == request_bytes


@pytest.mark.parametrize("request_bytes", WHOLE.values(), ids=WHOLE)
def test_what_follows_a_request_is_not_part_of_it(arrive, request_bytes):
    found = arrive(request_bytes + GET)
    assert found.is_whole and kept(found) == request_bytes and found.surplus == GET


def test_a_long_body_goes_to_a_file(arrive):
    body = bytes(3 * arrival.IN_MEMORY)
    head = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    found = arrive(head + body[:10], body[10:])
    assert found.is_whole and kept(found) == head + body


def test_of_a_body_that_is_too_long_no_more_is_kept_than_views_read(arrive, monkeypatch):
    monkeypatch.setattr(arrival, "MOST_KEPT", 1000)
    found = arrive(b"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n", bytes(900), bytes(100))
    assert found.is_whole and len(kept(found)) > 1000


def test_who_waits_for_a_word_before_the_body_gets_it_once(arrive):
    expecting = POST.replace(b"Host: x", b"Expect: 100-Continue")
    found = arrive(expecting[:-5])
    assert found.wants_continue and not found.is_whole
    found.add(b"hello")
    assert kept(found) == POST.replace(b"\r\nHost: x", b"")


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ((b"GET / HTTP/1.1\r\n", b"X: " + b"x" * arrival.LONGEST_HEAD), 431),
        ((CHUNKED, b"1" * (arrival.LONGEST_HEAD + 1)), 400),
    ],
)
def test_what_never_ends_is_refused(arrive, pieces, status):
    with pytest.raises(RequestRefused) as refusal:
        arrive(*pieces)
    assert refusal.value.status == status and refusal.value.detail


def test_a_full_disk_is_said(arrive, monkeypatch):
    def refuse():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(arrival, "TemporaryFile", refuse)
    found = arrive(b"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n")
    with pytest.raises(OSError, match="No space left"):
        found.add(bytes(arrival.IN_MEMORY))
