"""What two machines must have in common so that the same order gives the same bytes on both."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from platform import machine
from unicodedata import unidata_version

from PIL import features

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.drawing.design import Design, Lettering
from app.poster.planning.ingredients import DRAWING_VERSION
from app.poster.records.candidate import Typography
from app.poster.script.report import script_version

PACKAGES = ("Pillow", "cykooz-resizer", "fonttools", "budoux", "pyphen", "arabic-reshaper")
CODECS = ("jpg", "webp", "avif", "libtiff", "zlib", "freetype2", "raqm", "fribidi", "harfbuzz", "littlecms2")
SAMPLE = (160, 240)
# Several scripts, so that a machine without a font or without shaping draws something else.
SAMPLE_TEXT = "Æther قصة 東京 हिन्दी"


def drawing_facts() -> dict[str, str]:
    """Versions of all that draws, and the SHA-256 of a sample picture, drawn here and now."""
    return {
        "Posterizarr Server": script_version(),
        "drawing version": DRAWING_VERSION,
        "processor": machine(),
        "Unicode": unidata_version,
        **{name: installed_version(name) for name in PACKAGES},
        **{codec: features.version(codec) or "none" for codec in CODECS},
        "sample picture": sample_digest(),
    }


def installed_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def sample_digest() -> str:
    """Of a picture that was made from words, then decoded, enlarged and written on."""
    width, height = SAMPLE
    first = draw_order(DrawOrder(Typography("Nosferatu", "1922"), Design(SAMPLE)))
    lettering = Lettering(SAMPLE_TEXT, None, 8, 60, 2 * width, height, 0)
    second = draw_order(DrawOrder(first.jpeg, Design((2 * width, 2 * height), letterings=(lettering,))))
    return sha256(second.jpeg).hexdigest()


def difference(theirs: Mapping[str, str], ours: Mapping[str, str]) -> str:
    """What differs first, as the end of a sentence; "" where the same order gives the same bytes."""
    for name in (*ours, *theirs):
        if theirs.get(name) != ours.get(name):
            return f"its {name} is {theirs.get(name, 'unknown')}, here it is {ours.get(name, 'unknown')}"
    return ""
