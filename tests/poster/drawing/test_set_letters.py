"""Letters set apart, with a shadow, and on an even baseline: what designs ask of the engine."""

import json

import pytest
from PIL import Image, ImageStat

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.lettering import letter, measure_text
from app.poster.kinds import Kind
from app.poster.planning.ingredients import without_paths
from app.poster.settings import DEFAULTS, OWN_SECTION, Settings, read_settings
from app.poster.text.block import Block, draw_ink
from app.poster.text.fonts import FOLDER, TextLayout, best_layout
from app.poster.text.typesetter import Typesetter
from tests.poster.pictures import make_design, make_lettering, make_picture

FIRA, ARABIC = FOLDER / "FiraSansExtraCondensed-Bold.ttf", "وجدة"
SIZE = 100
LAYOUTS = pytest.mark.parametrize("layout", {TextLayout.BASIC, best_layout()}, ids=lambda layout: layout.name)
SETTINGS = Settings({}, json.loads(DEFAULTS.read_text("utf-8")))


def setter(text, spacing, layout, right_to_left=False):
    return Typesetter(text, FIRA, right_to_left, layout, spacing=spacing)


def ink_width(text, spacing, layout):
    return draw_ink(setter(text, spacing, layout), Block((text,), SIZE, SIZE, 0)).letters.width


@LAYOUTS
@pytest.mark.parametrize(
    ("text", "gaps"), [("HOBBIT", 5), ("AV", 1), ("Łódź", 3), ("office", 5), ("ИДИ И", 4)]
)
def test_each_letter_is_followed_by_its_share_of_the_size_and_the_last_one_by_nothing(text, gaps, layout):
    apart = ink_width(text, 200, layout) - ink_width(text, 0, layout)
    # Ligatures open, and edges fall on whole pixels.
    assert abs(apart - gaps * 20) <= 6
    widened = setter(text, 200, layout).width(text, SIZE) - setter(text, 0, layout).width(text, SIZE)
    assert abs(widened - (gaps + 1) * 20) <= 6


@LAYOUTS
@pytest.mark.parametrize("text", [ARABIC, "बाहुबली", "七人の侍", "לבנון"])
def test_scripts_whose_letters_join_or_stand_in_cells_stay_as_they_are(text, layout):
    one, other = (setter(text, spacing, layout, text == ARABIC) for spacing in (0, 200))
    assert one.width(text, SIZE) == other.width(text, SIZE)


@pytest.mark.parametrize("gravity", ["south", "southwest", "north", "center"])
def test_even_texts_stand_alike_whether_or_not_they_have_descenders(gravity):
    def ink_of(text, even):
        lettering = make_lettering(text, font=FIRA, maximum=60, gravity=gravity, even=even)
        return measure_text((400, 600), lettering, best_layout()).ink

    flat, hanging, uneven = ink_of("HHHH", True), ink_of("HHgH", True), ink_of("HHgH", False)
    assert abs(flat[1] - hanging[1]) <= 1 and hanging[3] > flat[3] + 5
    assert gravity == "north" or uneven[1] < hanging[1]


def test_descenders_that_hang_out_of_an_even_box_are_drawn():
    lettering = make_lettering(
        "HgH", font=FIRA, minimum=100, maximum=100, height=90, gravity="south", even=True
    )
    canvas = make_picture((400, 600))
    before = canvas.copy()
    letter(canvas, lettering, best_layout())
    below = (0, 600 - lettering.offset, 400, 600)
    assert canvas.crop(below).tobytes() != before.crop(below).tobytes()


def test_a_shadow_darkens_softly_around_letters_and_nothing_far_from_them():
    canvas = Image.new("RGB", (2000, 3000), "white")
    lettering = make_lettering("HOBBIT", maximum=200, width=1600, height=300, offset=1300, shadow=80)
    drawn = letter(canvas, lettering, best_layout())
    assert drawn.contrast > 1.5
    near, far = (
        ImageStat.Stat(canvas.crop(box)).mean[0] for box in ((700, 1545, 1300, 1555), (0, 0, 2000, 900))
    )
    assert near < 250 and far == 255


def test_labels_take_the_label_font_and_spacing(tmp_path):
    own = {"LetterSpacing": "50", "LabelSpacing": "300", "LabelFont": FIRA.name, "TextShadow": "40"}
    sections = {OWN_SECTION: own, "ShowTitleOnSeasonPosterPart": {"AddShowTitletoSeason": "true"}}
    book = StyleBook(SETTINGS.over(sections), tmp_path)
    for kind, labels in (
        (Kind.TITLE_CARD, [1]),
        (Kind.COLLECTION, [1]),
        (Kind.SEASON, [0]),
        (Kind.POSTER, []),
    ):
        for number, one in enumerate(book.style(kind).design("Season 1", "Dark").letterings):
            is_label = number in labels
            assert (one.font == FIRA, one.spacing, one.shadow) == (is_label, 300 if is_label else 50, 40)


def test_a_season_without_the_shows_title_is_no_label(tmp_path):
    book = StyleBook(SETTINGS.over({OWN_SECTION: {"LabelSpacing": "300"}}), tmp_path)
    assert [one.spacing for one in book.style(Kind.SEASON).design("Season 1", "Dark").letterings] == [0]


def test_pictures_of_before_are_made_of_the_same_as_ever():
    plain = make_design(letterings=(make_lettering(),))
    assert not {"spacing", "shadow", "even"} & without_paths(plain)["letterings"][0].keys()
    set_apart = make_design(letterings=(make_lettering(spacing=5, even=True),))
    assert {"spacing", "even"} <= without_paths(set_apart)["letterings"][0].keys()


def test_our_own_settings_are_read_from_beside_config_json(tmp_path):
    for content, spacing in (
        ('{"LetterSpacing": "70"}', 70),
        ("{", 0),
        ("[]", 0),
        ('{"LetterSpacing": "9999"}', 0),
    ):
        (tmp_path / "engine.json").write_text(content)
        assert (
            read_settings(tmp_path / "config.json").whole(OWN_SECTION, "LetterSpacing", -100, 600) == spacing
        )
