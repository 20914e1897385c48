"""What became of uploads that an interrupted run had begun: asked before anything else goes up."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.applying.publishing import digest
from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry, UploadRecord
from app.poster.records.server_art import Shown, UploadState
from app.poster.uploading.parcel import stamped_record
from app.poster.uploading.receiver import Receiver, UploadTrouble
from app.poster.uploading.sending import judged_upload
from app.poster.uploading.state import SHOWS_OURS, known_at, merged_uploads

NOT_ARRIVED = "the run was interrupted before the server showed the picture"


@dataclass(frozen=True)
class Settling:
    """Finishes or fails entries by what the receiver shows now."""

    receiver: Receiver
    journal: Journal
    store: ByteStore
    assets: Path

    def settle(self) -> list[JournalEntry]:
        """The entries of this server with what became of them.

        UploadTrouble where the server cannot be asked: the rest stays INTENDED, and nothing may be uploaded.
        """
        entries = self.journal.unsettled_uploads()
        return [self._asked(entry) for entry in entries if entry.place.server is self.receiver.name]

    def _asked(self, entry: JournalEntry) -> JournalEntry:
        """The entry as it ends; one whose item is gone has failed."""
        try:
            return self._settled(entry)
        except UploadTrouble as trouble:
            if trouble.stops or not trouble.is_final:
                raise
            self.journal.fail(entry.number, str(trouble))
            return replace(entry, state=EntryState.FAILED, why=str(trouble))

    def _settled(self, entry: JournalEntry) -> JournalEntry:
        shown = self.receiver.shown(entry.place)
        begun = known_at(entry.record.uploads, entry.place) if entry.record else None
        before = entry.shown_before or Shown()
        if shown.art_id == before.art_id:
            return self._failed(entry, begun)
        if begun is None or begun.state is not UploadState.WAITING:
            return self._as_intended(entry, shown)
        content = self.receiver.read(entry.place, shown)
        shown = replace(shown, sha256=digest(content) if content else "", size=len(content))
        done = judged_upload(begun, shown, content, self._sent_bytes(entry))
        return self._done(entry, done) if done.state in SHOWS_OURS else self._failed(entry, done)

    def _done(self, entry: JournalEntry, done: UploadRecord) -> JournalEntry:
        for label in done.taken_labels:
            self.receiver.set_label(entry.place.item_key, label, present=False)
        self.journal.complete_upload(entry.number, done.shown, self._with(entry, done))
        return replace(entry, state=EntryState.DONE, shown_after=done.shown)

    def _as_intended(self, entry: JournalEntry, shown: Shown) -> JournalEntry:
        """An entry whose record says by itself how it ends: the step of an undo."""
        if entry.record:
            self.journal.complete_upload(entry.number, shown, entry.record)
        else:
            self.journal.fail(entry.number, NOT_ARRIVED)
        state = EntryState.DONE if entry.record else EntryState.FAILED
        return replace(entry, state=state, shown_after=shown)

    def _failed(self, entry: JournalEntry, known: UploadRecord | None) -> JournalEntry:
        """The picture waits, or what is shown is somebody else's."""
        self.journal.fail(entry.number, NOT_ARRIVED)
        if known and known.state is UploadState.WAITING:
            current = known_at(self._current(entry).uploads, entry.place)
            fresh = current or UploadRecord(entry.place, UploadState.WAITING)
            known = stamped_record(fresh, UploadState.WAITING, NOT_ARRIVED)
        if known and known.state is not UploadState.APPLIED:
            self.journal.note(self._with(entry, known))
        return replace(entry, state=EntryState.FAILED, why=NOT_ARRIVED)

    def _with(self, entry: JournalEntry, known: UploadRecord) -> AssetRecord:
        current = self._current(entry)
        return replace(current, uploads=merged_uploads(current.uploads, [known]))

    def _current(self, entry: JournalEntry) -> AssetRecord:
        return self.journal.records([entry.path]).get(entry.path, entry.record)

    def _sent_bytes(self, entry: JournalEntry) -> bytes:
        """The bytes that were to be sent, b"" where neither the disk nor the store has them."""
        try:
            content = (self.assets / entry.path).read_bytes()
            return content if digest(content) == entry.sent_sha256 else self.store.read(entry.sent_sha256)
        except OSError:
            return b""
