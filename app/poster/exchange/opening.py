"""All that a sync, a reset or a restore works with, opened and closed together."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.poster.exchange.choice import Choice
from app.poster.exchange.fingerprints import Fingerprints
from app.poster.journal.journal import Journal
from app.poster.journal.run_names import run_name
from app.poster.journal.store import ByteStore
from app.poster.modes.job import Job
from app.poster.pipeline.engine import configured, recorded
from app.poster.pipeline.receiving import settle_interrupted
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.library import SourceName
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.sources.source import Source
from app.poster.sources.table import Surroundings, open_named_source
from app.poster.undoing.taking import closing_at_once
from app.poster.uploading.parcel import UploadOrder
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.read_back import ReadBack
from app.poster.uploading.receiver import Receiver
from app.poster.uploading.rules import read_upload_rules
from app.poster.uploading.state import UploadResult
from app.poster.uploading.table import open_receiver
from app.poster.uploading.upload import Uploader
from app.poster.worklist.wanted import WorkRules, read_work_rules

THREADS = 8


class EveryPath(frozenset):
    """The paths that are taken where all are: it contains whatever is asked for."""

    def __contains__(self, path: object) -> bool:
        return True


@dataclass(frozen=True)
class Exchange:
    """The rooms of one run over the server `source`; its parts may be used from several threads.

    `is_dry` says that nothing is uploaded or written. `moment` is aware.
    """

    job: Job
    source: Source
    uploader: Uploader
    journal: Journal
    store: ByteStore
    fingerprints: Fingerprints
    rules: WorkRules
    choice: Choice
    threads: ThreadPoolExecutor
    run: str
    moment: datetime
    is_dry: bool = False

    @property
    def receiver(self) -> Receiver:
        return self.uploader.receiver

    def read_again(self, record: AssetRecord, places: Sequence[ListedPlace]) -> AssetRecord:
        """The record by what is shown now, asked only where the listing says that something changed."""
        updated = ReadBack(self.uploader, self.job.folders.assets).updated(record, places)
        if updated is not record and not self.is_dry:
            self.journal.note(updated)
        return updated

    def brought(self, order: UploadOrder) -> tuple[UploadResult, ...]:
        """What was done at each place of the order, in a dry run what would be."""
        return tuple(self.uploader.plan(order) if self.is_dry else self.uploader.upload(order)[1])


@contextmanager
def open_exchange(job: Job, name: SourceName, choice: Choice, is_dry: bool = False) -> Iterator[Exchange]:
    """The exchange for the block; HandledExit with a sentence that says what to set where it cannot work."""
    engine, moment = job.folders.engine, datetime.now(UTC)
    with ExitStack() as opened, configured():
        source = opened.enter_context(closing(opened_source(job, name)))
        receiver = opened.enter_context(closing(opened_receiver(job, name)))
        journal = opened.enter_context(closing(Journal(engine)))
        store = ByteStore(engine / "store")
        run = run_name(moment, job.environment.run)
        exchange = Exchange(
            job=job,
            source=source,
            uploader=uploader_of(job, receiver, journal, store, run),
            journal=journal,
            store=store,
            fingerprints=opened.enter_context(closing(Fingerprints(engine))),
            rules=rules_of(job, choice),
            choice=choice,
            threads=opened.enter_context(closing_at_once(THREADS)),
            run=run,
            moment=moment,
            is_dry=is_dry,
        )
        with recorded(exchange):
            if not is_dry:
                settle_interrupted(job, exchange.uploader, journal, store)
            yield exchange


def opened_source(job: Job, name: SourceName) -> Source:
    note = Surroundings(job.environment, job.folders.engine / "cache", lambda sentence: job.note([sentence]))
    return open_named_source(name, job.settings, note)


def opened_receiver(job: Job, name: SourceName) -> Receiver:
    receiver = open_receiver(job.settings, job.environment, name)
    if receiver is None:
        sentence = "A folder shows no pictures: set UsePlex, UseJellyfin or UseEmby to true in config.json"
        raise HandledExit(ExitCode.BAD_CONFIGURATION, sentence)
    return receiver


def uploader_of(job: Job, receiver: Receiver, journal: Journal, store: ByteStore, run: str) -> Uploader:
    """What uploads over all that is not by hand or of another tool, unless that is asked for."""
    taken = EveryPath() if "ForceReplace" in job.order.switches else job.order.paths("Take")
    rules = read_upload_rules(job.settings, job.environment, receiver.name, taken=taken)
    return Uploader(receiver, replace(rules, sends_made=True), journal, store, run)


def rules_of(job: Job, choice: Choice) -> WorkRules:
    """Where pictures lie by the settings; episodes with placeholder titles have pictures, too."""
    return replace(read_work_rules(job.settings), kinds=choice.kinds, placeholders=(), skip_unreadable=False)
