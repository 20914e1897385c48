"""The index follows changes that this server made itself, before a watch reports them."""

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from sqlalchemy import Row as Found
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS, Numbers
from app.core.assets.changes import by_parent, is_hidden, with_ancestors
from app.core.assets.large_folder import look_at_names
from app.core.assets.reading import ReadingRules
from app.core.assets.register import RootMark
from app.core.assets.removal import sliced
from app.core.assets.scan import Depth, Root, Scan, identity_of
from app.core.assets.totals import publish_changes
from app.core.sessions import Sessions


def index_edits(database: Sessions, mark: RootMark, paths: Iterable[str], follow_links: bool) -> None:
    """Bring the rows of those files up to what lies on disk; folders that are new are left to the indexer.

    `RootLost` where the root is another folder than before.
    """
    named = by_parent(path for path in paths if not is_hidden(path))
    folder = Path(mark.path)
    rules = ReadingRules(folder.resolve(), follow_links)
    with database.reading() as session:
        root = Root(mark.id, folder, mark.identity or identity_of(folder) or "")
        scan = Scan(database, Numbers(session), root, rules, Depth.SHALLOW)
        rows = rows_of_folders(session, mark.id, with_ancestors(named))
    for path, names in named.items():
        if lost := lost_folder(folder, path, rows):
            scan.remove(lost)
        elif path in rows:
            look_at_names(scan, rows[path], names)
    scan.flush()
    if scan.touched:
        with database.writing() as session:
            publish_changes(session, mark.id, scan.touched)


def rows_of_folders(session: Session, root_id: int, paths: Iterable[str]) -> dict[str, Found]:
    """The rows of the indexed ones among the folders, by their paths."""
    query = select(FOLDERS).where(FOLDERS.c.root_id == root_id)
    found = (session.execute(query.where(FOLDERS.c.path.in_(part))) for part in sliced(paths))
    return {row.path: row for rows in found for row in rows}


def lost_folder(root: Path, path: str, rows: Mapping[str, Found]) -> Found | None:
    """The outermost indexed folder on the way to the path that is no longer on disk, None where all are."""
    way = [str(one) for one in reversed((PurePosixPath(path), *PurePosixPath(path).parents)) if one.name]
    return next((rows[one] for one in way if one in rows and not (root / one).is_dir()), None)
