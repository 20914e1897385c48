"""The image on disk that belongs to a choice, read from the index of artwork."""

import re
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import join_path
from app.core.assets.pictures import IMAGES, PREFIX, epoch_seconds
from app.core.assets.register import folder_ids
from app.core.assets.removal import sliced
from app.core.catalogue.table import CONTENT
from app.core.choices.rules import choice_kind
from app.core.errors import NotFound

SEASON = re.compile(r"season\s+([0-9]{1,4})(?![0-9])", re.IGNORECASE)
EPISODE = re.compile(r"S[0-9]+E[0-9]+", re.IGNORECASE)
COLLECTIONS = "Collections"
# Folders of a flat tree that are searched, beside the root itself.
MOST_EXTRA_FOLDERS = 20


class Tree(NamedTuple):
    """The indexed tree of artwork, None before it is indexed; flat if it has no folder for each item."""

    root_id: int | None
    flat: bool


class Artwork(NamedTuple):
    """An image: its path below the root, and its times in epoch seconds."""

    path: str
    name: str
    kind: str
    created: float
    modified: float
    digest: str | None
    color: int | None

    @property
    def addresses(self) -> dict[str, str | None]:
        return picture_addresses(PREFIX, self.path, self.digest, self.color)


NO_TREE = Tree(None, False)
# Library and folder of a film or show.
Item = tuple[str, str]
# Folder and file.
Place = tuple[int, str]


def find_artwork(session: Session, tree: Tree, choices: Iterable[Any]) -> dict[int, Artwork]:
    """The images of the choices that have one, by the ids of the choices."""
    named = [(choice, name) for choice in choices if (name := artwork_file_name(choice.type, choice.title))]
    if tree.root_id is None or not named:
        return {}
    places = flat_places(session, tree.root_id, named) if tree.flat else item_places(session, tree, named)
    found = stored_artwork(session, {place for candidates in places.values() for place in candidates})
    return {
        number: found[place]
        for number, candidates in places.items()
        for place in candidates[::-1]
        if place in found
    }


def described_artwork(session: Session, tree: Tree, choice: Any) -> dict[str, str | None]:
    """{name, path, type, library}, and `picture_addresses`, of a choice's image; `NotFound` without one."""
    found = find_artwork(session, tree, [choice]).get(choice.id)
    if found is None:
        raise NotFound(f"There is no image of {choice.title!r}.")
    return {
        "name": found.name,
        "path": found.path,
        **found.addresses,
        "type": found.kind,
        "library": choice.library_name,
    }


def artwork_file_name(choice_type: str, title: str) -> str | None:
    """The file in the item's folder; None where the title names no season or episode."""
    kind = choice_kind(choice_type)
    if kind == "season":
        season = SEASON.search(title)
        return f"Season{int(season[1]):02}.jpg" if season else None
    if kind == "titlecard":
        episode = EPISODE.search(title)
        return f"{episode[0].upper()}.jpg" if episode else None
    return f"{kind}.jpg"


def item_places(session: Session, tree: Tree, named: list) -> dict[int, list[Place]]:
    """Where the files are if every film and show has a folder: its own, or one in an extra folder."""
    wanted = {(choice.library_name, choice.rootfolder) for choice, _ in named}
    folders = direct_folders(session, tree.root_id, wanted)
    return {
        choice.id: [(folder, name)]
        for choice, name in named
        if (folder := folders.get((choice.library_name, choice.rootfolder)))
    }


def direct_folders(session: Session, root_id: int, wanted: set[Item]) -> dict[Item, int]:
    by_path = {join_path(library, item): (library, item) for library, item in wanted if item}
    found = {
        by_path[path]: number
        for part in sliced(by_path)
        for path, number in folder_ids(session, root_id, part).items()
    }
    return deeper_folders(session, root_id, {*by_path.values()} - found.keys()) | found


def deeper_folders(session: Session, root_id: int, wanted: set[Item]) -> dict[Item, int]:
    """Folders by their library and name alone, as extra folders and collections have them."""
    libraries = {library for library, _ in wanted}
    found = {}
    for names in sliced({item for _, item in wanted}):
        columns = FOLDERS.c.id, FOLDERS.c.path, FOLDERS.c.name
        where = FOLDERS.c.root_id == root_id, FOLDERS.c.top.in_([*libraries, COLLECTIONS])
        for number, path, name in session.execute(
            select(*columns).where(*where, FOLDERS.c.name.in_(names)).order_by(FOLDERS.c.path.desc())
        ):
            found[library_of(path), name] = number
    return {pair: found[pair] for pair in wanted & found.keys()}


def library_of(path: str) -> str:
    parts = path.split("/")
    return parts[1] if parts[0] == COLLECTIONS and len(parts) > 2 else parts[0]


def flat_places(session: Session, root_id: int, named: list) -> dict[int, list[Place]]:
    """Where the files are if all lie together: in the root, in an extra folder, or among the collections."""
    root = select(FOLDERS.c.id).where(FOLDERS.c.root_id == root_id, FOLDERS.c.path == "").scalar_subquery()
    below = select(FOLDERS.c.id).where(FOLDERS.c.parent_id == root)
    extra = below.where(FOLDERS.c.name != COLLECTIONS).order_by(FOLDERS.c.path).limit(MOST_EXTRA_FOLDERS)
    folders = [number for number in (session.scalar(select(root)), *session.scalars(extra)) if number]
    collections = list(session.scalars(below.where(FOLDERS.c.name == COLLECTIONS)))
    return {
        choice.id: [
            *((folder, flat_name(choice.rootfolder, name)) for folder in folders),
            *((folder, f"{choice.rootfolder}_{name}") for folder in collections),
        ]
        for choice, name in named
        if choice.rootfolder
    }


def expected_path(tree: Tree, choice: Any) -> str:
    """Where the picture of a choice would lie, that of a collection left out; "" where nothing says."""
    name = artwork_file_name(choice.type, choice.title)
    if not name or not choice.rootfolder:
        return ""
    if tree.flat:
        return flat_name(choice.rootfolder, name)
    return join_path(join_path(choice.library_name, choice.rootfolder), name)


def flat_name(item: str, name: str) -> str:
    return f"{item}.jpg" if name == "poster.jpg" else f"{item}_{name}"


def stored_artwork(session: Session, places: set[Place]) -> dict[Place, Artwork]:
    """The images that are there."""
    columns = FILES.c.folder_id, FOLDERS.c.path, FILES.c.name, FILES.c.kind
    query = select(*columns, FILES.c.created, FILES.c.modified_ns, *CONTENT).select_from(IMAGES)
    return {
        (folder_id, name): Artwork(
            join_path(path, name), name, kind, created, epoch_seconds(modified_ns), *content
        )
        # By name, because every folder of a slice is searched for every name in it.
        for part in sliced(sorted(places, key=itemgetter(1)))
        for folder_id, path, name, kind, created, modified_ns, *content in session.execute(
            query.where(*place_conditions(part))
        )
    }


def place_conditions(places: list[Place]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    # Not as pairs: for those, SQLite reads the whole table.
    folders, names = map(set, zip(*places, strict=True))
    return FILES.c.folder_id.in_(folders), FILES.c.name.in_(names)
