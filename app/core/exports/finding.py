"""The export files in Logs and RotatedLogs, and their identity."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from app.core.errors import Conflict
from app.core.exports.sheets import KINDS, SHEETS, ExportSheet
from app.core.fingerprint import Fingerprint, fingerprint
from app.core.paths import Paths

BLOCK = 1024 * 1024
ROTATED_NAME = "Logs_%Y%m%d_%H%M%S"
NANOSECONDS = 10**9
# A script stamps the folder to the second, and its clock may be read a little before the last write.
SLACK_NS = 60 * NANOSECONDS


@dataclass(frozen=True)
class Bundle:
    """The files of one kind in one folder: what lies there together was exported together."""

    kind: str
    folder: Path
    is_live: bool

    def files(self) -> list[tuple[ExportSheet, Path]]:
        places = ((sheet, self.folder / sheet.file) for sheet in SHEETS[self.kind])
        return [(sheet, path) for sheet, path in places if path.is_file()]

    def paths(self) -> list[Path]:
        return [path for _, path in self.files()]


@dataclass(frozen=True)
class Cut:
    """A file that was imported before its end was written."""

    file_id: int
    inode: str
    size: int
    digest: str


@dataclass(frozen=True)
class FoundExport:
    """An export file with its state when it was read."""

    sheet: ExportSheet
    path: Path
    seen: Fingerprint
    digest: str
    # Nanoseconds; where the file was copied after its rotation, the time of that is the best we know.
    written_ns: int
    is_time_true: bool
    # The number of the file that this one goes on from.
    grown_from: int | None

    @property
    def written(self) -> datetime:
        return datetime.fromtimestamp(self.written_ns / NANOSECONDS, UTC)

    def check_unchanged(self) -> None:
        """`Conflict` when it was changed since."""
        if fingerprint(self.path) != self.seen:
            raise Conflict(f"{self.sheet.file} is being changed.")


def live_bundle(paths: Paths, kind: str) -> Bundle:
    return Bundle(kind, paths.logs, is_live=True)


def rotated_bundles(paths: Paths, most: int) -> list[Bundle]:
    """The files of the latest runs in RotatedLogs, the oldest first."""
    folders = sorted(paths.rotated_logs.glob("Logs_*"))[-most:]
    return [Bundle(kind, folder, is_live=False) for folder in folders for kind in KINDS]


def identify_exports(bundle: Bundle, zone: tzinfo | None, cuts: dict[str, Cut]) -> list[FoundExport]:
    """Read the files and identify each by its content; `cuts` by file name."""
    rotated_ns = None if bundle.is_live else rotation_ns(bundle.folder.name, zone)
    return [examine_file(sheet, path, rotated_ns, cuts.get(sheet.file)) for sheet, path in bundle.files()]


def examine_file(sheet: ExportSheet, path: Path, rotated_ns: int | None, cut: Cut | None) -> FoundExport:
    seen = fingerprint(path)
    if seen is None:
        raise Conflict(f"{sheet.file} is being moved. Try again in a moment.")
    is_true = rotated_ns is None or seen.modified_ns <= rotated_ns + SLACK_NS
    goes_on = cut if cut and cut.inode == str(seen.inode) and cut.size < seen.size else None
    digest, grown = digests(path, goes_on)
    written_ns = seen.modified_ns if is_true else rotated_ns
    return FoundExport(sheet, path, seen, digest, written_ns, is_true, grown)


def digests(path: Path, cut: Cut | None) -> tuple[str, int | None]:
    """The digest of the content, and the number of the cut file if that is how the content begins."""
    content = hashlib.sha256()
    with path.open("rb") as file:
        begin = add_bytes(content, file, cut.size) if cut else ""
        whole = add_bytes(content, file, None)
    return whole, cut.file_id if cut and cut.digest == begin else None


def add_bytes(content, file: BinaryIO, size: int | None) -> str:
    """Add that many bytes, or all that are left, and answer the digest so far."""
    left = size
    while block := file.read(BLOCK if left is None else min(BLOCK, left)):
        content.update(block)
        left = None if left is None else left - len(block)
    return content.hexdigest()


def rotation_ns(name: str, zone: tzinfo | None) -> int | None:
    """When a folder of that name was set aside; None when its name does not say."""
    try:
        local = datetime.strptime(name, ROTATED_NAME)
    except ValueError:
        return None
    aware = local.replace(tzinfo=zone) if zone else local.astimezone()
    return int(aware.timestamp()) * NANOSECONDS
