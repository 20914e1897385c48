"""A media server in memory that keeps the protocol of receivers."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count

from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot
from app.poster.uploading.receiver import UploadTrouble


@dataclass
class MemoryReceiver:
    """Shows the first picture of each place; all others stay selectable, as Plex has it.

    With `has_piles` backgrounds are numbered piles and nothing can be selected, as Jellyfin has it. With
    `re_encodes` uploaded bytes are changed. `trouble` is raised by every call that changes something.
    """

    name: SourceName = SourceName.PLEX
    most_bytes: int = 0
    has_piles: bool = False
    re_encodes: bool = False
    trouble: UploadTrouble | None = None
    pictures: dict[Place, list[str]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)
    locked: set[Place] = field(default_factory=set)
    numbers: count = field(default_factory=lambda: count(1))
    calls: list[str] = field(default_factory=list)

    def give(self, place: Place, *contents: bytes) -> list[str]:
        """Let the server have these pictures of its own there."""
        ids = [self._store(f"metadata://{next(self.numbers)}", content) for content in contents]
        self.pictures[place] = ids
        return ids

    def showing(self, place: Place) -> bytes:
        there = self.pictures.get(place)
        return self.contents[there[0]] if there else b""

    def pile(self, place: Place) -> list[bytes]:
        return [self.contents[one] for one in self.pictures.get(place, [])]

    def shown(self, place: Place) -> Shown:
        there = self.pictures.get(place, [])
        pile = tuple(there) if self._is_pile(place) else ()
        art_id = there[0] if there else ""
        labels = tuple(sorted(self.labels.get(place.item_key, ())))
        return Shown(art_id, art_id, "", 0, Owner.NOBODY, labels, pile, place in self.locked)

    def read(self, place: Place, shown: Shown) -> bytes:
        return self.contents.get(shown.art_id, b"")

    def put(self, place: Place, content: bytes, ours: str = "") -> Shown:
        self._change(f"put {place.slot.value}")
        stored = content + b"!" if self.re_encodes else content
        art_id = self._store(f"upload://{next(self.numbers)}", stored)
        there = [one for one in self.pictures.get(place, []) if one != ours or not self._is_pile(place)]
        keeps = self._is_pile(place) or not self.has_piles
        self.pictures[place] = [art_id, *(there if keeps else [])]
        if not self.has_piles:
            self.locked.add(place)
        return self.shown(place)

    def select(self, place: Place, art_id: str) -> bool:
        there = self.pictures.get(place, [])
        if self.has_piles or art_id not in there:
            return False
        self._change(f"select {place.slot.value}")
        self.pictures[place] = [art_id, *(one for one in there if one != art_id)]
        self.locked.add(place)
        return True

    def clear(self, place: Place, art_id: str) -> None:
        self._change(f"clear {place.slot.value}")
        self.pictures[place] = [one for one in self.pictures.get(place, []) if one != art_id]

    def arrange(self, place: Place, pile: tuple[str, ...]) -> None:
        there = self.pictures[place]
        assert self._is_pile(place)
        known = [one for one in pile if one in there]
        self.pictures[place] = known + [one for one in there if one not in known]

    def set_label(self, item_key: str, label: str, present: bool) -> None:
        self._change(f"label {label} {present}")
        labels = self.labels.setdefault(item_key, set())
        if present:
            labels.add(label)
        else:
            labels.discard(label)

    def set_locked(self, place: Place, is_locked: bool) -> None:
        self.locked = self.locked | {place} if is_locked else self.locked - {place}

    def close(self) -> None:
        self.calls.append("close")

    def looked_at(self, place: Place) -> Shown:
        """What is shown with its bytes known, as a run has it after it has read them."""
        shown, content = self.shown(place), self.showing(place)
        return replace(shown, sha256=sha256(content).hexdigest() if content else "", size=len(content))

    def _is_pile(self, place: Place) -> bool:
        return self.has_piles and place.slot is Slot.BACKGROUND

    def _change(self, call: str) -> None:
        if self.trouble:
            raise self.trouble
        self.calls.append(call)

    def _store(self, art_id: str, content: bytes) -> str:
        self.contents[art_id] = content
        return art_id
