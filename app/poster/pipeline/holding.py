"""What a person holds, or asks for by a text, is held after a run over it."""

from collections.abc import Mapping

from app.poster.editing.document import Edit, EditAction
from app.poster.editing.edits import Editor
from app.poster.modes.job import Job
from app.poster.pipeline.engine import Engine
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.undoing.bench import open_bench


def named_records(engine: Engine) -> Mapping[str, AssetRecord]:
    """What the journal knows of the assets that the order names."""
    return engine.journal.records(sorted(engine.job.order.paths("Only")))


def held_paths(engine: Engine) -> frozenset[str]:
    """The named assets that a person holds."""
    return frozenset(path for path, one in named_records(engine).items() if one.hold is Hold.HELD)


def drawn_paths(engine: Engine) -> frozenset[str]:
    """The named assets that this run has drawn."""
    return frozenset(path for path, one in named_records(engine).items() if one.run == engine.run)


def hold_for_person(job: Job, paths: frozenset[str]) -> None:
    """Have no later run replace these; an undo of the run takes that back, too."""
    with open_bench(job) as bench:
        editor = Editor(bench.journal, bench.files, bench.files.locks, bench.threads, bench.run)
        report = editor.take([Edit(EditAction.HOLD, path) for path in sorted(paths)])
    for failure in report.failed:
        job.fail(f"{failure['path']}: not held, {failure['error']}")
