"""Where each picture lies below the asset folder."""

import re
from dataclasses import dataclass
from hashlib import sha256

from app.poster.kinds import Kind
from app.poster.names import NOT_IN_COLLECTIONS, BadName
from app.poster.records.ids import Medium
from app.poster.records.library import Item

# What no file name of any disk we write to can hold; all else stays as the media has it.
NOT_IN_NAMES = re.compile(r"[/\\\x00-\x1f\x7f-\x9f]")
COLLECTIONS = "Collections"
LONGEST_NAME = 240  # bytes: 255 is what disks take, and files are first written under a longer name
DIGEST_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """The user's file layout: folders by library, or flat."""

    by_library: bool = True

    def folder(self, item: Item) -> str:
        """What all files of the item begin with, and what no other item's files begin with."""
        if item.medium is Medium.COLLECTION:
            return self._collection_folder(item)
        extra = [shortened(name) for name in item.extra_folder.split("/") if name]
        head = [shortened(item.library.name)] if self.by_library else []
        return "/".join((*head, *extra, shortened(item.root_folder)))

    def path(self, item: Item, stem: str) -> str:
        """The file of one picture: `stem` is "poster", "background", "Season01" or "S01E01".

        BadName where a folder's name has nothing that a file name could be made of.
        """
        if self.by_library:
            return f"{self.folder(item)}/{stem}.jpg"
        is_bare = stem == Kind.POSTER.value and item.medium is not Medium.COLLECTION
        end = ".jpg" if is_bare else f"_{stem}.jpg"
        head, slash, name = self.folder(item).rpartition("/")
        return f"{head}{slash}{shortened(name, LONGEST_NAME - len(end))}{end}"

    def _collection_folder(self, item: Item) -> str:
        """Collections lie apart from all films and shows, by library or flat."""
        name = shortened(NOT_IN_COLLECTIONS.sub("_", item.root_folder).strip().rstrip(". "))
        library = [shortened(item.library.name)] if self.by_library else []
        return "/".join((COLLECTIONS, *library, name))


def season_stem(number: int) -> str:
    """ "Season01" for season 1."""
    return f"Season{number:02}"


def episode_stem(season: int, episode: int) -> str:
    """ "S01E02" for episode 2 of season 1."""
    return f"S{season:02}E{episode:02}"


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    """The name as one part of a path, cut by bytes where the disk needs it; two long names stay different."""
    plain = NOT_IN_NAMES.sub("_", name).encode("utf-8", "replace")
    if not plain.strip(b"._ "):
        raise BadName(f"{name!r} cannot be the name of a folder")
    if len(plain) <= longest:
        return plain.decode()
    mark = f"~{sha256(plain).hexdigest()[:DIGEST_LETTERS]}"
    return plain[: longest - len(mark)].decode(errors="ignore").rstrip() + mark
