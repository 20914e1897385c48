"""What is to be done with one asset, and what it was made of."""

from dataclasses import dataclass

from app.poster.records.decision import Decision
from app.poster.records.reasons import Action, Owner, Reason


@dataclass(frozen=True, slots=True)
class FileState:
    """A file on the disk: bytes, mtime in nanoseconds, and the SHA-256 of its content in hex."""

    size: int
    mtime_ns: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Ingredients:
    """Short digests of all that goes into a picture; equal ingredients give equal bytes.

    `source` covers provider, address and validator; `overlay` the overlay's bytes; `fonts` the bytes of the
    fonts used; `text` the texts; `design` every other setting that shapes the picture; `engine` the version
    of the drawing. The reason to draw again is read off the first one that differs.
    """

    source: str
    overlay: str
    fonts: str
    text: str
    design: str
    engine: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan: a dry run writes it, a real run takes it.

    `ingredients` are None where nothing is drawn. `before` is what lies at `path` now, None for no file;
    `owner` says whose that is, and `owner_why` how we know. `detail` is a sentence that adds to the
    reason, or "".
    """

    path: str
    action: Action
    reason: Reason
    decision: Decision
    ingredients: Ingredients | None = None
    before: FileState | None = None
    owner: Owner = Owner.NOBODY
    owner_why: str = ""
    detail: str = ""
