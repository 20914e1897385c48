"""Pictures on media servers are put back: selected, uploaded again, or ours removed."""

from dataclasses import dataclass, replace
from hashlib import sha256

from app.poster.journal.store import ByteStore
from app.poster.records.reasons import Action, Reason
from app.poster.records.server_art import Place, Shown
from app.poster.undoing.place_effects import PlaceEffect, is_same_art
from app.poster.undoing.steps import AS_BEFORE
from app.poster.uploading.receiver import Receiver

NO_BYTES = "neither the server nor the store has the earlier picture any more"


@dataclass(frozen=True, slots=True)
class PlaceStep:
    """One step at a place of a server, where `now` is shown; `detail` adds to the reason, or is ""."""

    effect: PlaceEffect
    action: Action
    reason: Reason
    now: Shown
    detail: str = ""

    @property
    def acts(self) -> bool:
        return self.action is not Action.SKIP


@dataclass(frozen=True)
class Places:
    """One server and the store; calls come from several threads and raise UploadTrouble."""

    receiver: Receiver
    store: ByteStore

    def plan(self, effect: PlaceEffect) -> PlaceStep:
        """The step for what is shown there now."""
        now = self._shown_as(effect)
        if is_same_art(now, effect.before):
            return PlaceStep(effect, Action.SKIP, Reason.UNCHANGED, now, AS_BEFORE)
        if not is_same_art(now, effect.after):
            return PlaceStep(effect, Action.SKIP, Reason.CHANGED_SINCE, now)
        return PlaceStep(
            effect, Action.RESTORE if effect.before.art_id else Action.DELETE, Reason.UNDOING, now
        )

    def keep(self, step: PlaceStep) -> PlaceStep:
        """The step with the bytes of the present picture in the store, so that it can be undone."""
        now = step.now
        if now.art_id and not self.store.has(now.sha256):
            content = self.receiver.read(step.effect.place, now)
            now = replace(now, sha256=self.store.keep_bytes(content), size=len(content))
        return replace(step, now=now)

    def take(self, step: PlaceStep) -> Shown:
        """Have the earlier picture shown, with its labels, its place in the pile and its lock.

        BytesMissing where only the store could have the picture and has it not.
        """
        effect, place = step.effect, step.effect.place
        self._show_earlier(effect, step.now)
        self._set_labels(effect, step.now)
        if effect.before.pile:
            art_id = self.receiver.shown(place).art_id
            pile = (art_id if one == effect.before.art_id else one for one in effect.before.pile)
            self.receiver.arrange(place, tuple(pile))
        if effect.before.is_locked != self.receiver.shown(place).is_locked:
            self.receiver.set_locked(place, effect.before.is_locked)
        return self._digested(effect.before, place)

    def _shown_as(self, effect: PlaceEffect) -> Shown:
        """What is shown; its bytes are fetched only where its id is neither that of before nor of after."""
        now = self.receiver.shown(effect.place)
        for known in (effect.after, effect.before):
            if now.art_id == known.art_id:
                return replace(now, sha256=known.sha256, size=known.size)
        return self._read(effect.place, now)

    def _digested(self, before: Shown, place: Place) -> Shown:
        now = self.receiver.shown(place)
        if now.art_id == before.art_id:
            return replace(now, sha256=before.sha256, size=before.size)
        return self._read(place, now)

    def _read(self, place: Place, now: Shown) -> Shown:
        if not now.art_id:
            return now
        content = self.receiver.read(place, now)
        return replace(now, sha256=sha256(content).hexdigest(), size=len(content))

    def _show_earlier(self, effect: PlaceEffect, now: Shown) -> None:
        before, place = effect.before, effect.place
        if not before.art_id or before.art_id in now.pile:
            self.receiver.clear(place, now.art_id)
        elif not self.receiver.select(place, before.art_id):
            content = self.store.read(effect.sha256)
            self.receiver.put(place, content, "" if now.art_id in before.pile else now.art_id)

    def _set_labels(self, effect: PlaceEffect, now: Shown) -> None:
        """Bring back the labels that the run took away, and take away those that it added."""
        had, left = set(effect.before.labels), set(effect.after.labels)
        for label in sorted((had - left) - set(now.labels)):
            self.receiver.set_label(effect.place.item_key, label, True)
        for label in sorted((left - had) & set(now.labels)):
            self.receiver.set_label(effect.place.item_key, label, False)
