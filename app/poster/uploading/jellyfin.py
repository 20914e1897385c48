"""Jellyfin as a receiver: pictures as base64 text. Emby takes them in the same way."""

import base64
import json
from urllib.parse import quote

from app.poster.records.server_art import Place, Shown, Slot
from app.poster.sources.json_rows import Row
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.calls import PAUSES, RECEIVER_LIMITS, Picture, ServerCalls
from app.poster.uploading.jellyfin_images import TYPES, first_remote, item_row, json_of_answer, shown_in_row
from app.poster.uploading.picture_type import picture_type
from app.poster.uploading.pile import Pile
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.size_limit import SizeLimit
from app.poster.web.endpoint import Limits
from app.poster.web.trouble import Trouble, WebTrouble

BASE64_GROWTH = 4 / 3
FIELDS = "Tags,TagItems,Settings"


class JellyfinReceiver:
    """One Jellyfin server; see `Receiver`."""

    def __init__(
        self,
        server: ServerSettings,
        limits: Limits = RECEIVER_LIMITS,
        pauses: tuple[float, ...] = PAUSES,
    ):
        self.name = server.name
        self._calls = ServerCalls(
            server, {"Authorization": f'MediaBrowser Token="{server.key}"'}, limits, pauses
        )
        advice = (
            f"let the proxy before {self.name.value} take larger requests, or lower OverlayPart.outputQuality"
        )
        self._limit = SizeLimit(self.name.value, growth=BASE64_GROWTH, advice=advice)

    @property
    def most_bytes(self) -> int:
        return self._limit.most

    def shown(self, place: Place) -> Shown:
        image_type(place, self.name.value)
        return shown_in_row(self._row(place.item_key), place.slot)

    def read(self, place: Place, shown: Shown) -> bytes:
        # Without a size in the query the server answers the file itself and encodes nothing.
        return self._calls.read(self._image_path(place)) if shown.art_id else b""

    def put(self, place: Place, content: bytes, ours: str = "") -> Shown:
        self._limit.require(len(content))
        if place.slot is Slot.BACKGROUND:
            self._pile(place).put(content, ours, lambda arrived: self._upload(place, content, arrived))
        else:
            before = self.shown(place)
            self._upload(place, content, lambda: self.shown(place).art_id != before.art_id)
        shown = self.shown(place)
        if not shown.art_id:
            raise UploadTrouble(
                f"{self.name.value} took the picture but does not show it; the next run tries it again"
            )
        return shown

    def select(self, place: Place, art_id: str) -> bool:
        if place.slot is Slot.BACKGROUND:
            return self._pile(place).bring_to_front(art_id)
        return self.shown(place).art_id == art_id

    def clear(self, place: Place, art_id: str) -> None:
        if place.slot is Slot.BACKGROUND:
            self._pile(place).remove(art_id)
        elif self.shown(place).art_id == art_id:
            self._calls.change("DELETE", self._image_path(place))

    def reset(self, place: Place, uploaded: str) -> bool:
        pile = self._pile(place) if place.slot is Slot.BACKGROUND else None
        if pile and len(pile.listed()) > 1:
            return pile.remove(uploaded)
        kind = image_type(place, self.name.value)
        query = {"type": kind, "limit": "1"}
        found = self._calls.ask(
            remote_path(place), lambda content: first_remote(content, self.name.value), query
        )
        if not found:
            return False
        self._fetch_remote(place, {"type": kind, "imageUrl": found}, uploaded)
        if pile:
            pile.remove(uploaded)
        return True

    def arrange(self, place: Place, pile: tuple[str, ...]) -> None:
        if place.slot is Slot.BACKGROUND and len(pile) > 1:
            self._pile(place).arrange(pile)

    def set_label(self, item_key: str, label: str, present: bool) -> None:
        """Jellyfin takes an item only as a whole, so it is read, changed and sent back."""
        path = f"/Items/{quote(item_key, safe='')}"
        row = self._whole_item(path)
        changed = changed_labels(row.get("Tags") or [], label, present)
        if changed is not None:
            body = json.dumps({**row, "Tags": changed}).encode()
            self._calls.change("POST", path, body=body, headers={"Content-Type": "application/json"})

    def set_locked(self, place: Place, is_locked: bool) -> None:
        """Nothing: these servers lock whole items, and no upload changes that."""

    def close(self) -> None:
        self._calls.close()

    def _fetch_remote(self, place: Place, query: dict[str, str], uploaded: str) -> None:
        """Have the server fetch a picture, once: a second one would make a pile grow."""

        def step() -> bool:
            shown = self.shown(place)
            if shown.art_id != uploaded or len(shown.pile) > 1:
                return True
            self._calls.once("POST", f"{remote_path(place)}/Download", query)
            return False

        self._calls.reach(step)

    def _row(self, key: str) -> Row:
        query = {"Ids": key, "Fields": FIELDS, "Recursive": "true", "Limit": "1"}
        return self._calls.ask("/Items", lambda content: item_row(content, key, self.name.value), query)

    def _whole_item(self, path: str) -> Row:
        try:
            return self._calls.ask(path, lambda content: whole_item(content, self.name.value))
        except UploadTrouble as trouble:
            if not trouble.is_gone:
                raise
            raise UploadTrouble(
                f"{self.name.value} does not give the item as a whole, so its tags are left as they are; "
                "it has to be 10.9 or newer",
                is_final=True,
            ) from trouble

    def _pile(self, place: Place) -> Pile:
        return Pile(self._calls, images_path(place))

    def _image_path(self, place: Place) -> str:
        path = f"{images_path(place)}/{image_type(place, self.name.value)}"
        return f"{path}/0" if place.slot is Slot.BACKGROUND else path

    def _upload(self, place: Place, content: bytes, arrived) -> None:
        path = f"{images_path(place)}/{image_type(place, self.name.value)}"
        headers = {"Content-Type": picture_type(content)}
        self._calls.upload(
            path, base64.b64encode(content), headers, Picture(len(content), self._limit), arrived
        )


def images_path(place: Place) -> str:
    return f"/Items/{quote(place.item_key, safe='')}/Images"


def remote_path(place: Place) -> str:
    """Where the server lists what its providers have of the item."""
    return f"/Items/{quote(place.item_key, safe='')}/RemoteImages"


def image_type(place: Place, name: str) -> str:
    if place.slot not in TYPES:
        raise UploadTrouble(f"{name} has no pictures of the kind {place.slot.value}", is_final=True)
    return TYPES[place.slot]


def whole_item(content: bytes, name: str) -> Row:
    row = json_of_answer(content, name)
    if not isinstance(row, dict) or not row.get("Id"):
        raise WebTrouble(Trouble.BROKEN, f"{name}: the answer holds no item")
    return row


def changed_labels(labels: list, label: str, present: bool) -> list | None:
    """The labels with that one or without it, None where it is so already."""
    same = [known for known in labels if isinstance(known, str) and known.lower() == label.lower()]
    if bool(same) == present:
        return None
    return [*labels, label] if present else [known for known in labels if known not in same]
