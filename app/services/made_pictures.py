"""Pictures that a person makes: kept while they are worked on, drawn, and put where they belong."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from app.core.config_file import truthy
from app.core.errors import Invalid, NotFound
from app.core.paths import inside
from app.core.previews.made_place import made_path
from app.core.thumbnails.shrinking import WEBP, thumbnail_bytes
from app.extensions import Machine
from app.services.previews import Previews
from app.services.replacing import ReplacementOutcome, put_at_once
from app.services.staged_pictures import GivenPicture, copied_picture, sent_picture, staged_picture

SHOWN_WIDTH = 900
NO_PICTURE = (
    "There is no picture to put: add one, or choose a picture of the library whose original is at hand."
)


class KeptPicture(NamedTuple):
    """A picture among the uploads by its token, with its size as it is shown."""

    token: str
    width: int
    height: int


def keep_picture(machine: Machine, given: GivenPicture) -> KeptPicture:
    """Keep the picture for some days, so that it can be drawn again and again."""
    with staged_picture(machine, given) as path:
        return KeptPicture(path.name, given.measured.width, given.measured.height)


def made_picture_for_page(machine: Machine, token: str) -> bytes:
    """A WebP of a kept picture that fits a page; `NotFound` for one that is gone."""
    return thumbnail_bytes(copied_picture(kept_file(machine, token)).content, SHOWN_WIDTH, WEBP)


def kept_file(machine: Machine, token: str) -> Path:
    file = inside(machine.paths.uploads, token)
    if not file.is_file():
        raise NotFound("The picture is not among the uploads any more: add it again.")
    return file


def put_made_picture(
    machine: Machine, previews: Previews, wanted: Mapping[str, Any], place: Mapping[str, Any]
) -> ReplacementOutcome:
    """Draw the picture in full size and put it in its place as the user's own; `run` takes it back.

    `place` is that of `made_path`.
    """
    has_folders = truthy(machine.config.setting("PrerequisitePart", "LibraryFolders", True))
    path = made_path(wanted["kind"], place, has_folders)
    drawn = previews.picture({**wanted, "width": None, "slot": None})
    if drawn.source == "sample":
        raise Invalid(NO_PICTURE)
    with staged_picture(machine, sent_picture(BytesIO(drawn.jpeg), "made.jpg")) as staged:
        outcome = put_at_once(machine, path, staged)
    staged.unlink(missing_ok=True)
    return outcome
