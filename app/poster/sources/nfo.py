"""The facts in NFO files, also in those that are no clean XML; nothing external is ever read."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.sources.written_ids import distinct, ids_in_text, named_id, provider_id

LARGEST_NFO = 1024 * 1024
MEDIA = {"movie": Medium.FILM, "tvshow": Medium.SHOW, "episodedetails": Medium.EPISODE}
DECLARED_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", re.IGNORECASE)
ROOT_TAG = re.compile(r"<(/?)(movie|tvshow|episodedetails)(?:\s[^<>]*)?>", re.IGNORECASE)
OPENING = re.compile(r"<(movie|tvshow|episodedetails)[\s>]", re.IGNORECASE)
LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)", re.IGNORECASE)
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NUMBER_OF_NOTHING = re.compile(
    r"&#(?:0*(?:[0-8]|1[1-24-9]|2\d|3[01])|x0*(?:[0-8]|b|c|e|f|1[0-9a-f]));", re.IGNORECASE
)
LOOSE_ID = re.compile(
    r"<(?:(?P<tag>tmdb|imdb|tvdb|anidb)_?id|uniqueid[^<>]{0,99}type=[\"'](?P<type>\w+)[\"'][^<>]{0,99})>\s*(?P<value>[\w]+)\s*<",
    re.IGNORECASE,
)
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ID_TAGS = {"tmdbid", "tmdb_id", "imdbid", "imdb_id", "tvdbid", "tvdb_id", "anidbid", "anidb_id"}
FOUR_DIGITS = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Nfo:
    """The facts of one entry; "", None or () stand for what it does not contain."""

    medium: Medium
    title: str = ""
    original_title: str = ""
    year: int | None = None
    ids: tuple[ProviderId, ...] = ()
    tags: tuple[str, ...] = ()
    season: int | None = None
    episode: int | None = None
    watched: bool | None = None
    order: str = ""


def read_nfo(path: Path, medium: Medium) -> tuple[Nfo, ...]:
    """The entries of the file, of which a file of several episodes has several; () where there is no file.

    An empty or unreadable file is no NFO. A file without entries gives one with the ids in its text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_NFO)
    except OSError:
        return ()
    return nfo_entries(decoded_text(content), medium)


def nfo_entries(text: str, medium: Medium) -> tuple[Nfo, ...]:
    pieces, outside = root_elements(NOT_IN_XML.sub("", without_document_type(text)))
    loose = ids_in_text(outside, medium)
    entries = tuple(nfo_entry(piece, medium, loose) for name, piece in pieces if MEDIA[name] is medium)
    if entries:
        return entries
    if any(MEDIA[found[1].lower()] is not medium for found in OPENING.finditer(outside)):
        return ()
    ids = distinct((*loose_ids(outside, medium), *loose))
    return (Nfo(medium, ids=ids),) if ids else ()


def without_document_type(text: str) -> str:
    """The text without its first document type, so that no entity of it is ever expanded."""
    start = text.upper().find("<!DOCTYPE")
    if start < 0:
        return text
    subset, end = text.find("[", start), text.find(">", start)
    if 0 <= subset < end:
        end = text.find(">", text.find("]", subset))
    return text[:start] + text[end + 1 :] if end >= 0 else text[:start]


def root_elements(text: str) -> tuple[list[tuple[str, str]], str]:
    """The root elements in the text as (name, text) pairs, and what stands outside of them."""
    pieces, outside, place = [], [], 0
    opening: re.Match[str] | None = None
    for tag in ROOT_TAG.finditer(text):
        if opening is None:
            opening = None if tag[1] else tag
        elif tag[1] and tag[2].lower() == opening[2].lower():
            pieces.append((tag[2].lower(), text[opening.start() : tag.end()]))
            outside.append(text[place : opening.start()])
            opening, place = None, tag.end()
    return pieces, "".join((*outside, text[place:]))


def decoded_text(content: bytes) -> str:
    """The text in the encoding that its mark or declaration names, else UTF-8, else Latin-1."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    declared = DECLARED_ENCODING.match(content)
    names = [marked, "utf-8", declared and declared[1].decode("ascii"), "latin-1"]
    if content[:64].count(b"\0") > 8:
        names.insert(1, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    for name in filter(None, names):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return ""


def nfo_entry(text: str, medium: Medium, loose: tuple[ProviderId, ...]) -> Nfo:
    """The facts of one entry; those that stand in its text where it cannot be repaired."""
    repaired = LOOSE_AMPERSAND.sub("&amp;", NUMBER_OF_NOTHING.sub("", text))
    try:
        root = fromstring(repaired, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return Nfo(medium, ids=distinct((*loose_ids(text, medium), *ids_in_text(text, medium), *loose)))
    return Nfo(
        medium,
        title=text_in(root, "title"),
        original_title=text_in(root, "originaltitle"),
        year=year_in(root),
        ids=distinct((*entry_ids(root, medium), *ids_in_text(text, medium), *loose)),
        tags=tuple(filter(None, ((tag.text or "").strip() for tag in root.iter("tag")))),
        season=number_in(root, "season"),
        episode=number_in(root, "episode"),
        watched=watched_in(root),
        order=text_in(root, "displayorder"),
    )


def entry_ids(root: Element, medium: Medium) -> Iterator[ProviderId | None]:
    """The ids of an entry, those first whose authority is named."""
    for tag in root.iter("uniqueid"):
        yield named_id(tag.get("type", ""), medium, tag.text or "")
    for tag in root:
        if tag.tag.lower() in ID_TAGS:
            yield named_id(tag.tag.lower().removesuffix("id").rstrip("_"), medium, tag.text or "")
    yield from ids_of_guide(text_in(root, "episodeguide"), medium)
    for tag in root.findall("id"):
        yield from ids_of_plain(tag, medium)


def ids_of_plain(tag: Element, medium: Medium) -> Iterator[ProviderId | None]:
    """The id of `<id>`, which Kodi's default providers wrote: IMDb or TMDB of a film, TVDB of all else."""
    for authority in Authority:
        yield named_id(authority.value, medium, tag.get(authority.value.upper(), ""))
    value = (tag.text or "").strip()
    if value.lower().startswith("tt"):
        yield provider_id(Authority.IMDB, medium, value)
    else:
        yield provider_id(Authority.TMDB if medium is Medium.FILM else Authority.TVDB, medium, value)


def ids_of_guide(text: str, medium: Medium) -> Iterator[ProviderId | None]:
    """The ids in the episode guide of a show, which newer programs write as JSON."""
    try:
        guide = json.loads(text) if medium is Medium.SHOW and text.startswith("{") else {}
    except (ValueError, RecursionError):
        return
    for authority, value in guide.items():
        yield named_id(authority, medium, str(value))


def loose_ids(text: str, medium: Medium) -> Iterator[ProviderId | None]:
    for found in LOOSE_ID.finditer(text):
        yield named_id(found["tag"] or found["type"], medium, found["value"])


def text_in(root: Element, name: str) -> str:
    return " ".join((root.findtext(name) or "").split())


def number_in(root: Element, name: str) -> int | None:
    text = text_in(root, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def year_in(root: Element) -> int | None:
    texts = (text_in(root, name) for name in ("year", "premiered", "releasedate", "aired"))
    years = (int(found[0]) for text in texts if (found := FOUR_DIGITS.match(text)))
    return next((year for year in years if year), None)


def watched_in(root: Element) -> bool | None:
    watched, count = text_in(root, "watched").lower(), number_in(root, "playcount")
    if watched in ("true", "false"):
        return watched == "true"
    return None if count is None else count > 0
