"""An item's own folder, found in its path and the roots of its library."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.poster.records.ids import Medium, ProviderId
from app.poster.sources.comparison import comparable_name
from app.poster.sources.written_ids import ids_in_name

WINDOWS_PATH = re.compile(r"(?:[A-Za-z]:|\\\\)")
EXTENDED_PREFIX = "\\\\?\\"
EXTENDED_SHARE = "UNC\\"
# Folders inside a film's own one that hold its disc or one part of it.
PARTS_OF_DISC = re.compile(
    r"(?:video_ts|bdmv|stream|hvdvd_ts|(?:cd|dvd|disc|disk)[ ._-]?\d{1,2})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """`root_folder` is the item's folder, or its file where it lies in the library's root; "" for none.

    `extra_folder` is the path between library and item with "/", or "".
    """

    root_folder: str = ""
    extra_folder: str = ""


def parts_of(path: str) -> tuple[str, ...]:
    """The parts of a path as its server writes it, of Windows or of others."""
    plain = path.strip()
    if plain.startswith(EXTENDED_PREFIX):
        plain = plain.removeprefix(EXTENDED_PREFIX)
        plain = plain.removeprefix(EXTENDED_SHARE)
    is_windows = WINDOWS_PATH.match(path.strip()) or ("\\" in plain and "/" not in plain)
    return tuple(filter(None, re.split(r"[\\/]" if is_windows else "/", plain)))


def below_root(path: str, roots: Sequence[str]) -> tuple[str, ...] | None:
    """The parts of `path` below the deepest root that holds it, None where none does."""
    parts = parts_of(path)
    names = tuple(map(comparable_name, parts))
    depths = [
        len(root) for root in map(parts_of, roots) if names[: len(root)] == tuple(map(comparable_name, root))
    ]
    return parts[max(depths) :] if depths else None


def item_folder(path: str, roots: Sequence[str], medium: Medium, is_folder: bool = False) -> OwnFolder:
    """The folder of a film (`path` is its file, or the folder of its disc) or of a show (its folder)."""
    # Where a server names no roots, the last folder of the path is the item's.
    depth = 2 if medium is Medium.FILM and not is_folder else 1
    below = below_root(path, roots) if roots else parts_of(path)[-depth:]
    if below is None or not path.strip():
        return OwnFolder()
    if medium is Medium.SHOW or is_folder:
        return folder_in(below or parts_of(path)[-1:])
    return folder_in(film_parts(below))


def film_parts(below: tuple[str, ...]) -> tuple[str, ...]:
    """The parts up to the film's folder; up to its file where that lies in the root."""
    folders = below[:-1]
    while len(folders) > 1 and PARTS_OF_DISC.fullmatch(folders[-1]):
        folders = folders[:-1]
    return folders or below


def ids_in_path(path: str, own: OwnFolder, medium: Medium) -> tuple[ProviderId, ...]:
    """The ids in the names of an item's folder and, for a film, of its file."""
    file = path.replace("\\", "/").rsplit("/", 1)[-1] if medium is Medium.FILM else ""
    return (*ids_in_name(own.root_folder, medium), *ids_in_name(file, medium))


def folder_in(parts: tuple[str, ...]) -> OwnFolder:
    return OwnFolder(parts[-1], "/".join(parts[:-1])) if parts else OwnFolder()
