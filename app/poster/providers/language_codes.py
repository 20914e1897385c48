"""Languages as the providers write them, as ISO 639-1 with a region."""

from functools import lru_cache

import langcodes

# TVDB's own: the code of two characters is one region, that of three characters the other.
TVDB_OWN = {
    "pt": ("pt", "BR"),
    "por": ("pt", "PT"),
    "zho": ("zh", "CN"),
    "zhtw": ("zh", "TW"),
    "yue": ("zh", "HK"),
}
NO_LANGUAGE = frozenset(("", "xx", "00", "und", "zxx", "mis", "mul"))
UNKNOWN = ("", "")


@lru_cache(maxsize=1024)
def language_of(code: str | None) -> tuple[str, str]:
    """Language and region of a code of two or three characters, with or without a region; "" for none.

    "fre", "fra" and "fr" are "fr"; a language without such a code of two characters keeps that of three.
    """
    word = (code or "").strip()
    if word.lower() in NO_LANGUAGE:
        return UNKNOWN
    try:
        tag = langcodes.Language.get(word)
    except langcodes.LanguageTagError:
        return UNKNOWN
    region = tag.territory or ""
    return (
        (tag.language, region if region.isalpha() else "") if len(tag.language or "") in (2, 3) else UNKNOWN
    )


def tvdb_language(code: str | None) -> tuple[str, str]:
    """The same for a code of TVDB."""
    return TVDB_OWN.get((code or "").strip().lower()) or language_of(code)
