"""Pictures that callers upload for manual runs; the script deletes each when it has used it."""

import os
import re
import shutil
import time
from collections.abc import Container, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.core.errors import Conflict, Invalid, Unavailable, reason_of
from app.core.execution.run_requests import PICTURES
from app.core.paths import replacing
from app.core.replacing.picture_content import Measured

FORBIDDEN = re.compile(r"[^\w .-]")
# A character may take four bytes, and a name on disk 255.
LONGEST_NAME = 40
OUR_NAME = re.compile(r"\d{8}_\d{6}_[0-9a-f]{4}_.+", re.DOTALL)
# What failed runs leave can be used again for a week, as long as it is not too much for a disk.
KEPT_SECONDS = 7 * 24 * 3600
MOST_KEPT = 100
MOST_BYTES = 1024**3
UPRIGHT, WIDE = (2, 3), (16, 9)
SHAPES = {"background": WIDE, "titlecard": WIDE}
TOLERANCE = 0.05


class Upload(NamedTuple):
    """A picture that a caller sent, with its size in bytes and the time of its arrival in seconds."""

    path: Path
    size: int
    arrived: float


@contextmanager
def uploaded(
    folder: Path, name: str, content: BinaryIO, local: datetime, needed: Container[str] = ()
) -> Iterator[Path]:
    """A picture that was checked, as it lies below the folder; it is deleted again if the block fails.

    `Conflict` where the pictures that runs need take all the space there is for uploads; `needed` are the
    paths of those.
    """
    make_upload_room(folder, needed)
    target = folder / f"{local:%Y%m%d_%H%M%S}_{os.urandom(2).hex()}_{harmless_name(name)}"
    store_upload(folder, target, content)
    with ExitStack() as undoing:
        undoing.callback(target.unlink, missing_ok=True)
        yield target
        undoing.pop_all()


def harmless_name(name: str) -> str:
    """The last part of a file's name, with word characters, dots, dashes and blanks only."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return FORBIDDEN.sub("", last).strip()[-LONGEST_NAME:]


def require_shape(measured: Measured, name: str, kind: str) -> None:
    """Raise `Invalid` where the name is not that of a picture, or the picture has another shape."""
    if not harmless_name(name).lower().endswith(PICTURES):
        raise Invalid(f"file must end in one of {', '.join(PICTURES)}.")
    across, down = SHAPES.get(kind, UPRIGHT)
    if abs(measured.ratio - across / down) > TOLERANCE:
        found = f"{measured.width} x {measured.height}"
        raise Invalid(f"A {kind} needs a picture of {across}:{down}, but this one has {found}.")


def picture_file_name(name: str, measured: Measured) -> str:
    """The name, with the ending of the picture's format where it has none that is used."""
    return name if name.lower().endswith(PICTURES) else f"{name}.{measured.format.lower()}"


def make_upload_room(folder: Path, needed: Container[str]) -> None:
    prune_uploads(folder, needed)
    if sum(upload.size for upload in uploads_in(folder)) >= MOST_BYTES:
        message = f"The pictures of queued runs take {MOST_BYTES // 1024**2} MiB, which is the most."
        raise Conflict(f"{message} Send the picture again when some of the runs have ended.")


def prune_uploads(folder: Path, needed: Container[str]) -> None:
    """Delete uploads that no queued or active run needs: older than a week, or the oldest of too many.

    Files with other names than ours, which a person put there, stay.
    """
    count, size, too_old = 0, 0, time.time() - KEPT_SECONDS
    for upload in sorted(uploads_in(folder), key=lambda upload: upload.arrived, reverse=True):
        count, size = count + 1, size + upload.size
        is_too_much = count > MOST_KEPT or size > MOST_BYTES or upload.arrived < too_old
        if is_too_much and str(upload.path) not in needed:
            with suppress(OSError):
                upload.path.unlink()


def uploads_in(folder: Path) -> list[Upload]:
    found = []
    with suppress(OSError):
        for entry in folder.iterdir():
            if OUR_NAME.fullmatch(entry.name) and entry.is_file():
                facts = entry.stat()
                found.append(Upload(entry, facts.st_size, facts.st_mtime))
    return found


def store_upload(folder: Path, target: Path, content: BinaryIO) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(target) as file:
            shutil.copyfileobj(content, file)
    except OSError as error:
        raise Unavailable(f"The picture cannot be kept: {reason_of(error)}.") from error
