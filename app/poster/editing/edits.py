"""Each edit of a document is taken: announced to the journal, done to the file, completed."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from app.poster.applying.file_locks import FileLocks
from app.poster.applying.publishing import (
    ChangedMeanwhile,
    digest,
    lies_there,
    missing_folders,
    publish,
    stays_inside,
)
from app.poster.cleaning.asset_names import unknown_record
from app.poster.cleaning.deletion import emptied_folders
from app.poster.editing.document import Edit, EditAction, is_path
from app.poster.editing.steps import edited_record, edited_step
from app.poster.folders import is_asset, path_in_tree
from app.poster.journal.intent import Intent
from app.poster.journal.journal import Journal
from app.poster.journal.settling import file_state
from app.poster.journal.store import ByteStore
from app.poster.journal.tables import JournalTrouble
from app.poster.planning.ownership import look
from app.poster.publish import begun_file, sync_folder
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Owner
from app.poster.records.step import FileState
from app.poster.undoing.files import OUTSIDE, Files

BATCH = 64


class EditRefused(Exception):
    """An edit that cannot be done; `code` names the kind: path, missing, no_file, outside, content, held."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class PlannedEdit:
    """An edit and what it leads to; `content` are the new bytes of a put."""

    edit: Edit
    intent: Intent
    content: bytes = b""


@dataclass
class EditReport:
    """What became of the edits: paths, {"path", "error", "code"} for what was not done, and its errors."""

    done: list[str] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def fail(self, path: str, error: Exception) -> None:
        """Note why the path was not edited."""
        code = getattr(error, "code", "changed" if isinstance(error, ChangedMeanwhile) else "system")
        sentence = getattr(error, "strerror", None) or str(error)
        self.failed.append({"path": path, "error": sentence, "code": code})
        self.errors.append(error)


@dataclass(frozen=True)
class Editor:
    """Takes edits for one run of the journal, in several threads."""

    journal: Journal
    files: Files
    locks: FileLocks
    threads: ThreadPoolExecutor
    run: str

    @property
    def store(self) -> ByteStore:
        return self.files.store

    def take(self, edits: Sequence[Edit]) -> EditReport:
        """Take all edits; one that cannot be done does not stop the others."""
        report = EditReport()
        for start in range(0, len(edits), BATCH):
            self._take_batch(edits[start : start + BATCH], report)
        return report

    def _take_batch(self, edits: Sequence[Edit], report: EditReport) -> None:
        paths = [edit.path for edit in edits if is_path(edit.path)]
        # Until the journal has the new records, no run writes these files.
        with self.locks.holding(*paths):
            known = self.journal.records(paths)
            found = list(self.threads.map(partial(self._planned, known), edits))
            planned = [one for one in found if isinstance(one, PlannedEdit)]
            numbers = self.journal.intend_all(self.run, [one.intent for one in planned])
            troubles = list(self.threads.map(self._taken, planned, numbers))
            self.journal.flush()
        results = dict(zip((one.edit.path for one in planned), troubles, strict=True))
        for edit, plan in zip(edits, found, strict=True):
            trouble = results[edit.path] if isinstance(plan, PlannedEdit) else plan
            if trouble:
                report.fail(edit.path, trouble)
            else:
                report.done.append(edit.path)

    def _planned(self, known: Mapping[str, AssetRecord], edit: Edit) -> PlannedEdit | EditRefused | OSError:
        try:
            return self.plan(edit, known.get(edit.path))
        except (EditRefused, OSError) as error:
            return error

    def plan(self, edit: Edit, known: AssetRecord | None) -> PlannedEdit:
        """What the edit leads to; EditRefused where it cannot be done, OSError where the disk refuses."""
        before = self._before(edit)
        content = read_content(edit) if edit.action is EditAction.PUT else b""
        target = self.files.trees.file(edit.path)
        owner = look(target, known).owner if before else Owner.NOBODY
        if edit.action is EditAction.RELEASE and owner is Owner.OURS:
            raise EditRefused("held", "nobody holds it: it is made by the runs")
        if edit.action is EditAction.HOLD and known and known.hold is Hold.HELD:
            raise EditRefused("held", "a person holds it already")
        after = {EditAction.DELETE: None, EditAction.PUT: announced_state(content)}.get(edit.action, before)
        record = edited_record(known or unknown_record(edit.path), edit.action, after, self.run)
        return PlannedEdit(
            edit,
            Intent(edited_step(record, before, owner), after, record, self._new_folders(edit)),
            content,
        )

    def _before(self, edit: Edit) -> FileState | None:
        """The file that lies there; EditRefused where the path cannot be edited so."""
        if not is_path(edit.path):
            raise EditRefused("path", "it is no path of a file")
        if edit.action in (EditAction.HOLD, EditAction.RELEASE) and not is_asset(edit.path):
            raise EditRefused("path", "only pictures of the asset folder are made by runs")
        target = self.files.trees.file(edit.path)
        if not self.files.follows_links and not stays_inside(self.files.trees.root(edit.path), target):
            raise EditRefused("outside", OUTSIDE)
        if target.exists() and not target.is_file():
            raise EditRefused("no_file", "it is no file")
        before = file_state(target)
        if before is None and edit.action is not EditAction.PUT:
            raise EditRefused("missing", "there is no such file")
        return before

    def _new_folders(self, edit: Edit) -> int:
        if edit.action is not EditAction.PUT:
            return 0
        return missing_folders(self.files.trees.root(edit.path), path_in_tree(edit.path))

    def _taken(self, planned: PlannedEdit, number: int) -> Exception | None:
        """Why the edit was not done, None where it was."""
        try:
            file = self._act(planned)
        except (ChangedMeanwhile, OSError) as error:
            if isinstance(error, JournalTrouble):
                raise
            self.journal.fail(number, str(error))
            return error
        self.journal.complete(number, file)
        return None

    def _act(self, planned: PlannedEdit) -> FileState | None:
        """Change the file; what lies there then."""
        edit, before = planned.edit, planned.intent.step.before
        target = self.files.trees.file(edit.path)
        if edit.action in (EditAction.HOLD, EditAction.RELEASE):
            return before
        if before:
            self.files.keep(target, before)
        if edit.action is EditAction.PUT:
            return publish(target, planned.content, before)
        self._delete(edit.path, before)
        return None

    def _delete(self, path: str, before: FileState) -> None:
        target = self.files.trees.file(path)
        if not lies_there(target, before):
            raise ChangedMeanwhile(f"{target} was changed meanwhile; it is left alone")
        target.unlink()
        # What a killed run left beside the picture would keep the folder from being empty.
        with suppress(OSError):
            begun_file(target).unlink(missing_ok=True)
        sync_folder(target.parent)
        if is_asset(path):
            emptied_folders(self.files.trees.assets, target)


def read_content(edit: Edit) -> bytes:
    """The new bytes of a put; EditRefused where they cannot be read."""
    try:
        content = edit.content.read_bytes()
    except (OSError, ValueError) as error:
        raise EditRefused("content", f"the new picture cannot be read: {error}") from error
    if not content:
        raise EditRefused("content", "the new picture is empty")
    return content


def announced_state(content: bytes) -> FileState:
    """The state of a file that is still to be written: its time is not known yet."""
    return FileState(len(content), 0, digest(content))
