"""Colour names and hexadecimal colours as ImageMagick reads them."""

import re
from functools import lru_cache

from PIL import ImageColor

Color = tuple[int, int, int]

_HEXADECIMAL = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_GRAY = re.compile(r"gr[ae]y(100|[0-9]{1,2})")
_SHADE = re.compile(r"([a-z]+)([1-4])")
_SHADE_STRENGTH = {"1": 1.0, "2": 0.932, "3": 0.804, "4": 0.545}

_X11_ONLY = {
    "lightgoldenrod": "#eedd82",
    "lightslateblue": "#8470ff",
    "mediumforestgreen": "#32814b",
    "mediumgoldenrod": "#d1c166",
    "navyblue": "#000080",
    "violetred": "#d02090",
}

# X11 numbers four shades of a colour; the brightest is listed where it is not the colour of the plain name.
_BRIGHTEST_SHADE = {
    "antiquewhite": "#ffefdb",
    "brown": "#ff4040",
    "burlywood": "#ffd39b",
    "cadetblue": "#98f5ff",
    "chocolate": "#ff7f24",
    "coral": "#ff7256",
    "darkgoldenrod": "#ffb90f",
    "darkolivegreen": "#caff70",
    "darkorange": "#ff7f00",
    "darkorchid": "#bf3eff",
    "darkseagreen": "#c1ffc1",
    "darkslategray": "#97ffff",
    "firebrick": "#ff3030",
    "goldenrod": "#ffc125",
    "green": "#00ff00",
    "hotpink": "#ff6eb4",
    "indianred": "#ff6a6a",
    "khaki": "#fff68f",
    "lightblue": "#bfefff",
    "lightgoldenrod": "#ffec8b",
    "lightpink": "#ffaeb9",
    "lightskyblue": "#b0e2ff",
    "lightsteelblue": "#cae1ff",
    "maroon": "#ff34b3",
    "mediumorchid": "#e066ff",
    "mediumpurple": "#ab82ff",
    "olivedrab": "#c0ff3e",
    "orchid": "#ff83fa",
    "palegreen": "#9aff9a",
    "paleturquoise": "#bbffff",
    "palevioletred": "#ff82ab",
    "pink": "#ffb5c5",
    "plum": "#ffbbff",
    "purple": "#9b30ff",
    "rosybrown": "#ffc1c1",
    "royalblue": "#4876ff",
    "salmon": "#ff8c69",
    "seagreen": "#54ff9f",
    "sienna": "#ff8247",
    "skyblue": "#87ceff",
    "slateblue": "#836fff",
    "slategray": "#c6e2ff",
    "steelblue": "#63b8ff",
    "tan": "#ffa54f",
    "thistle": "#ffe1ff",
    "turquoise": "#00f5ff",
    "violetred": "#ff3e96",
    "wheat": "#ffe7ba",
}


@lru_cache(maxsize=64)
def parse_color(text: str) -> Color:
    """Red, green and blue (0-255) of `#RGB`, `#RRGGBB` or an X11 name; ValueError names a bad one."""
    name = re.sub(r"\s+", "", text).lower()
    if name.startswith("#"):
        return _hexadecimal(name, text)
    found = _plain(name) or _gray(name) or _shade(name)
    if found is None:
        raise ValueError(f"{text!r} is no colour: use #RGB, #RRGGBB or a name such as white or steelblue4")
    return found


def _hexadecimal(name: str, text: str) -> Color:
    if not _HEXADECIMAL.fullmatch(name):
        raise ValueError(f"{text!r} is no colour: # is followed by 3 or 6 hexadecimal digits")
    return ImageColor.getrgb(name)


def _plain(name: str) -> Color | None:
    known = _X11_ONLY.get(name) or (name in ImageColor.colormap and name)
    return ImageColor.getrgb(known) if known else None


def _gray(name: str) -> Color | None:
    match = _GRAY.fullmatch(name)
    return (int(int(match[1]) * 2.55 + 0.5),) * 3 if match else None


def _shade(name: str) -> Color | None:
    match = _SHADE.fullmatch(name)
    if match is None:
        return None
    base = match[1].replace("grey", "gray")
    brightest = _BRIGHTEST_SHADE.get(base)
    color = ImageColor.getrgb(brightest) if brightest else _plain(base)
    return color and tuple(int(part * _SHADE_STRENGTH[match[2]] + 0.5) for part in color)
