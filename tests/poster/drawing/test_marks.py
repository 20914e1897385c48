import pytest
from PIL import Image

from app.poster.drawing.marks import carries_mark
from tests.poster.pictures import make_bytes, make_picture

MARK = b"created with posterizarr"


@pytest.mark.parametrize(
    ("content", "is_marked"),
    [
        (make_bytes(comment=MARK), True),
        (make_bytes(comment=b"Created with PPM"), True),
        (make_bytes(), False),
        (make_bytes(comment=b"a photograph of a titlecard overlay"), False),
        (make_bytes() + MARK, False),
        (make_bytes(make_picture(), kind="PNG"), False),
        (b"created with posterizarr", False),
        (b"", False),
    ],
)
def test_only_the_comment_of_a_picture_is_a_mark(content, is_marked, tmp_path):
    path = tmp_path / "poster.jpg"
    path.write_bytes(content)
    assert carries_mark(content) is is_marked
    assert carries_mark(path) is is_marked


def test_a_comment_of_a_gif_counts_too(tmp_path):
    path = tmp_path / "poster.gif"
    Image.new("P", (8, 8)).save(path, comment=MARK)
    assert carries_mark(path)
