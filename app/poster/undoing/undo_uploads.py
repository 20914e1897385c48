"""What a run uploaded is taken back, place by place, with the journal before and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from app.poster.applying.failures import ends_the_run
from app.poster.journal.journal import Journal
from app.poster.journal.store import BytesMissing
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Action, Reason
from app.poster.records.server_art import Shown, UploadState
from app.poster.records.step import Ingredients
from app.poster.undoing.account import StepDone
from app.poster.undoing.place_effects import PlaceEffect
from app.poster.undoing.places import Places, PlaceStep
from app.poster.uploading.parcel import stamped_record
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.state import AWAITS, shows_ours

TAKEN_BACK = "our upload was taken back, the server shows what was there before"


@dataclass
class Servers:
    """The servers that an undo meets, each opened once; `open_places` returns a sentence for one that cannot.

    A server that refuses everything is asked no more.
    """

    open_places: Callable[[SourceName], Places | str]
    _opened: dict[SourceName, Places | str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def places(self, name: SourceName) -> Places:
        """The places of that server; UploadTrouble with the sentence that says why there are none."""
        with self._lock:
            if name not in self._opened:
                self._opened[name] = self.open_places(name)
            found = self._opened[name]
        if isinstance(found, str):
            raise UploadTrouble(found, is_final=True)
        return found

    def give_up(self, name: SourceName, sentence: str) -> None:
        with self._lock:
            self._opened[name] = sentence

    def close(self) -> None:
        for places in self._opened.values():
            if isinstance(places, Places):
                places.receiver.close()


@dataclass(frozen=True)
class UploadUndo:
    """Takes back uploads for one run of the journal."""

    servers: Servers
    journal: Journal
    run: str
    is_dry: bool

    def take_back(self, effect: PlaceEffect) -> tuple[PlaceStep, str]:
        """The step that was taken, and the sentence that says why it could not be, or ""."""
        name = effect.place.server
        step = PlaceStep(effect, Action.SKIP, Reason.FAILED, Shown())
        try:
            places = self.servers.places(name)
            step = places.plan(effect)
            if step.acts and not self.is_dry:
                self._take(places, places.keep(step))
        except UploadTrouble as trouble:
            if trouble.stops:
                self.servers.give_up(name, str(trouble))
            return step, str(trouble)
        except OSError as error:
            if ends_the_run(error):
                raise
            return step, str(error)
        return step, ""

    def _take(self, places: Places, step: PlaceStep) -> None:
        effect = step.effect
        known = self.journal.records([effect.path]).get(effect.path) or effect.last.record
        sent = effect.sha256 if step.action is Action.RESTORE else ""
        number = self.journal.intend_upload(
            self.run, effect.path, step.action, effect.place, step.now, sent, known
        )
        try:
            after = places.take(step)
        except (UploadTrouble, BytesMissing) as error:
            self.journal.fail(number, str(error))
            raise
        self.journal.complete_upload(number, after, with_upload(known, effect, after))


def with_upload(known: AssetRecord, effect: PlaceEffect, after: Shown) -> AssetRecord:
    """The record with what was known of the place before the run, and what is shown there now."""
    others = tuple(one for one in known.uploads if one.place != effect.place)
    restored = [one for one in uploads_of(effect.earlier) if one.place == effect.place and was_shown(one)]
    if not restored:
        # Kept, so that the next run has the picture for the one that was there before ours.
        current = (one for one in known.uploads if one.place == effect.place)
        restored = [without_ours(one, effect.before) for one in current]
    # What is shown again is whose it was then: the server alone would call an upload of ours a person's.
    shown = (replace(one, shown=replace(after, owner=one.shown.owner)) for one in restored)
    return replace(known, uploads=(*others, *shown), undone=undone_after(known, effect))


def was_shown(upload: UploadRecord) -> bool:
    """Whether the record is of a picture on the server, and not of one that waits."""
    return upload.state not in AWAITS or shows_ours(upload)


def without_ours(upload: UploadRecord, before: Shown) -> UploadRecord:
    return replace(stamped_record(upload, UploadState.TAKEN_BACK, TAKEN_BACK), shown=before)


def undone_after(known: AssetRecord, effect: PlaceEffect) -> Ingredients | None:
    """What the picture is not made of again: a reset or a restore, which said so, is taken back."""
    was_reset = effect.last.record is not None and effect.last.record.reason in SAYS_SO
    earlier = effect.earlier.undone if effect.earlier else None
    return earlier if was_reset else known.undone


# Steps whose record says that the picture is not made of the same again.
SAYS_SO = (Reason.RESET, Reason.RESTORED)


def uploads_of(record: AssetRecord | None) -> tuple[UploadRecord, ...]:
    return record.uploads if record else ()


def done_at_server(step: PlaceStep, trouble: str, known: Mapping[str, AssetRecord]) -> StepDone:
    """The step as the account takes it."""
    effect, place = step.effect, step.effect.place
    record = known.get(effect.path) or effect.last.record
    where = f"the {place.slot.value} at {place.server.value}"
    return StepDone(
        effect.path,
        step.action,
        step.reason,
        record.decision if record else None,
        f"{where}: {step.detail}" if step.detail else where,
        trouble and f"{where}: {trouble}",
        is_at_server=True,
    )
