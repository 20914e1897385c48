"""The file of a trigger: in the watcher folder, in its folder `failed`, or deleted."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.core.paths import Paths, inside, replacing
from app.core.triggers.file_format import content
from app.core.triggers.inbox import event_from
from app.core.triggers.listing import item_words
from app.core.triggers.watched import FAILED, fingerprint_of
from app.models import Trigger

REASON = ".reason.txt"
LONGEST_STEM = 150  # bytes, which leaves room for all that is put around it


def file_place(paths: Paths, row: Trigger) -> Path:
    return inside(paths.watcher, row.file)


def is_ours(paths: Paths, row: Trigger) -> bool:
    """Whether the file is still the one that was read."""
    return row.fingerprint is None or fingerprint_of(file_place(paths, row)) == row.fingerprint


def remove_files(paths: Paths, row: Trigger) -> None:
    """Delete the file and its reason file; OSError where that is refused."""
    if is_ours(paths, row):
        take_away(file_place(paths, row))
    take_away(reason_file(paths, row))


def take_away(path: Path) -> None:
    # Below a file, too, there is no file.
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()


def dead_name(row: Trigger) -> str:
    """A name that Start.ps1 does not read as a trigger; unique also for files of other programs."""
    stem = Path(row.file).stem
    if row.parcel:
        return f"{FAILED}/{stem}.failed"
    shortened = stem.encode()[:LONGEST_STEM].decode(errors="ignore")
    return f"{FAILED}/{row.id}-{shortened}.failed"


def reason_file(paths: Paths, row: Trigger) -> Path:
    return inside(paths.watcher, f"{FAILED}/{Path(row.file).stem}{REASON}")


def move_to_dead_letters(paths: Paths, row: Trigger, reason: str, moment: datetime) -> str:
    """Move the file to the folder `failed`, with a reason file beside it; return its new name."""
    name = dead_name(row)
    target = inside(paths.watcher, name)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        move_or_write(paths, row, target)
    with replacing(target.with_suffix(REASON)) as file:
        file.write(explanation(row, reason, moment).encode())
    return name


def move_or_write(paths: Paths, row: Trigger, target: Path) -> None:
    source = file_place(paths, row)
    if source.is_file() and is_ours(paths, row):
        source.replace(target)
    elif row.fields:
        write_event(target, row)


def write_event(target: Path, row: Trigger) -> None:
    with replacing(target) as file:
        file.write(content(event_from(row)))


def explanation(row: Trigger, reason: str, moment: datetime) -> str:
    return (
        f"{item_words(row)}\n"
        f"Given up: {moment.isoformat(timespec='seconds')}\n"
        f"Reason: {reason}\n"
        f"Try again: POST /api/triggers/{row.id}/replay\n"
        f"Forget it: DELETE /api/triggers/{row.id}\n"
        "Kept for 90 days, as far as the newest 10,000 go.\n"
    )


def restored_name(row: Trigger) -> str:
    """The name that the file of a failed trigger gets when it is replayed."""
    return row.file if not row.file.startswith(f"{FAILED}/") else f"{Path(row.file).stem}.posterizarr"


def restore_file(paths: Paths, row: Trigger) -> None:
    """Make sure that the file of a waiting trigger is in the watcher folder."""
    target = file_place(paths, row)
    dead = inside(paths.watcher, f"{FAILED}/{target.stem}.failed")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        write_event(target, row)
        row.fingerprint = None
    dead.unlink(missing_ok=True)
    dead.with_suffix(REASON).unlink(missing_ok=True)
