"""Files are put back and removed, their present bytes in the store first."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.applying.file_locks import FileLocks
from app.poster.applying.publishing import ChangedMeanwhile, lies_there, publish, stays_inside
from app.poster.folders import Trees
from app.poster.journal.settling import file_state
from app.poster.journal.store import ByteStore
from app.poster.publish import sync_folder
from app.poster.records.reasons import HOLDING, Action, Reason
from app.poster.records.step import FileState
from app.poster.undoing.effects import FileEffect
from app.poster.undoing.steps import UndoStep, plan_undo

OUTSIDE = "a link leads out of the folder of pictures; FollowSymlink allows it"


@dataclass(frozen=True)
class Files:
    """The folders of pictures and the store; calls come from several threads."""

    trees: Trees
    store: ByteStore
    locks: FileLocks
    follows_links: bool = False

    def plan(self, effect: FileEffect) -> UndoStep:
        """The step for what lies there now; OSError where the file cannot be read."""
        target = self.trees.file(effect.path)
        now = file_state(target)
        has_bytes = effect.before is not None and self.store.has(effect.before.sha256)
        step = plan_undo(effect, now, has_bytes)
        if step.acts and not self.follows_links and not stays_inside(self.trees.root(effect.path), target):
            return replace(step, action=Action.SKIP, reason=Reason.FAILED, detail=OUTSIDE)
        return step

    def take(self, step: UndoStep) -> FileState | None:
        """Put the file back or remove it; the state of what lies there then.

        ChangedMeanwhile where another file lies there by now, BytesMissing where the store lacks the bytes,
        OSError where the disk refuses; the file is as it was then.
        """
        with self.locks.holding(step.effect.path):
            return self._take(self.trees.file(step.effect.path), step)

    def _take(self, target: Path, step: UndoStep) -> FileState | None:
        if step.action in HOLDING:
            return step.now
        content = self.store.read(step.effect.before.sha256) if step.effect.before else None
        if step.now is not None:
            self.keep(target, step.now)
        if content is not None:
            return publish(target, content, step.now)
        if not lies_there(target, step.now):
            raise ChangedMeanwhile(f"{target} was changed while the run worked; it is left alone")
        target.unlink()
        sync_folder(target.parent)
        return None

    def keep(self, target: Path, now: FileState) -> None:
        """Keep the bytes of the file in the store; ChangedMeanwhile where they are others than `now`."""
        if self.store.keep(target) != now.sha256:
            raise ChangedMeanwhile(f"{target} was changed while the run worked; it is left alone")
