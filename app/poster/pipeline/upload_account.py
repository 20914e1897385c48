"""What a run says of uploads: a line for what it did at a place, and counts of all places."""

from app.poster.modes.job import Job
from app.poster.pipeline.outcome import Outcome
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.server_art import UploadState
from app.poster.uploading.state import SHOWS_OTHERS, UploadResult

OVER = "the server had put its own picture in place of ours"


class UploadAccount:
    """Keeps the account of uploads of one run; used by one thread."""

    def __init__(self, job: Job):
        self._job = job
        self._begun = job.tally.started.astimezone()

    def take(self, outcome: Outcome) -> None:
        """Note what an outcome says of uploads."""
        record, tally = outcome.record, self._job.tally.uploads
        if outcome.upload_trouble:
            self._job.fail(outcome.upload_trouble)
        for known in record.uploads:
            tally.states[known.state] += 1
            self._left(record, known)
        for result in outcome.uploads:
            self._done(record, result)

    def _done(self, record: AssetRecord, result: UploadResult) -> None:
        known, tally = result.record, self._job.tally.uploads
        tally.replaced += result.was_replaced
        tally.sent += result.was_sent
        if known.state is UploadState.REFUSED:
            self._job.fail(f"{record.path}: {where(known)}: {known.why}")
        elif result.was_sent:
            over = f"; {OVER}" if result.was_replaced else ""
            self._job.log.info("Uploaded: %s to the %s (%s%s)", record.path, where(known), known.why, over)

    def _left(self, record: AssetRecord, known: UploadRecord) -> None:
        """One line for what was found in this run to be somebody else's."""
        is_new = known.at is not None and known.at >= self._begun
        if known.state in SHOWS_OTHERS and is_new:
            words = record.path, known.state.value, where(known), known.why
            self._job.log.info("Not uploaded: %s, %s at the %s (%s)", *words)


def where(known: UploadRecord) -> str:
    """The place in words: "poster on Plex"."""
    return f"{known.place.slot.value} on {known.place.server.value}"
