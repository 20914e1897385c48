"""Texts in their boxes on the canvas."""

import pytest
from fontTools.ttLib import TTFont
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ImageChops

from app.poster.drawing.lettering import gravity, letter
from app.poster.text.fonts import FOLDER, TextLayout, best_layout, is_font
from tests.poster.pictures import BACKGROUND, close_to, drawn, ink_of, make_lettering, make_picture, opened

BASIC, BEST = TextLayout.BASIC, best_layout()
TITLE = {"width": 1900, "height": 500, "offset": 430, "maximum": 200, "canvas": (2000, 3000)}


def lettered(text="THE HOBBIT", canvas=(400, 600), layout=BASIC, **overrides):
    """The canvas before any JPEG, with one text on it, and what became of it."""
    picture = make_picture(canvas)
    return picture, letter(picture, make_lettering(text, **overrides), layout)


def make_damaged_font(path):
    """A font that can be opened, and whose program for its letters cannot be run."""
    with TTFont(FOLDER / "DejaVuSans-Bold.ttf") as font:
        font["fpgm"].program.fromBytecode(b"\x2d")
        font.save(path)
    return path


def ink_box(picture):
    return ImageChops.difference(picture, make_picture(picture.size)).getbbox()


@pytest.mark.parametrize(
    ("name", "left", "top", "right", "bottom"),
    [
        ("south", None, None, None, 2570),
        ("SOUTH", None, None, None, 2570),
        ("north", None, 2070, None, None),
        ("southeast", None, None, 1950, 2570),
        ("SouthWest", 50, None, None, 2570),
        ("northwest", 50, 2070, None, None),
        ("northeast", None, 2070, 1950, None),
        ("east", None, None, 1950, None),
        ("west", 50, None, None, None),
    ],
)
@pytest.mark.parametrize("stroke", [0, 6])
def test_the_ink_touches_the_side_that_the_gravity_names(name, left, top, right, bottom, stroke):
    box = ink_box(lettered("THE HOBBIT", gravity=name, stroke_width=stroke, **TITLE)[0])
    for found, wanted in zip(box, (left, top, right, bottom), strict=True):
        assert wanted is None or found == wanted


@pytest.mark.parametrize(("name", "middle"), [("center", 2320), ("Centre", 2320)])
def test_centred_ink_has_its_middle_in_the_middle_of_the_box(name, middle):
    left, top, right, bottom = ink_box(lettered(gravity=name, **TITLE)[0])
    assert abs((left + right) / 2 - 1000) <= 1 and abs((top + bottom) / 2 - middle) <= 1


def test_south_keeps_the_ink_in_the_middle_of_the_width():
    left, _, right, _ = ink_box(lettered(**TITLE)[0])
    assert abs((left + right) / 2 - 1000) <= 1


def test_an_unknown_gravity_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="'down' is no gravity: use one of center, "):
        gravity("down")


@pytest.mark.parametrize(("name", "side"), [("southwest", 0), ("southeast", 2)])
def test_lines_are_aligned_to_the_side_of_the_gravity(name, side):
    picture, drawn_text = lettered("AAAAAAAA\nA", gravity=name, height=200)
    box = ink_box(picture)
    middle = (box[1] + box[3]) // 2
    upper, lower = (ink_box(_band(picture, *rows)) for rows in ((box[1], middle), (middle, box[3])))
    assert abs(upper[side] - lower[side]) <= 2 and upper[2 - side] != lower[2 - side]
    assert drawn_text.size > 20


def _band(picture, top, bottom):
    band = make_picture(picture.size)
    band.paste(picture.crop((0, top, picture.width, bottom)), (0, top))
    return band


def test_half_of_the_stroke_shows_outside_the_letters():
    plain, stroked = (
        ink_box(lettered("THE HOBBIT", maximum=100, width=1900, canvas=(2000, 600), stroke_width=width)[0])
        for width in (0, 6)
    )
    assert (stroked[2] - stroked[0]) - (plain[2] - plain[0]) in (5, 6, 7)
    assert (stroked[3] - stroked[1]) - (plain[3] - plain[1]) in (5, 6, 7)


def test_the_stroke_eats_nothing_of_the_letters():
    options = {"maximum": 60, "color": "white", "stroke_color": "black", "gravity": "center"}
    plain, _ = lettered("HOBBIT", **options)
    stroked, _ = lettered("HOBBIT", stroke_width=8, **options)
    white = [
        sum(band.point(lambda v: v == 255).tobytes()) for band in (plain.getchannel(1), stroked.getchannel(1))
    ]
    assert white[1] >= white[0] > 500
    assert ImageChops.invert(stroked.getchannel("R")).getextrema()[1] == 255


def test_letters_and_outline_have_their_colours():
    picture, _ = lettered("I", color="#00FF00", stroke_color="navy", stroke_width=20, maximum=100)
    colors = {color for count, color in picture.getcolors(99999) if count > 40}
    assert {(0, 255, 0), (0, 0, 128), BACKGROUND} <= colors


def test_the_panel_fills_the_box_exactly_even_without_text():
    picture, drawn_text = lettered("  ", panel="#F3AC7C")
    assert ink_box(picture) == (50, 400, 350, 520)
    assert picture.getpixel((50, 400)) == (243, 172, 124) and drawn_text.size == 0


@pytest.mark.parametrize(("offset", "bottom"), [(0, 600), (-20, 620), (580, 20)])
def test_a_box_may_leave_the_canvas(offset, bottom):
    picture, drawn_text = lettered("HOBBIT", offset=offset, panel="white")
    assert ink_box(picture) == (50, max(0, bottom - 120), 350, min(600, bottom)) and drawn_text.size > 0


@pytest.mark.parametrize("size", [{"width": 0}, {"height": 0}, {"width": -5}])
def test_a_box_without_room_holds_nothing_and_is_truncated(size):
    picture, drawn_text = lettered("HOBBIT", panel="white", **size)
    assert ink_box(picture) is None and drawn_text.truncated


def test_text_of_which_no_font_has_a_glyph_is_returned_as_missing():
    picture, drawn_text = lettered("\U0010fffd")
    assert ink_box(picture) is None
    assert (drawn_text.size, drawn_text.notes) == (0, ("glyph U+10FFFD is in none of the fonts, left out",))
    assert (drawn_text.missing, drawn_text.lost) == (("\U0010fffd",), True)


def test_an_endless_text_is_cut_before_it_is_fitted():
    _, drawn_text = lettered("漢字" * 50_000, width=390, height=500, minimum=1)
    assert drawn_text.truncated and len("".join(drawn_text.lines)) <= 2001
    assert not lettered("A" * 2000, width=390, height=500, minimum=1)[1].truncated


@pytest.mark.parametrize("language", ["d\x00", "", "x", "日本語", "-", "zh_TW", "en" * 100])
def test_a_language_that_is_none_is_as_good_as_unknown(language):
    assert lettered("Straße 千", language=language, layout=BEST)[1].lines == ("Straße 千",)


def test_what_was_drawn_is_returned():
    _, drawn_text = lettered("A\U0010fffd\nB", width=300)
    assert drawn_text.lines == ("A", "B") and drawn_text.size > 20
    assert (drawn_text.missing, drawn_text.lost, drawn_text.truncated) == (("\U0010fffd",), False, False)


@pytest.mark.parametrize("layout", [BASIC, BEST])
def test_a_font_that_fails_at_its_letters_is_noted_and_the_text_drawn_with_the_default(tmp_path, layout):
    font = make_damaged_font(tmp_path / "damaged.ttf")
    picture, drawn_text = lettered(font=font, layout=layout)
    assert is_font(font) and drawn_text.notes[0].startswith("the font 'damaged.ttf' is damaged (")
    assert picture.tobytes() == lettered(font=None, layout=layout)[0].tobytes()


def test_the_text_decides_its_direction_unless_it_is_given():
    by_text, forced, left = (
        lettered("אב AB", right_to_left=direction)[0] for direction in (None, True, False)
    )
    assert ink_box(ImageChops.difference(by_text, forced).convert("RGB")) == (0, 0, 400, 600)
    assert by_text.tobytes() == forced.tobytes() != left.tobytes()


def test_letters_survive_the_encoding():
    picture = opened(drawn("I", maximum=110, gravity="center"))
    assert close_to(picture.getpixel((200, 460)), (255, 255, 255), 12)
    assert ink_of(picture) is not None


TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=20),
    st.text(alphabet="g\u0301\u0316\u0323Åjqy漢", max_size=40),
    st.sampled_from(
        ["THE HOBBIT", "W" * 300, "word " * 300, '$(id) `x` "q"', "\n\n\n", "…", "🎬👩‍👧🇩🇪", "ﷺ﷽"]
    ),
)


@given(
    TEXTS,
    st.integers(1, 380),
    st.integers(1, 300),
    st.integers(0, 250),
    st.integers(1, 60),
    st.integers(1, 200),
    st.sampled_from(["south", "northwest", "center", "east"]),
    st.integers(0, 25),
    st.integers(-80, 80),
    st.sampled_from([BASIC, BEST]),
)
@example("Åg̣", 1, 1, 0, 45, 300, "south", 6, -50, BEST)
def test_no_text_ever_leaves_its_box(
    text, width, height, offset, minimum, maximum, place, stroke, spacing, layout
):
    picture, drawn_text = lettered(
        text,
        layout=layout,
        width=width,
        height=height,
        offset=offset,
        minimum=minimum,
        maximum=maximum,
        gravity=place,
        stroke_width=stroke,
        line_spacing=spacing,
    )
    left, bottom = (400 - width) // 2, 600 - offset
    picture.paste(BACKGROUND, (left, bottom - height, left + width, bottom))
    assert ink_box(picture) is None
    assert drawn_text.size <= maximum


def test_text_that_is_not_cut_shows_all_of_its_ink():
    picture, drawn_text = lettered(
        "Ågj", maximum=80, stroke_width=10, gravity="center", width=300, height=200
    )
    assert not drawn_text.truncated
    left, top, right, bottom = ink_box(picture)
    assert left > 50 and right < 350 and top > 320 and bottom < 520
