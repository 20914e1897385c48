"""Titles, years and seasons in the names of folders and files."""

import re
from dataclasses import dataclass

from app.poster.sources.written_ids import without_ids

YEAR_IN_BRACKETS = re.compile(r"[(\[{]\s*((?:18|19|20)\d\d)(?:-\d\d-\d\d)?\s*[)\]}]")
PLAIN_YEAR = re.compile(r"(?<=[ ._-])((?:18|19|20)\d\d)(?=$|[ ._-])")
# Where a release name goes on with what the release is, the title is over.
RELEASE_WORD = re.compile(
    r"(?<![a-z0-9])(?:(?:4320|2160|1440|1080|720|576|480)[pi]|[48]k|uhd|blu-?ray|b[dr]-?rip|bdremux|remux|"
    r"web-?(?:dl|rip)?|hdtv|pdtv|dvd(?:-?rip|scr)?|hd-?rip|[xh]\.?26[45]|hevc|avc|xvid|divx|av1|"
    r"proper|repack|multi|dts(?:-?hd)?|truehd|atmos|ac3|e-?ac3|aac|ddp?\d\.\d|10bit|hdr(?:10)?|dovi)(?![a-z0-9])",
    re.IGNORECASE,
)
IN_BRACES = re.compile(r"\{[^{}]*\}")
LEADING_GROUP = re.compile(r"^\[[^\[\]]+\][ ._-]*(?=\S)")
EDGES = " -_.,"
SEASON_WORD = (
    r"season|series|staffel|saison|temporada|stagione|seizoen|s[æä]song|s[æe]son|sesong|kausi|sezona?|"
    r"s[ée]rie|évad|сезон|sezonul|시즌|シーズン"
)
SEASON_FOLDER = (
    re.compile(
        rf"(?:.*[ ._-])?(?:{SEASON_WORD})[ ._-]*(\d{{1,4}})(?![\d])(?:[ ._-].*|\s*[(\[].*)?", re.IGNORECASE
    ),
    re.compile(rf"(\d{{1,4}})\.?[ ._-]*(?:{SEASON_WORD})(?:[ ._-].*)?", re.IGNORECASE),
    re.compile(r"(?:.*[ ._-])?s(\d{1,4})(?:[ ._-].*|\s*[(\[].*)?", re.IGNORECASE),
    re.compile(r"第\s*(\d{1,4})\s*[季期]"),
    re.compile(r"(\d{1,2})"),
)
SPECIALS_FOLDER = re.compile(
    r"(?:specials?|ovas?|especiales|spécia(?:l|ux)|speciali|specjalne)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class NamedTitle:
    """A title without its year, and the year where the name has one."""

    title: str
    year: int | None = None


def title_of_name(name: str) -> NamedTitle:
    """The title and year of a folder's or file's name, which has no extension (any more).

    "Alien (1979) {tmdb-348}", "Alien.1979.1080p.BluRay.x264-GRP" and "Alien" are all "Alien".
    """
    plain = IN_BRACES.sub("", without_ids(name))
    bracketed = [found for found in YEAR_IN_BRACKETS.finditer(plain) if readable_name(plain[: found.start()])]
    if bracketed:
        return NamedTitle(readable_name(plain[: bracketed[-1].start()]), int(bracketed[-1][1]))
    return title_of_release(plain) or NamedTitle(readable_name(plain) or name.strip())


def title_of_release(name: str) -> NamedTitle | None:
    """The same for names in which a plain year or a release word ends the title; None for others."""
    word = RELEASE_WORD.search(name, 1) if name else None
    head = name[: word.start()] if word else name
    years = [found for found in PLAIN_YEAR.finditer(head) if readable_name(head[: found.start()])]
    # "Blade Runner 2049" has no release words, so that its number is a part of the title.
    if years and (word or years[-1].end() == len(head.rstrip(EDGES)) and "." in name):
        return NamedTitle(readable_name(head[: years[-1].start()]), int(years[-1][1]))
    return NamedTitle(readable_name(head)) if word and readable_name(head) else None


def readable_name(text: str) -> str:
    """Words with blanks between them, without the name of a release group before them."""
    plain = LEADING_GROUP.sub("", text) if LEADING_GROUP.sub("", text).strip(EDGES) else text
    if " " not in plain.strip():
        plain = re.sub(r"[._]+", " ", plain)
    return re.sub(r"\s+", " ", plain.replace("_", " ")).strip(EDGES)


def season_of_folder(name: str) -> int | None:
    """The number of a season's folder, 0 for specials, None for a folder of another kind."""
    plain = name.strip()
    if SPECIALS_FOLDER.fullmatch(plain):
        return 0
    for pattern in SEASON_FOLDER:
        found = pattern.fullmatch(plain)
        if found:
            return int(found[1])
    return None
