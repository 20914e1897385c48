"""What holds a content: the file of the catalogue that has it, and the assets that had it by the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import join_path
from app.core.assets.removal import sliced
from app.core.catalogue.table import TABLE
from app.core.decisions.content_traces import FOUND, SENT, SHOWN, WRITTEN, traces_of
from app.core.editing.places import by_root
from app.core.errors import ApplicationError
from app.core.paths import file_inside

LIES = "lies"
# Where a content is of one asset in several ways, the first of these counts.
ROLES = (LIES, WRITTEN, SENT, SHOWN, FOUND)


@dataclass(frozen=True)
class ContentHolder:
    """`root` is the name of the tree below which `path` lies, `role` one of `ROLES`.

    `sha256` is "" where only the catalogue knows the content, and `step` the number of the journal's entry,
    0 for none.
    """

    root: str
    path: str
    role: str
    sha256: str = ""
    step: int = 0


@dataclass(frozen=True)
class ArtworkTrees:
    """The folders of artwork by the ids of their roots: {id: (name, folder)}, and that of the script."""

    engine: Path
    roots: Mapping[int, tuple[str, Path]]

    def folder(self, name: str) -> Path | None:
        """The folder of the root of that name."""
        return next((folder for known, folder in self.roots.values() if known == name), None)


def holders_of(
    session: Session, trees: ArtworkTrees, digests: Iterable[str]
) -> dict[str, list[ContentHolder]]:
    """All that hold those contents, by digest; each asset once, and what is certain of it first."""
    wanted = list(digests)
    found: dict[str, dict[tuple[str, str], ContentHolder]] = {}
    traces = [
        (each.digest, ContentHolder(*rooted(each.path), each.role, each.sha256, each.number))
        for each in traces_of(trees.engine, wanted)
    ]
    for digest, holder in sorted([*traces, *catalogued_files(session, trees, wanted)], key=by_role):
        found.setdefault(digest, {}).setdefault((holder.root, holder.path), holder)
    return {digest: list(holders.values()) for digest, holders in found.items()}


def rooted(path: str) -> tuple[str, str]:
    """(root, path below it) of a file as the journal names it."""
    ((root, paths),) = by_root([path]).items()
    return root, paths[path]


def by_role(pair: tuple[str, ContentHolder]) -> tuple[int, int]:
    return ROLES.index(pair[1].role), -pair[1].step


def catalogued_files(
    session: Session, trees: ArtworkTrees, digests: list[str]
) -> list[tuple[str, ContentHolder]]:
    """(digest, holder) of the files that the catalogue knows."""
    columns = TABLE.c.digest, TABLE.c.root_id, FOLDERS.c.path, TABLE.c.name
    query = select(*columns).join(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    rows = [row for some in sliced(digests) for row in session.execute(query.where(TABLE.c.digest.in_(some)))]
    return [
        (digest, ContentHolder(trees.roots[root_id][0], join_path(folder, name), LIES))
        for digest, root_id, folder, name in rows
        if root_id in trees.roots
    ]


def opened_content(trees: ArtworkTrees, holders: Iterable[ContentHolder]) -> BinaryIO | None:
    """The bytes of a content, from the file that has them or from the store; None where they are gone."""
    for holder in holders:
        try:
            if place := file_of_holder(trees, holder):
                return place.open("rb")
        except (ApplicationError, OSError):
            continue
    return None


def file_of_holder(trees: ArtworkTrees, holder: ContentHolder) -> Path | None:
    """The file that may have the content of the holder."""
    if holder.role == LIES:
        folder = trees.folder(holder.root)
        return folder and file_inside(folder, holder.path)
    return trees.engine / "store" / holder.sha256[:2] / holder.sha256
