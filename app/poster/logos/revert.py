"""Logos that were put on media servers are taken back: what was shown before them is shown again."""

from collections.abc import Sequence

from app.poster.exchange.choice import Choice
from app.poster.logos.library_choice import read_library
from app.poster.modes.job import Job
from app.poster.records.journal_entry import AssetRecord, JournalEntry
from app.poster.records.server_art import Slot
from app.poster.sources.comparison import comparable_name
from app.poster.undoing.account import UndoAccount
from app.poster.undoing.bench import Bench, open_bench
from app.poster.undoing.place_effects import PlaceEffect, place_effects
from app.poster.undoing.taking import path_batches
from app.poster.undoing.undo import BATCH, take_back_uploads
from app.poster.undoing.undo_uploads import done_at_server


def revert_logos(job: Job, is_dry: bool = False) -> None:
    """Put back what was shown before our logos; a logo that others changed since is left."""
    choice = read_library(job.order)
    with open_bench(job, is_dry) as bench:
        paths = bench.journal.paths_at(Slot.LOGO)
        with UndoAccount(job, bench.run, len(paths)) as account:
            for batch in path_batches(paths, BATCH):
                revert_batch(bench, account, batch, choice)


def revert_batch(bench: Bench, account: UndoAccount, batch: Sequence[str], choice: Choice) -> None:
    known, histories = bench.journal.records(batch), bench.journal.histories(batch)
    effects = [logo_effects(histories[path]) for path in batch if is_chosen(known.get(path), choice)]
    for results in bench.threads.map(lambda one: take_back_uploads(bench, one), effects):
        for step, trouble in results:
            account.take(done_at_server(step, trouble, known))
    account.advance(len(batch))


def is_chosen(record: AssetRecord | None, choice: Choice) -> bool:
    """Whether the logo is of a chosen library."""
    if choice.libraries is None:
        return True
    return record is not None and comparable_name(record.decision.library.strip()) in choice.libraries


def logo_effects(history: Sequence[JournalEntry]) -> list[PlaceEffect]:
    """What all runs together have done to the places of one logo."""
    runs = {entry.run for entry in history}
    return [effect for effect in place_effects(history, runs) if effect.place.slot is Slot.LOGO]
