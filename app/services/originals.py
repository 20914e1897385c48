"""The picture that an asset was drawn from, fetched where it lies."""

from typing import BinaryIO

from app.core.assets.roots import PLACES
from app.core.decisions.originals import OriginalPlace, original_place
from app.core.decisions.record import decision_of
from app.core.errors import NotFound
from app.core.replacing.picture_content import shown_everywhere
from app.core.thumbnails.shrinking import JPEG, MEDIA_TYPES
from app.extensions import Machine
from app.services.staged_pictures import copied_picture, downloaded_picture

PNG = {"PNG": "image/png"}


def place_of_original(machine: Machine, record: dict | None) -> OriginalPlace:
    """Where the original of a decision record is, or why there is none."""
    folders = filter(None, (machine.media_folder, *map(machine.roots.path, PLACES)))
    return original_place(machine.paths.engine, record, folders)


def original_picture(machine: Machine, asset: str) -> tuple[BinaryIO, str]:
    """(content, media type) of the picture; `NotFound` without one, `Invalid` for what is no picture."""
    place = place_of_original(machine, decision_of(machine.paths.engine, asset))
    if place.none:
        raise NotFound(f"The original of {asset!r} is not to be had: {place.none}.")
    given = downloaded_picture(machine, place.address) if place.address else copied_picture(place.file)
    content = shown_everywhere(given.content, given.measured)
    return content, (MEDIA_TYPES | PNG).get(given.measured.format, MEDIA_TYPES[JPEG])
