"""What the journal keeps: of each run, of each step, and of each asset."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.poster.records.decision import Decision
from app.poster.records.reasons import Action, Reason
from app.poster.records.step import FileState, Ingredients


class EntryState(Enum):
    """How far a step has come; INTENDED without a later state is what an interrupted run leaves."""

    INTENDED = "intended"
    DONE = "done"
    FAILED = "failed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class DrawnFacts:
    """What drawing returned of a picture: whether a text was cut, its warnings and sizes.

    `missing` has each character that no font has, which the picture therefore lacks.
    """

    truncated: bool = False
    notes: tuple[str, ...] = ()
    point_sizes: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


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
    """What a server shows since our upload: where, which bytes went up, and what came back when read."""

    server: str
    item_key: str
    slot: str
    sent_sha256: str
    shown_sha256: str = ""
    upload_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """What is known of one asset after its last step: the decision record that every report derives from.

    `file` is the file as we wrote it, None where we never wrote one. `asked` digests what the decision was
    made from (item, rules, version of choosing) and `decided_at` says when, so that an unchanged asset needs
    no provider. `run` is the run that wrote the file, "" for none; `why` is the
    reason in words, for readers that know no codes. Times are aware.
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


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run as the journal names it: `name` is given by the server or made of the start's time."""

    name: str
    mode: str
    started: datetime
    ended: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One step of one run: what lay there before, what lies there after, and how far it came.

    The bytes of `before` are in the store under their SHA-256. `record` is what becomes of the asset when the
    step is done, without the candidates that lost, so that an interrupted run can be completed by looking at
    the file.
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
