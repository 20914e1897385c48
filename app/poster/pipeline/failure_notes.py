"""Which pictures could not be made or uploaded, kept in the journal until a run can."""

from app.poster.pipeline.engine import Engine
from app.poster.pipeline.outcome import Outcome
from app.poster.records.reasons import Reason


class FailureNotes:
    """Takes each outcome of a run; a dry run notes nothing. Used by one thread."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._failed = frozenset() if engine.is_dry else frozenset(engine.journal.failed_paths())
        self._unseen = set(self._failed)

    def take(self, outcome: Outcome) -> None:
        """Note a failure, or that an earlier one is over."""
        path, why = outcome.record.path, outcome.trouble or outcome.upload_trouble
        if self._engine.is_dry:
            return
        self._unseen.discard(path)
        if why:
            self._engine.journal.note_failure(path, self._engine.run, self._engine.moment, why)
        elif path in self._failed and outcome.record.reason is not Reason.EXCEPTED:
            self._engine.journal.note_mended(path)

    def end_whole_run(self) -> None:
        """What a run over everything has not seen is wanted no more: its failure is forgotten."""
        for path in self._unseen:
            self._engine.journal.note_mended(path)
