"""Pictures that callers send for manual runs; the script takes each away when it has used it."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from app.core.errors import Conflict, Invalid, Unavailable, reason_of
from app.core.execution.run_requests import PICTURES
from app.core.paths import replacing

FORBIDDEN = re.compile(r"[^\w .-]")
# Letters may take four bytes each, and a name on disk 255.
LONGEST_NAME = 40
# What runs have left behind because they failed; a disk is not to be filled with it.
MOST_KEPT = 200
UPRIGHT, WIDE = (2, 3), (16, 9)
SHAPES = {"background": WIDE, "titlecard": WIDE}
TOLERANCE = 0.05
NO_PICTURE = "The file is no picture that can be used."


@contextmanager
def uploaded(folder: Path, name: str, content: BinaryIO, kind: str, local: datetime) -> Iterator[Path]:
    """A picture as it lies below the folder; it goes again if the block fails.

    `Invalid` if it is no picture or has not the shape of that kind, `Conflict` where too many are left.
    """
    require_shape(content, name, kind)
    target = folder / f"{local:%Y%m%d_%H%M%S}_{os.urandom(2).hex()}_{harmless_name(name)}"
    keep(folder, target, content)
    with ExitStack() as undoing:
        undoing.callback(target.unlink, missing_ok=True)
        yield target
        undoing.pop_all()


def harmless_name(name: str) -> str:
    """The last part of a file's name, with letters, digits, dots, dashes and blanks."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return FORBIDDEN.sub("", last).strip()[-LONGEST_NAME:]


def require_shape(content: BinaryIO, name: str, kind: str) -> None:
    if not harmless_name(name).lower().endswith(PICTURES):
        raise Invalid(f"file must end in one of {', '.join(PICTURES)}.")
    width, height = size(content)
    across, down = SHAPES.get(kind, UPRIGHT)
    if abs(width / height - across / down) > TOLERANCE:
        raise Invalid(f"A {kind} needs a picture of {across}:{down}, but this one has {width} x {height}.")


def size(content: BinaryIO) -> tuple[int, int]:
    """Width and height, told by the head of the file alone."""
    try:
        with Image.open(content, formats=("JPEG", "PNG", "WEBP", "BMP", "TIFF")) as picture:
            found = picture.size
            content.seek(0)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid(NO_PICTURE) from error
    if not all(found):
        raise Invalid(NO_PICTURE)
    return found


def keep(folder: Path, target: Path, content: BinaryIO) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if sum(1 for _ in folder.iterdir()) >= MOST_KEPT:
            raise Conflict(f"{MOST_KEPT} pictures lie in {folder.name} already; remove what no run needs.")
        with replacing(target) as file:
            shutil.copyfileobj(content, file)
    except OSError as error:
        raise Unavailable(f"The picture cannot be kept: {reason_of(error)}.") from error
