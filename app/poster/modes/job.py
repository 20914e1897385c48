"""What every mode works with."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.poster.drawing.designs import StyleBook
from app.poster.folders import Folders
from app.poster.records.environment import Environment
from app.poster.script.arguments import Order
from app.poster.script.choices import Choices
from app.poster.script.exits import ExitCode
from app.poster.script.log import RunLog
from app.poster.script.report import Tally
from app.poster.settings import Settings

# Warnings that are remembered, so that a run over a large library does not grow with them.
MOST_NOTED = 1000


@dataclass(frozen=True)
class Job:
    """One run of the script: its order, its surroundings, and what it has made so far."""

    order: Order
    folders: Folders
    settings: Settings
    log: RunLog
    tally: Tally
    choices: Choices
    styles: StyleBook
    environment: Environment = Environment()
    noted: set[str] = field(default_factory=set)

    def fail(self, reason: str) -> None:
        """Count and log an error that concerns one picture only."""
        self.tally.note_failure(reason)
        self.log.failure(reason)

    def note(self, notes: Iterable[str]) -> None:
        """Log each warning once, however many pictures it concerns; beyond MOST_NOTED each time."""
        for text in notes:
            if text in self.noted:
                continue
            if len(self.noted) < MOST_NOTED:
                self.noted.add(text)
            self.log.warning(text)

    def note_settings(self) -> None:
        """Log what could not be used of the settings that have been read so far."""
        self.note((*self.settings.notes, *self.styles.notes))

    @property
    def exit_code(self) -> ExitCode:
        """How the run ends, judged by its pictures."""
        if not self.tally.errors:
            return ExitCode.DONE
        tally = self.tally
        did_some = (
            tally.made.total() or tally.taken_back.total() or tally.uploads.is_on or tally.moved.total()
        )
        return ExitCode.SOME_PICTURES_FAILED if did_some else ExitCode.FAILED
