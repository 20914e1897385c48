"""Whose a picture is that somebody brings, and what of that is certain."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.core.assets.register import marks
from app.core.catalogue.print_backlog import unprinted_count
from app.core.passport.brought_picture import BroughtPicture, brought_picture
from app.core.passport.holders import ArtworkTrees
from app.core.passport.recognition import CERTAIN, LIKENESS, Recognition, recognised
from app.core.passport.sightings import Sighting, sighting_of
from app.extensions import Extension, Machine

# As much as deploy/nginx.conf lets through.
LARGEST_PICTURE = 32 * 1024 * 1024
# A picture that many assets have is shown at so many of them, and so many that look like it.
MOST_SHOWN = {True: 12, False: 6}


@dataclass(frozen=True)
class Passport:
    """What is known of a picture; `by` is one of `recognition`, `more` counts the assets that are left out.

    `unread` pictures of the catalogue could not be compared yet; it is counted only where nothing was found.
    """

    picture: BroughtPicture
    by: str
    sightings: tuple[Sighting, ...] = ()
    more: int = 0
    unread: int = 0

    @property
    def is_certain(self) -> bool:
        return self.by in CERTAIN


class PassportDesk:
    """Looks at one picture after the other: each may take much memory."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(1)

    def passport(self, machine: Machine, content: BinaryIO) -> Passport:
        """The passport of the picture; `Invalid` for what is none."""
        with self.gate:
            picture = brought_picture(content)
            with machine.database.reading() as session:
                roots = {mark.id: (name, Path(mark.path)) for name, mark in marks(session).items()}
                trees = ArtworkTrees(machine.paths.engine, roots)
                found = recognised(session, trees, picture)
                unread = 0 if found.is_certain else unprinted_count(session)
        return described_passport(trees, picture, found, unread)


passport_desk = Extension[PassportDesk]("passport_desk")


def described_passport(
    trees: ArtworkTrees, picture: BroughtPicture, found: Recognition, unread: int
) -> Passport:
    shown = found.found[: MOST_SHOWN[found.by != LIKENESS]]
    sightings = tuple(sighting_of(trees, digest, holder) for digest, holder in shown)
    return Passport(picture, found.by, sightings, len(found.found) - len(shown), unread)
