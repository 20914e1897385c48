"""Overlays and fonts that people send or delete."""

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Collection
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from app.core.engine_calls import EngineCalls
from app.core.errors import Conflict, Invalid, NotFound, Unavailable, reason_of
from app.core.file_lock import held
from app.core.overlay_files import KINDS
from app.core.paths import Paths, entry_inside, remove_leftovers, replacing

FORBIDDEN = re.compile(r"[^\w .-]")
# A name on disk may have 255 bytes, and while it is written more stands around it.
LONGEST_NAME = 200
CHECK = "overlay-file"
# A font with every Chinese character takes a slow machine some seconds.
CHECK_SECONDS = 30.0
EVERY_KIND = frozenset(KINDS.values())


class SentFile(NamedTuple):
    """A file as a caller sent it."""

    name: str
    content: BinaryIO


def store_overlay_file(
    paths: Paths, engine: EngineCalls, sent: SentFile, kinds: Collection[str] = EVERY_KIND
) -> str:
    """The name under which the file is kept; `Invalid` where it is not of these kinds or cannot be drawn.

    `Conflict` where there is an entry of that name, in whatever case.
    """
    name = overlay_name(sent.name, kinds)
    refuse_clash(paths.overlays, name)
    with spooled_copy(sent.content) as content:
        require_drawable(engine, name, content)
        with held(paths.overlay_lock, "The folder of overlays"):
            refuse_clash(paths.overlays, name)
            write_overlay(paths.overlays, name, content)
    return name


def store_drawn_overlay(paths: Paths, sent: str, content: bytes, overwrite: bool) -> str:
    """The name under which a PNG is kept; `Conflict` where there is one, unless it may be replaced."""
    name = drawn_name(sent)
    with held(paths.overlay_lock, "The folder of overlays"):
        if not (overwrite and (paths.overlays / name).is_file()):
            refuse_clash(paths.overlays, name)
        write_overlay(paths.overlays, name, BytesIO(content))
    return name


def drawn_name(sent: str) -> str:
    """The name of a PNG, to which its ending is added where it is missing."""
    name = sent.strip()
    return overlay_name(name if name.lower().endswith(".png") else f"{name}.png", ("image",))


def delete_overlay_file(paths: Paths, name: str, kinds: Collection[str] = EVERY_KIND) -> None:
    """Delete one file of these kinds, of a link the link alone; `NotFound` where there is none."""
    path = entry_inside(paths.overlays, name)
    if name.startswith(".") or KINDS.get(path.suffix.lower()) not in kinds:
        raise NotFound(f"There is no {' or '.join(sorted(kinds))} {name!r}.")
    with held(paths.overlay_lock, "The folder of overlays"):
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise NotFound(f"There is no file {name!r}.") from error
        except OSError as error:
            raise Unavailable(f"{name} cannot be deleted: {reason_of(error)}.") from error


def overlay_name(sent: str, kinds: Collection[str]) -> str:
    """The last part of a file's name, with word characters, dots, dashes and blanks only."""
    last = unicodedata.normalize("NFC", sent.replace("\\", "/").rpartition("/")[2])
    name = FORBIDDEN.sub("", last).lstrip(" .-").rstrip(" .")
    if KINDS.get(Path(name).suffix.lower()) not in kinds:
        endings = ", ".join(ending for ending, kind in KINDS.items() if kind in kinds)
        raise Invalid(f"The name of the file must end in one of {endings}.")
    if len(name.encode()) > LONGEST_NAME:
        raise Invalid(f"The name of the file is longer than {LONGEST_NAME} bytes.")
    return name


def refuse_clash(folder: Path, name: str) -> None:
    """`Conflict` for a name that differs from another one in case alone: settings name files in any case."""
    try:
        names = [entry.name for entry in os.scandir(folder)]
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unavailable(f"The folder of overlays cannot be read: {reason_of(error)}.") from error
    if taken := next((each for each in names if each.casefold() == name.casefold()), None):
        raise Conflict(f"There is a {taken!r} already. Delete it first, or send the file under another name.")


@contextmanager
def spooled_copy(content: BinaryIO):
    """A copy of the content in a file without a name, which a program can read from its beginning."""
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(content, file)
        file.seek(0)
        yield file


def require_drawable(engine: EngineCalls, name: str, content: BinaryIO) -> None:
    """`Invalid` where the poster engine cannot draw it; a decoder that fails ends its process, not ours."""
    kind = KINDS[Path(name).suffix.lower()]
    found = engine.inquire(CHECK, {"kind": kind}, CHECK_SECONDS, content)
    if found["problem"]:
        raise Invalid(f"{name} cannot be used: {found['problem']}.")


def write_overlay(folder: Path, name: str, content: BinaryIO) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder, name)
        with replacing(folder / name) as file:
            content.seek(0)
            shutil.copyfileobj(content, file)
    except OSError as error:
        raise Unavailable(f"{name} cannot be stored: {reason_of(error)}.") from error
