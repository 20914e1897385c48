"""What is taken for a picture, over real connections."""

from contextlib import closing

import pytest
from PIL import Image

from app.poster.records.candidate import CandidateRefused
from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.session import WebSession
from app.poster.web.trouble import WebTrouble
from tests.doubles.loopback import serving
from tests.doubles.scripted import ScriptedServer, answering
from tests.poster.pictures import make_bytes, make_picture

KEY = "secret-key-of-tmdb"
JPEG = make_bytes(Image.radial_gradient("L").convert("RGB"))


def fetch(*behaviours, count=1):
    """The last of `count` pictures, each at an address of its own."""
    with serving(ScriptedServer(*behaviours)) as server:
        endpoint = Endpoint("TMDB", server.url, {"Authorization": KEY})
        with closing(WebSession(endpoint, Limits(read=1, whole=2, tries=2))) as session:
            pictures = [session.picture(f"{server.url}/{number}.jpg") for number in range(count)]
        assert KEY not in str(server.asked)
        return pictures[-1]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_is_known_by_its_content_whatever_it_is_called(kind):
    content = make_bytes(make_picture(), kind)
    assert fetch(answering(200, content, Content_Type="image/jpeg")).content == content


def test_the_validator_of_the_host_comes_with_the_picture():
    assert fetch(answering(200, JPEG, ETag='"v1"')).validator == '"v1"'


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "image/jpeg", "empty"),
        (b"<html><body>Sign in</body></html>", "text/html; charset=utf-8", r"text/html"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "svg"),
        (JPEG[: len(JPEG) // 2], "image/jpeg", "cut short"),
        (make_bytes(make_picture(), "PNG")[:-8], "image/png", "cut short"),
        (make_bytes(make_picture((1, 1)), "PNG"), "image/png", "1 x 1"),
    ],
)
def test_what_is_no_picture_is_refused_with_one_sentence(body, kind, reason):
    with pytest.raises(CandidateRefused, match=reason):
        fetch(answering(200, body, Content_Type=kind))


@pytest.mark.parametrize("length", ["10", "99999999"])
def test_a_wrong_length_is_no_picture(length):
    with pytest.raises((WebTrouble, CandidateRefused)):
        fetch(lambda handler: send_with_length(handler, length))


def send_with_length(handler, length):
    handler.send(200, JPEG, **{"Content-Length": length})
    handler.close_connection = True


def test_the_same_bytes_for_many_addresses_are_a_placeholder():
    assert fetch(answering(200, JPEG), count=2).content == JPEG
    with pytest.raises(CandidateRefused, match="same picture for many addresses"):
        fetch(answering(200, JPEG), count=3)
