"""Plex as a receiver: raw bytes into the list of an item's pictures, one of which is selected."""

import hashlib
from urllib.parse import quote

from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.calls import PAUSES, RECEIVER_LIMITS, Picture, ServerCalls
from app.poster.uploading.picture_type import picture_type
from app.poster.uploading.plex_entries import (
    SLOTS,
    PlexEntry,
    PlexFacts,
    SlotNames,
    plex_entries,
    plex_facts,
)
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.size_limit import SizeLimit
from app.poster.web.endpoint import Limits

MOST_BYTES = 10_480_000
ADVICE = "lower OverlayPart.outputQuality"
KOMETA_LABEL = "overlay"
KEPT_SCHEMES = ("upload://", "metadata://")


class PlexReceiver:
    """One Plex server; see `Receiver`.

    Plex keeps each upload for ever under the SHA-1 of its bytes, so that bytes which it has already are
    selected and not sent again.
    """

    name = SourceName.PLEX

    def __init__(
        self,
        server: ServerSettings,
        limits: Limits = RECEIVER_LIMITS,
        pauses: tuple[float, ...] = PAUSES,
    ):
        headers = {"X-Plex-Token": server.key} if server.key else {}
        self._calls = ServerCalls(server, headers, limits, pauses)
        self._limit = SizeLimit(self.name.value, MOST_BYTES, advice=ADVICE)

    @property
    def most_bytes(self) -> int:
        return self._limit.most

    def shown(self, place: Place) -> Shown:
        return self._look(place)[1]

    def read(self, place: Place, shown: Shown) -> bytes:
        if not shown.art_id:
            return b""
        names = names_of(place)
        kept = shown.art_id.startswith(KEPT_SCHEMES)
        content = self._calls.read(f"{item_path(place)}/file", {"url": shown.art_id}) if kept else b""
        return content or self._calls.read(f"{item_path(place)}/{names.attribute}/{shown.validator}")

    def put(self, place: Place, content: bytes, ours: str = "") -> Shown:
        self._limit.require(len(content))
        before = self._entries(place)
        digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
        if not entry_of(before, digest):
            self._upload(place, content, before, digest)
        entries, shown = self._look(place)
        entry = uploaded_entry(before, entries, digest) or selected(entries)
        if entry and not entry.is_selected:
            self._select(place, entry)
            _, shown = self._look(place)
        if entry is None or shown.art_id != entry.art_id:
            raise UploadTrouble("Plex took the picture but does not show it; the next run tries it again")
        return shown

    def select(self, place: Place, art_id: str) -> bool:
        entry = next((entry for entry in self._entries(place) if entry.art_id == art_id), None)
        if entry is None:
            return False
        if not entry.is_selected:
            self._select(place, entry)
        return any(entry.art_id == art_id and entry.is_selected for entry in self._entries(place))

    def clear(self, place: Place, art_id: str) -> None:
        entry = selected(self._entries(place))
        if entry and entry.art_id == art_id:
            self._calls.change("DELETE", f"{item_path(place)}/{names_of(place).attribute}")

    def reset(self, place: Place, uploaded: str) -> bool:
        offered = next((entry for entry in self._entries(place) if not entry.is_upload), None)
        if offered is None:
            return False
        self._select(place, offered)
        shown = selected(self._entries(place))
        # A picture that Plex had still to fetch is listed under another name afterwards.
        if shown is None or shown.art_id == uploaded:
            raise UploadTrouble("Plex agreed to show its own picture but does not; reset it again")
        self.set_locked(place, is_locked=False)
        return True

    def arrange(self, place: Place, pile: tuple[str, ...]) -> None:
        """Nothing: the lists of Plex have no order that clients show."""

    def set_label(self, item_key: str, label: str, present: bool) -> None:
        facts = self._facts(item_key)
        same = [known for known in facts.labels if known.lower() == label.lower()]
        if bool(same) == present:
            return
        wanted = {f"label[{number}].tag.tag": name for number, name in enumerate((*facts.labels, label))}
        # A comma parts labels in the list of those to take away.
        gone = {"label[].tag.tag-": ",".join(quote(name, safe=" ") for name in same)}
        self._edit(item_key, facts, wanted if present else gone)

    def set_locked(self, place: Place, is_locked: bool) -> None:
        attribute = names_of(place).attribute
        facts = self._facts(place.item_key)
        if (attribute in facts.locked) != is_locked:
            self._edit(place.item_key, facts, {f"{attribute}.locked": "1" if is_locked else "0"})

    def close(self) -> None:
        self._calls.close()

    def _look(self, place: Place) -> tuple[list[PlexEntry], Shown]:
        names, entries = names_of(place), self._entries(place)
        facts = self._facts(place.item_key)
        entry = selected(entries)
        # A list in which nothing is selected does not mean that nothing is shown.
        art_id = entry.art_id if entry else facts.paths.get(names.attribute, "")
        is_locked = names.attribute in facts.locked
        owner = first_owner(place, art_id, facts, is_locked)
        validator = facts.validator(names) if art_id else ""
        return entries, Shown(
            art_id, validator, owner=owner, labels=facts.labels, is_locked=is_locked and bool(art_id)
        )

    def _entries(self, place: Place) -> list[PlexEntry]:
        return self._calls.ask(f"{item_path(place)}/{names_of(place).list}", plex_entries)

    def _facts(self, item_key: str) -> PlexFacts:
        path = f"/library/metadata/{quote(item_key, safe='')}"
        return self._calls.ask(path, lambda content: plex_facts(content, item_key))

    def _upload(self, place: Place, content: bytes, before: list[PlexEntry], digest: str) -> None:
        def arrived() -> bool:
            return uploaded_entry(before, self._entries(place), digest) is not None

        path = f"{item_path(place)}/{names_of(place).list}"
        headers = {"Content-Type": picture_type(content)}
        self._calls.upload(path, content, headers, Picture(len(content), self._limit), arrived)

    def _select(self, place: Place, entry: PlexEntry) -> None:
        path = f"{item_path(place)}/{names_of(place).selected}"
        self._calls.change("PUT", path, {"url": entry.art_id})

    def _edit(self, item_key: str, facts: PlexFacts, changes: dict[str, str]) -> None:
        path = f"/library/sections/{quote(facts.section, safe='')}/all"
        self._calls.change("PUT", path, {"type": facts.type, "id": item_key, **changes})


def item_path(place: Place) -> str:
    return f"/library/metadata/{quote(place.item_key, safe='')}"


def names_of(place: Place) -> SlotNames:
    if place.slot not in SLOTS:
        raise UploadTrouble(f"Plex has no pictures of the kind {place.slot.value}", is_final=True)
    return SLOTS[place.slot]


def selected(entries: list[PlexEntry]) -> PlexEntry | None:
    return next((entry for entry in entries if entry.is_selected), None)


def entry_of(entries: list[PlexEntry], digest: str) -> PlexEntry | None:
    """The upload of exactly the bytes with that SHA-1."""
    return next((one for one in entries if one.is_upload and one.art_id.endswith(f"/{digest}")), None)


def uploaded_entry(before: list[PlexEntry], after: list[PlexEntry], digest: str) -> PlexEntry | None:
    """The entry that an upload made: by its bytes, else what was not there before."""
    known = {entry.art_id for entry in before}
    fresh = [entry for entry in after if entry.is_upload and entry.art_id not in known]
    return entry_of(after, digest) or selected(fresh) or next(iter(fresh), None)


def first_owner(place: Place, art_id: str, facts: PlexFacts, is_locked: bool) -> Owner:
    if not art_id:
        return Owner.NOBODY
    # Kometa lays its overlays over posters, seasons and title cards, never over backgrounds.
    if place.slot is Slot.POSTER and KOMETA_LABEL in (label.lower() for label in facts.labels):
        return Owner.TOOL
    return Owner.HAND if is_locked or art_id.startswith(KEPT_SCHEMES[0]) else Owner.SERVER
