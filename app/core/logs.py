"""The logs of the script and of the server: listed, shown, followed."""

import codecs
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from app.core.access.redaction import redact
from app.core.errors import Forbidden, NotFound, Unavailable, reason_of
from app.core.log_lines import decode_line, read_back, split_lines, whole_lines
from app.core.paths import Paths, file_inside

SUFFIX = ".log"
ANSWER_LIMIT = 4 * 1024 * 1024


def log_folders(paths: Paths) -> tuple[Path, Path]:
    """The script's own folder wins where both hold a name."""
    return paths.logs, paths.interface_logs


def log_files(paths: Paths) -> list[dict]:
    """[{name, size, modified, directory}] of every log, newest first."""
    found = [entry for folder in log_folders(paths) for entry in logs_in(folder)]
    return sorted(found, key=lambda entry: entry["modified"], reverse=True)


def logs_in(folder: Path) -> list[dict]:
    try:
        with os.scandir(folder) as entries:
            described = [describe_log(entry, folder.name) for entry in entries if is_log(entry)]
    except OSError:
        return []
    return [entry for entry in described if entry]


def is_log(entry: os.DirEntry) -> bool:
    return entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False)


def describe_log(entry: os.DirEntry, directory: str) -> dict | None:
    """The entry of a log, None for a file that has just been rotated."""
    try:
        facts = entry.stat()
    except OSError:
        return None
    name = decode_line(os.fsencode(entry.name))
    return {"name": name, "size": facts.st_size, "modified": facts.st_mtime, "directory": directory}


def find_log(paths: Paths, name: str) -> Path:
    """The log of that name; `NotFound` for any other file of the folders."""
    if name.endswith(SUFFIX):
        for folder in log_folders(paths):
            if path := found_in(folder, name):
                return path
    raise NotFound(f"There is no log {name!r}.")


def found_in(folder: Path, name: str) -> Path | None:
    try:
        return file_inside(folder, name)
    except NotFound:
        return None


def existing_log(paths: Paths, name: str) -> dict:
    """{exists, log_name, path}; the path is below the data folder, or None."""
    try:
        path = find_log(paths, name)
    except (NotFound, Forbidden):
        return {"exists": False, "log_name": name, "path": None}
    return {"exists": True, "log_name": name, "path": f"{path.parent.name}/{path.name}"}


def tail(path: Path, lines: int, hidden: Iterable[str] = ()) -> dict:
    """The last lines, all for 0, and in any case no more than the limit, without the hidden secrets.

    `next_offset` is where following continues; an unfinished last line is returned again there, as a whole.
    """
    with open_log_file(path) as file:
        facts = os.fstat(file.fileno())
        start, data = read_back(file, facts.st_size, lines or None, ANSWER_LIMIT)
    shown = whole_lines(start, data)[-lines:]
    cut = start > 0 and (lines == 0 or len(shown) < lines)
    answer = {
        "content": [redact(decode_line(line), hidden) for line in shown],
        "next_offset": start + len(finished(data)),
        "size": facts.st_size,
        "file_id": file_identity(facts),
        "truncated": cut,
    }
    return {**answer, "message": cut_note(facts.st_size)} if cut else answer


def cut_note(size: int) -> str:
    return f"Only the last {ANSWER_LIMIT} of {size} bytes are shown; offset=0 reads all of it in parts."


def follow_log_lines(path: Path, offset: int, file_id: str | None = None, hidden: Iterable[str] = ()) -> dict:
    """The whole lines from an offset in bytes on, without hidden secrets, and the offset to continue from.

    A log that was rotated or cut since is read from its start, and `reset` is true.
    """
    with open_log_file(path) as file:
        facts = os.fstat(file.fileno())
        reset = offset > facts.st_size or file_id not in (None, file_identity(facts))
        start = 0 if reset else offset
        file.seek(start)
        data = part_to_send(file.read(ANSWER_LIMIT), ANSWER_LIMIT)
    return {
        "content": [redact(decode_line(line), hidden) for line in split_lines(data)],
        "next_offset": start + len(data),
        "size": facts.st_size,
        "file_id": file_identity(facts),
        "reset": reset,
        "truncated": False,
    }


def part_to_send(data: bytes, limit: int) -> bytes:
    """Whole lines; a line larger than the limit goes in parts, so that a follower is never stuck."""
    return finished(data) or (whole_characters(data) if len(data) == limit else b"")


def whole_characters(data: bytes) -> bytes:
    """The data without a character of UTF-8 at its end that is cut."""
    return data[: codecs.utf_8_decode(data, "replace", False)[1]]


def finished(data: bytes) -> bytes:
    return data[: data.rfind(b"\n") + 1]


def file_identity(facts: os.stat_result) -> str:
    """The identity of a log, which differs from that of the next one of its name."""
    return f"{facts.st_dev:x}-{facts.st_ino:x}"


def open_log_file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"There is no log {path.name!r}.") from error
    except OSError as error:
        raise Unavailable(f"{path.name} cannot be read: {reason_of(error)}.") from error
