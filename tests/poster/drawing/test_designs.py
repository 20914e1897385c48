import json
import shutil
from pathlib import Path

import pytest

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.kind_plans import PLANS
from app.poster.drawing.overlays import ensure_default_overlays
from app.poster.drawing.resolution_overlays import KEYS, SWITCHES
from app.poster.kinds import Kind
from app.poster.settings import DEFAULTS, Settings
from app.poster.text.fonts import DEFAULT_FONT

FONTS = DEFAULT_FONT.parent
DEFAULT_VALUES = json.loads(DEFAULTS.read_text("utf-8"))
DRAWING_WORDS = (
    *(
        "overlay",
        "font",
        "border",
        "stroke",
        "pointsize",
        "maxwidth",
        "maxheight",
        "offset",
        "spacing",
        "gravity",
    ),
    *("4k", "1080p", "logo", "quality", "imageprocessing", "addtext", "addep", "color"),
)
# What decides whether something is drawn, which is known only with the picture that was found.
READ_ELSEWHERE = {
    ("PrerequisitePart", key)
    for key in (
        *("SkipAddText", "SkipAddTextAndOverlay", "SkipAddTextAndBorder", "UseClearlogo", "LogoTextFallback"),
        *(f"SkipLocal{name}TextAdd" for name in ("Poster", "Background", "Season", "TC")),
    )
} | {("ApiPart", "LogoLanguageOrder")}


@pytest.fixture(scope="module")
def default_overlays(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("default")
    ensure_default_overlays(folder)
    return folder


@pytest.fixture
def overlays(tmp_path, default_overlays) -> Path:
    return shutil.copytree(default_overlays, tmp_path / "Overlayfiles")


def make_book(overlays: Path, **sections) -> StyleBook:
    """Styles from the defaults and what a test changes of them; the font is one that is there."""
    fonts = dict.fromkeys(
        ("font", "collectionfont", "RTLFont", "backgroundfont", "titlecardfont"), DEFAULT_FONT.name
    )
    sections["PrerequisitePart"] = fonts | sections.get("PrerequisitePart", {})
    return StyleBook(Settings(sections, json.loads(DEFAULTS.read_text("utf-8"))), overlays)


@pytest.mark.parametrize(
    ("kind", "size", "minimum", "maximum", "box", "offset"),
    [
        (Kind.POSTER, POSTER_SIZE, 45, 300, (1760, 500), 430),
        (Kind.SEASON, POSTER_SIZE, 95, 250, (1760, 500), 400),
        (Kind.COLLECTION, POSTER_SIZE, 100, 250, (1760, 500), 300),
        (Kind.BACKGROUND, WIDE_SIZE, 100, 300, (3379, 500), 200),
        (Kind.TITLE_CARD, WIDE_SIZE, 50, 210, (3379, 400), 300),
    ],
)
def test_each_kind_has_its_own_default_geometry(overlays, kind, size, minimum, maximum, box, offset):
    style = make_book(overlays).style(kind)
    pattern = style.title.pattern
    assert (style.plain.size, style.plain.border_width, style.plain.quality) == (size, 30, 92)
    assert (pattern.minimum, pattern.maximum) == (minimum, maximum)
    assert ((pattern.width, pattern.height), pattern.offset) == (box, offset)
    assert (pattern.gravity, pattern.stroke_width, pattern.font) == ("south", 0, DEFAULT_FONT)


def test_a_box_that_the_user_has_set_is_used_as_it_is(overlays):
    own = {"MaxWidth": "1901", "MaxHeight": 600}
    card = {"maxPointSize": "151", "MaxHeight": "281"}
    book = make_book(overlays, PosterOverlayPart=own, TitleCardTitleTextPart=card)
    poster, title = (book.style(kind).title.pattern for kind in (Kind.POSTER, Kind.TITLE_CARD))
    assert (poster.width, poster.height) == (1901, 600)
    assert (title.maximum, title.width, title.height) == (151, 3379, 281)


@pytest.mark.parametrize("kind", PLANS)
def test_defaults_leave_nothing_to_complain_about(overlays, kind):
    book = make_book(overlays)
    assert book.style(kind).plain.overlay.parent == overlays
    assert book.notes == []


@pytest.mark.parametrize("kind", PLANS)
def test_the_border_is_that_of_the_kinds_own_section(overlays, kind):
    section = PLANS[kind].section
    plain = (
        make_book(overlays, **{section: {"borderwidth": "60", "bordercolor": "#ff0000"}}).style(kind).plain
    )
    assert (plain.border_width, plain.border_color) == (60, "#ff0000")


@pytest.mark.parametrize("kind", PLANS)
def test_border_overlay_and_text_can_be_switched_off(overlays, kind):
    section, switch = PLANS[kind].title
    off = {PLANS[kind].section: {"AddBorder": "false", "AddOverlay": False}}
    off.setdefault(section, {})[switch] = "false"
    style = make_book(overlays, **off).style(kind)
    assert (style.plain.border_width, style.plain.overlay) == (0, None)
    assert not style.title.shown
    assert all(lettering.text != "TITLE" for lettering in style.design("Title", "second").letterings)


def test_without_processing_a_picture_is_only_fitted(overlays):
    style = make_book(overlays, OverlayPart={"ImageProcessing": "false"}).style(Kind.TITLE_CARD)
    design = style.design("Title", "label")
    assert (design.overlay, design.border_width, design.letterings) == (None, 0, ())
    assert (design.comment, design.quality) == (None, None)


def test_a_title_card_has_two_texts_with_own_boxes_and_switches(overlays):
    both = make_book(overlays).style(Kind.TITLE_CARD).design("Secrets", "Season 1")
    assert [lettering.text for lettering in both.letterings] == ["SECRETS", "SEASON 1"]
    assert [lettering.offset for lettering in both.letterings] == [300, 150]
    only = make_book(overlays, TitleCardTitleTextPart={"AddEPTitleText": "false"}).style(Kind.TITLE_CARD)
    assert [lettering.text for lettering in only.design("Secrets", "Season 1").letterings] == ["SEASON 1"]


def test_the_show_title_on_a_season_needs_its_switch_and_the_seasons_text(overlays):
    show_title = {"ShowTitleOnSeasonPosterPart": {"AddShowTitletoSeason": "true"}}
    without = make_book(overlays).style(Kind.SEASON).design("Season 1", "Dark")
    both = make_book(overlays, **show_title).style(Kind.SEASON).design("Season 1", "Dark")
    off = make_book(overlays, **show_title, SeasonPosterOverlayPart={"AddText": "false"})
    assert [lettering.text for lettering in without.letterings] == ["SEASON 1"]
    assert [lettering.text for lettering in both.letterings] == ["SEASON 1", "DARK"]
    assert off.style(Kind.SEASON).design("Season 1", "Dark").letterings == ()


def test_a_blank_text_is_not_drawn(overlays):
    assert make_book(overlays).style(Kind.POSTER).design("  ").letterings == ()


def test_a_stroke_needs_its_switch(overlays):
    book = make_book(overlays, PosterOverlayPart={"AddTextStroke": "true", "strokewidth": "8"})
    assert book.style(Kind.POSTER).title.pattern.stroke_width == 8


def test_a_minimum_above_the_maximum_is_lowered_to_it(overlays):
    book = make_book(overlays, PosterOverlayPart={"minPointSize": "400", "maxPointSize": "200"})
    pattern = book.style(Kind.POSTER).title.pattern
    assert (pattern.minimum, pattern.maximum) == (200, 200)


def test_a_font_that_is_missing_is_replaced_and_named_once(overlays):
    book = make_book(overlays, PrerequisitePart={"font": "Nowhere.ttf"})
    assert book.style(Kind.POSTER).title.pattern.font == DEFAULT_FONT
    book.style(Kind.SEASON)
    assert [
        note for note in book.notes if "PrerequisitePart.font" in note and "Nowhere.ttf" in note
    ] == book.notes


def test_a_font_of_the_user_is_found_among_the_overlays(overlays):
    (overlays / "Mine.ttf").write_bytes((FONTS / "DejaVuSans-Bold.ttf").read_bytes())
    book = make_book(overlays, PrerequisitePart={"font": "Mine.ttf"})
    assert book.style(Kind.POSTER).title.pattern.font == overlays / "Mine.ttf"


def test_text_from_right_to_left_takes_its_own_font(overlays):
    book = make_book(overlays, PrerequisitePart={"RTLFont": "DejaVuSans-Bold.ttf"})
    title = book.style(Kind.POSTER).title
    assert title.letter("\u0641\u064a\u0644\u0645").font == FONTS / "DejaVuSans-Bold.ttf"
    assert title.letter("Dune").font == DEFAULT_FONT


@pytest.mark.parametrize("name", ["nowhere.png", "", "../config.json", f"{300 * 'x'}.png", "\0.png"])
def test_an_overlay_that_is_missing_is_replaced_and_named(overlays, name):
    book = make_book(overlays, PrerequisitePart={"overlayfile": name})
    assert book.style(Kind.POSTER).plain.overlay == overlays / "overlay-innerglow.png"
    assert len(book.notes) == 1
    assert book.notes[0].startswith("PrerequisitePart.overlayfile: ")


def test_shows_have_their_own_overlay_where_one_is_set(overlays):
    (overlays / "show.png").write_bytes((overlays / "overlay-innerglow.png").read_bytes())
    book = make_book(overlays, PrerequisitePart={"showoverlayfile": "show.png"})
    assert book.style(Kind.POSTER, of_show=True).plain.overlay.name == "show.png"
    assert book.style(Kind.POSTER).plain.overlay.name == "overlay-innerglow.png"
    assert book.style(Kind.BACKGROUND, of_show=True).plain.overlay.name == "backgroundoverlay-innerglow.png"


def test_titles_are_broken_at_symbols_and_labels_are_not(overlays):
    breaks = {"NewLineOnSpecificSymbols": "true", "NewLineSymbols": [" - "]}
    style = make_book(overlays, PrerequisitePart=breaks).style(Kind.TITLE_CARD)
    texts = [lettering.text for lettering in style.design("A - B", "C - D").letterings]
    assert texts == ["A\nB", "C - D"]


@pytest.mark.parametrize(("kind", "switch"), [(Kind.POSTER, "UseLogo"), (Kind.BACKGROUND, "UseBGLogo")])
def test_a_logo_stands_in_the_box_of_the_title_and_in_its_place(overlays, kind, switch):
    settings = {switch: "true", "ConvertLogoColor": "true", "LogoFlatColor": "#ffeedd"}
    style = make_book(overlays, PrerequisitePart=settings).style(kind)
    design, box = style.design("Dune", logo=b"logo"), style.title.pattern
    assert design.letterings == ()
    assert (design.logo.width, design.logo.height, design.logo.offset) == (box.width, box.height, box.offset)
    assert (design.logo.content, design.logo.gravity, design.logo.color) == (b"logo", "south", "#ffeedd")
    assert [one.text for one in style.design("Dune").letterings] == ["DUNE"], "without a logo the title stays"
    assert style.plain.logo is None


@pytest.mark.parametrize("kind", [Kind.SEASON, Kind.TITLE_CARD, Kind.COLLECTION])
def test_other_kinds_and_switched_off_texts_take_no_logo(overlays, kind):
    book = make_book(overlays, PrerequisitePart={"UseLogo": "true", "UseBGLogo": "true"})
    assert book.style(kind).design("Dune", "x", logo=b"logo").logo is None
    without = make_book(
        overlays, PrerequisitePart={"UseLogo": "true"}, PosterOverlayPart={"AddText": "false"}
    )
    assert without.style(Kind.POSTER).design("Dune", logo=b"logo").logo is None


def test_every_setting_of_the_packaged_file_that_draws_is_read(overlays, monkeypatch):
    """A setting that nobody reads would be offered and do nothing."""
    read = set()
    original = Settings._read
    monkeypatch.setattr(
        Settings,
        "_read",
        lambda self, section, key, convert: read.add((section, key)) or original(self, section, key, convert),
    )
    switches = dict.fromkeys(SWITCHES.values(), "true")
    settings = switches | {"UseLogo": "true", "UseBGLogo": "true", "ConvertLogoColor": "true"}
    sections = {name: {"AddTextStroke": "true"} for name in DEFAULT_VALUES if name.endswith("Part")}
    book = make_book(overlays, **sections | {"PrerequisitePart": settings})
    for kind in PLANS:
        for resolution in KEYS[Kind.POSTER]:
            book.style(kind, resolution=resolution)
        book.style(kind, of_show=True)
    drawing = {
        (section, key)
        for section, values in DEFAULT_VALUES.items()
        for key in values
        if any(word in key.casefold() for word in DRAWING_WORDS) and section not in ("WebUI", "Notification")
    }
    assert drawing - read - READ_ELSEWHERE == set()
