"""Provider ids as folder names, file names, web addresses and Plex guids write them."""

import re
from collections.abc import Iterable

from app.poster.records.ids import Authority, Medium, ProviderId

AUTHORITIES = {
    "tmdb": Authority.TMDB,
    "themoviedb": Authority.TMDB,
    "tvdb": Authority.TVDB,
    "thetvdb": Authority.TVDB,
    "imdb": Authority.IMDB,
    "anidb": Authority.ANIDB,
}
AUTHORITY = r"(?P<authority>themoviedb|tmdb|thetvdb|tvdb|imdb|anidb)"
# {tmdb-348} [tmdbid=348] {imdb-tt0078748} [tvdb2-79145] (tvdbid:81189), and the same without brackets.
NAMED_ID = re.compile(
    rf"(?<![a-z0-9]){AUTHORITY}[2-6]?[-_ ]?(?:id)?\s*[-=:_]\s*(?P<value>tt\d+|\d+)(?![a-z0-9])", re.IGNORECASE
)
BARE_IMDB = re.compile(r"(?<![a-z0-9])tt\d{7,9}(?![a-z0-9])", re.IGNORECASE)
BRACKETED = re.compile(r"[\[{(][^\[\]{}()]*[\]})]")
GUID = re.compile(
    rf"(?:com\.plexapp\.agents\.)?(?:(?:hama|{AUTHORITY})://)(?:(?P<inner>tvdb|anidb|tmdb|imdb)[2-6]?-)?"
    r"(?P<value>tt\d+|\d+)(?P<below>/[^?]*)?(?:\?.*)?",
    re.IGNORECASE,
)
ADDRESSES = (
    (Authority.TMDB, re.compile(r"themoviedb\.org/(?P<medium>movie|tv)/(?P<value>\d+)", re.IGNORECASE)),
    (Authority.IMDB, re.compile(r"imdb\.com/(?:[a-z-]+/)?title/(?P<value>tt\d+)", re.IGNORECASE)),
    (
        Authority.TVDB,
        re.compile(
            r"thetvdb\.com/(?:\?(?:[^\s<>\"]*[&;])?(?:series)?id=|dereferrer/(?:series|movie)/)(?P<value>\d+)",
            re.IGNORECASE,
        ),
    ),
)
LONGEST_NUMBER = 12
IMDB_DIGITS = 7


def provider_id(authority: Authority, medium: Medium, value: str) -> ProviderId | None:
    """The id in the provider's own spelling; None for what is no id, such as "", "0" and "null"."""
    digits = value.strip().lower().removeprefix("tt") if authority is Authority.IMDB else value.strip()
    if not (digits.isascii() and digits.isdigit() and int(digits[:LONGEST_NUMBER])):
        return None
    if len(digits) > LONGEST_NUMBER:
        return None
    written = f"tt{digits.zfill(IMDB_DIGITS)}" if authority is Authority.IMDB else str(int(digits))
    return ProviderId(authority, medium, written)


def named_id(authority: str, medium: Medium, value: str) -> ProviderId | None:
    """The same for an authority by the name that servers and NFO files give it, in upper or lower case."""
    known = AUTHORITIES.get(authority.strip().lower())
    return provider_id(known, medium, value) if known else None


def distinct(ids: Iterable[ProviderId | None]) -> tuple[ProviderId, ...]:
    """Each id once, in the order given; None is left out."""
    return tuple(dict.fromkeys(one for one in ids if one))


def ids_in_name(name: str, medium: Medium) -> tuple[ProviderId, ...]:
    """The ids in a folder's or file's name."""
    named = [named_id(found["authority"], medium, found["value"]) for found in NAMED_ID.finditer(name)]
    bare = [provider_id(Authority.IMDB, medium, found[0]) for found in BARE_IMDB.finditer(name)]
    return distinct((*named, *bare))


def without_ids(name: str) -> str:
    """The name without its ids and the brackets around them."""
    unbracketed = BRACKETED.sub(lambda found: "" if ids_in_name(found[0], Medium.FILM) else found[0], name)
    return BARE_IMDB.sub("", NAMED_ID.sub("", unbracketed)).strip(" -_.")


def ids_in_text(text: str, medium: Medium) -> tuple[ProviderId, ...]:
    """The ids in web addresses of providers; an address of another medium is passed over."""
    ids = []
    for authority, pattern in ADDRESSES:
        for found in pattern.finditer(text):
            path = found.groupdict().get("medium") or ""
            if not path or (path.lower() == "movie") == (medium is Medium.FILM):
                ids.append(provider_id(authority, medium, found["value"]))
    return distinct(ids)


def id_of_guid(guid: str, medium: Medium) -> ProviderId | None:
    """The id in a guid of Plex, of today's agents or of older ones.

    A guid with a season or an episode behind the number holds the show's id, so it names no episode.
    """
    found = GUID.fullmatch(guid.strip())
    if not found or (found["below"] and medium in (Medium.SEASON, Medium.EPISODE)):
        return None
    authority = found["inner"] or found["authority"]
    if not authority:
        return None
    return named_id(authority, medium, found["value"])
