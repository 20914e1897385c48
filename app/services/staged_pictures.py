"""Pictures of callers, checked and staged where a manual run finds them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from sqlalchemy.orm import Session

from app.core.access.redaction import redact_target
from app.core.assets.roots import PLACES
from app.core.errors import Invalid, Unavailable, reason_of
from app.core.execution.run_requests import local_picture
from app.core.execution.uploads import picture_file_name, uploaded
from app.core.local_time import zone_or_none
from app.core.modes import plain_text
from app.core.replacing.picture_content import Measured, measure_picture
from app.core.replacing.replacement_queue import queued_pictures
from app.core.runs import words_of_live_runs
from app.extensions import Machine
from app.models.base import now

LARGEST_FILE = 64 * 1024 * 1024
URL, UPLOAD, LOCAL_PATH = "url", "upload", "local_path"


@dataclass(frozen=True)
class GivenPicture:
    """A whole picture with its measures, and where it came from: (type, what may be shown of it)."""

    content: BinaryIO
    measured: Measured
    name: str
    source: tuple[str, str]


def sent_picture(content: BinaryIO, name: str) -> GivenPicture:
    """The picture that came with a request; `Invalid` where it is none."""
    shown = plain_text(name)
    return GivenPicture(content, measure_picture(content), shown, (UPLOAD, shown))


def downloaded_picture(machine: Machine, address: str) -> GivenPicture:
    """The picture behind an address of the public internet; `Invalid` where there is none."""
    content = BytesIO(machine.downloads.fetch(address))
    name = unquote(urlsplit(address).path).rpartition("/")[2]
    shown = plain_text(redact_target(address.strip()))
    return GivenPicture(content, measure_picture(content), plain_text(name), (URL, shown))


def copied_picture(path: Path) -> GivenPicture:
    """A copy of a picture of this machine, in memory; `Invalid` where it is no picture, or a huge file."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Invalid(f"{path.name} is larger than {LARGEST_FILE // 1024**2} MiB, the most of a picture.")
        content = BytesIO(path.read_bytes())
    except OSError as error:
        raise Unavailable(f"{path} cannot be read: {reason_of(error)}.") from error
    return GivenPicture(content, measure_picture(content), path.name, (LOCAL_PATH, str(path)))


@contextmanager
def manual_picture(machine: Machine, text: str, to_queue: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """(path, source) of what a manual run takes: a file of a folder for pictures where it lies.

    What an address leads to, and what waits in the queue, is staged first.
    """
    if not (to_queue or "://" in text):
        yield text, (LOCAL_PATH, text)
        return
    is_address = "://" in text
    given = (
        downloaded_picture(machine, text)
        if is_address
        else copied_picture(local_picture(text.strip(), picture_folders(machine)))
    )
    with staged_picture(machine, given) as path:
        yield str(path), given.source


def picture_folders(machine: Machine) -> list[Path]:
    """Where pictures may lie that a manual run takes."""
    return [machine.paths.uploads, *filter(None, map(machine.roots.path, PLACES))]


@contextmanager
def staged_picture(machine: Machine, picture: GivenPicture) -> Iterator[Path]:
    """The picture as a file among the uploads; it is deleted again if the block fails."""
    local = now().astimezone(zone_or_none(machine.settings.tz))
    name = picture_file_name(picture.name, picture.measured)
    with machine.database.reading() as session:
        needed = needed_uploads(session)
    with uploaded(machine.paths.uploads, name, picture.content, local, needed) as path:
        yield path


def needed_uploads(session: Session) -> set[str]:
    """Paths of uploads that queued or active runs or the queue of replacements need, among other words."""
    return words_of_live_runs(session) | queued_pictures(session)


def discard_pictures(paths: Iterable[str]) -> None:
    """Delete staged pictures that nobody needs; what cannot be deleted goes with a later clean-up."""
    for path in paths:
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
