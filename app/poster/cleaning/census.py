"""What the listing of a run says: which pictures are wanted, and which libraries are known whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.names import BadName
from app.poster.records.library import Item, Library
from app.poster.sources.comparison import comparable_name
from app.poster.worklist.layout import Layout, shortened

NOT_LISTED = "no listed library has its name"
EXCLUDED = "a library of this name is excluded"
CUT_SHORT = "its library was not listed to its end"
EMPTY = "its library lists nothing at all"
NO_FOLDER = "its library has films or shows without a folder"
FILES_GONE = "its library keeps films or episodes whose files are gone at the moment"


@dataclass
class LibraryCount:
    """One library of the run: how many items it gave, and what keeps it from being known whole, or ""."""

    items: int = 0
    doubt: str = CUT_SHORT
    has_item_without_folder: bool = False

    @property
    def reason(self) -> str:
        """Why nothing of this library may be deleted, "" where it may."""
        if self.doubt:
            return self.doubt
        if self.has_item_without_folder:
            return NO_FOLDER
        return "" if self.items else EMPTY


class Census:
    """Takes down the listing of one run; names are compared without regard to case, as some disks do.

    Used by one thread. `excluded` are the libraries that the settings leave out.
    """

    def __init__(self, layout: Layout, kinds: frozenset[Kind], excluded: Iterable[str] = ()):
        self.layout = layout
        self._kinds = kinds
        self._wanted: set[str] = set()
        self._folders: set[str] = set()
        self._counts: dict[tuple[str, str], LibraryCount] = {}
        self._keys_of_place: dict[str, set[tuple[str, str]]] = {}
        self._excluded = {library_folder(name) for name in excluded}

    def begin(self, library: Library) -> None:
        """The listing of the library begins; it counts as cut short until `end`."""
        self._count(library)

    def item(self, item: Item, paths: Iterable[str]) -> None:
        """The item is in its library, and these files are wanted of it, whether they are made or not."""
        count = self._count(item.library)
        count.items += 1
        try:
            self._folders.add(comparable_name(self.layout.folder(item)))
        except BadName:
            count.has_item_without_folder = True
        self._wanted.update(map(comparable_name, paths))

    def end(self, library: Library, is_whole: bool, files_gone: bool = False) -> None:
        """The listing of the library is over; `files_gone` where the source kept rows back for that."""
        doubt = FILES_GONE if files_gone else ""
        self._count(library).doubt = doubt if is_whole else CUT_SHORT

    def wants(self, path: str) -> bool:
        return comparable_name(path) in self._wanted

    def spares(self, folder: str, kind: Kind) -> bool:
        """Whether the item is listed and its pictures of this kind are not looked for at present."""
        return kind not in self._kinds and comparable_name(folder) in self._folders

    def makes(self, kind: Kind) -> bool:
        return kind in self._kinds

    def doubt_of(self, place: str) -> str:
        """Why nothing in a library's folder may be deleted, "" where all libraries of it are known whole."""
        if place in self._excluded:
            return EXCLUDED
        reasons = [self._counts[key].reason for key in self._keys_of_place.get(place, ())]
        return next(filter(None, reasons), "") if reasons else NOT_LISTED

    def doubt_of_any(self) -> str:
        """Why the files of some library cannot be judged, "" where every library is known whole."""
        return next(filter(None, (count.reason for count in self._counts.values())), "")

    @property
    def has_excluded(self) -> bool:
        return bool(self._excluded)

    def _count(self, library: Library) -> LibraryCount:
        key = (library.source.value, library.key)
        self._keys_of_place.setdefault(library_folder(library.name), set()).add(key)
        return self._counts.setdefault(key, LibraryCount())


def library_folder(library: str) -> str:
    """The folder of a library as the census compares it; several libraries may share one."""
    try:
        return comparable_name(shortened(library))
    except BadName:
        return comparable_name(library)
