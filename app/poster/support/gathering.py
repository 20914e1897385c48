"""Writes the support zip: logs, settings, versions and counts, every line masked on its way."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from platform import platform, python_version
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import PIL

from app.poster.script.report import script_version
from app.poster.support.masking import Masker, secrets_in

FOLDER = "support"
KEPT = 3
ROTATED = 5
# Of a longer log its end is taken.
LARGEST_FILE = 8 * 1024 * 1024
LARGEST_WHOLE = 96 * 1024 * 1024
LONGEST_LINE = 64 * 1024
SETTINGS = ("config.json", "engine.json", "scheduler.json", "rules.json")
BACKUPS = "config_backups"
LOGS = ("Logs", "UILogs", "runs")
REPORT = "takeover_report.txt"
ENDINGS = (".log", ".csv", ".json", ".txt")
# Secrets that the caller knows and that no file holds, as a JSON list of texts.
VARIABLE = "SUPPORT_SECRETS"


def gather(data: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """{file, files}: the path of a new zip below the data folder, and how many files it holds.

    OSError where it cannot be written. The newest KEPT zips stay.
    """
    masker = Masker(all_secrets(data, environment))
    folder = data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = free_name(folder)
    beside = target.with_suffix(".part")
    try:
        with ZipFile(beside, "w", ZIP_DEFLATED) as archive:
            names = [name for name, text in contents(data, masker) if not archive.writestr(name, text)]
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    zips = sorted(folder.glob("posterizarr_support_*.zip"), key=lambda path: path.stat().st_mtime_ns)
    for old in zips[:-KEPT]:
        old.unlink(missing_ok=True)
    return {"file": str(target), "files": len(names)}


def free_name(folder: Path) -> Path:
    """The name of the moment; two zips of one second have a number."""
    stamp = datetime.now().strftime("posterizarr_support_%Y-%m-%d_%H-%M-%S")
    names = (folder / f"{stamp}{f'_{number}' if number else ''}.zip" for number in count())
    return next(path for path in names if not path.exists())


def all_secrets(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The secrets of present and former settings, of variables, and those that the caller names."""
    files = [data / name for name in SETTINGS]
    with suppress(OSError):
        files += sorted((data / BACKUPS).iterdir())
    for file in files:
        # What is nested too deep is not written into the zip either.
        with suppress(RecursionError):
            yield from secrets_in(json_of_file(file))
    yield from secrets_in(environment)
    with suppress(ValueError):
        given = json.loads(environment.get(VARIABLE, "[]"))
        yield from texts_of_list(given)


def texts_of_list(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def json_of_file(path: Path) -> Any:
    """The value in a JSON file, None where there is none."""
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None


def contents(data: Path, masker: Masker) -> Iterator[tuple[str, str]]:
    """(name in the zip, masked text) of every file, as many as fit."""
    size = 0
    for name, text in (*documents(data, masker), *masked_logs(data, masker)):
        size += len(text)
        if size > LARGEST_WHOLE:
            yield "left_out.txt", f"From {name} on nothing more fits into {LARGEST_WHOLE // 1024**2} MiB.\n"
            return
        yield name, text


def documents(data: Path, masker: Masker) -> Iterator[tuple[str, str]]:
    """Settings and facts as JSON; a file that holds none is named with the reason why it is not there."""
    yield "facts.json", json_text(masker.document(facts(data)))
    for name in SETTINGS:
        if not (data / name).exists():
            continue
        try:
            yield name, json_text(masker.document(json_of_object(data / name)))
        except RecursionError:
            yield name, json_text(f"{name} is nested too deep to be masked")


def json_of_object(path: Path) -> Any:
    """The object or list in a JSON file, a sentence where it holds none."""
    value = json_of_file(path)
    return value if isinstance(value, (dict, list)) else f"{path.name} cannot be read as JSON"


def json_text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n"


def facts(data: Path) -> dict[str, Any]:
    """Versions, and how many rows each table of the journal has."""
    return {
        "version": script_version(),
        "python": python_version(),
        "pillow": PIL.__version__,
        "platform": platform(),
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "journal": journal_counts(data / "engine" / "engine.db"),
    }


def journal_counts(path: Path) -> dict[str, int] | str:
    """Rows by table, or why they cannot be counted."""
    if not path.exists():
        return "there is no journal yet"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as journal:
            tables = [
                name for (name,) in journal.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {name: journal.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    except sqlite3.Error as error:
        return f"it cannot be read: {error}"


def masked_logs(data: Path, masker: Masker) -> Iterator[tuple[str, str]]:
    with suppress(OSError):
        yield REPORT, "".join(masked_lines(data / REPORT, masker))
    rotated = sorted(folders_in(data / "RotatedLogs"), reverse=True)[:ROTATED]
    for folder in (*(data / name for name in LOGS), *rotated):
        for path in log_files_in(folder):
            with suppress(OSError):
                yield str(path.relative_to(data)), "".join(masked_lines(path, masker))


def folders_in(folder: Path) -> list[Path]:
    return (
        [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
        if folder.is_dir()
        else []
    )


def log_files_in(folder: Path) -> Iterable[Path]:
    """The text files directly in a folder; a link may lead anywhere, so none is followed."""
    if not folder.is_dir():
        return []
    files = (path for path in folder.iterdir() if path.suffix in ENDINGS and not path.is_symlink())
    return sorted(path for path in files if path.is_file())


def masked_lines(path: Path, masker: Masker) -> Iterator[str]:
    """The last lines of a file; the rest of a very long line is left out, as it could hold half a secret."""
    with path.open("rb") as file:
        start = max(0, path.stat().st_size - LARGEST_FILE)
        file.seek(start)
        if start:
            yield "[the beginning is left out]\n"
            skip_line(file)
        while line := file.readline(LONGEST_LINE):
            is_whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
            text = masker.mask(line.decode("utf-8", "replace"))
            yield text if is_whole else "[a very long line is left out]\n"
            if not is_whole:
                skip_line(file)


def skip_line(file) -> None:
    """Read on to the beginning of the next line, in parts."""
    while (part := file.readline(LONGEST_LINE)) and not part.endswith(b"\n"):
        continue
