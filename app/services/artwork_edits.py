"""Changes of artwork by hand, each call one run: its row, the built-in script's edit, index and choices."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.assets.edited import index_edits
from app.core.assets.register import RootMark, marks
from app.core.assets.scan import RootLost
from app.core.choices.artwork import Tree
from app.core.choices.of_files import choices_of_files, put_back_choices, remove_choices_of_files
from app.core.config_file import truthy
from app.core.decisions.run_changes import changes_of
from app.core.editing.edits import (
    DELETE,
    PUT,
    ArtworkEdit,
    EditOutcome,
    count_of,
    edit_document,
    edit_outcome,
    longest_seconds,
    notes_of,
    undo_document,
)
from app.core.editing.places import ASSETS, by_root, journal_path, new_path
from app.core.editing.runs import begin_edit, end_edit, fail_edit, journal_mark
from app.core.errors import ApplicationError, Invalid
from app.core.execution.undo_requests import require_changed
from app.extensions import Machine
from app.models import Run

log = structlog.get_logger(__name__)


def put_artwork(machine: Machine, path: str, staged: Path, root: str = ASSETS) -> EditOutcome:
    """Put the staged file's bytes at the path as the user's own; `EditOutcome.run` is the run to undo.

    What lay there is kept in the store, and no later run replaces the picture until it is released. The
    caller has checked the content, and deletes the staged file. `root` is "assets", "manual" or "backup".
    """
    outcome = edit_artwork(machine, [ArtworkEdit(PUT, journal_path(root, new_path(path)), str(staged))])
    outcome.require_done()
    return outcome


def edit_artwork(machine: Machine, edits: Sequence[ArtworkEdit]) -> EditOutcome:
    """Take the edits as one run; one that fails does not stop the others, `Unavailable` stops all."""
    choices = known_choices(machine, [edit.path for edit in edits if edit.action == DELETE])
    with machine.database.writing() as session:
        run = begin_edit(session)
    outcome = answered_edit(machine, run, edit_document(edits), longest_seconds(len(edits)))
    with machine.database.writing() as session:
        end_edit(session, outcome, notes_of(edits, outcome), count_of(edits, outcome, DELETE))
        remove_choices_of_files(
            session, run.id, {path: choices[path] for path in outcome.done if path in choices}
        )
    index_outcome(machine, outcome)
    return outcome


def undo_edit(machine: Machine, edited: Run, assets: Sequence[str] | None) -> EditOutcome:
    """Take back an edit, or what it did to some files, at once; `Conflict` where nothing could be."""
    changes = changes_of(machine.paths.engine, edited.id, edited.queued_at)
    if not changes.paths:
        raise Invalid(f"There is nothing to undo: the journal has no artwork that run {edited.id} changed.")
    if assets is not None:
        require_changed(edited.id, assets, changes)
    choices = known_choices(machine, changes.paths if assets is None else assets)
    with machine.database.writing() as session:
        run = begin_edit(session, undoes=edited.id, in_part=assets is not None)
    seconds = longest_seconds(len(changes.paths))
    outcome = answered_edit(machine, run, undo_document(changes.target, assets), seconds)
    with machine.database.writing() as session:
        end_edit(session, outcome, f"{len(outcome.done)} taken back")
        gone = {path: choices[path] for path in outcome.done if path in choices and is_deleted(machine, path)}
        remove_choices_of_files(session, run.id, gone)
        put_back_choices(session, edited.id, set(outcome.done) - gone.keys())
    index_outcome(machine, outcome)
    outcome.require_done()
    return outcome


def answered_edit(machine: Machine, run: Run, document: Mapping[str, Any], seconds: float) -> EditOutcome:
    """What became of the document; where there is no answer, the run's row says why."""
    try:
        outcome = edit_outcome(run.id, machine.engine.edit(document, journal_mark(run), seconds))
    except ApplicationError as error:
        with machine.database.writing() as session:
            fail_edit(session, run.id, str(error))
        raise
    log.info("artwork_edited", run=run.id, done=len(outcome.done), failed=len(outcome.failed))
    return outcome


def known_choices(machine: Machine, paths: Iterable[str]) -> dict[str, list[int]]:
    """The choices of those files of the asset folder, by path."""
    wanted = by_root(paths).get(ASSETS)
    if not wanted:
        return {}
    tree = artwork_tree(machine)
    with machine.database.reading() as session:
        return choices_of_files(session, tree, wanted.values())


def artwork_tree(machine: Machine) -> Tree:
    """The indexed tree of the asset folder."""
    mark = root_mark(machine, ASSETS)
    has_folders = truthy(machine.config.setting("PrerequisitePart", "LibraryFolders", True))
    return Tree(mark and mark.id, not has_folders)


def is_deleted(machine: Machine, path: str) -> bool:
    folder = machine.roots.path(ASSETS)
    return folder is not None and not (folder / path).exists()


def index_outcome(machine: Machine, outcome: EditOutcome) -> None:
    """Have the index show what was done; where it cannot now, the indexer finds it."""
    for root, paths in by_root(outcome.done).items():
        try:
            if mark := root_mark(machine, root):
                index_edits(machine.database, mark, paths.values(), machine.roots.follow_links())
        except (RootLost, OSError, SQLAlchemyError) as error:
            log.warning("edits_not_indexed", root=root, error=str(error).partition("\n")[0])


def root_mark(machine: Machine, root: str) -> RootMark | None:
    """The state of the root's index, None before there is one for the configured folder."""
    with machine.database.reading() as session:
        mark = marks(session).get(root)
    return mark if mark and mark.path == str(machine.roots.path(root)) else None
