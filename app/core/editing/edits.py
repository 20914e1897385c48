"""Edits as the built-in script takes them, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import ApplicationError, Conflict, Forbidden, Invalid, NotFound, Unavailable

DELETE, PUT, HOLD, RELEASE = "delete", "put", "hold", "release"
NOTES = {DELETE: "deleted", PUT: "put in place", HOLD: "held", RELEASE: "released"}
# An edit waits for another one, and a disk that sleeps takes its time.
LEAST_SECONDS, SECONDS_OF_EACH, MOST_SECONDS = 60.0, 0.2, 1800.0
ERRORS: Mapping[str, type[ApplicationError]] = {
    "path": Invalid,
    "no_file": Invalid,
    "outside": Forbidden,
    "missing": NotFound,
    "changed": Conflict,
    "held": Conflict,
}


@dataclass(frozen=True)
class ArtworkEdit:
    """One file to change: `path` as the journal names it, `file` the staged new content of a put."""

    action: str
    path: str
    file: str = ""


@dataclass(frozen=True)
class EditFailure:
    """A file that was not changed; `code` is a key of `ERRORS`, or names a trouble of the system."""

    path: str
    error: str
    code: str


@dataclass(frozen=True)
class EditOutcome:
    """What became of one call: the number of its run, the paths that were changed, and the others."""

    run: int
    done: list[str] = field(default_factory=list)
    failed: list[EditFailure] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """What an undo did, in words."""
        left = f", {len(self.failed)} left: {self.failed[0].error}" if self.failed else ""
        return f"{len(self.done)} files are as they were before{left}"

    def require_done(self) -> None:
        """Raise the error of the one edit that was asked for, where it failed."""
        if not self.done and self.failed:
            first = self.failed[0]
            raise ERRORS.get(first.code, Unavailable)(f"{first.path!r} was not changed: {first.error}.")


def edit_document(edits: Iterable[ArtworkEdit]) -> dict[str, Any]:
    """The edits as the script reads them."""
    return {"edits": [{"action": edit.action, "path": edit.path, "file": edit.file} for edit in edits]}


def undo_document(run: str, paths: Sequence[str] | None) -> dict[str, Any]:
    """What takes the edits of a run back, all or those of some paths."""
    return {"undo": run, "only": None if paths is None else list(paths)}


def edit_outcome(run: int, answer: Mapping[str, Any]) -> EditOutcome:
    """What the script says that became of the edits."""
    failed = [EditFailure(one["path"], one["error"], one["code"]) for one in answer["failed"]]
    return EditOutcome(run, list(answer["done"]), failed)


def longest_seconds(count: int) -> float:
    """How long so many edits may take."""
    return min(LEAST_SECONDS + SECONDS_OF_EACH * count, MOST_SECONDS)


def notes_of(edits: Sequence[ArtworkEdit], outcome: EditOutcome) -> str:
    """How many files were changed in which way, in words."""
    counts = {action: count_of(edits, outcome, action) for action in NOTES}
    return ", ".join(f"{count} {NOTES[action]}" for action, count in counts.items() if count)


def count_of(edits: Sequence[ArtworkEdit], outcome: EditOutcome, action: str) -> int:
    """How many edits of that action were done."""
    done = frozenset(outcome.done)
    return sum(edit.action == action and edit.path in done for edit in edits)
