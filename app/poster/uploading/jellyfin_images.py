"""What Jellyfin and Emby answer of an item's pictures: tags in its row, and the list of all images."""

import json
from dataclasses import dataclass
from typing import Any

from app.poster.records.reasons import Owner
from app.poster.records.server_art import Shown, Slot
from app.poster.sources.jellyfin_rows import labels_of
from app.poster.sources.json_rows import Row, row_number, row_object, row_objects, row_text, row_texts
from app.poster.web.trouble import Trouble, WebTrouble

TYPES = {Slot.POSTER: "Primary", Slot.BACKGROUND: "Backdrop", Slot.THUMB: "Thumb", Slot.LOGO: "Logo"}
KOMETA_LABEL = "overlay"


@dataclass(frozen=True, slots=True)
class Backdrop:
    """One picture of a pile; `size` is its number of bytes, 0 where the server does not say."""

    tag: str
    size: int


def json_of_answer(content: bytes, name: str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise WebTrouble(Trouble.BROKEN, f"{name}: the answer makes no sense") from None


def item_row(content: bytes, key: str, name: str) -> Row:
    """The row of one item; WebTrouble where the answer is no page or has no such row."""
    page = json_of_answer(content, name)
    if not isinstance(page, dict) or not isinstance(page.get("Items"), list):
        raise WebTrouble(Trouble.BROKEN, f"{name}: the answer holds no list of items")
    rows = row_objects(page, "Items")
    row = next((row for row in rows if is_same_id(row_text(row, "Id"), key)), None)
    if row is None:
        raise WebTrouble(Trouble.NOT_FOUND, f"{name}: there is no such entry", 404)
    return row


def is_same_id(one: str, other: str) -> bool:
    """Jellyfin writes the same id with dashes and without."""
    return one.replace("-", "").lower() == other.replace("-", "").lower()


def shown_in_row(row: Row, slot: Slot) -> Shown:
    """What the row says of a slot; tags change with the file that holds the picture."""
    pile = tuple(row_texts(row, "BackdropImageTags")) if slot is Slot.BACKGROUND else ()
    tag = (
        next(iter(pile), "")
        if slot is Slot.BACKGROUND
        else row_text(row_object(row, "ImageTags"), TYPES[slot])
    )
    labels, is_locked = labels_of(row), row.get("LockData") is True
    return Shown(
        tag,
        tag,
        owner=owner_by_lock(slot, tag, labels, is_locked),
        labels=labels,
        pile=pile,
        is_locked=is_locked,
    )


def owner_by_lock(slot: Slot, tag: str, labels: tuple[str, ...], is_locked: bool) -> Owner:
    """These servers do not say where a picture comes from; only a lock shows a person's hand."""
    if not tag:
        return Owner.NOBODY
    if slot is Slot.POSTER and KOMETA_LABEL in (label.lower() for label in labels):
        return Owner.TOOL
    return Owner.HAND if is_locked else Owner.SERVER


def backdrops(content: bytes, name: str) -> list[Backdrop]:
    """The pile in its order, from the list of all images."""
    images = json_of_answer(content, name)
    if not isinstance(images, list):
        raise WebTrouble(Trouble.BROKEN, f"{name}: the answer holds no list of images")
    rows = [
        row for row in row_objects({"Images": images}, "Images") if row_text(row, "ImageType") == "Backdrop"
    ]
    rows.sort(key=lambda row: row_number(row, "ImageIndex") or 0)
    return [Backdrop(row_text(row, "ImageTag"), row_number(row, "Size") or 0) for row in rows]


def first_remote(content: bytes, name: str) -> str:
    """The address of the first picture that the providers of the server have, "" for none."""
    page = json_of_answer(content, name)
    if not isinstance(page, dict) or not isinstance(page.get("Images"), list):
        raise WebTrouble(Trouble.BROKEN, f"{name}: the answer holds no list of images")
    return next(filter(None, (row_text(row, "Url") for row in row_objects(page, "Images"))), "")
