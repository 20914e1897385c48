"""Steps and records for tests of the journal."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from app.poster.kinds import Kind
from app.poster.records.journal_entry import AssetRecord, RunFacts
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Ingredients, Step
from tests.poster.offers import ASSETS, TMDB, book_with, choose, picture

DECISION = choose(
    ASSETS[Kind.POSTER], book_with(), picture(TMDB), *(picture(TMDB, language) for language in ("en", "de"))
)
MADE_OF = Ingredients(*"abcdef")
RUN = RunFacts("7", "normal", datetime(2026, 11, 29, tzinfo=UTC))


def step(path: str = DECISION.path, before: FileState | None = None) -> Step:
    action, reason = (Action.REPLACE, Reason.TEXT_CHANGED) if before else (Action.CREATE, Reason.NEW)
    owner = Owner.OURS if before else Owner.NOBODY
    return Step(path, action, reason, DECISION, MADE_OF, before, owner)


def record(path: str = DECISION.path, file: FileState | None = None, **facts) -> AssetRecord:
    return AssetRecord(path, DECISION, Action.CREATE, Reason.NEW, MADE_OF, file, **facts)


def announced(content: bytes) -> FileState:
    """The state of a file that is still to be written: its time is not known yet."""
    return FileState(len(content), 0, sha256(content).hexdigest())


def written(path: Path, content: bytes) -> FileState:
    """Write the file; its state as it lies there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    facts = path.stat()
    return FileState(facts.st_size, facts.st_mtime_ns, sha256(content).hexdigest())


def kept_with_entry(known: AssetRecord) -> AssetRecord:
    """The record as an entry keeps it: without the candidates that lost."""
    return replace(known, decision=replace(known.decision, considered=()))
