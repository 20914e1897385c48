"""One picture goes up to one place of the media server, and is read back."""

from collections.abc import Callable
from dataclasses import replace

from app.poster.applying.publishing import digest
from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.records.candidate import CandidateRefused
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.reasons import Action, Owner
from app.poster.records.server_art import Shown, UploadState
from app.poster.uploading.likeness import fitting
from app.poster.uploading.looking import Seen, is_same_as_before, kept_before, look_at
from app.poster.uploading.ownership import REPLACEABLE, overlay_labels
from app.poster.uploading.parcel import (
    HeldPicture,
    Parcel,
    UploadOrder,
    beginning,
    ours_in,
    required,
    stamped_record,
    state_by_bytes,
    state_of_other,
    too_large,
)
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.receiver import Receiver, TooLarge, UploadTrouble
from app.poster.uploading.rules import UploadRules
from app.poster.uploading.sending import Sending, read_after
from app.poster.uploading.state import UploadResult, known_at, merged_uploads, must_send, shows_ours
from app.poster.web.picture_check import require_picture

# What a proxy before the server is likely to take that refuses a picture without saying more.
USUAL_PROXY_LIMIT = 700_000
WAITS = "the upload waits for the next run"


class Uploader:
    """Uploads for one run; calls come from several threads. JournalTrouble where the disk refuses.

    `trouble` is the sentence for which nothing more is sent in this run, "" while the server takes pictures.
    """

    def __init__(self, receiver: Receiver, rules: UploadRules, journal: Journal, store: ByteStore, run: str):
        self.receiver = receiver
        self.rules = rules
        self.trouble = ""
        self._journal = journal
        self._store = store
        self._run = run

    def awaits(self, order: UploadOrder) -> bool:
        """Whether a place of the asset has to be asked, or sent the file."""
        return any(self._must_send(order, listed) for listed in order.places)

    def plan(self, order: UploadOrder) -> list[UploadResult]:
        """What `upload` would do, found out by looking only."""
        return [self._planned(order, listed) for listed in order.places if self._must_send(order, listed)]

    def upload(self, order: UploadOrder) -> tuple[AssetRecord, list[UploadResult]]:
        """Bring the file to each place that awaits it; the asset's record, in the journal, and what was done.

        What is not ours is left, whatever fails is in the results.
        """
        record, results = order.record, []
        for listed in order.places:
            if not self._must_send(order, listed):
                continue
            result = self._to_place(replace(order, record=record), listed)
            record = replace(record, uploads=merged_uploads(record.uploads, [result.record]))
            results.append(result)
        if results:
            self._journal.note(record)
        return record, results

    def guarded(self, known: UploadRecord, call: Callable[[], UploadResult]) -> UploadResult:
        """The result of the call; where the server is in trouble, that the picture waits or is refused."""
        if self.trouble:
            return UploadResult(stamped_record(known, UploadState.WAITING, f"{self.trouble}; {WAITS}"))
        try:
            return call()
        except UploadTrouble as trouble:
            if trouble.stops:
                self.trouble = str(trouble)
            is_refused = trouble.is_final and not trouble.stops
            state = UploadState.REFUSED if is_refused else UploadState.WAITING
            return UploadResult(stamped_record(known, state, str(trouble)))

    def _must_send(self, order: UploadOrder, listed: ListedPlace) -> bool:
        known = known_at(order.record.uploads, listed.place)
        return must_send(known, order.file_sha256, self.rules, order.was_made, self._is_taken(order))

    def _is_taken(self, order: UploadOrder) -> bool:
        return order.record.path in self.rules.taken

    def _planned(self, order: UploadOrder, listed: ListedPlace) -> UploadResult:
        known = known_at(order.record.uploads, listed.place)
        parcel = Parcel(order, listed, b"", known)

        def look() -> UploadResult:
            seen = self._look(parcel)
            found = self._found(parcel, seen) or self._left(parcel, seen)
            why = f"to be uploaded over the art of {seen.owner.value}: {seen.why}"
            return found or UploadResult(
                stamped_record(beginning(parcel), UploadState.WAITING, why), is_planned=True
            )

        return self.guarded(beginning(parcel), look)

    def _to_place(self, order: UploadOrder, listed: ListedPlace) -> UploadResult:
        known = known_at(order.record.uploads, listed.place)
        parcel = Parcel(order, listed, b"", known)
        try:
            content = order.file.read_bytes()
            require_picture(content, "a file")
        except (OSError, CandidateRefused) as error:
            return UploadResult(
                stamped_record(beginning(parcel), UploadState.REFUSED, f"the file is of no use: {error}")
            )
        parcel = replace(parcel, content=content, order=replace(order, file_sha256=digest(content)))
        return self.guarded(beginning(parcel), lambda: self._delivered(parcel))

    def _delivered(self, parcel: Parcel) -> UploadResult:
        seen = self._look(parcel)
        found = self._found(parcel, seen) or self._left(parcel, seen)
        if found:
            return found
        sent = self._sent(parcel, seen)
        return replace(sent, was_replaced=was_refreshed(parcel.known, seen))

    def _look(self, parcel: Parcel) -> Seen:
        known, rules = parcel.known, self.rules
        return look_at(
            self.receiver, parcel.listed.place, known, parcel.order.file_sha256, rules.replaces_overlay
        )

    def _found(self, parcel: Parcel, seen: Seen) -> UploadResult | None:
        """That the server shows the file already, None where it does not or is sent it all the same."""
        if self.rules.always or seen.owner is not Owner.OURS:
            return None
        known, file_sha256 = parcel.known, parcel.order.file_sha256
        if seen.shown.sha256 == file_sha256:
            record = replace(
                beginning(parcel), shown=seen.shown, sent_sha256=file_sha256, file_sha256=file_sha256
            )
            return UploadResult(stamped_record(record, UploadState.APPLIED, seen.why))
        if shows_ours(known) and known.file_sha256 == file_sha256:
            state = state_by_bytes(known, seen.shown)
            return UploadResult(stamped_record(replace(known, shown=seen.shown), state, seen.why))
        return None

    def _left(self, parcel: Parcel, seen: Seen) -> UploadResult | None:
        """That the shown picture is not ours and stays, None where it may be uploaded over."""
        if seen.owner in REPLACEABLE or self._is_taken(parcel.order):
            return None
        record = replace(beginning(parcel), shown=seen.shown)
        return UploadResult(stamped_record(record, state_of_other(parcel.known), seen.why))

    def _sent(self, parcel: Parcel, seen: Seen) -> UploadResult:
        """The upload in as many bytes as the server takes; TooLarge with the size and what to do."""
        most = self.receiver.most_bytes
        content = fitting(parcel.content, most)
        try:
            return self._send(parcel, seen, required(content))
        except TooLarge as refusal:
            # An empty content was never sent: its limit is known. Half of what was too much is worth one try.
            most = refusal.most or (min(USUAL_PROXY_LIMIT, len(content) // 2) if content else most)
        smaller = fitting(parcel.content, most)
        try:
            return self._send(parcel, seen, required(smaller))
        except TooLarge as refusal:
            raise TooLarge(too_large(parcel, len(smaller or content) or most), most) from refusal

    def _send(self, parcel: Parcel, seen: Seen, content: bytes) -> UploadResult:
        """One call with these bytes, in the journal before and after it."""
        place, order = parcel.listed.place, parcel.order
        before = kept_before(self.receiver, self._store, place, seen, parcel.known)
        if content is not parcel.content or isinstance(order.file, HeldPicture):
            self._store.keep_bytes(content)
        begun = self._begun(parcel, seen, before, content)
        record = replace(order.record, uploads=merged_uploads(order.record.uploads, [begun]))
        number = self._journal.intend_upload(
            self._run, record.path, Action.UPLOAD, place, before, begun.sent_sha256, record
        )
        sending = Sending(self.receiver, place, content, ours_in(parcel, seen))
        try:
            after = sending.put(begun.taken_labels)
        except UploadTrouble as trouble:
            # Without a final answer it may have arrived all the same: the next run asks before it goes on.
            if trouble.is_final:
                self._journal.fail(number, str(trouble))
            raise
        done = read_after(sending, begun, after)
        self._journal.complete_upload(
            number, done.shown, replace(record, uploads=merged_uploads(record.uploads, [done]))
        )
        return UploadResult(done, was_sent=True)

    def _begun(self, parcel: Parcel, seen: Seen, before: Shown, content: bytes) -> UploadRecord:
        """The record of an upload that is about to begin."""
        start = beginning(parcel)
        earlier = start.before
        is_same = is_same_as_before(start, seen.shown)
        if seen.owner is not Owner.OURS and not is_same:
            earlier = replace(before, validator=before.validator or parcel.listed.validator or "")
        taken = overlay_labels(start.place.slot, seen.shown) if self.rules.replaces_overlay else ()
        return replace(
            stamped_record(start, UploadState.WAITING, "the upload was begun"),
            sent_sha256=digest(content),
            file_sha256=digest(parcel.content),
            before=earlier,
            taken_labels=tuple(dict.fromkeys((*start.taken_labels, *taken))),
        )


def was_refreshed(known: UploadRecord | None, seen: Seen) -> bool:
    """Whether the server itself has put another picture in place of ours."""
    was_ours = known and known.sent_sha256 and known.state is not UploadState.TAKEN_BACK
    return bool(was_ours) and seen.owner is Owner.SERVER
