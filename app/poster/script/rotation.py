"""The logs of earlier runs make room."""

import re
import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

ROTATED = re.compile(r"Logs_\d{8}_\d{6}(_\d+)?")


def rotate(logs: Path, rotated_logs: Path, keep: int) -> None:
    """Move the files of `logs` into a folder named after the moment; only the newest `keep` folders stay.

    The folder `logs` itself stays in place, so that a watch on it stays valid.
    """
    logs.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in logs.iterdir() if not path.is_dir() or path.is_symlink())
    if files:
        folder = new_folder(rotated_logs)
        for path in files:
            shutil.move(path, folder / path.name)
    for folder in outdated(rotated_logs, keep):
        shutil.rmtree(folder)


def new_folder(rotated_logs: Path) -> Path:
    """A folder that did not exist: two runs may start within one second."""
    rotated_logs.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now().strftime("Logs_%Y%m%d_%H%M%S")
    names = (stamp if number == 1 else f"{stamp}_{number}" for number in count(1))
    folder = next(rotated_logs / name for name in names if not (rotated_logs / name).exists())
    folder.mkdir()
    return folder


def outdated(rotated_logs: Path, keep: int) -> list[Path]:
    if not rotated_logs.is_dir():
        return []
    folders = [path for path in rotated_logs.iterdir() if ROTATED.fullmatch(path.name) and path.is_dir()]
    return sorted(folders, key=lambda folder: sort_key(folder.name), reverse=True)[keep:]


def sort_key(name: str) -> tuple[str, int]:
    _, day, time, *number = name.split("_")
    return day + time, int(number[0]) if number else 1
