"""Designs in folders, for tests."""

import json
from io import BytesIO

from fontTools.ttLib import TTFont
from PIL import Image

from app.core.designs.reading import parse_design
from app.poster.text.fonts import FOLDER

FONT = FOLDER / "NotoSansLisu-Bold.ttf"
SETTINGS = {
    "PrerequisitePart": {"font": "Own.ttf", "overlayfile": "own.png"},
    "PosterOverlayPart": {"fontcolor": "#ff8800", "AddBorder": "false"},
    "EnginePart": {"LetterSpacing": "80", "LabelFont": "Own.ttf"},
}


def make_document(**overrides):
    """The content of a design.json."""
    return {
        "format": "posterizarr-design",
        "version": 1,
        "name": {"en": "Mine", "de": "Meins"},
        "settings": SETTINGS,
        "overlays": ["own.png"],
        "fonts": [{"file": "Own.ttf", "name": "Own", "licence": "OFL", "licence_file": "Own.txt"}],
    } | overrides


def make_png(size=(2000, 3000), color=(0, 0, 0, 90)):
    held = BytesIO()
    Image.new("RGBA", size, color).save(held, "PNG")
    return held.getvalue()


def make_font(licence="Free to use"):
    """A font whose table of names holds a licence."""
    held = BytesIO()
    with TTFont(FONT) as font:
        font["name"].setName(licence, 13, 3, 1, 0x409)
        font.save(held)
    return held.getvalue()


def make_design(paths, name="mine", files=None, **overrides):
    """A design of the user's, in its folder."""
    folder = paths.designs / name
    folder.mkdir(parents=True)
    (folder / "design.json").write_text(json.dumps(make_document(id=name, **overrides)))
    for file, content in (files or {"own.png": b"overlay", "Own.ttf": b"font", "Own.txt": b"OFL"}).items():
        (folder / file).write_bytes(content)
    return parse_design((folder / "design.json").read_bytes(), folder, True)[0]
