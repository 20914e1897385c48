"""The files of watcher/: written whole and durably, and read whoever wrote them."""

import errno
import os
import re
import stat
import time
from datetime import datetime
from pathlib import Path

from app.core.errors import Invalid, Unavailable
from app.core.paths import replacing
from app.core.senders.event import Event
from app.core.senders.fields import DIGITS, NUMBERS, event_of
from app.core.senders.tautulli import item_event, known_values
from app.core.senders.wording import harmless

SUFFIX = ".posterizarr"
PREFIXES = {"arr": "recently_added", "tautulli": "tautulli_trigger"}
LARGEST_FILE = 512 * 1024
# As Start.ps1 splits a line: the key is greedy, and a value has one character at least.
LINE_END = re.compile(r"[\r\n]+")
LINE = re.compile(r"\[(.+)\]: (.+)")
ARR_KEY = re.compile(r"arr_[A-Za-z0-9_]{1,64}|event")
# What may stand in a line with a number; others write "None" and 0 for what they do not know.
NUMBER_KEYS = {
    "arr_episode_season": DIGITS,
    "arr_episode_numbers": NUMBERS,
    **dict.fromkeys(
        ("arr_series_tvdb", "arr_series_tmdb", "arr_movie_tmdb", "arr_moviefile_id"),
        re.compile(r"0*[1-9][0-9]{0,12}"),
    ),
    **dict.fromkeys(("arr_sonarr_series_year", "arr_movie_year"), re.compile(r"[1-9][0-9]{0,3}")),
    **dict.fromkeys(("arr_series_imdb", "arr_movie_imdb"), re.compile(r"(tt)?0*[1-9][0-9]{0,11}")),
}


def file_name(event: Event, moment: datetime, token: str) -> str:
    """The name as upstream gives it; the moment is one in the zone of the settings, as Start.ps1 reads it."""
    stamp = f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03}"
    return f"{PREFIXES[event.kind]}_{stamp}_{token}{SUFFIX}"


def content(event: Event) -> bytes:
    return "".join(f"[{key}]: {value}\n" for key, value in event.fields).encode()


def write_trigger(watcher: Path, event: Event, moment: datetime) -> Path:
    """Store the event's file, on the disk when this returns; `Unavailable` where the disk refuses."""
    try:
        target = free_name(watcher, event, moment)
        place(content(event), target)
        sync_folder(watcher)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unavailable(f"The trigger could not be written to {watcher.name}: {reason}.") from error
    return target


def free_name(watcher: Path, event: Event, moment: datetime) -> Path:
    target = watcher / file_name(event, moment, os.urandom(3).hex())
    while os.path.lexists(target):
        target = watcher / file_name(event, moment, os.urandom(3).hex())
    return target


def place(written: bytes, target: Path) -> None:
    """Write beside the folder and move into it: Start.ps1 spins on any other file that it finds there."""
    try:
        write_and_move(written, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The folder is mounted on its own; a name with a dot in front is not listed there.
        with replacing(target) as file:
            file.write(written)


def write_and_move(written: bytes, target: Path) -> None:
    folder = staging(target.parent)
    folder.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = folder / f"{target.stem}.{os.getpid()}"
    try:
        write_durably(staged, written)
        staged.rename(target)
    finally:
        staged.unlink(missing_ok=True)


def write_durably(path: Path, written: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
        file.write(written)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def staging(watcher: Path) -> Path:
    """Where files are written before they appear in watcher; no script empties it."""
    return watcher.parent / "runs" / "incoming"


def remove_unfinished(watcher: Path, older_than_seconds: float = 600) -> None:
    """Take away what a killed process left half-written."""
    for file in staging(watcher).glob("*"):
        if file.lstat().st_mtime < time.time() - older_than_seconds:
            file.unlink(missing_ok=True)


def read_trigger(path: Path) -> Event:
    """The event of a file, ours or one of ArrTrigger.sh or trigger.py; `Invalid` tells why there is none."""
    text = read_text(path)
    pairs = [found.groups() for line in LINE_END.split(text) if (found := LINE.fullmatch(line))]
    # Start.ps1 decides in the same way.
    if "arr_" in text:
        return event_of(arr_lines(pairs))
    return item_event(known_values(dict(pairs)))


def read_text(path: Path) -> str:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
        raise Invalid(f"{path.name} is no trigger file: it is too large, or no regular file.")
    return path.read_bytes().decode("utf-8-sig", "replace")


def arr_lines(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines of an Arr file whose key the script can be given, each key once."""
    known = {key: harmless(value) for key, value in pairs if ARR_KEY.fullmatch(key)}
    return [(key, value) for key, value in known.items() if is_told(key, value)]


def is_told(key: str, value: str) -> bool:
    return key not in NUMBER_KEYS or bool(NUMBER_KEYS[key].fullmatch(value))
