"""All that an undo works with, opened and closed together; it asks no source and no provider."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from app.poster.applying.file_locks import FileLocks
from app.poster.journal.journal import Journal
from app.poster.journal.run_names import run_name
from app.poster.journal.store import ByteStore
from app.poster.modes.job import Job
from app.poster.pipeline.engine import recorded
from app.poster.records.library import SourceName
from app.poster.sources.source import SourceTrouble
from app.poster.undoing.files import Files
from app.poster.undoing.places import Places
from app.poster.undoing.taking import closing_at_once
from app.poster.undoing.undo_uploads import Servers
from app.poster.uploading.table import open_receiver

# Most of a step is waiting for the disk to have the bytes.
THREADS = 16


@dataclass(frozen=True)
class Bench:
    """The rooms of one undo; `is_dry` says that nothing is changed. `moment` is aware."""

    job: Job
    journal: Journal
    files: Files
    servers: Servers
    threads: ThreadPoolExecutor
    run: str
    moment: datetime
    is_dry: bool = False

    @property
    def store(self) -> ByteStore:
        return self.files.store


@contextmanager
def open_bench(job: Job, is_dry: bool = False) -> Iterator[Bench]:
    """The bench for the block; the run is in the journal, and an interrupted one is finished first."""
    folders, moment = job.folders, datetime.now(UTC)
    store = ByteStore(folders.engine / "store")
    files = Files(
        folders.trees,
        store,
        FileLocks(folders.locks),
        job.settings.flag("PrerequisitePart", "FollowSymlink"),
    )
    servers = Servers(partial(open_places, job, store))
    run = run_name(moment, job.environment.run)
    with ExitStack() as opened:
        journal = opened.enter_context(closing(Journal(folders.engine)))
        opened.callback(servers.close)
        threads = opened.enter_context(closing_at_once(THREADS))
        bench = Bench(job, journal, files, servers, threads, run, moment, is_dry)
        with recorded(bench):
            yield bench


def open_places(job: Job, store: ByteStore, name: SourceName) -> Places | str:
    """The places of that server, or the sentence that says why there are none."""
    try:
        receiver = open_receiver(job.settings, job.environment, name)
    except SourceTrouble as trouble:
        return str(trouble)
    return Places(receiver, store) if receiver else f"{name.value} takes no pictures"
