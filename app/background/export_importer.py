"""The thread that imports the CSV files of runs, once they no longer change."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.background.problems import Problems
from app.core.choices.importing import import_if_changed
from app.core.errors import ApplicationError
from app.core.exports.finding import live_bundle, rotated_bundles
from app.core.exports.sheets import KINDS
from app.core.fingerprint import fingerprint
from app.core.problem_texts import ProblemText, problem_words
from app.extensions import Machine
from app.services.export_imports import (
    LOOK_SECONDS,
    import_bundle,
    import_missed,
    script_works,
    sweep_exports,
)

log = structlog.get_logger(__name__)

# Folders that were set aside are looked at twice in a row, and then not for some looks.
ROTATED_EVERY = 5
SWEEP_PAUSE = 0.02
ADVICE = "Look at the file in Logs; the next full run writes it again."
CHOICES = "ImageChoices.csv"
PASSING = (OSError, SQLAlchemyError, ApplicationError, ValueError)

Source = tuple[Hashable, list[Path], Callable[[], None]]


class Steady:
    """Stores the state of files at the last check, and the state in which they were imported."""

    def __init__(self) -> None:
        self.seen: dict[Hashable, tuple] = {}
        self.dealt_with: dict[Hashable, tuple] = {}

    def is_ready(self, key: Hashable, files: Iterable[Path]) -> bool:
        """Whether files have not changed between two checks, and were not imported in this state."""
        state = tuple((path.name, fingerprint(path)) for path in files)
        is_steady = self.seen.get(key) == state
        self.seen[key] = state
        return is_steady and bool(state) and self.dealt_with.get(key) != state

    def settle(self, key: Hashable) -> None:
        self.dealt_with[key] = self.seen[key]

    def forget(self, key: Hashable) -> None:
        """Wait for two more checks."""
        self.seen.pop(key, None)

    def keep_only(self, keys: set) -> None:
        """Drop the states of files that no longer exist."""
        self.seen = {key: state for key, state in self.seen.items() if key in keys}
        self.dealt_with = {key: state for key, state in self.dealt_with.items() if key in keys}


class ExportImporter(BackgroundThread):
    """Checks every two seconds; a file that fails is tried again, and delays no other."""

    name = "export importer"
    pause_seconds = LOOK_SECONDS
    hang_seconds = 600.0

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.problems = Problems(machine.state)
        self.steady = Steady()
        self.looks = 0

    def tick(self) -> None:
        """Check all files once, and import those that are ready."""
        if self.looks % ROTATED_EVERY < 2:
            # What was missed is older than what lies in Logs, so it comes first.
            self.guarded(self.look_at_rotated)
            self.guarded(self.catch_up_on_choices)
            self.guarded(self.sweep)
        self.guarded(self.look_at_live)
        self.looks += 1

    def guarded(self, step: Callable[[], object]) -> bool:
        """Whether the step succeeded; an error that may pass is logged, and other steps go on."""
        self.beat()
        try:
            step()
        except PASSING as error:
            log.warning("export_import_failed", error=str(getattr(error, "orig", None) or error))
            return False
        return True

    def look_at_rotated(self) -> None:
        bundles = rotated_bundles(self.machine.paths, self.machine.settings.export_retention)
        self.steady.keep_only({*bundles, *KINDS, CHOICES})
        for bundle in bundles:
            if self.steady.is_ready(bundle, bundle.paths()):
                self.take(bundle, partial(import_missed, self.machine, bundle))

    def look_at_live(self) -> None:
        ready = [source for source in self.live_sources() if self.steady.is_ready(*source[:2])]
        if ready and not script_works(self.machine):
            for key, _, action in ready:
                self.take(key, action)

    def live_sources(self) -> Iterator[Source]:
        for kind in KINDS:
            files = live_bundle(self.machine.paths, kind).paths()
            if not files:
                self.problems.resolve(problem_source(kind))
            yield kind, files, partial(self.take_exports, kind)
        yield CHOICES, existing_files(self.machine.paths.logs / CHOICES), self.take_choices

    def take(self, key: Hashable, action: Callable[[], object]) -> None:
        """Run the action once for this state of the files, or again where it failed."""
        if self.stopping.is_set():
            return
        if self.guarded(action):
            self.steady.settle(key)
        else:
            self.steady.forget(key)

    def take_exports(self, kind: str) -> None:
        outcome = import_bundle(self.machine, live_bundle(self.machine.paths, kind), settled=True)
        if outcome.problems:
            message = " ".join(outcome.problems)
            words = problem_words(ProblemText.EXPORT, reason=message)
            self.problems.report(problem_source(kind), message, ADVICE, words)
        else:
            self.problems.resolve(problem_source(kind))

    def catch_up_on_choices(self) -> None:
        """Import missed files of image choices, and apply changed settings to them."""
        if not script_works(self.machine):
            self.take_choices()

    def take_choices(self) -> None:
        import_if_changed(self.machine.database, self.machine.paths)

    def sweep(self) -> None:
        sweep_exports(self.machine, self.rest)

    def rest(self) -> bool:
        """Wait a little between two parts of a sweep; True where there is to be no further one."""
        self.beat()
        return self.stopping.wait(SWEEP_PAUSE)


def problem_source(kind: str) -> str:
    """The source under which a problem with the exports of a kind is reported."""
    return f"{kind} export"


def existing_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else []
