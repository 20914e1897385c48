"""Names and titles as they are compared: without regard to spelling, never in part."""

import re
from unicodedata import normalize

# Sonarr distinguishes shows of one name in this way, where a media server may have the name alone.
DISTINCTION = re.compile(r"\s*\(([^()]*)\)$")
YEAR = re.compile(r"(?:18|19|20|21)\d\d")


def comparable_name(name: str) -> str:
    """The name for look-ups: Unicode-normalised and case-folded."""
    return normalize("NFC", normalize("NFC", name).casefold())


def plain_title(title: str) -> str:
    """The alphanumeric characters of a title, case-folded, without accents; the title itself without any."""
    parts = normalize("NFKD", title.replace("&", " and ")).casefold()
    return "".join(filter(str.isalnum, parts)) or parts.strip()


def bare_forms(title: str) -> frozenset[str]:
    """The bare title, and the bare title without a closing "(2005)" or "(US)"."""
    plain = DISTINCTION.sub("", title)
    return frozenset(filter(None, (plain_title(title), plain_title(plain) if plain.strip() else "")))


def year_in_title(title: str) -> int | None:
    """The year of "Doctor Who (2005)"; None where the title ends otherwise."""
    found = DISTINCTION.search(title)
    return int(found[1]) if found and YEAR.fullmatch(found[1].strip()) else None
