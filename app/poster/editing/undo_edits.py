"""The edits of a run are taken back, at once and file by file."""

from collections.abc import Sequence

from app.poster.editing.edits import Editor, EditRefused, EditReport
from app.poster.records.reasons import Reason
from app.poster.undoing.effects import file_effect
from app.poster.undoing.steps import UndoStep, unless_held
from app.poster.undoing.taking import made_with, remove_empty_folders, take_steps

BATCH = 128


def undo_edits(editor: Editor, run: str, only: Sequence[str] | None) -> EditReport:
    """Take back what the run did to files, or to those of `only`; what others changed since is left."""
    names = [facts.name for facts in editor.journal.runs_of(run)]
    chosen = None if only is None else frozenset(only)
    report = EditReport()
    paths = [path for path in editor.journal.paths_of(names) if chosen is None or path in chosen]
    for start in range(0, len(paths), BATCH):
        undo_batch(editor, report, paths[start : start + BATCH], names)
    for path in sorted((chosen or frozenset()) - set(paths)):
        report.fail(path, EditRefused("missing", "the run did not change it"))
    made = editor.journal.made_folders(names)
    remove_empty_folders(editor.files.trees, made_with(made, frozenset(report.done)))
    return report


def undo_batch(editor: Editor, report: EditReport, paths: Sequence[str], names: Sequence[str]) -> None:
    histories, known = editor.journal.histories(paths), editor.journal.records(paths)
    effects = [effect for path in paths if (effect := file_effect(histories[path], names))]
    planned = editor.threads.map(editor.files.plan, effects)
    steps = [unless_held(step, known.get(step.effect.path)) for step in planned]
    taken = take_steps(editor, [step for step in steps if step.acts], known)
    editor.journal.flush()
    for step in steps:
        result = taken.get(step.effect.path)
        trouble = result.error if result else reason_left(step)
        if trouble:
            report.fail(step.effect.path, trouble)
        else:
            report.done.append(step.effect.path)


def reason_left(step: UndoStep) -> EditRefused | None:
    """Why the file was left, None where it is as it was before the run already."""
    if step.reason is Reason.UNCHANGED:
        return None
    sentence = "; ".join(filter(None, (step.reason.sentence, step.detail)))
    return EditRefused("changed", sentence)
