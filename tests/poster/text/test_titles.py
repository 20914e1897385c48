"""Real titles from many languages, on a poster with the default settings."""

import pytest
from PIL import ImageFont, features

from app.poster.drawing.draw import draw
from tests.poster.pictures import ink_of, make_design, make_lettering, make_picture, opened

LAYOUTS = [ImageFont.Layout.BASIC] + [ImageFont.Layout.RAQM] * features.check("raqm")
TITLES = {
    "8½": None,
    "AMÉLIE – LE FABULEUX DESTIN": None,
    "Слуга народа": None,
    "Їжак у тумані": "FiraSansExtraCondensed-Bold",
    "ΟΔΥΣΣΕΙΑ": "FiraSansExtraCondensed-Bold",
    "Chuyện của Pao: Ấ Ệ": "FiraSansExtraCondensed-Bold",
    "Fauda פאודה 2": "NotoSansHebrew-Bold",
    "جدایی نادر از سیمین": "NotoSansArabic-Bold",
    "سلام": "NotoSansArabic-Bold",
    "千と千尋の神隠し": "NotoSansCJK-Bold",
    "霸王别姬": "NotoSansCJK-Bold",
    "오징어 게임": "BlackHanSans-Regular",
    "ฉลาดเกมส์โกง": "NotoSansThai-Bold",
    "सेक्रेड गेम्स": "NotoSansDevanagari-Bold",
    "பொன்னியின் செல்வன்": "NotoSansTamil-Bold",
    "ദൃശ്യം": "NotoSansMalayalam-Bold",
    "მონანიება": "NotoSansGeorgian-Bold",
    "WALL★E": "DejaVuSans-Bold",
    "The 🎬 Movie": "NotoEmoji-Bold",
}
BOX = {"width": 1900, "height": 500, "offset": 430, "minimum": 45, "maximum": 300}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_large_and_complete_and_stands_in_its_box(title, layout):
    design = make_design((2000, 3000), letterings=(make_lettering(title, **BOX),))
    drawing = draw(make_picture((2000, 3000)), design, layout)
    left, top, right, bottom = ink_of(opened(drawing))
    assert 50 <= left < right <= 1950 and 2070 <= top < bottom and abs(bottom - 2570) <= 2
    assert not drawing.truncated and drawing.point_sizes[0] >= 120
    assert abs((left + right) / 2 - 1000) <= 3
    notes = " ".join(drawing.notes)
    assert "left out" not in notes
    assert (TITLES[title] or "") in notes and bool(TITLES[title]) == ("missing in" in notes)
