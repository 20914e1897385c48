"""Whose the picture is that a media server shows."""

from collections.abc import Collection
from dataclasses import dataclass

from app.poster.planning.marks import maker, other_tool
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Shown, Slot

OVERLAY = "overlay"
# Owners whose pictures may be uploaded over without anybody asking for it.
REPLACEABLE = frozenset((Owner.NOBODY, Owner.OURS, Owner.SERVER))


@dataclass(frozen=True, slots=True)
class ServerOwner:
    """Whose a shown picture is, and a few words that say how we know."""

    owner: Owner
    why: str


def whose(
    slot: Slot, shown: Shown, content: bytes, ours: Collection[str], replaces_overlay: bool = False
) -> ServerOwner:
    """The owner of the picture that is shown in the slot, with these bytes and with `shown.sha256`.

    `ours` are the SHA-256 of bytes that we made or that the server made of them. With `replaces_overlay` art
    with Kometa's label counts as the server's.
    """
    if not shown.art_id:
        return ServerOwner(Owner.NOBODY, "the server shows nothing there")
    if shown.sha256 and shown.sha256 in ours:
        return ServerOwner(Owner.OURS, "the bytes are those that we made")
    labels = overlay_labels(slot, shown)
    if labels:
        why = f'label "{labels[0]}" of Kometa'
        return ServerOwner(Owner.SERVER if replaces_overlay else Owner.TOOL, why)
    return by_content(shown, content)


def by_content(shown: Shown, content: bytes) -> ServerOwner:
    """The owner by marks in the picture, then by what the server says of it.

    Another tool that worked on our picture may have left our mark in it.
    """
    owner, why = maker(content)
    tool = other_tool(content)
    if tool:
        return ServerOwner(Owner.TOOL, f'carries the mark "{tool}" of another tool')
    if owner is Owner.OURS:
        return ServerOwner(owner, why)
    if shown.is_locked and shown.owner is not Owner.OURS:
        return ServerOwner(Owner.HAND, "a person has locked it on the server")
    if shown.owner in (Owner.HAND, Owner.TOOL):
        return ServerOwner(shown.owner, "selected upload that is not ours")
    return ServerOwner(Owner.SERVER, "artwork of the server's own agents")


def overlay_labels(slot: Slot, shown: Shown) -> tuple[str, ...]:
    """The item's labels that are Kometa's "Overlay", in the server's spelling.

    They concern posters, seasons and title cards: Kometa lays nothing over backgrounds.
    """
    if slot is not Slot.POSTER:
        return ()
    return tuple(label for label in shown.labels if label.strip().lower() == OVERLAY)
