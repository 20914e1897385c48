"""One asset on the disk, its journal, and runs that upload it to a receiver in memory."""

from dataclasses import replace

from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.kinds import Kind
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Slot
from app.poster.uploading.parcel import UploadOrder
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.read_back import ReadBack
from app.poster.uploading.rules import UploadRules
from app.poster.uploading.settling import Settling
from app.poster.uploading.state import UploadResult, awaiting
from app.poster.uploading.upload import Uploader
from tests.poster.journal.steps import RUN, announced, record
from tests.poster.offers import ASSETS
from tests.poster.uploading.memory_receiver import MemoryReceiver, sha

PATH = ASSETS[Kind.POSTER].path
RULES = UploadRules(sends_made=True)


class Desk:
    """`run` is one run over the asset: a look back, then the upload of what was made or lies there."""

    def __init__(self, folder, server=SourceName.PLEX, slot=Slot.POSTER):
        self.receiver = MemoryReceiver(server)
        self.place = Place(server, "10", slot)
        self.journal = Journal(folder / "engine")
        self.journal.begin(RUN)
        self.store = ByteStore(folder / "engine" / "store")
        self.assets = folder / "assets"
        self.results: list[UploadResult] = []

    def write(self, content: bytes) -> None:
        """The file lies on the disk; what it replaces is in the store."""
        file = self.assets / PATH
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            self.store.keep(file)
        file.write_bytes(content)

    def run(self, made: bytes = b"", rules: UploadRules = RULES, is_dry: bool = False) -> AssetRecord:
        """One run, which makes the picture where one is given; the asset's record after it."""
        uploader = Uploader(self.receiver, rules, self.journal, self.store, RUN.name)
        places = (ListedPlace(self.place, self.receiver.validator(self.place)),)
        Settling(self.receiver, self.journal, self.store, self.assets).settle()
        known = ReadBack(uploader, self.assets).updated(self.record, places)
        if made:
            self.write(made)
            known = replace(known, file=announced(made), uploads=awaiting(known.uploads, places, rules))
        self.journal.note(known)
        content = (self.assets / PATH).read_bytes()
        order = UploadOrder(known, self.assets / PATH, sha(content), places, was_made=bool(made))
        self.results = []
        if is_dry:
            self.results = uploader.plan(order)
        elif uploader.awaits(order):
            known, self.results = uploader.upload(order)
        return known

    @property
    def record(self) -> AssetRecord:
        return self.journal.records([PATH]).get(PATH) or record(PATH)

    @property
    def known(self) -> UploadRecord:
        (known,) = self.record.uploads
        return known

    @property
    def shown(self) -> bytes:
        return next(iter(self.receiver.contents(self.place)), b"")

    def requests(self) -> list[str]:
        """The calls since the last time, which are forgotten."""
        calls, self.receiver.calls = self.receiver.calls, []
        return calls
