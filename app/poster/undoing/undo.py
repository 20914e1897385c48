"""A run is taken back: every file as it was, what was new removed, what others changed left."""

from collections.abc import Mapping, Sequence
from functools import partial

from app.poster.applying.publishing import ChangedMeanwhile
from app.poster.modes.job import Job
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Reason
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.undoing.account import StepDone, UndoAccount
from app.poster.undoing.bench import Bench, open_bench
from app.poster.undoing.extents import Extent, OfRuns
from app.poster.undoing.going_back import since_run
from app.poster.undoing.place_effects import PlaceEffect
from app.poster.undoing.places import PlaceStep
from app.poster.undoing.steps import UndoStep, unless_held
from app.poster.undoing.taking import Taken, made_with, path_batches, remove_empty_folders, take_steps
from app.poster.undoing.undo_uploads import UploadUndo, done_at_server

BATCH = 128
MOST_NAMED = 5


def undo_ordered_run(job: Job) -> None:
    """Take back the run that the order names; HandledExit where there is nothing to take back."""
    with open_bench(job) as bench:
        take_back_steps(bench)


def plan_undo_of_run(job: Job) -> None:
    """Write what an undo would do, and change nothing."""
    with open_bench(job, is_dry=True) as bench:
        take_back_steps(bench)


def take_back_steps(bench: Bench) -> None:
    extent = asked_extent(bench)
    paths = asked_paths(bench, extent.paths(bench.journal))
    with UndoAccount(bench.job, bench.run, len(paths)) as account:
        for batch in path_batches(paths, BATCH):
            take_back_batch(bench, account, batch, extent)
    if not bench.is_dry:
        made = extent.made_folders(bench.journal)
        remove_empty_folders(bench.files.trees, made_with(made, frozenset(paths)))


def asked_extent(bench: Bench) -> Extent:
    """What is taken back: the run that the order names, or all that came after it."""
    names = named_runs(bench)
    if "After" not in bench.job.order.switches:
        return OfRuns(names)
    found = since_run(bench.journal, names)
    if found is None:
        wanted = bench.job.order.value("Undo")
        raise HandledExit(
            ExitCode.FAILED, f"Run {wanted} changed nothing: name the last one before it that did"
        )
    return found


def named_runs(bench: Bench) -> list[str]:
    """The names of the run's attempts in the journal."""
    wanted = bench.job.order.value("Undo")
    names = [run.name for run in bench.journal.runs_of(wanted)]
    if not names:
        raise HandledExit(
            ExitCode.BAD_ARGUMENTS,
            f"The journal has no run {wanted}; give the number of a run of the server, or a run's name there",
        )
    return names


def asked_paths(bench: Bench, changed: Sequence[str]) -> list[str]:
    """The paths to take back: all that the run changed, or those of them that -Only names."""
    order = bench.job.order
    only = order.paths("Only") if "Only" in order.lists else None
    paths = [path for path in changed if only is None or path in only]
    unknown = sorted((only or frozenset()) - set(paths))
    if unknown:
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        bench.job.log.warning("The run did not change %s%s", ", ".join(unknown[:MOST_NAMED]), more)
    if not paths:
        raise HandledExit(ExitCode.FAILED, f"Run {order.value('Undo')} changed no artwork that can be undone")
    return paths


def take_back_batch(bench: Bench, account: UndoAccount, batch: Sequence[str], extent: Extent) -> None:
    """Take back what was done to these assets, first on the disk, then on servers."""
    histories = bench.journal.histories(batch)
    known = bench.journal.records(batch)
    effects = [effect for path in batch if (effect := extent.file_effect(histories[path]))]
    planned = bench.threads.map(bench.files.plan, effects)
    steps = [unless_held(step, known.get(step.effect.path)) for step in planned]
    taken = {} if bench.is_dry else take_acting(bench, steps, known, extent)
    for step in steps:
        account.take(done_on_disk(step, known, taken.get(step.effect.path, Taken())))
    uploads = [extent.place_effects(histories[path]) for path in batch]
    for results in bench.threads.map(partial(take_back_uploads, bench), uploads):
        for step, trouble in results:
            account.take(done_at_server(step, trouble, known))
    account.advance(len(batch))


def take_acting(
    bench: Bench, steps: Sequence[UndoStep], known: Mapping[str, AssetRecord], extent: Extent
) -> dict[str, Taken]:
    return take_steps(bench, [step for step in steps if step.acts], known, extent.undone)


def take_back_uploads(bench: Bench, effects: Sequence[PlaceEffect]) -> list[tuple[PlaceStep, str]]:
    """Take back the uploads of one asset, one after the other as they share its record."""
    undo = UploadUndo(bench.servers, bench.journal, bench.run, bench.is_dry)
    return [undo.take_back(effect) for effect in effects]


def done_on_disk(step: UndoStep, known: Mapping[str, AssetRecord], taken: Taken) -> StepDone:
    """The step as the account takes it."""
    effect, error = step.effect, taken.error
    record = effect.last.record or known.get(effect.path)
    decision = record.decision if record else None
    if isinstance(error, ChangedMeanwhile):
        return StepDone(effect.path, Action.SKIP, Reason.CHANGED_SINCE, decision)
    trouble = str(error.strerror or error) if error else ""
    content = effect.before.sha256 if effect.before and step.action is Action.RESTORE else ""
    return StepDone(effect.path, step.action, step.reason, decision, step.detail, trouble, content=content)
