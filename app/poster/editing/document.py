"""What is asked for, as a JSON document."""

from enum import Enum
from pathlib import Path

import msgspec

MOST_EDITS = 100_000
LONGEST_PATH = 4096


class EditAction(Enum):
    """What is done to one file."""

    DELETE = "delete"
    PUT = "put"
    HOLD = "hold"
    RELEASE = "release"


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file to change: `path` as the journal names it, `file` the new content of a put."""

    action: EditAction
    path: str
    file: str = ""

    @property
    def content(self) -> Path:
        return Path(self.file)


class Edits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Either `edits`, or `undo`: the run whose changes are taken back, all of them or those of `only`.

    A run is named by its name in the journal or the server's number.
    """

    edits: tuple[Edit, ...] = ()
    undo: str = ""
    only: tuple[str, ...] | None = None


class BadEdits(ValueError):
    """A document that cannot be understood; its text is one sentence."""


def read_edits(content: bytes) -> Edits:
    """The document; BadEdits where it is none."""
    try:
        edits = msgspec.json.decode(content, type=Edits)
    except (msgspec.MsgspecError, ValueError) as error:
        raise BadEdits(f"The document of edits cannot be used: {error}") from error
    if bool(edits.edits) == bool(edits.undo) or len(edits.edits) > MOST_EDITS:
        raise BadEdits(f"A document has either 1 to {MOST_EDITS} edits or a run to undo")
    paths = [edit.path for edit in edits.edits]
    if len(set(paths)) < len(paths):
        raise BadEdits("A document names each path once")
    return edits


def is_path(path: str) -> bool:
    """Whether the journal can name a file so; a path outside of the asset folder begins with a slash."""
    parts = path.removeprefix("/").split("/")
    is_plain = "\0" not in path and len(path) <= LONGEST_PATH and path.encode("utf-8", "replace") == raw(path)
    return is_plain and not any(part in ("", ".", "..") for part in parts)


def raw(path: str) -> bytes:
    return path.encode("utf-8", "surrogatepass")
