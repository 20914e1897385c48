"""Orders that go to another machine and are drawn there."""

import shutil
from dataclasses import replace

import pytest
from PIL import Image

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.cluster.packed_order import draw_packed, pack
from app.poster.drawing.design import Logo, LogoError, PictureError
from app.poster.records.candidate import Typography
from app.poster.text.fonts import DEFAULT_FONT, FOLDER
from tests.poster.pictures import make_bytes, make_design, make_lettering


def two_colored(kind="JPEG") -> bytes:
    picture = Image.new("RGB", (400, 600), "navy")
    picture.paste("gold", (100, 100, 300, 400))
    return make_bytes(picture, kind)


@pytest.fixture
def home(tmp_path):
    """The folder of the machine that packs: a font, a damaged font, an overlay, pictures."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copy(FOLDER / "BlackHanSans-Regular.ttf", folder / "Own.ttf")
    (folder / "Damaged.ttf").write_bytes((folder / "Own.ttf").read_bytes()[:5000])
    Image.new("RGBA", (400, 100), (255, 0, 0, 90)).save(folder / "overlay.png")
    (folder / "broken.png").write_bytes(b"nothing")
    (folder / "manual.jpg").write_bytes(two_colored())
    return folder


def with_font(font) -> tuple:
    return (make_lettering("Nosferatu 東京", font=font),)


def logo_of(content: bytes) -> Logo:
    return Logo(content, 200, 100, 80)


ORDERS = {
    "bytes": lambda home: DrawOrder(two_colored(), make_design(letterings=with_font(None))),
    "a file": lambda home: DrawOrder(home / "manual.jpg", make_design()),
    "words": lambda home: DrawOrder(Typography("Nosferatu", "1922"), make_design()),
    "a font of the user": lambda home: DrawOrder(
        two_colored(), make_design(letterings=with_font(home / "Own.ttf"))
    ),
    "a damaged font": lambda home: DrawOrder(
        two_colored(), make_design(letterings=with_font(home / "Damaged.ttf"))
    ),
    "a font of the package": lambda home: DrawOrder(
        two_colored(), make_design(letterings=with_font(DEFAULT_FONT))
    ),
    "an overlay": lambda home: DrawOrder(two_colored(), make_design(overlay=home / "overlay.png")),
    "a logo": lambda home: DrawOrder(two_colored(), make_design(logo=logo_of(two_colored("PNG")))),
}


@pytest.mark.parametrize("make", ORDERS.values(), ids=ORDERS)
def test_a_packed_order_gives_the_same_bytes_and_notes_without_the_files_of_home(make, home, tmp_path):
    order = make(home)
    expected = draw_order(order)
    packed, contents = pack(order)
    home.rename(tmp_path / "elsewhere")
    for _ in range(2):
        drawing = draw_packed(packed, tuple(contents[one] for one in packed.digests), tmp_path / "worker")
        assert drawing == expected


TROUBLES = {
    "broken bytes": (lambda home: DrawOrder(b"nothing", make_design()), PictureError),
    "a broken file": (lambda home: DrawOrder(home / "broken.png", make_design()), PictureError),
    "a broken overlay": (
        lambda home: DrawOrder(two_colored(), make_design(overlay=home / "broken.png")),
        PictureError,
    ),
    "a broken logo": (lambda home: DrawOrder(two_colored(), make_design(logo=logo_of(b"no"))), LogoError),
}


@pytest.mark.parametrize(("make", "error_type"), TROUBLES.values(), ids=TROUBLES)
def test_an_error_says_the_same_as_at_home(make, error_type, home, tmp_path):
    order = make(home)
    with pytest.raises(error_type) as here:
        draw_order(order)
    packed, contents = pack(order)
    with pytest.raises(error_type) as there:
        draw_packed(packed, tuple(contents.values()), tmp_path / "worker")
    assert str(there.value) == str(here.value) and type(there.value) is type(here.value)


def test_what_is_equal_is_sent_once_and_fonts_of_the_package_are_not_sent(home):
    shutil.copy(home / "Own.ttf", home / "Same.ttf")
    letterings = (*with_font(home / "Own.ttf"), *with_font(home / "Same.ttf"), *with_font(DEFAULT_FONT))
    packed, contents = pack(DrawOrder(two_colored(), make_design(letterings=letterings)))
    assert len(contents) == 2 and set(packed.digests) == set(contents)
    assert packed.design.letterings[2].font.parts == ("package", DEFAULT_FONT.name)


def test_a_worker_keeps_fonts_and_no_picture(home, tmp_path):
    order = ORDERS["a font of the user"](home)
    packed, contents = pack(replace(order, picture=home / "manual.jpg"))
    draw_packed(packed, tuple(contents.values()), tmp_path / "worker")
    assert [path.name for path in (tmp_path / "worker").rglob("*") if path.is_file()] == ["Own.ttf"]


def test_a_file_that_is_gone_is_the_packers_trouble(home):
    with pytest.raises(FileNotFoundError):
        pack(DrawOrder(two_colored(), make_design(overlay=home / "missing.png")))
