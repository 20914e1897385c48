"""Orphans are deleted: their bytes go to the store first, so that the run can be undone."""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.poster.applying.file_locks import FileLocks
from app.poster.applying.publishing import ChangedMeanwhile, lies_there, require_unedited, stays_inside
from app.poster.cleaning.orphans import Orphan
from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.publish import begun_file, sync_folder


@dataclass
class Cleared:
    """What a clean-up took away: files, folders that were empty then, and bytes."""

    images: int = 0
    bytes: int = 0
    folders: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Deletion:
    """Deletes orphans in the asset folder for one run."""

    assets: Path
    journal: Journal
    store: ByteStore
    locks: FileLocks
    run: str

    def delete(self, orphan: Orphan, cleared: Cleared) -> None:
        """Delete the file and the folders that become empty.

        ChangedMeanwhile where another file lies there by now, OSError where the system refuses; the file is
        still there then.
        """
        target = self.assets / orphan.step.path
        number = self.journal.intend(self.run, orphan.step, None, orphan.record)
        try:
            self._take_away(target, orphan)
        except (ChangedMeanwhile, OSError) as error:
            self.journal.fail(number, str(error))
            raise
        self.journal.complete(number, None)
        cleared.images += 1
        cleared.bytes += orphan.size
        cleared.folders += emptied_folders(self.assets, target)

    def _take_away(self, target: Path, orphan: Orphan) -> None:
        with self.locks.holding(orphan.step.path):
            require_unedited(self.journal, orphan.step.path, orphan.record.edits)
            self._remove(target, orphan)

    def _remove(self, target: Path, orphan: Orphan) -> None:
        before = orphan.step.before
        is_same = stays_inside(self.assets, target) and lies_there(target, before)
        if not is_same or self.store.keep(target) != before.sha256:
            raise ChangedMeanwhile(f"{target} was changed while the run worked; it is left alone")
        target.unlink()
        # What a killed run left beside the picture would keep the folder from being empty.
        with suppress(OSError):
            begun_file(target).unlink(missing_ok=True)
        sync_folder(target.parent)


def emptied_folders(assets: Path, target: Path) -> list[str]:
    """Remove the folders above a deleted file that hold nothing now; their paths, the innermost first."""
    removed = []
    for folder in target.parents:
        if folder == assets:
            break
        try:
            folder.rmdir()
        except OSError:
            break
        removed.append(folder.relative_to(assets).as_posix())
    return removed
