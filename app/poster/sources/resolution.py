"""The resolution of a video in the words that choose an overlay: "4K DoVi/HDR10", "4K", "1080p"."""

import re

# Width, height and word of each level. Films are cropped in one direction, so either may be smaller.
LEVELS = (
    (7680, 4320, "8K"),
    (5120, 2880, "5K"),
    (3840, 2160, "4K"),
    (2560, 1440, "1440p"),
    (1920, 1080, "1080p"),
    (1280, 720, "720p"),
    (854, 480, "480p"),
    (640, 360, "360p"),
    (426, 240, "240p"),
)
WIDTH_TOLERANCE = 0.95
HEIGHT_TOLERANCE = 0.98
IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
LINES = re.compile(
    r"(?<![a-z0-9])(4320|2880|2160|1440|1080|720|576|480|360|240)[pi]?(?![a-z0-9])", re.IGNORECASE
)
LEVEL_WORD = re.compile(r"(?<![a-z0-9])(8k|5k|4k|uhd)(?![a-z0-9])", re.IGNORECASE)
DOLBY_VISION = re.compile(r"(?<![a-z0-9])(dovi|dv|dolby[ ._-]?vision)(?![a-z0-9])", re.IGNORECASE)
HDR = re.compile(r"(?<![a-z0-9])hdr(10(\+|plus)?)?(?![a-z0-9])", re.IGNORECASE)
WORDS_OF_LINES = {"4320": "8K", "2880": "5K", "2160": "4K"}
WORDS_OF_LEVELS = {"uhd": "4K"}


def resolution_of_size(width: int | None, height: int | None, dynamic_range: str = "") -> str:
    """The word for a picture size in pixels, "" where nothing is known; a film 3836 wide is 4K.

    `dynamic_range` is what the server says of it ("DOVIWithHDR10", "HDR10 DolbyVision"); it counts for 4K.
    """
    for level_width, level_height, word in LEVELS:
        if (width or 0) >= level_width * WIDTH_TOLERANCE or (height or 0) >= level_height * HEIGHT_TOLERANCE:
            return with_range(word, *ranges_in_code(dynamic_range))
    return ""


def resolution_in_text(text: str) -> str:
    """The word for what a server calls a video stream, "" where its title contains no resolution.

    A closing part in brackets, such as "(HEVC Main 10)", is not looked at.
    """
    plain = text
    while IN_BRACKETS.search(plain) and IN_BRACKETS.sub("", plain):
        plain = IN_BRACKETS.sub("", plain)
    return level_in_text(plain)


def level_in_text(text: str) -> str:
    """The same for a text whose brackets count, such as a file's name."""
    word, lines = LEVEL_WORD.search(text), LINES.search(text)
    if word:
        level = WORDS_OF_LEVELS.get(word[1].lower(), word[1].upper())
    elif lines:
        level = WORDS_OF_LINES.get(lines[1], f"{lines[1]}p")
    else:
        return "SD" if text.strip().lower() == "sd" else ""
    return with_range(level, bool(DOLBY_VISION.search(text)), bool(HDR.search(text)))


def ranges_in_code(code: str) -> tuple[bool, bool]:
    """Whether Dolby Vision and whether HDR10 are in "DOVIWithHDR10", "DolbyVision", "HDR10Plus"."""
    plain = "".join(filter(str.isalnum, code.lower()))
    has_dolby_vision = "dovi" in plain or "dolbyvision" in plain
    # Dolby Vision with an enhancement layer (EL) is played as HDR10 where Dolby Vision is unknown.
    return has_dolby_vision, "hdr" in plain or (has_dolby_vision and "withel" in plain)


def with_range(level: str, has_dolby_vision: bool, has_hdr: bool) -> str:
    """The dynamic range is added for 4K only, because there are overlays for no other."""
    if level != "4K" or not (has_dolby_vision or has_hdr):
        return level
    if not has_dolby_vision:
        return "4K HDR10"
    return "4K DoVi/HDR10" if has_hdr else "4K DoVi"
