"""Pictures come to their places, and never over a file that somebody else put there."""

from hashlib import sha256
from pathlib import Path

from app.poster.journal.journal import Journal
from app.poster.publish import write_whole
from app.poster.records.step import FileState


class ChangedMeanwhile(Exception):
    """The file is not the one that the plan saw; it is left as it is."""


class EditedMeanwhile(ChangedMeanwhile):
    """A person has changed or held the file through the server since the plan saw it."""


def publish(target: Path, content: bytes, expected: FileState | None) -> FileState:
    """Write the picture to `target`, where `expected` lies, None for nothing.

    ChangedMeanwhile where another file lies there by now, OSError where the disk refuses.
    """
    if not lies_there(target, expected):
        raise ChangedMeanwhile(f"{target} was changed while the run worked; it is left alone")
    facts = write_whole(target, content)
    return FileState(facts.st_size, facts.st_mtime_ns, digest(content))


def require_unedited(journal: Journal, path: str, edits: int) -> None:
    """EditedMeanwhile where a person has edited the file since the record that counts so many edits."""
    if journal.edits_of(path) != edits:
        raise EditedMeanwhile(f"{path} was edited by a person while the run worked; it is left alone")


def missing_folders(assets: Path, path: str) -> int:
    """How many folders between the asset folder and the file are still to be made."""
    folders = list((assets / path).relative_to(assets).parents)[:-1]
    return sum(not (assets / folder).exists() for folder in folders)


def stays_inside(folder: Path, target: Path) -> bool:
    """Whether the target, with all links on its way followed, lies below the folder."""
    return target.resolve().is_relative_to(folder.resolve())


def lies_there(target: Path, expected: FileState | None) -> bool:
    """Whether the file has the expected size and time; a link is followed, a missing file is None."""
    try:
        facts = target.stat()
    except FileNotFoundError:
        return expected is None
    return expected is not None and (facts.st_size, facts.st_mtime_ns) == (expected.size, expected.mtime_ns)


def digest(content: bytes) -> str:
    """The SHA-256 that journal and store name the bytes by."""
    return sha256(content).hexdigest()
