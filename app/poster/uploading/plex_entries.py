"""What Plex answers of an item's pictures: the list of a slot, and the item's own element."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from app.poster.records.server_art import Slot
from app.poster.sources.plex_xml import NoContainer, read_container
from app.poster.web.trouble import Trouble, WebTrouble

UPLOADED = "upload://"
# Plex numbers its kinds of items where it edits them.
TYPES = {"movie": "1", "show": "2", "season": "3", "episode": "4", "collection": "18"}
# Pictures that an item names in elements of their own, by the attribute that others have.
IMAGES = {"squareArt": "backgroundSquare", "clearLogo": "clearLogo"}


@dataclass(frozen=True, slots=True)
class SlotNames:
    """What Plex calls a slot: its list, the address that selects, and the attribute of the item."""

    list: str
    selected: str
    attribute: str


SLOTS = {
    Slot.POSTER: SlotNames("posters", "poster", "thumb"),
    Slot.BACKGROUND: SlotNames("arts", "art", "art"),
    Slot.SQUARE: SlotNames("squareArts", "squareArt", "squareArt"),
    Slot.LOGO: SlotNames("clearLogos", "clearLogo", "clearLogo"),
}


@dataclass(frozen=True, slots=True)
class PlexEntry:
    """One picture of a list; `art_id` is its ratingKey."""

    art_id: str
    is_selected: bool

    @property
    def is_upload(self) -> bool:
        return self.art_id.startswith(UPLOADED)


@dataclass(frozen=True, slots=True)
class PlexFacts:
    """One item: its library, its kind as a number, labels, locked fields, and the paths of what it shows."""

    section: str
    type: str
    labels: tuple[str, ...]
    locked: frozenset[str]
    paths: dict[str, str]

    def validator(self, names: SlotNames) -> str:
        return self.paths.get(names.attribute, "").rsplit("/", 1)[-1]


def plex_container(content: bytes) -> Element:
    try:
        return read_container(content)
    except NoContainer as error:
        raise WebTrouble(Trouble.BROKEN, f"Plex: {error}") from error


def plex_entries(content: bytes) -> list[PlexEntry]:
    """The pictures of a list in its order, each once; WebTrouble for what is no list."""
    found: dict[str, PlexEntry] = {}
    for row in plex_container(content):
        art_id = row.get("ratingKey", "")
        if art_id:
            found.setdefault(art_id, PlexEntry(art_id, row.get("selected") in ("1", "true")))
    return list(found.values())


def plex_facts(content: bytes, key: str) -> PlexFacts:
    """The item of an answer; WebTrouble where the answer has none."""
    row = next((row for row in plex_container(content) if row.get("ratingKey") == key), None)
    if row is None:
        raise WebTrouble(Trouble.NOT_FOUND, "Plex: there is no such entry", 404)
    paths = {names.attribute: row.get(names.attribute, "") for names in SLOTS.values()}
    images = {one.get("type", ""): one.get("url", "") for one in row.findall("Image")}
    paths |= {name: paths[name] or images.get(image, "") for name, image in IMAGES.items()}
    # Seasons and episodes name the pictures of their show where they have none themselves.
    own = {name: path for name, path in paths.items() if path.startswith(f"/library/metadata/{key}/")}
    return PlexFacts(
        row.get("librarySectionID", ""),
        TYPES.get(row.get("type", ""), ""),
        tuple(filter(None, (label.get("tag", "") for label in row.findall("Label")))),
        frozenset(field.get("name", "") for field in row.findall("Field") if field.get("locked") == "1"),
        own,
    )
