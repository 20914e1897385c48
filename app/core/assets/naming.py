"""What a file is, told by the name that the poster script gives it."""

import re
from functools import lru_cache
from urllib.parse import quote

KINDS = ("poster", "background", "season", "titlecard")
PLURALS = {
    "posters": "poster",
    "backgrounds": "background",
    "seasons": "season",
    "titlecards": "titlecard",
}
# Thumbnails that Synology makes, and what a repair of the disk saves, which only root may read.
FOREIGN_FOLDERS = ("@eaDir", "lost+found")
IMAGE = re.compile(
    r"(?:(?:.*_)?(?:(background)|(season[0-9]+)|(s[0-9]+e[0-9]+))|.+)\.(?:jpg|jpeg|png|webp)",
    re.IGNORECASE | re.DOTALL,
)
SHOW_WORDS = re.compile(r"show|series|serien|\btv\b", re.IGNORECASE)


# The same few names come again in every folder.
@lru_cache(maxsize=4096)
def kind_of(name: str) -> str | None:
    """Whether a file is a background, a season, a title card or a poster; None if it is no image."""
    found = IMAGE.fullmatch(name)
    return KINDS[found.lastindex or 0] if found else None


def is_passed_over(name: str) -> bool:
    """Hidden files are ones that a script still writes."""
    return name.startswith(".") or name in FOREIGN_FOLDERS


def is_storable(name: str) -> bool:
    """Bytes that are no UTF-8 fit neither into a database nor into JSON."""
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def full_type(kind: str, library: str, holds_shows: bool | None = None) -> str:
    """What clients call an image: "Show Background", "Episode" and so on.

    The name of a library tells what it holds where nobody knows that.
    """
    is_show = SHOW_WORDS.search(library) if holds_shows is None else holds_shows
    item = "Show" if is_show else "Movie"
    words = {"poster": item, "background": f"{item} Background", "season": "Season", "titlecard": "Episode"}
    return words[kind]


def address(prefix: str, path: str) -> str:
    """Where the image is served."""
    return f"/{prefix}/{quote(path)}"


def joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
