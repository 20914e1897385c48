"""Whose each picture is, and what became of it on the media server, for a whole library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from app.core.decisions.journal import has_column, journal_file, reading_journal
from app.core.decisions.states import FAILED
from app.core.errors import Unavailable
from app.core.fingerprint import Fingerprint, fingerprint
from app.core.state_cache import StateCache


class PictureState(NamedTuple):
    """The words of the journal; `upload` is "" where the picture is on no server.

    `marks` has words with commas between them, `offered` stands for the candidates.
    """

    owner: str
    upload: str
    marks: str = ""
    offered: str = ""

    def marked(self, word: str) -> PictureState:
        return self._replace(marks=",".join(filter(None, (self.marks, word))))


UNKNOWN = PictureState("", "")


@dataclass(frozen=True)
class StatesByPath:
    """The state of each asset, and those that no run could make; `digest` is another one where any is."""

    states: Mapping[str, PictureState] = field(default_factory=dict)
    failed: frozenset[str] = frozenset()
    digest: str = ""

    def with_failures(self) -> dict[str, PictureState]:
        """The states, those of what could not be made marked so."""
        failed = {path: self.states.get(path, UNKNOWN).marked(FAILED) for path in self.failed}
        return {**self.states, **failed}


class PictureStates:
    """Reads the states once for each change of the journal, and none of what it cannot read."""

    def __init__(self, engine: Path):
        self.engine = engine
        self.kept = StateCache(2)

    def version(self) -> tuple[Fingerprint | None, Fingerprint | None]:
        """Another value after each change of the journal."""
        database = journal_file(self.engine)
        log = fingerprint(database.with_name(f"{database.name}-wal"))
        # Every reader makes an empty one anew.
        return fingerprint(database), log if log and log.size else None

    def by_path(self) -> StatesByPath:
        return self.kept.built("by path", self.read_states, self.version())

    def counts(self) -> Mapping[str, int]:
        """How many assets have each word of `upload`."""
        return self.kept.built("counts", self.read_counts, self.version())

    def read_states(self) -> StatesByPath:
        # Without ORDER BY the index alone is read, and no record.
        rows = sorted(
            self.read("SELECT path, owner, upload, marks, offered FROM assets", "marks")
            or self.read("SELECT path, owner, upload FROM assets")
        )
        failed = sorted(path for (path,) in self.read("SELECT path FROM failures", "marks"))
        text = "\n".join([*map("\0".join, rows), *failed])
        digest = blake2b(text.encode("utf-8", "replace"), digest_size=8)
        states = {path: PictureState(*words) for path, *words in rows}
        return StatesByPath(states, frozenset(failed), digest.hexdigest())

    def read_counts(self) -> dict[str, int]:
        return dict(self.read("SELECT upload, count(*) FROM assets WHERE upload <> '' GROUP BY upload"))

    def read(self, query: str, column: str = "upload") -> list[tuple]:
        """The rows; none of a journal that is older than the column, which the query names or comes with."""
        try:
            with reading_journal(self.engine) as journal:
                return journal.execute(query).fetchall() if has_column(journal, "assets", column) else []
        except Unavailable:
            return []

    def page(
        self, limit: int, offset: int, owner: str | None = None, upload: str | None = None
    ) -> tuple[list[dict[str, str]], int]:
        """(rows, total): a page of the assets by path, each {path, owner, upload}, of one state or of all."""
        found = [
            {"path": path, "owner": state.owner, "upload": state.upload}
            for path, state in self.by_path().states.items()
            if owner in (None, state.owner) and upload in (None, state.upload)
        ]
        return found[offset : offset + limit], len(found)
