"""Our picture in other bytes is recognised, another one is not, and a limit is kept by quality."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from app.poster.drawing.marks import carries_mark
from app.poster.uploading.likeness import fitting, looks_like
from tests.poster.uploading.pictures import AGENTS, OURS, noisy, picture, re_encoded


def titled(content: bytes) -> bytes:
    written = BytesIO()
    with Image.open(BytesIO(content)) as opened:
        ImageDraw.Draw(opened).rectangle((30, 250, 170, 270), fill="white")
        opened.save(written, "JPEG", quality=92)
    return written.getvalue()


def as_webp(content: bytes) -> bytes:
    written = BytesIO()
    with Image.open(BytesIO(content)) as opened:
        opened.save(written, "WEBP", quality=60)
    return written.getvalue()


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (re_encoded(OURS), True),
        (as_webp(OURS), True),
        (OURS, True),
        (AGENTS, False),
        (titled(OURS), False),
        (picture("navy", size=(300, 300)), False),
        (b"<html>", False),
        (OURS[:200], False),
        (b"", False),
    ],
)
def test_a_server_may_encode_our_picture_anew_but_not_change_it(other, is_same):
    assert looks_like(other, OURS) is is_same


def test_a_picture_is_made_to_fit_by_quality_and_keeps_its_mark_and_size():
    whole = noisy()
    for most in (0, len(whole)):
        assert fitting(whole, most) is whole
    smaller = fitting(whole, len(whole) // 3)
    assert len(smaller) <= len(whole) // 3 and carries_mark(smaller) and looks_like(smaller, whole)
    assert fitting(whole, len(whole) // 3) == smaller
    assert fitting(whole, 900) == b"" == fitting(b"no picture at all", 3)
