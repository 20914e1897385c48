"""The earlier versions of an asset's file, as the journal and the store of the built-in script have them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from sqlite3 import Connection
from typing import Any, NamedTuple

from app.core.decisions.journal import aware, has_column, reading_journal, record_words, run_number, unpacked
from app.core.errors import Conflict, Invalid, NotFound, Unavailable, reason_of
from app.core.paths import file_inside, untrusted_asset_path
from app.core.picture_types import browser_type
from app.core.samples import is_image

DIGEST = re.compile(r"[0-9a-f]{64}")
NO_RUN = (None, "", "", "")


class FileFacts(NamedTuple):
    """A file: bytes, mtime in nanoseconds, SHA-256 in hex."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True)
class Version:
    """One content that the asset's file has had, with where it came from.

    `at` is when it was written, aware. `run` is the number of this server's run that wrote it, None for
    another hand or another server; `mode`, `reason` and `why` are "" where the journal knows none. `is_kept`
    says that its bytes are still there, `is_present` that they are what lies in the asset folder now.
    """

    sha256: str
    size: int
    at: datetime
    run: int | None
    mode: str
    reason: str
    why: str
    is_kept: bool
    is_present: bool


@dataclass(frozen=True)
class AssetPath:
    """The path of one asset below the asset folder, which is None where none is set."""

    engine: Path
    root: Path | None
    path: str

    @property
    def present(self) -> Path | None:
        """The file as it lies there, None for none."""
        try:
            return file_inside(self.root, self.path) if self.root else None
        except NotFound:
            return None

    def kept(self, sha256: str) -> Path:
        return self.engine / "store" / sha256[:2] / sha256


def asset_file(engine: Path, root: Path | None, untrusted: str) -> AssetPath:
    """The file of that path; `Invalid` for a text that is no path of an image."""
    if not is_image(untrusted_asset_path(untrusted).rpartition("/")[2]):
        raise Invalid(f"{untrusted[:200]!a} is no image.")
    return AssetPath(engine, root, untrusted)


def versions_of(asset: AssetPath) -> list[Version]:
    """All contents that the file has had, each once, the latest first; `NotFound` where none is known."""
    with reading_journal(asset.engine) as journal:
        written: dict[str, tuple[FileFacts, tuple]] = {}
        for sha256, found in written_versions(journal, asset.path):
            written.pop(sha256, None)
            written[sha256] = found
        words = record_words(journal)
    present = present_facts(asset, [facts for facts, _ in written.values()])
    if present and present.sha256 not in written:
        written[present.sha256] = present, NO_RUN
    if not written:
        raise NotFound(f"There is no version of {asset.path!r}: the built-in script has not made it.")
    shown = present.sha256 if present else ""
    found = [
        version_of_row(asset, facts, source, words, facts.sha256 == shown)
        for facts, source in written.values()
    ]
    return sorted(reversed(found), key=lambda each: not each.is_present)


def version_of_row(
    asset: AssetPath, facts: FileFacts, source: tuple, words: bytes, is_present: bool
) -> Version:
    at, run, mode, record = source
    moment = aware(at) if at else datetime.fromtimestamp(facts.mtime_ns / 10**9, UTC)
    known = unpacked(record, words) if record else {}
    return Version(
        sha256=facts.sha256,
        size=facts.size,
        at=moment,
        run=run_number(run),
        mode=mode.lower(),
        reason=known.get("reason", ""),
        why=known.get("why", ""),
        is_kept=is_present or asset.kept(facts.sha256).is_file(),
        is_present=is_present,
    )


def written_versions(journal: Connection, path: str) -> Iterator[tuple[str, tuple[FileFacts, tuple]]]:
    """(sha256, (facts, (at, run, mode, record))) of all that lay there, in the order of the journal."""
    on_disk = "AND place IS NULL" if has_column(journal, "entries", "place") else ""
    rows = journal.execute(
        "SELECT before, after, at, run, coalesce(mode, ''), record FROM entries LEFT JOIN runs ON name = run"
        f" WHERE path = ? AND state IN ('done', 'undone') {on_disk} ORDER BY number",
        (path,),
    )
    sources: dict[str, tuple] = {}
    for before, after, *source in rows:
        for text, origin in ((before, NO_RUN), (after, tuple(source))):
            facts = file_facts(text)
            if facts and facts.sha256:
                yield facts.sha256, (facts, sources.setdefault(facts.sha256, origin))


def file_facts(text: str | None) -> FileFacts | None:
    """The file that an entry describes, None where it says that none lay there."""
    known: dict[str, Any] = json.loads(text) if text else {}
    return FileFacts(known["size"], known["mtime_ns"], known.get("sha256", "")) if known else None


def present_facts(asset: AssetPath, known: list[FileFacts]) -> FileFacts | None:
    """The file that lies there now; it is read only where size and time are none that the journal knows."""
    if (file := asset.present) is None:
        return None
    try:
        found = file.stat()
        same = [each for each in known if each[:2] == (found.st_size, found.st_mtime_ns)]
        return same[-1] if same else FileFacts(found.st_size, found.st_mtime_ns, digest_of_file(file))
    except OSError as error:
        raise Unavailable(f"{asset.path!r} cannot be read: {reason_of(error)}.") from error


def digest_of_file(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def known_version(asset: AssetPath, sha256: str) -> Version:
    """The version with that SHA-256; `Invalid` for no SHA-256, `NotFound` for none of this asset."""
    if not DIGEST.fullmatch(sha256):
        raise Invalid("A version is named by its SHA-256: 64 digits and letters from a to f.")
    found = next((each for each in versions_of(asset) if each.sha256 == sha256), None)
    if found is None:
        raise NotFound(f"{asset.path!r} has no version {sha256[:12]}…; GET its versions for those it has.")
    return found


def restorable(asset: AssetPath, sha256: str) -> Version:
    """The version, where it can be brought back; `Conflict` where it is there already, or gone."""
    found = known_version(asset, sha256)
    if found.is_present:
        raise Conflict("That version is the present one.")
    if not found.is_kept:
        raise Conflict("The bytes of that version are not kept any more, so that it cannot be restored.")
    return found


def version_picture(asset: AssetPath, sha256: str) -> tuple[Path, str]:
    """(file, media type) of a version; `NotFound` where its bytes are gone or damaged, or are no picture."""
    found = known_version(asset, sha256)
    file = asset.present if found.is_present else asset.kept(sha256)
    try:
        if file is None or digest_of_file(file) != sha256:
            raise NotFound("The bytes of that version are not kept any more, or are damaged.")
        return file, media_type(file)
    except OSError as error:
        raise NotFound("The bytes of that version are not kept any more.") from error


def media_type(file: Path) -> str:
    """The type that the first bytes say."""
    kind = browser_type(file)
    if kind is None:
        raise NotFound("That version is no picture that a browser shows.")
    return kind
