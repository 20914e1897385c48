"""A media server in memory that keeps the protocol of a receiver, and misbehaves on demand."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.poster.applying.publishing import digest
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot
from app.poster.uploading.receiver import TooLarge, UploadTrouble


@dataclass(frozen=True)
class Art:
    """One picture of a place; the first one of a place is shown."""

    art_id: str
    content: bytes
    owner: Owner = Owner.SERVER


class MemoryReceiver:
    """`encode` is what the server makes of bytes, `faults` are raised by the next uploads, None for none.

    `hard_limit` is a size above which uploads are refused without it being known before.
    """

    def __init__(self, name: SourceName = SourceName.PLEX):
        self.name = name
        self.most_bytes = 0
        self.hard_limit = 0
        self.encode: Callable[[bytes], bytes] = bytes
        self.faults: list[UploadTrouble | None] = []
        self.after_put: Callable[[], None] = lambda: None
        self.labels: defaultdict[str, list[str]] = defaultdict(list)
        self.locked: set[Place] = set()
        self.calls: list[str] = []
        self._art: defaultdict[Place, list[Art]] = defaultdict(list)
        self._number = 0

    def show(self, place: Place, content: bytes, owner: Owner = Owner.SERVER) -> None:
        """Somebody else than the engine puts a picture there."""
        self._number += 1
        prefix = {Owner.SERVER: "metadata", Owner.HAND: "upload"}.get(owner, "upload")
        art = Art(f"{prefix}://{self._number}", content, owner)
        self._art[place] = [art, *(self._art[place] if self._is_pile(place) else [])]

    def contents(self, place: Place) -> list[bytes]:
        return [art.content for art in self._art[place]]

    def remove(self, place: Place) -> None:
        self._art[place] = []

    def validator(self, place: Place) -> str:
        """What a listing has for the picture."""
        return f"v{self._art[place][0].art_id}" if self._art[place] else ""

    def shown(self, place: Place) -> Shown:
        self.calls.append("shown")
        labels = tuple(self.labels[place.item_key])
        if not self._art[place]:
            return Shown(labels=labels)
        art = self._art[place][0]
        pile = tuple(one.art_id for one in self._art[place]) if self._is_pile(place) else ()
        shown = Shown(art.art_id, self.validator(place), owner=art.owner, labels=labels, pile=pile)
        return replace(shown, is_locked=place in self.locked)

    def read(self, place: Place, shown: Shown) -> bytes:
        self.calls.append("read")
        return next((art.content for art in self._art[place] if art.art_id == shown.art_id), b"")

    def put(self, place: Place, content: bytes, ours: str = "") -> Shown:
        self.calls.append("put")
        if self.faults and (fault := self.faults.pop(0)):
            raise fault
        if self.hard_limit and len(content) > self.hard_limit:
            raise TooLarge("the server refuses the size (413)")
        self._number += 1
        others = [art for art in self._art[place] if art.art_id != ours] if self._is_pile(place) else []
        self._art[place] = [Art(f"upload://{self._number}", self.encode(content), Owner.HAND), *others]
        self.after_put()
        return self.shown(place)

    def set_label(self, item_key: str, label: str, present: bool) -> None:
        self.calls.append("label")
        self.labels[item_key] = [one for one in self.labels[item_key] if one != label]
        self.labels[item_key] += [label] if present else []

    def close(self) -> None:
        """Nothing is held open."""

    def count(self, call: str) -> int:
        return self.calls.count(call)

    def _is_pile(self, place: Place) -> bool:
        return place.slot is Slot.BACKGROUND and self.name is not SourceName.PLEX


def sha(content: bytes) -> str:
    return digest(content)
