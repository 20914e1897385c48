"""Uploads in the course of a run: a look back before an item is planned, the way up after it is made."""

from dataclasses import replace

from app.poster.journal.store import sha256_of
from app.poster.pipeline.engine import Engine
from app.poster.pipeline.outcome import Outcome
from app.poster.pipeline.planned import Work
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.wanted import WantedAsset
from app.poster.uploading.earlier_art import before_ours
from app.poster.uploading.parcel import UploadOrder
from app.poster.uploading.places import ListedPlace, listed_places
from app.poster.uploading.read_back import ReadBack


def looked_back(engine: Engine, work: Work) -> Work:
    """The work with what the server shows of earlier uploads, and with its art as it was before them.

    The server is asked only where the listing has another validator than at the last look.
    """
    if engine.uploader:
        places = {one.path: places_on_server(engine, one) for one in work.wanted if not one.skip}
        records = {path: read_back_record(engine, record, places) for path, record in work.records.items()}
        work = replace(work, records=records, places=places)
    wanted, origins = before_ours(work.wanted, work.records.values())
    return replace(work, wanted=wanted, origins=origins)


def places_on_server(engine: Engine, wanted: WantedAsset) -> tuple[ListedPlace, ...]:
    return listed_places(wanted, engine.uploader.rules, engine.source.name)


def read_back_record(
    engine: Engine, record: AssetRecord, places: dict[str, tuple[ListedPlace, ...]]
) -> AssetRecord:
    """The record by what is shown now, which is kept unless the run is dry."""
    reading = ReadBack(engine.uploader, engine.job.folders.assets)
    # What a person took back is not looked after any more.
    updated = record if record.undone else reading.updated(record, places.get(record.path, ()))
    if updated is not record and not engine.is_dry:
        engine.journal.note(updated)
    return updated


def upload_prepared(engine: Engine, outcome: Outcome) -> Outcome:
    """The outcome, which says whether a place of the picture has to be asked, or sent the file."""
    order = upload_order(engine, outcome)
    return replace(outcome, awaits_upload=order is not None and engine.uploader.awaits(order))


def upload(engine: Engine, outcome: Outcome) -> Outcome:
    """The outcome with what was done at each place; a dry run only looks."""
    order = upload_order(engine, outcome)
    if engine.is_dry:
        return replace(outcome, uploads=tuple(engine.uploader.plan(order)))
    record, results = engine.uploader.upload(order)
    return replace(outcome, record=record, uploads=tuple(results))


def upload_order(engine: Engine, outcome: Outcome) -> UploadOrder | None:
    """What is to be brought to the server, None where there is no file or no place for it."""
    planned = outcome.planned
    is_undone = planned.step.reason is Reason.UNDONE
    # What was to be drawn and is not, because a person has put another file there.
    is_edited = planned.draws and outcome.record.action is Action.SKIP
    if not engine.uploader or not planned.places or outcome.trouble or is_undone or is_edited:
        return None
    was_made = outcome.was_made or (engine.is_dry and planned.draws)
    file_sha256 = "" if engine.is_dry and planned.draws else sha256_there(engine, outcome)
    if file_sha256 is None:
        return None
    path = engine.job.folders.assets / planned.step.path
    return UploadOrder(outcome.record, path, file_sha256, planned.places, was_made)


def sha256_there(engine: Engine, outcome: Outcome) -> str | None:
    """The SHA-256 of the file that lies there after the step, None where no file may be read.

    A file that is not ours counts only where existing files are uploaded.
    """
    if outcome.was_made:
        return outcome.record.file.sha256
    step = outcome.planned.step
    if step.before is None or (step.owner is not Owner.OURS and not engine.uploader.rules.sends_existing):
        return None
    path = engine.job.folders.assets / step.path
    if step.before.sha256 or not path.is_file():
        return step.before.sha256 or None
    return sha256_of(path)


def not_uploaded(outcome: Outcome, error: BaseException) -> Outcome:
    """The outcome of a picture whose upload an unforeseen error ended; the next run tries again."""
    sentence = f"{outcome.record.path}: not uploaded, unexpected {type(error).__name__}: {error}"
    return replace(outcome, upload_trouble=sentence)
