"""Steps of an undo are announced to the journal, taken, and completed there."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Protocol

from app.poster.applying.failures import ends_the_run
from app.poster.applying.publishing import ChangedMeanwhile, missing_folders
from app.poster.cleaning.asset_names import unknown_record
from app.poster.folders import Trees, path_in_tree
from app.poster.journal.intent import Intent
from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action
from app.poster.records.step import FileState, Ingredients
from app.poster.undoing.effects import FileEffect
from app.poster.undoing.files import Files
from app.poster.undoing.steps import UndoStep, journal_step, restored_record, taken_back


class Hands(Protocol):
    """What takes steps for one run of the journal."""

    journal: Journal
    files: Files
    threads: ThreadPoolExecutor
    run: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a step that was to be taken: the file that lies there, or the error."""

    file: FileState | None = None
    error: OSError | ChangedMeanwhile | None = None


def take_steps(
    hands: Hands,
    steps: Sequence[UndoStep],
    known: Mapping[str, AssetRecord],
    undone: Callable[[FileEffect, AssetRecord], Ingredients | None] = taken_back,
) -> dict[str, Taken]:
    """Announce all steps to the journal at once, take them, and say what became of each path.

    `undone` says of what ingredients the picture is not made again.
    """
    intents = [intent_of(step, known, hands.files.trees, undone) for step in steps]
    numbers = hands.journal.intend_all(hands.run, intents)
    results = hands.threads.map(partial(take_one, hands), steps, numbers)
    return dict(zip((step.effect.path for step in steps), results, strict=True))


def intent_of(
    step: UndoStep,
    known: Mapping[str, AssetRecord],
    trees: Trees,
    undone: Callable[[FileEffect, AssetRecord], Ingredients | None],
) -> Intent:
    effect = step.effect
    present = known.get(effect.path) or effect.last.record or unknown_record(effect.path)
    record = restored_record(step, present, effect.before, undone(effect, present))
    is_back = step.action is Action.RESTORE
    folders = missing_folders(trees.root(effect.path), path_in_tree(effect.path)) if is_back else 0
    return Intent(journal_step(step, record, present), effect.before, record, folders)


def take_one(hands: Hands, step: UndoStep, number: int) -> Taken:
    try:
        file = hands.files.take(step)
    except (ChangedMeanwhile, OSError) as error:
        hands.journal.fail(number, str(error))
        if ends_the_run(error):
            raise
        return Taken(error=error)
    hands.journal.complete(number, file)
    return Taken(file)


def made_with(made: Iterable[tuple[str, int]], paths: Iterable[str]) -> list[str]:
    """The folders above these paths that the run made, the innermost first."""
    above = {folder for path in paths for folder in PurePosixPath(path).parents}
    folders = {folder for path, count in made for folder in list(PurePosixPath(path).parents)[:count]}
    return [str(one) for one in sorted(folders & above, key=lambda one: len(one.parts), reverse=True)]


def remove_empty_folders(trees: Trees, folders: Iterable[str]) -> None:
    """Remove those of the folders that are there and hold nothing."""
    for folder in folders:
        with suppress(OSError):
            trees.file(folder).rmdir()


@contextmanager
def closing_at_once(count: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that finish what they are at when the block is left, and begin nothing more."""
    threads = ThreadPoolExecutor(count, "undo")
    try:
        yield threads
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


def path_batches(paths: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(paths), size):
        yield paths[start : start + size]
