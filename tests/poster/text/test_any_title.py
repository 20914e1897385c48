"""Random titles in every living script: nothing that can be drawn is lost, and nothing leaves the box."""

import unicodedata
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from app.poster.drawing.lettering import letter
from app.poster.text.fonts import DEFAULT_FONT, FALLBACK_FONTS, TextLayout, best_layout, coverage
from app.poster.text.script_runs import clean
from tests.poster.pictures import BACKGROUND, make_lettering, make_picture
from tests.poster.text.living_scripts import LIVING_SCRIPTS, characters_by_script

LANGUAGES = ("", "de", "fi", "ja", "zh-TW", "th", "ar", "hi", "tr")
BLANKS = " \n\u00a0"


@st.composite
def titles(draw):
    """Words of one script, often with a Latin one among them."""
    script = draw(st.sampled_from(sorted(LIVING_SCRIPTS.split())))
    word = st.text(st.sampled_from(characters_by_script()[script]), min_size=1, max_size=14)
    latin = st.sampled_from(["Dark", "2", "“Up”", "–", "?", "Gesellschaft:"])
    return " ".join(draw(st.lists(st.one_of(word, word, latin), min_size=1, max_size=5)))


@given(
    titles(),
    st.sampled_from(LANGUAGES),
    st.sampled_from([TextLayout.BASIC, best_layout()]),
    st.integers(60, 390),
    st.integers(30, 300),
    st.integers(0, 6),
)
def test_no_drawable_character_is_lost_and_none_leaves_the_box(text, language, layout, width, height, stroke):
    picture = make_picture((400, 600))
    lettering = make_lettering(
        text, minimum=8, width=width, height=height, stroke_width=stroke, language=language
    )
    drawn = letter(picture, lettering, layout)
    left, bottom = (400 - width) // 2, 600 - lettering.offset
    picture.paste(BACKGROUND, (left, bottom - height, left + width, bottom))
    assert ImageChops.difference(picture, make_picture((400, 600))).getbbox() is None
    if not drawn.truncated:
        lost = Counter(clean(text)) - Counter("".join(drawn.lines)) - Counter(BLANKS * len(text))
        assert set(lost) <= set(drawn.missing)
    covered = frozenset().union(*map(coverage, (DEFAULT_FONT, *FALLBACK_FONTS)))
    wrongly_missing = {
        one for one in drawn.missing if ord(one) in covered and unicodedata.category(one)[0] != "M"
    }
    assert wrongly_missing == set()


def test_the_same_title_is_drawn_in_the_same_bytes():
    def pixels():
        picture = make_picture((400, 600))
        letter(picture, make_lettering("“千と千尋” ကခဂ Straße", language="de"), best_layout())
        return picture.tobytes()

    assert pixels() == pixels()
