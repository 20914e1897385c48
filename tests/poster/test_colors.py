"""Colours as ImageMagick names them."""

import pytest

from app.poster.colors import parse_color


@pytest.mark.parametrize(
    ("text", "rgb"),
    [
        ("white", (255, 255, 255)),
        ("#FC7E10", (252, 126, 16)),
        ("#fff", (255, 255, 255)),
        ("  #abc ", (170, 187, 204)),
        ("Light Goldenrod Yellow", (250, 250, 210)),
        ("rebeccapurple", (102, 51, 153)),
        ("VioletRed", (208, 32, 144)),
        ("navyblue", (0, 0, 128)),
        ("gray50", (128, 128, 128)),
        ("grey0", (0, 0, 0)),
        ("gray100", (255, 255, 255)),
        ("AntiqueWhite1", (255, 239, 219)),
        ("SteelBlue4", (54, 100, 139)),
        ("DarkSlateGrey3", (121, 205, 205)),
        ("gold1", (255, 215, 0)),
    ],
)
def test_a_colour_is_read_as_imagemagick_reads_it(text, rgb):
    assert all(abs(one - other) <= 1 for one, other in zip(parse_color(text), rgb, strict=True))


@pytest.mark.parametrize(
    "text", ["", "#12", "#12345", "#ggg", "whitish", "gray101", "nothing5", "white; rm", "#12345678", "none"]
)
def test_a_bad_colour_is_refused_with_its_name(text):
    with pytest.raises(ValueError, match="is no colour") as refused:
        parse_color(text)
    assert repr(text) in str(refused.value)
