"""What the journal keeps: of each run, of each step, and of each asset."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.poster.records.decision import Decision
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.server_art import Place, Shown, UploadState
from app.poster.records.step import FileState, Ingredients


class EntryState(Enum):
    """How far a step has come; INTENDED without a later state is what an interrupted run leaves."""

    INTENDED = "intended"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


class Hold(Enum):
    """What a person said about the file of an asset through the server.

    HELD: no run replaces, uploads over or deletes it, whatever its bytes are. RELEASED: the next run makes
    the picture anew.
    """

    NONE = ""
    HELD = "held"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class DrawnFacts:
    """What drawing returned of a picture: whether a text was cut, its warnings and sizes.

    `missing` has each character that no font has, which the picture therefore lacks. `lines` and `contrast`
    are those of the first text: 0 where nothing was drawn, or by an engine that did not measure it.
    """

    truncated: bool = False
    notes: tuple[str, ...] = ()
    point_sizes: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    lines: int = 0
    contrast: float = 0.0


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate whose picture was of no use; the next runs pass it over while `validator` is the same.

    One that is not lasting counts for one run only.
    """

    address: str
    why: str
    validator: str = ""
    is_lasting: bool = True


@dataclass(frozen=True, slots=True)
class UploadRecord:
    """What is known of one asset at one place of a media server since the last run that looked.

    `sent_sha256` are the bytes of ours that went up, and `file_sha256` those of the file that they were made
    of: other ones where the file was too large for the server, and the sent bytes are then in the store.
    `shown` is what the server showed afterwards, or where `state` is OVERWRITTEN, KEPT or TAKEN_BACK what it
    shows instead; `shown.sha256` of re-encoded bytes differs from `sent_sha256` and is our fingerprint there.
    `before` is the newest picture that was not ours when we uploaded over it, its bytes are in the store.
    `taken_labels` were taken away with our upload. `why` is one sentence that says how we know, or why the
    picture was not uploaded. `at` is aware.
    """

    place: Place
    state: UploadState
    sent_sha256: str = ""
    file_sha256: str = ""
    shown: Shown = Shown()
    before: Shown = Shown()
    taken_labels: tuple[str, ...] = ()
    why: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """What is known of one asset after its last step: the decision record that every report derives from.

    `file` is the file as we wrote it, None where we never wrote one. `owner` is whose the file was when the
    run looked, and `owner_why` one sentence that says how we know. `undone` are the ingredients that a person
    took back: the picture is not made of them again unless it is asked for by name. `asked` digests what the
    decision was made from (item, rules, version of choosing) and `decided_at` says when, so that an unchanged
    asset needs no provider. `run` is the run that wrote the file, "" for none; `why` is the
    reason in words, for readers that know no codes. `hold` is what a person said about the file. `edits`
    counts the changes that persons made through the server: a record that counts fewer than the journal's own
    was made before the last of them, and is not kept. Times are aware.
    """

    path: str
    decision: Decision
    action: Action
    reason: Reason
    ingredients: Ingredients | None = None
    file: FileState | None = None
    drawn: DrawnFacts = DrawnFacts()
    rejected: tuple[Rejection, ...] = ()
    uploads: tuple[UploadRecord, ...] = ()
    asked: str = ""
    decided_at: datetime | None = None
    run: str = ""
    why: str = ""
    owner: Owner = Owner.NOBODY
    owner_why: str = ""
    undone: Ingredients | None = None
    hold: Hold = Hold.NONE
    edits: int = 0


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run as the journal names it: `name` is given by the server or made of the start's time."""

    name: str
    mode: str
    started: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of one run: what lay or was shown before, what after, and how far it came.

    A step on the disk has no `place`, and `before` and `after` are files; a step on a media server has a
    `place`, and `shown_before` and `shown_after` say what was shown there. The bytes of what was replaced are
    in the store under their SHA-256. `record` is what becomes of the asset when the step is done, without the
    candidates that lost, so that an interrupted run can be completed by looking at the file or the server,
    and None where it was pruned. `owner` is whose the replaced file or picture was. `made_folders` counts the
    folders above the file that were made with it, the innermost first. `sent_sha256` are the bytes that were
    uploaded, "" where none were.
    """

    number: int
    run: str
    path: str
    action: Action
    state: EntryState
    at: datetime
    before: FileState | None = None
    after: FileState | None = None
    record: AssetRecord | None = None
    why: str = ""
    place: Place | None = None
    shown_before: Shown | None = None
    shown_after: Shown | None = None
    owner: Owner = Owner.NOBODY
    made_folders: int = 0
    sent_sha256: str = ""
