"""What a double of a media server shows of each item, who put it there, and how its calls go wrong."""

import base64
import contextlib
import hashlib
import socket
import struct
import threading
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count

from PIL import Image

from app.poster.records.server_art import Slot
from tests.doubles.coded_pictures import code_of, draw_coded
from tests.doubles.media_world import picture_named

HAND, TOOL, SERVER, UPLOAD = "hand", "tool", "server", "upload"
OVERLAY = "Overlay"
# Kometa writes "overlay" into this EXIF tag of each picture that it has laid one over.
KOMETA_TAG = 0x04BC
RESET_BEFORE, RESET_AFTER = "reset before", "reset after"
MEBIBYTE = 1024 * 1024


@dataclass
class Entry:
    """One picture that the server has at a place; `by` is HAND, TOOL, SERVER or UPLOAD (through the API).

    One of the world has its `name` and is drawn when it is asked for.
    """

    by: str
    art_id: str = ""
    bytes_sent: bytes = b""
    name: str = ""

    @property
    def content(self) -> bytes:
        return self.bytes_sent or picture_named(self.name)


@dataclass
class Shelf:
    """The pictures of one item in one slot; `stamp` changes whenever another one is shown.

    Plex shows the entry with the id `selected`, Jellyfin and Emby the first.
    """

    entries: list[Entry] = field(default_factory=list)
    selected: str = ""
    stamp: int = 0


@dataclass(frozen=True)
class Upload:
    """One body that arrived and was taken, decoded."""

    key: int
    slot: str
    content: bytes


@dataclass
class Failure:
    """The next `times` requests of a kind go wrong, all where it is None; `key` is one item, None for any."""

    kind: str
    outcome: int | str
    times: int | None
    key: int | None
    headers: dict[str, str]

    def fits(self, kind, key):
        return kind == self.kind and self.key in (None, key) and self.times != 0


class ShownPictures:
    """State, switches and counts that the doubles of Plex, Jellyfin and Emby have in common.

    Slots are `Slot` or their words, keys those of the world's items, seasons (`item.season_key`) and
    episodes. Kinds of requests are "listing", "detail", "list" (what a place has), "read" (bytes), "upload",
    "select", "delete", "move" and "edit" (labels, locks).

    `re_encodes` is "", "keeps mark" or "loses mark": what becomes of each picture that is uploaded. `limit`
    is the largest body in bytes that a proxy lets through; above it answers 413, or with `limit_cuts` cuts
    the connection. `locked` has (key, slot) of each picture that is locked.
    """

    re_encodes = ""
    limit: int | None = None
    limit_cuts = False

    def start_pictures(self):
        self.shelves: dict[tuple[int, str], Shelf] = {}
        self.uploads: list[Upload] = []
        self.requests: list[tuple[str, int | None, str]] = []
        self.failures: list[Failure] = []
        self.locked: set[tuple[int, str]] = set()
        self.child_labels: dict[int, tuple[str, ...]] = {}
        self.bytes_in = self.bytes_out = 0
        self.numbers = count(1_700_000_000)
        self.pictures_lock = threading.RLock()

    # What tests ask and set

    def show(self, key, slot, content: bytes | None = None, by=HAND) -> bytes:
        """Somebody makes the server show another picture; the bytes that are shown then.

        HAND uploads and locks it on Plex, and puts it first on a pile. TOOL is Kometa: an upload with its
        mark and the label "Overlay". SERVER is the server's own refresh, which replaces a whole pile.
        """
        with self.pictures_lock:
            content = content or foreign_picture(f"{key} {slot} {next(self.numbers)}", by)
            self.put_first(key, word(slot), content, by)
            if by == TOOL:
                self.set_labels(key, (*self.labels_of(key), OVERLAY))
            return content

    def shown_bytes(self, key, slot) -> bytes:
        """The bytes of the picture that is shown, b"" for none."""
        entry = self.shown_entry(key, word(slot))
        return entry.content if entry else b""

    def pile_bytes(self, key, slot=Slot.BACKGROUND) -> list[bytes]:
        """The bytes of all pictures that the server has at the place, in their order."""
        return [entry.content for entry in self.shelf(key, word(slot)).entries]

    def set_pile(self, key, contents, slot=Slot.BACKGROUND, by=SERVER):
        """The server has exactly these pictures at the place and shows the first."""
        with self.pictures_lock:
            self.shelves[key, word(slot)] = Shelf()
            for content in reversed(contents):
                self.put_first(key, word(slot), content, HAND)
            for entry in self.shelves[key, word(slot)].entries:
                entry.by = by

    def fail(self, kind, outcome, times: int | None = 1, key=None, **headers):
        """Requests of a kind get this status, or are cut RESET_BEFORE or RESET_AFTER they were carried out.

        An upload that is reset before is not taken. `headers` are those of the answer (Retry_After="2").
        """
        self.failures.append(Failure(kind, outcome, times, key, headers))

    def counts(self) -> Counter:
        """How many requests of each kind came."""
        return Counter(kind for kind, _, _ in self.requests)

    def forget_requests(self):
        """Start all counts again; what is shown stays."""
        self.requests.clear()
        self.uploads.clear()
        self.asked.clear()
        self.bytes_in = self.bytes_out = 0

    def labels_of(self, key) -> tuple[str, ...]:
        _, item = self.world.find(key)
        return item.labels if item and item.key == key else self.child_labels.get(key, ())

    def set_labels(self, key, labels):
        _, item = self.world.find(key)
        if item.key == key:
            item.labels = tuple(dict.fromkeys(labels))
        else:
            self.child_labels[key] = tuple(dict.fromkeys(labels))

    # What the doubles are made of

    def shelf(self, key, slot) -> Shelf:
        """The shelf as it is; one that nobody changed shows what the world says."""
        if (key, slot) in self.shelves:
            return self.shelves[key, slot]
        entries = self.first_entries(key, slot)
        return Shelf(entries, entries[0].art_id if entries else "")

    def changed_shelf(self, key, slot) -> Shelf:
        """The shelf to change; from now on it no longer shows what the world says."""
        shelf = self.shelves.setdefault((key, slot), self.shelf(key, slot))
        shelf.stamp = next(self.numbers)
        return shelf

    def is_item(self, key) -> bool:
        _, item = self.world.find(key)
        if item is None:
            return False
        children = [item.season_key(number) for number in item.season_numbers()]
        return key in (item.key, *children, *(episode.key for episode in item.episodes))

    def stored(self, content: bytes) -> bytes:
        """What the server makes of bytes that it gets."""
        return re_encoded(content, self.re_encodes == "keeps mark") if self.re_encodes else content

    def answer_kind(self, handler, kind, key, slot, respond):
        """Count a request, let it fail where a test asked for it, else the answer of `respond`."""
        with self.pictures_lock:
            self.requests.append((kind, key, slot))
            failure = next((one for one in self.failures if one.fits(kind, key)), None)
            if failure and failure.times:
                failure.times -= 1
            if kind == "upload":
                self.bytes_in += len(handler.body)
            if failure is None:
                return respond()
            if failure.outcome == RESET_AFTER:
                respond()
        return self.fail_with(handler, failure)

    def fail_with(self, handler, failure):
        if isinstance(failure.outcome, int):
            handler.send(
                failure.outcome, b"<html>trouble</html>", Content_Type="text/html", **failure.headers
            )
        else:
            cut(handler)
        return None, None

    def stops_reading(self, handler, length) -> bool:
        """A proxy with a limit answers before it has read the body."""
        if self.limit is None or length <= self.limit:
            return False
        with self.pictures_lock:
            self.requests.append(("upload", None, "too large"))
        if self.limit_cuts:
            handler.rfile.read(min(length, 65536))
            cut(handler)
        else:
            handler.close_connection = True
            handler.send(413, b"<html>413 Request Entity Too Large</html>", Connection="close")
            drain(handler, length)
        return True

    def take_upload(self, key, slot, content):
        self.uploads.append(Upload(key, slot, content))
        self.put_first(key, slot, self.stored(content), UPLOAD)


def word(slot) -> str:
    return slot.value if isinstance(slot, Slot) else slot


def cut(handler):
    """End the connection so that the client sees a reset."""
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.wfile = BytesIO()
    handler.rfile = BytesIO()


def drain(handler, length):
    """Read on for a while, as nginx does, so that the answer arrives before the end of the connection."""
    handler.connection.settimeout(0.5)
    with contextlib.suppress(OSError):
        handler.rfile.read(length)


def foreign_picture(name: str, by: str) -> bytes:
    """A picture that nobody else has; Kometa's carries its mark."""
    content = draw_coded(code_of(name), (200, 300))
    if by != TOOL:
        return content
    with Image.open(BytesIO(content)) as picture:
        marks, target = picture.getexif(), BytesIO()
        marks[KOMETA_TAG] = "overlay"
        picture.save(target, "JPEG", exif=marks)
    return target.getvalue()


def re_encoded(content: bytes, keeps_mark: bool) -> bytes:
    """The same picture in other bytes, with its JPEG comment or without."""
    with Image.open(BytesIO(content)) as picture:
        comment = picture.info.get("comment", b"") if keeps_mark else b""
        target = BytesIO()
        picture.convert("RGB").save(target, "JPEG", quality=61, comment=comment)
    return target.getvalue()


def sha1(content: bytes) -> str:
    return hashlib.sha1(content).hexdigest()


def decoded(body: bytes) -> bytes | None:
    """The bytes of a base64 text, None where it is none."""
    try:
        return base64.b64decode(body, validate=True)
    except ValueError:
        return None
