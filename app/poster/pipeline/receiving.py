"""The receiver of uploads, opened with the run, and what an interrupted run left there."""

from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.modes.job import Job
from app.poster.records.library import SourceName
from app.poster.script.arguments import Mode
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.rules import read_upload_rules
from app.poster.uploading.settling import Settling
from app.poster.uploading.table import open_receiver
from app.poster.uploading.upload import Uploader

TRIGGERED = frozenset((Mode.ARR, Mode.TAUTULLI))


def open_uploader(
    job: Job,
    server: SourceName,
    journal: Journal,
    store: ByteStore,
    run: str,
    taken: frozenset[str] = frozenset(),
) -> Uploader | None:
    """What uploads in this run; None where the settings upload nothing, or the source shows nothing."""
    is_triggered = job.order.mode in TRIGGERED
    rules = read_upload_rules(job.settings, job.environment, server, is_triggered, taken)
    receiver = open_receiver(job.settings, job.environment, server) if rules.is_on else None
    job.tally.uploads.is_on = receiver is not None
    return Uploader(receiver, rules, journal, store, run) if receiver else None


def settle_interrupted(job: Job, uploader: Uploader, journal: Journal, store: ByteStore) -> None:
    """Find out what became of uploads that an interrupted run had begun.

    Where the server does not answer, this run uploads nothing.
    """
    try:
        for entry in Settling(uploader.receiver, journal, store, job.folders.assets).settle():
            job.log.info("An interrupted run was uploading %s: it is %s", entry.path, entry.state.value)
    except UploadTrouble as trouble:
        uploader.trouble = str(trouble)
