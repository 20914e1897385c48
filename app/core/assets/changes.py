"""Changed paths that the operating system reports become folders to be scanned."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from sqlalchemy.orm import Session

from app.core.assets.naming import is_passed_over, is_storable
from app.core.assets.register import folder_ids
from app.core.assets.removal import sliced


def below(root: Path, paths: Iterable[str]) -> set[str]:
    """The paths relative to the root, without the ones that are passed over."""
    prefix = f"{root}/"
    relative = (path.removeprefix(prefix) for path in paths if path.startswith(prefix))
    return {path for path in relative if path and is_storable(path) and not is_hidden(path)}


def is_hidden(path: str) -> bool:
    return any(map(is_passed_over, path.split("/")))


def by_parent(paths: Iterable[str]) -> dict[str, set[str]]:
    """The names that changed in each folder."""
    found: dict[str, set[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        found.setdefault(folder, set()).add(name)
    return found


def with_ancestors(paths: Iterable[str]) -> set[str]:
    found = {""}
    for path in paths:
        found |= {path, *(str(parent) for parent in PurePosixPath(path).parents if parent.name)}
    return found


def nearest_known(session: Session, root_id: int, paths: set[str]) -> set[int]:
    """The indexed folders that hold the paths, or for a new one its nearest indexed ancestor."""
    known = known_folders(session, root_id, with_ancestors(paths))
    return {known[nearest] for path in paths if (nearest := climb(path, known)) is not None}


def climb(path: str, known: dict[str, int]) -> str | None:
    while path and path not in known:
        path = path.rpartition("/")[0]
    return path if path in known else None


def known_folders(session: Session, root_id: int, paths: Iterable[str]) -> dict[str, int]:
    return {
        path: folder_id
        for part in sliced(paths)
        for path, folder_id in folder_ids(session, root_id, part).items()
    }
