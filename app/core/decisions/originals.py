"""The picture that an asset was drawn from, as far as it is still to be had."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from app.core.decisions.states import OWNERS
from app.core.execution.run_requests import contained
from app.core.replacing.offered_address import is_web_address

OURS, HELD = OWNERS[1], "held"
# Why there is none: the asset is not what the record decided; nothing is known; it was drawn from words; the
# file is gone; the media server shows ours in its place, and nobody kept its own.
OTHER, UNKNOWN, DRAWN, GONE, REPLACED = "other", "unknown", "drawn", "gone", "replaced"


class OriginalPlace(NamedTuple):
    """Where the original is: an `address` of the internet, a `file`, or none and why in the word `none`."""

    address: str = ""
    file: Path | None = None
    none: str = ""


def is_as_decided(record: Mapping[str, Any]) -> bool:
    """Whether the file is what the decision says: one that a run made, and that nobody has replaced."""
    return record["owner"] == OURS or record["reason"] == HELD


def original_place(engine: Path, record: Mapping[str, Any] | None, folders: Iterable[Path]) -> OriginalPlace:
    """The place for a record of the journal; a file counts only inside one of the folders."""
    if record is None:
        return OriginalPlace(none=UNKNOWN)
    if not is_as_decided(record):
        return OriginalPlace(none=OTHER)
    chosen = record["decision"].get("chosen") or {}
    address, provider = chosen.get("address", ""), chosen.get("provider")
    if is_web_address(address):
        return OriginalPlace(address=address)
    if provider == "Typographic":
        return OriginalPlace(none=DRAWN)
    if provider == "Server":
        return kept_of_server(engine, record)
    found = (file for folder in folders if (file := contained(folder, address)))
    file = next(found, None) if address else None
    return OriginalPlace(file=file) if file else OriginalPlace(none=GONE if address else UNKNOWN)


def kept_of_server(engine: Path, record: Mapping[str, Any]) -> OriginalPlace:
    """What the media server showed before our first upload, which the store may have."""
    for upload in record.get("uploads", ()):
        sha256 = upload["before"]["sha256"]
        file = engine / "store" / sha256[:2] / sha256
        if sha256 and file.is_file():
            return OriginalPlace(file=file)
    return OriginalPlace(none=REPLACED)
