"""The kind of a file, by the name that the poster script gives it."""

import re
from functools import lru_cache
from urllib.parse import quote

# What players show beside the title: counted with no kind and listed in no gallery.
OTHER = "other"
KINDS = ("poster", "background", "season", "titlecard", OTHER)
PLURALS = {
    "posters": "poster",
    "backgrounds": "background",
    "seasons": "season",
    "titlecards": "titlecard",
}
# Thumbnails of Synology, and files that a repair of the disk saves, which only root may read.
FOREIGN_FOLDERS = ("@eaDir", "lost+found")
# The names that the poster script, Kometa, Plex, Jellyfin, Emby and Kodi document, alone or after the name of
# an item and "_" or "-". "art" is a background only alone, since titles end in it.
BACKGROUND = r"(?:background|backdrop|fanart)[-_ ]?[0-9]*|(?<![^/])art"
OTHERS = (
    r"(?:clear|hd|hdclear)?logo|banner|(?:hd)?(?:movie)?clearart|disc|discart|cdart|characterart|landscape"
    r"|keyart|square|thumb"
)
SEASON = r"season[-_ .]?(?:[0-9]+|specials|all)(?:-poster)?"
EPISODE = r"s[0-9]+[-_ .]?e[0-9]+(?:[-_ .]?e?[0-9]+)*"
# Kodi and Jellyfin keep the picture of an episode beside its file, under the whole name of the file.
EPISODE_THUMB = (
    r"(?:.*[^a-z0-9])?(?:s[0-9]+[-_ .]?e[0-9]+|[0-9]+x[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[^0-9].*)?-thumb"
)
IMAGE = re.compile(
    rf"(?:(?P<titlecard>{EPISODE_THUMB})|(?:.*[-_] ?)?(?:(?P<background>{BACKGROUND})|(?P<other>{OTHERS})"
    rf"|(?P<season>{SEASON})|(?P<episode>{EPISODE}))|.+)\.(?:jpg|jpeg|png|webp)",
    re.IGNORECASE | re.DOTALL,
)
GROUPS = {"episode": "titlecard", None: "poster"}
# Stands for the files that lie in the root itself, as all do in a flat layout.
ROOT_FOLDER = "(root)"
SHOW_WORDS = re.compile(r"show|series|serien|\btv\b", re.IGNORECASE)


# The same few names come again in every folder.
@lru_cache(maxsize=4096)
def asset_kind(name: str) -> str | None:
    """Return the kind of the image that a file name stands for, None if it is no image."""
    found = IMAGE.fullmatch(name)
    return GROUPS.get(found.lastgroup, found.lastgroup) if found else None


def is_passed_over(name: str) -> bool:
    """Whether a name is skipped: hidden files are those that a script still writes."""
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

    The name of a library decides where its type is unknown.
    """
    is_show = SHOW_WORDS.search(library) if holds_shows is None else holds_shows
    item = "Show" if is_show else "Movie"
    words = {
        "poster": item,
        "background": f"{item} Background",
        "season": "Season",
        "titlecard": "Episode",
        OTHER: "Other",
    }
    return words[kind]


def address(prefix: str, path: str) -> str:
    """Where the image is served."""
    return f"/{prefix}/{quote(path)}"


def join_path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
