"""What Home says first: one sentence and one lamp, by what needs a person most."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.models import Run, Status

RUNNING, WAITING, READY = "running", "waiting", "ready"
ERRORS, FAILED, WARNINGS = "errors", "failed", "warnings"
LAMPS = {RUNNING: "on", WAITING: "on", ERRORS: "bad", FAILED: "bad", WARNINGS: "warn", READY: ""}


@dataclass(frozen=True)
class Headline:
    """The state of the server, and the run that it is about, where it is about one.

    `mode` is that of a script that another program started, "" for none.
    """

    state: str
    run: Run | None = None
    mode: str = ""

    @property
    def lamp(self) -> str:
        return LAMPS[self.state]


@dataclass(frozen=True)
class RunsNow:
    """What runs and waits, and how runs ended: the last one of all, and the last full one.

    `foreign` is the mode of a script that another program started, "" for none.
    """

    active: Run | None
    foreign: str
    queued: int
    last: Run | None
    last_full: Run | None

    @property
    def failed(self) -> Run | None:
        """A failed full run stays one until the next full run, whatever ended well since."""
        return next((run for run in (self.last, self.last_full) if run and has_failed(run)), None)


def headline(runs: RunsNow, types: Iterable[str]) -> Headline:
    """The headline for these runs and the types of the problems; while runs wait, the next may mend all."""
    found = set(types)
    if runs.active or runs.foreign:
        return Headline(RUNNING, runs.active, runs.foreign)
    if "error" in found:
        return Headline(ERRORS)
    if runs.queued:
        return Headline(WAITING)
    if runs.failed:
        return Headline(FAILED, runs.failed)
    return Headline(WARNINGS if "warning" in found else READY, runs.last)


def has_failed(run: Run) -> bool:
    return run.status in (Status.FAILED, Status.INTERRUPTED) or bool(run.errors)
