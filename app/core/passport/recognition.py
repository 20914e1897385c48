"""Whose a picture is: by its bytes, by what it looks like, or unknown."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.catalogue.prints import Nearness, nearest_prints
from app.core.errors import Invalid
from app.core.passport.brought_picture import BroughtPicture
from app.core.passport.comparison import ComparedPicture, Sameness
from app.core.passport.holders import ArtworkTrees, ContentHolder, holders_of, opened_content

# By what a picture was recognised.
BYTES, PICTURE, LIKENESS, NOTHING = "bytes", "picture", "likeness", "nothing"
CERTAIN = (BYTES, PICTURE)
# Of the contents that may be the same, so many are compared. Two pictures differ in half of 256 bits; posters
# of one design in a fifth, and cut ones in a fifth of what they were cut from.
MOST_COMPARED = 40
FARTHEST = 64
# Without its bytes a content is not compared: then it has to be this near.
NEAR = 16


@dataclass(frozen=True)
class Recognition:
    """What holds the picture, and by what that is known; of a likeness it is what looks like it."""

    by: str
    found: tuple[tuple[str, ContentHolder], ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.by in CERTAIN


def recognised(session: Session, trees: ArtworkTrees, picture: BroughtPicture) -> Recognition:
    """Look for the very bytes first, then for the same picture in other bytes, then for one that is alike."""
    exact = holders_of(session, trees, [picture.digest])
    if exact:
        return Recognition(BYTES, pairs(exact))
    near = nearest_prints(session, picture.print, MOST_COMPARED, FARTHEST)
    holders = holders_of(session, trees, (each.digest for each in near))
    known = [(each, holders[each.digest]) for each in near if each.digest in holders]
    compared = ComparedPicture(picture.content, picture.width, picture.height)
    results = {near.digest: compared_with(compared, trees, near, held) for near, held in known}
    for by, wanted in ((PICTURE, Sameness.SAME), (LIKENESS, Sameness.ALIKE)):
        chosen = {near.digest: held for near, held in known if results[near.digest] is wanted}
        if chosen:
            return Recognition(by, pairs(chosen))
    return Recognition(NOTHING)


def pairs(holders: Mapping[str, list[ContentHolder]]) -> tuple[tuple[str, ContentHolder], ...]:
    return tuple((digest, holder) for digest, held in holders.items() for holder in held)


def compared_with(
    compared: ComparedPicture, trees: ArtworkTrees, near: Nearness, holders: list[ContentHolder]
) -> Sameness:
    """How far the content is the picture; bytes that are gone or damaged make nothing certain."""
    content = opened_content(trees, holders)
    if content is None:
        return Sameness.ALIKE if near.distance <= NEAR else Sameness.OTHER
    with closing(content):
        try:
            return compared.sameness(content)
        except Invalid:
            return Sameness.OTHER
