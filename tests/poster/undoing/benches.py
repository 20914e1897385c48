"""Benches of undo over a temporary folder, and runs as the pipeline takes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from logging import DEBUG
from pathlib import Path
from types import SimpleNamespace

from app.poster.applying.publishing import missing_folders, publish
from app.poster.folders import Folders
from app.poster.journal.journal import Journal
from app.poster.journal.settling import file_state
from app.poster.journal.store import ByteStore
from app.poster.modes.job import Job
from app.poster.records.environment import Environment
from app.poster.records.journal_entry import RunFacts, UploadRecord
from app.poster.records.reasons import Action, Owner
from app.poster.records.server_art import Place, UploadState
from app.poster.records.step import Ingredients
from app.poster.script.arguments import parse
from app.poster.script.log import RunLog
from app.poster.script.report import Tally
from app.poster.settings import read_settings
from app.poster.undoing import bench as benches
from app.poster.undoing.places import Places
from app.poster.undoing.undo import take_back_steps
from tests.poster.journal.steps import announced, record, step
from tests.poster.undoing.memory_receiver import MemoryReceiver

START = datetime(2026, 11, 29, tzinfo=UTC)


@dataclass
class Installation:
    """A data folder with an asset folder, and the media server in memory, or None for a local folder."""

    data: Path
    server: MemoryReceiver | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def assets(self) -> Path:
        return self.data / "assets"

    @property
    def store(self) -> ByteStore:
        return ByteStore(self.data / "engine" / "store")

    def contents(self) -> dict[str, bytes]:
        found = (path for path in self.assets.rglob("*") if path.is_file())
        return {str(path.relative_to(self.assets)): path.read_bytes() for path in found}

    def by_hand(self, path: str, content: bytes | None) -> None:
        """Somebody writes or deletes the file."""
        target = self.assets / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(content)

    @contextmanager
    def run(self) -> Iterator["Run"]:
        """A run in the journal, named as the server's next run."""
        number = next(self.numbers)
        journal = Journal(self.data / "engine")
        name = f"{number:020}-{number}-1"
        journal.begin(RunFacts(name, "Normal", START + timedelta(hours=number)))
        yield Run(self, journal, name, str(number))
        journal.end(name, START + timedelta(hours=number, minutes=1))
        journal.close()

    def undo(self, number: str, *arguments: str, is_dry: bool = False) -> Job:
        """Undo the run as the script does; the number of the undo is the next one."""
        job = self.job("-Undo", number, *arguments)
        with self.bench(job, is_dry) as bench:
            take_back_steps(bench)
        return job

    @contextmanager
    def bench(self, job: Job, is_dry: bool = False) -> Iterator[benches.Bench]:
        with benches.open_bench(job, is_dry) as bench:
            places = Places(self.server, self.store) if self.server else "no server is set"
            bench.servers.open_places = lambda name: places
            yield bench

    def job(self, *arguments: str) -> Job:
        folders = Folders(self.data, self.assets, self.data / "manual", self.data / "backup")
        (self.data / "Logs").mkdir(parents=True, exist_ok=True)
        settings = read_settings(self.data / "config.json")
        environment = Environment(run=f"{next(self.numbers)}-1")
        log = RunLog("undo", DEBUG)
        styles, choices = SimpleNamespace(notes=()), SimpleNamespace()
        return Job(parse(list(arguments)), folders, settings, log, Tally(START), choices, styles, environment)


@dataclass
class Run:
    """Takes steps as the pipeline takes them, with everything in journal and store."""

    place: Installation
    journal: Journal
    name: str
    number: str

    def make(self, path: str, content: bytes, owner: Owner | None = None) -> None:
        """Write the file whatever lies there; `owner` is whose that is, by default ours."""
        target = self.place.assets / path
        before = file_state(target)
        taken = replace(step(path, before), owner=owner or (Owner.OURS if before else Owner.NOBODY))
        made_of = Ingredients(content.hex()[:16], *"bcdef")
        known = replace(
            self.journal.records([path]).get(path) or record(path),
            ingredients=made_of, file=announced(content), owner=Owner.OURS, undone=None, run=self.name,
        )  # fmt: skip
        folders = missing_folders(self.place.assets, path)
        number = self.journal.intend(self.name, taken, announced(content), known, folders)
        if before:
            self.place.store.keep(target)
        self.journal.complete(number, publish(target, content, before))

    def upload(self, path: str, place: Place, content: bytes) -> None:
        """Send the bytes as the upload stage does."""
        server = self.place.server
        before = server.looked_at(place)
        if before.art_id:
            self.place.store.keep_bytes(server.showing(place))
        sent = self.place.store.keep_bytes(content)
        known = self.journal.records([path]).get(path) or record(path)
        ours = [one.shown.art_id for one in known.uploads if one.place == place]
        number = self.journal.intend_upload(self.name, path, Action.UPLOAD, place, before, sent, known)
        server.put(place, content, *ours)
        after = server.looked_at(place)
        upload = UploadRecord(place, UploadState.APPLIED, sent, sent, after, before)
        others = tuple(one for one in known.uploads if one.place != place)
        self.journal.complete_upload(number, after, replace(known, uploads=(*others, upload)))
