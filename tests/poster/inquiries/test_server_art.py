"""The picture that a media server shows of its own, asked for a preview."""

from base64 import b64decode
from contextlib import closing
from pathlib import Path

import pytest

from app.poster.inquiries.table import respond
from app.poster.records.environment import Environment
from app.poster.sources.table import open_source
from tests.doubles.loopback import serving
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import small_media
from tests.poster.inquiries.asking import make_inquiry


@pytest.fixture
def plex():
    with serving(MediaPlex(small_media())) as server:
        yield server


def inquiry_at(plex, **given):
    part = {"UsePlex": "true", "PlexUrl": plex.url}
    return make_inquiry(sections={"PlexPart": part, "ApiPart": {"PlexToken": TOKEN}}, **given)


def poster_address(plex) -> str:
    """Where a run finds the poster of the first film."""
    with closing(open_source(inquiry_at(plex).settings, Environment())) as source:
        items = source.items(source.libraries()[0], frozenset())
        return next(art.where for item in items for art in item.art)


def test_it_is_read_with_the_key_of_the_settings(plex):
    found = respond("server-art", inquiry_at(plex, address=poster_address(plex)))
    assert b64decode(found["picture"])[:2] in (b"\xff\xd8", b"\x89P")


def test_why_there_is_none_is_said(plex, tmp_path):
    assert "error" in respond("server-art", inquiry_at(plex, address="/library/metadata/999/thumb/1"))
    no_server = make_inquiry(environment=Environment(media=Path(tmp_path)), address="/a")
    assert "no media server" in respond("server-art", no_server)["error"]
    assert "error" in respond("server-art", make_inquiry(address="/a"))
